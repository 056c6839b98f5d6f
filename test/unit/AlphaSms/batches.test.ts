/** AlphaSMS's two interfaces in n8n's engine: JSON takes many texts at once, the text interface one by one. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createAlphaSms } from '../../../simulators/alphaSms';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { simulate } from '../../support/simulated';

let alphaSms: Simulator;
simulate(createAlphaSms, (started) => (alphaSms = started));

const send = async (
	rows: readonly IDataObject[],
	options: INodeParameters = {},
	credentials: Readonly<Record<string, string>> = {},
	expertOptions: INodeParameters = {},
): Promise<RunResult> =>
	await runNode({
		node: 'alphaSms',
		credentials: { alphaSmsApi: { ...alphaSms.credentials, ...credentials } },
		rows,
		onError: 'continueErrorOutput',
		parameters: { to: '={{ $json.to }}', message: '={{ $json.text }}', from: 'ACME', options, expertOptions },
	});

const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ to: `+38050${1_000_000 + n}`, text: `Привет + ${n}` }));
const paths = (): string[] => alphaSms.requests.map(({ url }) => url);

it('200 rows are two requests; each text arrives where it belongs', async () => {
	const rows = people(200);
	const { success, failed } = await send(rows);
	expect(failed).toEqual([]);
	expect(paths()).toEqual(['/api/json.php', '/api/json.php']);
	expect(success.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual(
		rows.map(({ to }, item) => [to, { item }]),
	);
	const texts = new Map(alphaSms.texts.map((text) => [text.messageId, text]));
	success.forEach(({ json }, row) => {
		expect(texts.get(String(json.messageId))).toMatchObject({
			to: String(rows[row]?.to).slice(1),
			text: rows[row]?.text,
			from: 'ACME',
		});
	});
	expect(alphaSms.texts).toHaveLength(200);
});

it('one number with different texts gets them all, in one request', async () => {
	const rows = ['one', 'two', 'three'].map((text) => ({ to: '+380501000001', text }));
	const { success } = await send(rows);
	expect(success).toHaveLength(3);
	expect(paths()).toEqual(['/api/json.php']);
	const texts = new Map(alphaSms.texts.map(({ messageId, text }) => [messageId, text]));
	expect(success.map(({ json }) => texts.get(String(json.messageId)))).toEqual(['one', 'two', 'three']);
});

it('one number with the same text in two rows gets it once', async () => {
	const { success, failed } = await send([people(1)[0] ?? {}, people(1)[0] ?? {}]);
	expect([success.length, failed.length]).toEqual([1, 1]);
	expect(failed[0]?.json.error).toMatchObject({ kind: 'duplicate' });
	expect(alphaSms.texts).toHaveLength(1);
});

it('texts that fail leave the others alone', async () => {
	alphaSms.orders.recipientCodes
		.set('380501000001', 'Error in Alpha-name')
		.set('380501000003', 'Please enter valid receiver phone number');
	const { success, failed } = await send(people(5));
	expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }, { item: 4 }]);
	expect(failed.map(({ json }) => json.error)).toMatchObject([
		{ to: '+380501000001', kind: 'invalid_sender', accepted: false },
		{ to: '+380501000003', kind: 'invalid_recipient', accepted: false },
	]);
});

it('scheduled texts go one by one through the text interface, the others beside them in JSON', async () => {
	const later = '={{ $json.later ? $now.plus({ days: 1 }).toISO() : "" }}';
	const rows = people(6).map((row, n) => ({ ...row, later: n % 2 === 1 }));
	const { success, failed } = await send(rows, { sendAt: later });
	expect(failed).toEqual([]);
	expect(paths().filter((path) => path === '/api/json.php')).toHaveLength(1);
	expect(paths().filter((path) => path === '/api/http.php')).toHaveLength(3);
	expect(success.map(({ json }) => json.status)).toEqual([
		'queued',
		'scheduled',
		'queued',
		'scheduled',
		'queued',
		'scheduled',
	]);
});

it.each(['http', 'https'])(
	'texts with Protocol Version %s go to the interface that has it',
	async (version) => {
		const { success } = await send(people(3), {}, {}, { version });
		expect(success).toHaveLength(3);
		expect(paths()).toEqual(['/api/http.php', '/api/http.php', '/api/http.php']);
		expect(alphaSms.requests.map(({ body }) => new URLSearchParams(body.toString()).get('version'))).toEqual([
			version,
			version,
			version,
		]);
	},
);

it.each(['apiKey', 'login'])(
	'a number as the sender is taken without its plus: %s',
	async (authentication) => {
		const { success, failed } = await runNode({
			node: 'alphaSms',
			credentials: { alphaSmsApi: { ...alphaSms.credentials, authentication } },
			rows: people(2),
			onError: 'continueErrorOutput',
			parameters: { to: '={{ $json.to }}', message: '={{ $json.text }}', from: '+380671234567' },
		});
		expect([success.length, failed.length]).toEqual([2, 0]);
		expect(alphaSms.texts.map(({ from }) => from)).toEqual(['380671234567', '380671234567']);
	},
);

it('a row that cannot be sent leaves the interface of the others alone, wherever it stands', async () => {
	const rows = [{ to: 'nobody', text: 'x' }, ...people(3), { to: '', text: 'y' }];
	const { success, failed } = await send(rows);
	expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }, { item: 3 }]);
	expect(failed).toHaveLength(2);
	expect(paths()).toEqual(['/api/json.php']);
});

it('a batch of one text in JSON is one text', async () => {
	const { success } = await send(people(3), { batchSize: 1 });
	expect(success).toHaveLength(3);
	expect(paths()).toEqual(['/api/json.php', '/api/json.php', '/api/json.php']);
	expect(new Set(alphaSms.texts.map(({ options }) => options.id)).size).toBe(3);
});

it.each(['apiKey', 'login'])(
	'a sentence that nobody has written down claims nothing: %s',
	async (authentication) => {
		alphaSms.orders.recipientCodes.set('380501000000', 'Internal error');
		const { failed } = await send(people(1), {}, { authentication });
		expect(failed.map(({ json }) => json.error)).toMatchObject([
			{
				accepted: null,
				retry: 'check_first',
				code: 'Internal error',
				message: expect.stringContaining('"Internal error"'),
			},
		]);
	},
);

it('a login knows the text interface only', async () => {
	const { success } = await send(people(3), {}, { authentication: 'login' });
	expect(success).toHaveLength(3);
	expect(paths()).toEqual(['/api/http.php', '/api/http.php', '/api/http.php']);
	const body = new URLSearchParams(alphaSms.requests[0]?.body.toString());
	expect([body.has('key'), body.get('login')]).toEqual([false, alphaSms.credentials.login]);
});

it('a site without JSON takes texts with its key one by one, and nothing else', async () => {
	const site = await startSimulator(createAlphaSms({ hasJson: false }));
	try {
		const credentials = { ...site.credentials, authentication: 'apiKeyText' };
		const run = async (options: INodeParameters) =>
			await runNode({
				node: 'alphaSms',
				credentials: { alphaSmsApi: credentials },
				rows: people(3),
				onError: 'continueErrorOutput',
				parameters: {
					to: '={{ $json.to }}',
					message: '={{ $json.text }}',
					from: 'ACME',
					options,
				},
			});
		const { success } = await run({});
		expect(success).toHaveLength(3);
		expect(site.requests.map(({ url }) => url)).toEqual(['/api/http.php', '/api/http.php', '/api/http.php']);
		expect(new URLSearchParams(site.requests[0]?.body.toString()).get('key')).toBe(site.credentials.apiKey);
		const { failed } = await run({ shortenLinks: true });
		expect(failed).toHaveLength(3);
		expect(failed[0]?.json.error).toMatchObject({ kind: 'authentication', accepted: false });
		expect(site.texts).toHaveLength(3);
	} finally {
		await site.close();
	}
});

it('a wrong key is told in both', async () => {
	for (const options of [{}, { flash: true }]) {
		const { failed } = await send(people(3), options, { apiKey: 'not-the-key' });
		expect(failed.map(({ json }) => json.error)).toMatchObject(
			[0, 1, 2].map(() => ({ kind: 'authentication', retry: 'after_fix', accepted: false })),
		);
	}
	expect(alphaSms.texts).toHaveLength(0);
});
