import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';

/** Replies are those of SMS.RU's pages on the stop list and on calls, and of recorded traffic. */

type Fields = Readonly<Record<string, string>>;

// 25 June 2026, 12:00 in Moscow.
const START = Date.UTC(2026, 5, 25, 9);
const A = '79255070602';
const B = '74993221627';
const OK = { status: 'OK', status_code: 100 };
let now = START;
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createSmsRu(), { now: () => new Date(now) });
});
beforeEach(() => {
	now = START;
	simulator.reset();
});
afterAll(() => simulator.close());

async function call(path: string, fields: Fields = {}): Promise<string> {
	const body = new URLSearchParams({ api_id: simulator.credentials.apiId ?? '', ...fields });
	const reply = await fetch(simulator.baseUrl + path, { method: 'POST', body });
	expect(reply.status).toBe(200);
	return await reply.text();
}
const json = async (path: string, fields: Fields = {}): Promise<Record<string, unknown>> =>
	JSON.parse(await call(path, { json: '1', ...fields })) as Record<string, unknown>;

describe('the stop list', () => {
	it('keeps numbers with a note, and nothing is sent to them', async () => {
		expect(await json('/stoplist/get')).toEqual({ ...OK, stoplist: [] });
		expect(
			await json('/stoplist/add', { stoplist_phone: '8 (925) 507-06-02', stoplist_text: 'спам' }),
		).toEqual(OK);
		expect(await json('/stoplist/get')).toEqual({ ...OK, stoplist: { [A]: 'спам' } });
		expect(await call('/stoplist/get')).toBe(`100\n${A};спам`);
		expect(await json('/sms/send', { to: `${A},${B}`, msg: 'Hi' })).toMatchObject({
			...OK,
			sms: { [A]: { status: 'ERROR', status_code: 209 }, [B]: OK },
		});
		expect(await json('/sms/cost', { to: A, msg: 'Hi' })).toMatchObject({
			sms: { [A]: { status_code: 209 } },
		});
		expect(simulator.texts.map(({ to }) => to)).toEqual([B]);

		expect(await call('/stoplist/del', { stoplist_phone: A })).toBe('100');
		expect(await json('/sms/send', { to: A, msg: 'Hi' })).toMatchObject({ sms: { [A]: OK } });
		expect(await call('/stoplist/del', { stoplist_phone: A })).toBe('100');
	});

	it('refuses what is no number, a note that is missing, and a wrong key', async () => {
		expect(await json('/stoplist/add', { stoplist_phone: '12', stoplist_text: 'x' })).toMatchObject({
			status: 'ERROR',
			status_code: 202,
		});
		expect(await json('/stoplist/add', { stoplist_text: 'x' })).toMatchObject({ status_code: 202 });
		expect(await json('/stoplist/add', { stoplist_phone: A })).toMatchObject({ status_code: 203 });
		expect(await json('/stoplist/del', {})).toMatchObject({ status_code: 202 });
		for (const action of ['add', 'del', 'get']) {
			expect(await json(`/stoplist/${action}`, { api_id: 'x' })).toMatchObject({ status_code: 200 });
		}
	});
});

describe('a call that tells a code', () => {
	it('answers JSON without being asked to, and a code that keeps its zero', async () => {
		simulator.balance = 10.4;
		expect(JSON.parse(await call('/code/call', { phone: A, ip: '8.8.8.8' }))).toEqual({
			status: 'OK',
			code: '1435',
			call_id: '202626-542',
			cost: 0.4,
			balance: 10,
		});
		expect((await json('/code/call', { phone: A, ip: '-1' })).code).toBe('0434');
		expect(simulator.texts).toHaveLength(0);
	});

	it('refuses bad numbers and addresses, an empty account, an eleventh call in five minutes, and what is ordered', async () => {
		const code = async (fields: Fields) => (await json('/code/call', { phone: A, ...fields })).status_code;
		expect(await code({ phone: 'x' })).toBe(202);
		expect(await code({ ip: '192.168.1.1' })).toBe(507);
		expect(await code({ ip: 'here' })).toBe(507);
		simulator.balance = 0.3;
		expect(await code({})).toBe(201);
		simulator.balance = 100;
		for (let index = 0; index < 10; index += 1) expect(await code({})).toBeUndefined();
		expect(await code({})).toBe(508);
		now += 5 * 60_000;
		expect(await code({})).toBeUndefined();
		simulator.orders.recipientCodes.set(B, '550');
		expect(await code({ phone: B })).toBe(550);
	});
});

describe('a call that confirms a number', () => {
	it('has a number to call', async () => {
		const added = await json('/callcheck/add', { phone: A });
		expect(added).toEqual({
			...OK,
			check_id: '202626-542',
			call_phone: '78005008275',
			call_phone_pretty: '+7 (800) 500-8275',
			call_phone_html: expect.stringContaining('78005008275') as string,
		});
		expect(await json('/callcheck/status', { check_id: '202626-542' })).toEqual({
			...OK,
			check_status: '400',
			check_status_text: expect.any(String) as string,
		});
		expect(await json('/callcheck/add', { phone: '7' })).toMatchObject({ status_code: 202 });
		expect(await json('/callcheck/add', { phone: A, api_id: 'x' })).toMatchObject({ status_code: 200 });
	});
});

describe('/sms/status', () => {
	it('takes a hundred ids and no more', async () => {
		const numbers = Array.from({ length: 100 }, (_, index) => String(79_000_000_000 + index));
		await json('/sms/send', { to: numbers.join(','), msg: 'Hi' });
		const ids = simulator.texts.map(({ messageId }) => messageId);
		const known = (await json('/sms/status', { sms_id: ids.join(',') })) as { sms: Record<string, unknown> };
		expect(Object.keys(known.sms)).toHaveLength(100);
		expect(await json('/sms/status', { sms_id: [...ids, '000000-1'].join(',') })).toMatchObject({
			status: 'ERROR',
			status_code: 213,
		});
	});
});
