/** SMSC's other kinds of message, files, groups and prices in n8n's engine, against the simulator. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsc } from '../../../simulators/smsc';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const PHONE = '+79161234567';
const OTHER = '+79161234568';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createSmsc());
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

function run(parameters: INodeParameters, more: Partial<RunOptions> = {}): Promise<RunResult> {
	return runNode({
		node: 'smsc',
		credentials: { smscApi: simulator.credentials },
		parameters,
		onError: 'continueErrorOutput',
		...more,
	});
}

const file = (
	name: string,
	bytes: Buffer,
	mimeType = 'application/octet-stream',
): INodeExecutionData['binary'] => ({
	[name]: { data: bytes.toString('base64'), mimeType, fileName: `${name}.bin` },
});
const jsons = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
const errorsOf = ({ failed }: RunResult): IDataObject[] =>
	failed.map(({ json }) => json.error as IDataObject);

/** A request's body as another program's parser reads it. */
async function parsed(index: number): Promise<FormData> {
	const seen = simulator.requests[index];
	if (seen === undefined) throw new Error(`there is no request ${index}`);
	return await new Response(seen.body, {
		headers: { 'content-type': seen.headers['content-type'] ?? '' },
	}).formData();
}

describe('files of the rows', () => {
	const mms = { messageKind: 'mms', to: '={{ $json.phone }}', message: 'Счёт + чек', subject: 'Заказ' };
	const bytes = Buffer.from(Array.from({ length: 300 }, (_, n) => n % 256));

	it('arrive with the fields and the key, byte for byte', async () => {
		const { success, failed } = await run(
			{ ...mms, options: { binaryFields: 'first, second' } },
			{
				rows: [{ phone: PHONE }],
				binary: [{ ...file('first', bytes, 'image/png'), ...file('second', Buffer.from('второй')) }],
			},
		);
		expect(failed).toEqual([]);
		expect(success).toMatchObject([{ json: { to: PHONE, accepted: true }, pairedItem: { item: 0 } }]);
		expect(success[0]?.json).not.toHaveProperty('segments');
		const form = await parsed(0);
		expect([form.get('login'), form.get('psw')]).toEqual([
			simulator.credentials.login,
			simulator.credentials.password,
		]);
		expect([form.get('mes'), form.get('subj'), form.get('mms'), form.get('charset')]).toEqual([
			'Счёт + чек',
			'Заказ',
			'1',
			'utf-8',
		]);
		const files = [...form.values()].filter((value) => value instanceof File);
		expect(files.map(({ name, type }) => [name, type])).toEqual([
			['first.bin', 'image/png'],
			['second.bin', 'application/octet-stream'],
		]);
		const contents = await Promise.all(files.map(async (one) => Buffer.from(await one.arrayBuffer())));
		expect(contents).toEqual([bytes, Buffer.from('второй')]);
		expect(simulator.texts).toMatchObject([
			{ text: 'Счёт + чек', options: { files: 'first.bin, second.bin' } },
		]);
	});

	it('equal ones share a request, others have one of their own', async () => {
		const { success } = await run(
			{ ...mms, options: { binaryFields: 'data' } },
			{
				rows: [{ phone: PHONE }, { phone: OTHER }, { phone: '+77011234567' }],
				binary: [file('data', bytes), file('data', bytes), file('data', Buffer.from('another'))],
			},
		);
		expect(success).toHaveLength(3);
		expect(simulator.requests).toHaveLength(2);
	});

	it('two files for one address are two messages, though the text is the same', async () => {
		const { success, failed } = await run(
			{ ...mms, options: { binaryFields: 'data' } },
			{
				rows: [{ phone: PHONE }, { phone: PHONE }, { phone: PHONE }],
				binary: [
					file('data', Buffer.from('invoice 1')),
					file('data', Buffer.from('invoice 2')),
					file('data', Buffer.from('invoice 1')),
				],
			},
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(failed).toMatchObject([{ json: { error: { kind: 'duplicate' } }, pairedItem: { item: 2 } }]);
		expect(simulator.texts).toHaveLength(2);
	});

	it('a row without its file, and one whose file is gone, fail alone', async () => {
		const gone: INodeExecutionData['binary'] = {
			data: {
				data: 'filesystem-v2',
				id: 'filesystem-v2:gone/away',
				mimeType: 'image/png',
				fileName: 'a.png',
			},
		};
		const result = await run(
			{ ...mms, options: { binaryFields: 'data' } },
			{
				rows: [{ phone: PHONE }, { phone: OTHER }, { phone: '+77011234567' }],
				binary: [undefined, gone, file('data', bytes)],
			},
		);
		expect(result.success).toMatchObject([{ json: { to: '+77011234567' }, pairedItem: { item: 2 } }]);
		expect(errorsOf(result)).toMatchObject([
			{
				to: PHONE,
				kind: 'invalid_parameter',
				message: expect.stringContaining('no file in a binary field "data"'),
			},
			{ to: OTHER, kind: 'invalid_parameter', message: expect.stringContaining('"data" could not be read') },
		]);
	});
});

describe('recipients that are no numbers', () => {
	async function newGroup(phones: readonly string[]): Promise<string> {
		const post = async (fields: Record<string, string>): Promise<unknown> => {
			const { login = '', password: psw = '' } = simulator.credentials;
			const body = new URLSearchParams({ login, psw, fmt: '3', ...fields });
			const answer = await fetch(`${simulator.baseUrl}/sys/phones.php`, { method: 'POST', body });
			return await answer.json();
		};
		const { id } = (await post({ add_group: '1', name: 'Friends' })) as { id: number };
		for (const phone of phones) await post({ add: '1', phone, grp: String(id) });
		return `G${id}`;
	}

	it('a group among numbers: each has its own result', async () => {
		const group = await newGroup(['79990000001', '79990000002']);
		const result = await run({ to: `${PHONE}, ${group.toLowerCase()}; ${OTHER}; nobody`, message: 'Hello' });
		expect(jsons(result)).toMatchObject([
			{ to: PHONE, accepted: true },
			{ to: group, accepted: true, members: 2, membersRefused: 0 },
			{ to: OTHER, accepted: true },
		]);
		expect(errorsOf(result)).toMatchObject([{ to: 'nobody', kind: 'invalid_recipient' }]);
		expect(simulator.texts.map(({ to }) => to).sort()).toEqual([
			'79161234567',
			'79161234568',
			'79990000001',
			'79990000002',
		]);
	});

	it('a list from an expression may have a group in it, too', async () => {
		const group = await newGroup(['79990000001']);
		const result = await run(
			{ to: '={{ $json.list }}', message: 'Hello' },
			{ rows: [{ list: [PHONE, group] }] },
		);
		expect(jsons(result).map(({ to }) => to)).toEqual([PHONE, group]);
	});

	it('a group that SMSC does not have', async () => {
		expect(errorsOf(await run({ to: 'G999', message: 'Hello' }))).toMatchObject([
			{ to: 'G999', accepted: false },
		]);
	});

	it('e-mails', async () => {
		const result = await run({
			messageKind: 'email',
			to: 'a@example.com; b@example.com, not an address',
			from: 'shop@example.com',
			subject: 'Заказ',
			message: 'Готов',
		});
		expect(jsons(result)).toMatchObject([
			{ to: 'a@example.com', accepted: true, from: 'shop@example.com' },
			{ to: 'b@example.com', accepted: true },
		]);
		expect(errorsOf(result)).toMatchObject([{ to: 'not an address', kind: 'invalid_recipient' }]);
		expect(simulator.texts.map(({ to, options }) => [to, options.subj])).toEqual([
			['a@example.com', 'Заказ'],
			['b@example.com', 'Заказ'],
		]);
	});
});

describe('a preview with prices', () => {
	const preview = (parameters: INodeParameters, more?: Partial<RunOptions>): Promise<RunResult> =>
		run({ operation: 'preview', includePrice: true, ...parameters }, more);

	it('says what each text would cost, sends nothing, and spends nothing', async () => {
		const result = await preview(
			{ to: '={{ $json.phone }}', message: '={{ $json.text }}' },
			{
				rows: [
					{ phone: PHONE, text: 'Hello' },
					{ phone: OTHER, text: 'x'.repeat(161) },
					{ phone: 'office', text: 'Hello' },
				],
			},
		);
		expect(jsons(result)).toMatchObject([
			{ to: PHONE, cost: 1.4, segments: 1, currency: null },
			{ to: OTHER, cost: 2.8, segments: 2 },
		]);
		expect(errorsOf(result)).toMatchObject([{ to: 'office', kind: 'invalid_recipient' }]);
		expect([simulator.texts, simulator.balance]).toEqual([[], 1000]);
		const bodies = simulator.requests.map(({ body }) => new URLSearchParams(String(body)));
		expect(bodies.map((body) => [body.get('cost'), body.get('op'), body.get('fmt')])).toEqual([
			['1', '1', '3'],
		]);
	});

	it('is asked through the generic node, too', async () => {
		const result = await preview({ gateway: 'smsc', to: PHONE, message: 'Hello' }, { node: 'sendSms' });
		expect(jsons(result)).toMatchObject([{ gateway: 'smsc', cost: 1.4 }]);
	});

	it('tells of a number that SMSC would refuse', async () => {
		simulator.orders.recipientCodes.set('79161234568', '25');
		const result = await preview({ to: `${PHONE},${OTHER}`, message: 'Hello' });
		expect(jsons(result)).toMatchObject([{ to: PHONE, cost: 1.4 }]);
		expect(errorsOf(result)).toMatchObject([{ to: OTHER, kind: 'no_route', accepted: false }]);
	});

	it('asks in JSON, whatever layout sending has', async () => {
		const result = await preview({
			to: PHONE,
			message: 'Hello',
			options: { cost: 3 },
			expertOptions: { responseFormat: 1 },
		});
		expect(jsons(result)).toMatchObject([{ cost: 1.4 }]);
		expect(simulator.texts).toEqual([]);
	});

	it('of another kind counts no segments', async () => {
		const [json] = jsons(await preview({ messageKind: 'viber', to: PHONE, message: 'Привет' }));
		expect(json).toMatchObject({ to: PHONE, text: 'Привет', cost: 1.4 });
		for (const key of ['segments', 'encoding', 'parts']) expect(json).not.toHaveProperty(key);
	});

	it('of a group is its price as a whole', async () => {
		const result = await preview({ to: 'G999', message: 'Hello' });
		expect(errorsOf(result)).toMatchObject([{ to: 'G999', accepted: false }]);
	});

	it.each([
		['a wrong key', { password: 'another one' }, 'authentication'],
		['an address where nobody is', { baseUrl: 'http://127.0.0.1:1' }, 'temporary'],
	])('%s is told, and nothing is claimed to have been sent', async (_, change, kind) => {
		const credentials = { smscApi: { ...simulator.credentials, ...change } };
		const result = await preview({ to: PHONE, message: 'Hello' }, { credentials });
		expect(errorsOf(result)).toMatchObject([{ kind, accepted: false }]);
	});

	it('an answer that nobody can read is no price', async () => {
		const reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' };
		simulator.fault({ at: 'before', how: 'reply', reply, times: Infinity, matches: () => true });
		const result = await preview({ to: PHONE, message: 'Hello' });
		expect(errorsOf(result)).toMatchObject([
			{ accepted: false, hint: expect.stringContaining('Nothing was sent') },
		]);
	});

	it('without prices asks nobody', async () => {
		const result = await run({ operation: 'preview', to: PHONE, message: 'Hello' });
		expect(jsons(result)).toMatchObject([{ segments: 1 }]);
		expect(simulator.requests).toEqual([]);
	});
});

describe('binary messages', () => {
	// 100 bytes: one segment, though their 200 digits would be two as a text.
	const hexadecimal = `00${'ab'.repeat(99)}`;
	const expertOptions = { binary: 2 };
	const limits = { maxSegments: 1 };

	it('are counted in bytes, so that Max Segments lets them through', async () => {
		const { success, failed } = await run({ to: PHONE, message: hexadecimal, expertOptions, limits });
		expect(failed).toEqual([]);
		expect(success).toMatchObject([{ json: { accepted: true, segments: 1, encoding: 'binary' } }]);
		expect(simulator.texts).toHaveLength(1);
	});

	it('of more than a segment are still refused', async () => {
		const { failed } = await run({ to: PHONE, message: `00${'ab'.repeat(140)}`, expertOptions, limits });
		expect(failed).toMatchObject([{ json: { error: { accepted: false, kind: 'invalid_parameter' } } }]);
		expect(simulator.requests).toEqual([]);
	});

	it('have bytes in a preview, too', async () => {
		const { success } = await run({
			operation: 'preview',
			to: PHONE,
			message: hexadecimal,
			expertOptions,
			limits,
		});
		expect(success).toMatchObject([
			{ json: { encoding: 'binary', segments: 1, characters: 100, remaining: 40, forcesUnicode: [] } },
		]);
	});
});
