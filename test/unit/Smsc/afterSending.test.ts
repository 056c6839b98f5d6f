/** SMSC's node in n8n's engine, after sending: status, waiting, cancelling, lists, money, look-ups. */
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { startSimulator } from '../../../simulators/server';
import type { SimulatedReply, SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { createSmsc } from '../../../simulators/smsc';
import { hurry, realTime } from '../../support/clock';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const FACTOR = 100;
const PHONE = '+79161234567';
const OTHER = '+79161234568';

let simulator: Simulator;
/** The gateway's clock runs as fast as that of the nodes. */
const started = Date.now();
const gatewayNow = (): Date => new Date(started + (Date.now() - started) * FACTOR);

beforeAll(async () => {
	simulator = await startSimulator(createSmsc(), { now: gatewayNow });
	hurry(FACTOR);
});
beforeEach(() => simulator.reset());
afterAll(async () => {
	realTime();
	await simulator.close();
});

function run(parameters: INodeParameters, more: Partial<RunOptions> = {}): Promise<RunResult> {
	return runNode({ node: 'smsc', credentials: { smscApi: simulator.credentials }, parameters, ...more });
}

const jsons = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
const pairs = ({ success }: RunResult): unknown[] => success.map(({ pairedItem }) => pairedItem);
const to =
	(path: string) =>
	(request: SimulatedRequest): boolean =>
		request.path === path;
const asked = (path: string): number => simulator.requests.filter(({ url }) => url === path).length;
const page = (status: number, body: string): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/html' },
	body,
});

async function sent(phones: readonly string[], parameters: INodeParameters = {}): Promise<string> {
	const result = await run({ to: phones.join(','), message: 'Hello', ...parameters });
	expect(result.success).toHaveLength(phones.length);
	return String(result.success[0]?.json.messageId);
}

const status = (parameters: INodeParameters, more?: Partial<RunOptions>): Promise<RunResult> =>
	run({ operation: 'getStatus', ...parameters }, more);

describe('the status of messages', () => {
	it('of one that was just sent', async () => {
		const messageId = await sent([PHONE]);
		await simulator.report(messageId, { code: '20', error: '13' });
		const result = await status({ messageId, to: PHONE });
		expect(jsons(result)).toEqual([
			{
				gateway: 'smsc',
				messageId,
				to: PHONE,
				status: 'undelivered',
				final: true,
				reason: 'This subscriber is blocked by the operator.',
				hint: 'Contact this person another way.',
				reasonKind: 'blocked_recipient',
				reasonCode: '13',
				cost: 1.4,
				currency: null,
				occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
			},
		]);
	});

	it('of a number written as people write it', async () => {
		const messageId = await sent([PHONE]);
		const result = await status({ messageId, to: '8 (916) 123-45-67', defaultCountry: 'RU' });
		expect(jsons(result)).toMatchObject([{ to: PHONE, messageId }]);
	});

	it('of the results of Send, row by row: 250 of them in three requests, each paired to its row', async () => {
		const phones = Array.from({ length: 250 }, (_, n) => `+7916${String(2_000_000 + n)}`);
		const sending = await run(
			{ to: '={{ $json.phone }}', message: 'Hello' },
			{ rows: phones.map((phone) => ({ phone })) },
		);
		await simulator.report(String(sending.success[7]?.json.messageId), 'expired', { to: '79162000007' });
		const before = asked('/sys/status.php');
		const result = await status(
			{ messageId: '={{ $json.messageId }}', to: '={{ $json.to }}' },
			{ rows: jsons(sending) },
		);
		expect(asked('/sys/status.php') - before).toBe(3);
		expect(jsons(result).map((json) => json.to)).toEqual(phones);
		expect(pairs(result)).toEqual(phones.map((_, item) => ({ item })));
		expect(jsons(result)[7]).toMatchObject({ status: 'expired', final: true });
	});

	it('asked by two rows about the same message, is asked once and told to both', async () => {
		const messageId = await sent([PHONE]);
		const result = await status({ messageId, to: PHONE }, { rows: [{}, {}] });
		expect(asked('/sys/status.php')).toBe(1);
		expect(pairs(result)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('of a message that SMSC does not know is unknown, and says why', async () => {
		const messageId = await sent([PHONE]);
		const result = await status({ messageId, to: OTHER });
		expect(jsons(result)).toMatchObject([
			{
				status: 'unknown',
				final: false,
				reasonCode: '-3',
				reason: expect.stringContaining('does not know'),
			},
		]);
	});

	it('with details', async () => {
		const messageId = await sent([PHONE], { message: 'Заказ, готов', from: 'ACME' });
		const result = await status({ messageId, to: PHONE, details: 2 });
		expect(jsons(result)).toMatchObject([
			{ from: 'ACME', text: 'Заказ, готов', segments: 1, country: 'Россия', operator: 'МТС' },
		]);
	});

	it('of a text that was sent in the test mode of the account', async () => {
		const virtual = await startSimulator(createSmsc({ virtualSending: true }), { now: gatewayNow });
		try {
			const credentials = { smscApi: virtual.credentials };
			const sending = await run({ to: PHONE, message: 'Hello' }, { credentials });
			const messageId = String(sending.success[0]?.json.messageId);
			await virtual.report(messageId, { code: '1', error: '200' });
			const result = await status({ messageId, to: PHONE }, { credentials });
			expect(jsons(result)).toMatchObject([{ status: 'delivered', testMode: true, reasonCode: '200' }]);
		} finally {
			await virtual.close();
		}
	});
});

describe('waiting until it is final', () => {
	const wait = (parameters: INodeParameters, more?: Partial<RunOptions>): Promise<RunResult> =>
		status({ waitUntilFinal: true, ...parameters }, more);

	/** Once it was asked so often, the message has got there. */
	async function reportAfter(times: number, messageId: string, state: 'delivered' | 'read'): Promise<void> {
		while (asked('/sys/status.php') < times) await new Promise((resolve) => setTimeout(resolve, 5));
		await simulator.report(messageId, state);
	}

	it('sees a text on its way, and then delivered', async () => {
		const messageId = await sent([PHONE]);
		await simulator.report(messageId, 'sent');
		const [result] = await Promise.all([
			wait({ messageId, to: PHONE }),
			reportAfter(2, messageId, 'delivered'),
		]);
		expect(jsons(result)).toMatchObject([{ status: 'delivered', final: true }]);
		expect(asked('/sys/status.php')).toBe(3);
	});

	it('asks for those that are not final, less and less often, until the time is up', async () => {
		const messageId = await sent([PHONE, OTHER]);
		await simulator.report(messageId, 'sent', { to: '79161234567' });
		await simulator.report(messageId, 'read', { to: '79161234568' });
		const result = await wait({ messageId, to: `${PHONE},${OTHER}`, waitMinutes: 2 });
		expect(jsons(result)).toMatchObject([
			{ to: PHONE, status: 'sent', final: false },
			{ to: OTHER, status: 'read', final: true },
		]);
		const questions = simulator.requests.filter(({ url }) => url === '/sys/status.php');
		expect(questions.slice(1).every(({ body }) => !String(body).includes('79161234568'))).toBe(true);
		const times = questions.map(({ at }) => Date.parse(at));
		const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
		expect(gaps.length).toBeGreaterThan(1);
		// SMSC allows five questions a minute about one message. A slow machine asks less often, never more.
		[5_000, 10_000, 20_000, 40_000].slice(0, gaps.length).forEach((least, index) => {
			expect(gaps[index]).toBeGreaterThanOrEqual(least - 500);
		});
		expect(gaps.length).toBeLessThanOrEqual(4);
	});

	it('outlasts answers that do not come, the first one too', async () => {
		const messageId = await sent([PHONE]);
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: page(502, 'Bad Gateway'),
			times: 4,
			matches: to('/sys/status.php'),
		});
		const result = await wait({ messageId, to: PHONE });
		expect(jsons(result)).toMatchObject([{ status: 'delivered', final: true }]);
	});

	it('leaves a gateway alone that has blocked this address', async () => {
		const messageId = await sent([PHONE]);
		await simulator.report(messageId, 'sent');
		const reply = page(200, '{"error":"IP is blocked","error_code":4}');
		simulator.fault({ at: 'after', how: 'drip', everyMs: 1, matches: to('/sys/status.php') });
		simulator.fault({ at: 'before', how: 'reply', reply, times: Infinity, matches: to('/sys/status.php') });
		expect(jsons(await wait({ messageId, to: PHONE }))).toMatchObject([{ status: 'sent', final: false }]);
		expect(asked('/sys/status.php')).toBe(2);
	});

	it('does not wait for a gateway that refuses the key', async () => {
		const before = Date.now();
		const credentials = { smscApi: { ...simulator.credentials, password: 'another password' } };
		const result = await wait(
			{ messageId: '1', to: PHONE, waitMinutes: 60 },
			{ credentials, onError: 'continueErrorOutput' },
		);
		expect(result.failed).toMatchObject([{ json: { error: { kind: 'authentication', code: '2' } } }]);
		expect(asked('/sys/status.php')).toBe(1);
		expect(Date.now() - before).toBeLessThan(5_000);
	});

	it('ends when the run is stopped', async () => {
		const messageId = await sent([PHONE]);
		await simulator.report(messageId, 'sent');
		const before = Date.now();
		const result = await wait(
			{ messageId, to: PHONE, waitMinutes: 1440 },
			{ onStarted: (cancel) => void setTimeout(cancel, 300) },
		);
		expect(Date.now() - before).toBeLessThan(5_000);
		expect(result.run.status).toBe('canceled');
		const requests = asked('/sys/status.php');
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(asked('/sys/status.php')).toBe(requests);
	});
});

describe('taking a message back', () => {
	it('deletes it at SMSC, and n8n is told in its own way', async () => {
		const messageId = await sent([PHONE, OTHER]);
		const result = await run({ operation: 'cancel', messageId, to: PHONE });
		expect(jsons(result)).toEqual([{ deleted: true }]);
		expect(jsons(await status({ messageId, to: `${PHONE},${OTHER}` }))).toMatchObject([
			{ reasonCode: '-3' },
			{ status: expect.not.stringMatching('unknown') },
		]);
	});

	it('fails for one row and not for the others', async () => {
		const messageId = await sent([PHONE]);
		const result = await run(
			{ operation: 'cancel', messageId, to: '={{ $json.phone }}' },
			{ rows: [{ phone: OTHER }, { phone: PHONE }], onError: 'continueErrorOutput' },
		);
		expect(result.failed).toMatchObject([
			{
				json: { phone: OTHER, error: { code: '5', to: OTHER, kind: 'invalid_parameter' } },
				pairedItem: { item: 0 },
			},
		]);
		expect(result.success).toMatchObject([{ json: { deleted: true }, pairedItem: { item: 1 } }]);
	});
});

describe('lists', () => {
	it('what was sent, page by page', async () => {
		for (let n = 0; n < 12; n++) await sent([PHONE], { message: `Text ${n}` });
		const result = await run({ operation: 'getAll', returnAll: true });
		expect(jsons(result).map(({ text }) => text)).toEqual(
			Array.from({ length: 12 }, (_, n) => `Text ${11 - n}`),
		);
		expect(Object.keys(jsons(result)[0] ?? {})).toEqual([
			'to',
			'status',
			'final',
			'segments',
			'cost',
			'messageId',
			'reason',
			'from',
			'text',
			'occurredAt',
			'gateway',
		]);
		const three = await run({ operation: 'getAll', limit: 3, simplify: false });
		expect(jsons(three).map(({ text }) => text)).toEqual(['Text 11', 'Text 10', 'Text 9']);
		expect(jsons(three)[0]).toMatchObject({ country: 'Россия', operator: 'МТС' });
	});

	it('a gateway that gives less in a page than it was asked for is asked for the rest', async () => {
		const row = (n: number) => ({ status: 1, id: n, int_id: n, phone: '79161234567' });
		for (const rows of [[row(5), row(4)], [row(3), row(2)], [row(1)]]) {
			simulator.fault({
				at: 'before',
				how: 'reply',
				reply: page(200, JSON.stringify(rows)),
				matches: to('/sys/get.php'),
			});
		}
		const result = await run({ operation: 'getAll', returnAll: true });
		expect(jsons(result).map(({ messageId }) => messageId)).toEqual(['5', '4', '3', '2', '1']);
		const cursors = simulator.requests.map(({ body }) => new URLSearchParams(String(body)).get('prev_id'));
		expect(cursors).toEqual([null, '4', '2', '1']);
	});

	it('nothing was sent: no items, and no error', async () => {
		const result = await run({ operation: 'getAll' });
		expect([result.error, result.success]).toEqual([null, []]);
	});

	it('what came in', async () => {
		await simulator.receive({ from: '79261112233', to: '79037672215', text: 'Да, приду' });
		const result = await run({ resource: 'incoming', operation: 'getAll' });
		expect(jsons(result)).toEqual([
			{
				gateway: 'smsc',
				messageId: '47436134',
				from: '+79261112233',
				to: '+79037672215',
				text: 'Да, приду',
				occurredAt: expect.stringMatching(/Z$/),
			},
		]);
		const again = await run({ resource: 'incoming', operation: 'getAll', afterId: '47436134' });
		expect(again.success).toEqual([]);
	});
});

describe('the account', () => {
	it('money', async () => {
		expect(jsons(await run({ resource: 'account', operation: 'getBalance' }))).toEqual([
			{ gateway: 'smsc', balance: 1000, currency: 'RUB' },
		]);
	});

	it('senders', async () => {
		expect(jsons(await run({ resource: 'sender', operation: 'getAll' }))).toEqual([
			{ gateway: 'smsc', sender: 'SMSC.RU', senderId: '1' },
		]);
	});

	it('the operator of each number; one that has none fails alone', async () => {
		simulator.orders.recipientCodes.set('79161234568', '3');
		const result = await run(
			{ resource: 'number', operation: 'getOperator', to: '={{ $json.phone }}' },
			{
				rows: [{ phone: PHONE }, { phone: OTHER }, { phone: '' }, { phone: 'office' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(jsons(result)).toMatchObject([{ to: PHONE, operator: 'МТС', timezone: '0' }]);
		expect(
			result.failed.map(({ json, pairedItem }) => [pairedItem, (json.error as IDataObject).kind]),
		).toEqual([
			[{ item: 1 }, 'invalid_recipient'],
			[{ item: 2 }, 'invalid_parameter'],
			[{ item: 3 }, 'invalid_parameter'],
		]);
	});

	it('a number on the stop list gets nothing, until it is taken off', async () => {
		const stop = (operation: string) => run({ resource: 'stopList', operation, to: PHONE });
		expect(jsons(await stop('add'))).toEqual([{ gateway: 'smsc', to: PHONE, added: true }]);
		const refused = await run({ to: PHONE, message: 'Hello' }, { onError: 'continueErrorOutput' });
		expect(refused.failed).toMatchObject([{ json: { error: { accepted: false } } }]);
		expect(jsons(await stop('remove'))).toEqual([{ deleted: true }]);
		await sent([PHONE], { message: 'Hello again' });
		expect(simulator.texts).toHaveLength(1);
	});
});

describe.each<[string, INodeParameters]>([
	['message.getStatus', { operation: 'getStatus', messageId: '5', to: PHONE }],
	['message.cancel', { operation: 'cancel', messageId: '5', to: PHONE }],
	['message.getAll', { operation: 'getAll' }],
	['incoming.getAll', { resource: 'incoming', operation: 'getAll' }],
	['account.getBalance', { resource: 'account', operation: 'getBalance' }],
	['sender.getAll', { resource: 'sender', operation: 'getAll' }],
	['number.getOperator', { resource: 'number', operation: 'getOperator', to: PHONE }],
	['stopList.add', { resource: 'stopList', operation: 'add', to: PHONE }],
	['stopList.remove', { resource: 'stopList', operation: 'remove', to: PHONE }],
])('%s when something is wrong', (_, parameters) => {
	const failing = (more: Partial<RunOptions> = {}): Promise<RunResult> =>
		run(parameters, { onError: 'continueErrorOutput', ...more });
	const always = { at: 'before', how: 'reply', times: Infinity, matches: () => true } as const;

	it.each<[string, SimulatedReply, string, number]>([
		['a web page', page(200, '<!DOCTYPE html><html><body>Welcome</body></html>'), 'unknown', 1],
		['nothing', page(200, ''), 'unknown', 1],
		['half an answer', page(200, '{"balance":"10'), 'unknown', 1],
		['HTTP 500', page(500, 'Internal Server Error'), 'temporary', 3],
		['HTTP 403', page(403, 'Forbidden'), 'authentication', 1],
		['code 2 in plain text', page(200, 'ERROR = 2 (неверный логин или пароль)'), 'authentication', 1],
		['code 4', page(200, '{"error":"IP is blocked","error_code":4}'), 'rate_limited', 1],
	])('%s is told as such', async (__, reply, kind, requests) => {
		simulator.fault({ ...always, reply });
		const { success, failed, error } = await failing();
		expect([success, error]).toEqual([[], null]);
		expect(failed).toMatchObject([{ json: { error: { kind, gateway: 'smsc' } }, pairedItem: { item: 0 } }]);
		expect(simulator.requests).toHaveLength(requests);
	});

	it('a connection that breaks once is made again', async () => {
		simulator.fault({ at: 'before', how: 'reset', matches: () => true });
		await failing();
		expect(simulator.requests).toHaveLength(2);
	});

	it.each<[OnError, boolean]>([
		['stopWorkflow', true],
		['continueRegularOutput', false],
		['continueErrorOutput', false],
	])('On Error = %s: throws %p', async (onError, throws) => {
		simulator.orders.requestCode = '4';
		const { success, failed, error } = await failing({ onError });
		expect(error !== null).toBe(throws);
		if (throws) expect(error?.message).toContain('SMSC has temporarily blocked this IP address');
		expect([...success, ...failed]).toHaveLength(throws ? 0 : 1);
	});

	it('a wrong key is told, and no secret is in anything that n8n keeps', async () => {
		simulator.fault({
			...always,
			at: 'after',
			how: 'mutate',
			mutate: () => ({ error: `authorise error for ${simulator.secrets.join(' ')}`, error_code: 2 }),
		});
		for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
			const { run: kept } = await failing({ onError });
			const everything = JSON.stringify(kept);
			expect(everything).toContain('does not accept this login');
			for (const secret of simulator.secrets) expect(everything).not.toContain(secret);
		}
		expect(
			simulator.requests.every(({ url }) => simulator.secrets.every((secret) => !url.includes(secret))),
		).toBe(true);
	});

	it('the raw reply is there on wish', async () => {
		simulator.fault({ ...always, reply: page(200, '{"error":"odd","error_code":77}') });
		const { failed } = await run(
			{ ...parameters, options: { includeRaw: true } },
			{ onError: 'continueErrorOutput' },
		);
		expect(failed).toMatchObject([
			{ json: { error: { code: '77', raw: { error: 'odd', error_code: 77 } } } },
		]);
	});

	it('an option out of range is refused before anything is asked', async () => {
		const { failed } = await run(
			{ ...parameters, options: { timeout: 1 } },
			{ onError: 'continueErrorOutput' },
		);
		expect(failed).toMatchObject([
			{ json: { error: { kind: 'invalid_parameter', message: expect.stringContaining("'Timeout") } } },
		]);
		expect(simulator.requests).toHaveLength(0);
	});
});
