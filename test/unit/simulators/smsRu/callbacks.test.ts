import { createHash } from 'node:crypto';

import { formFields, startReceiver, type Receiver } from '../../../../simulators/receiver';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';

/** What the vendor's sample of a handler, recorded traffic and public handlers say of SMS.RU's calls back. */

// 25 June 2026, 12:00 in Moscow.
const START = Date.UTC(2026, 5, 25, 9);
const TS = START / 1000;
const PHONE = '79255070602';
let now = START;
let receiver: Receiver;
let simulator: Simulator;

beforeAll(async () => {
	receiver = await startReceiver();
	simulator = await startSimulator(createSmsRu(), { now: () => new Date(now) });
});
beforeEach(() => {
	now = START;
	receiver.forget();
	simulator.reset();
});
afterAll(() => Promise.all([receiver.close(), simulator.close()]));

const last = () => {
	const call = receiver.received.at(-1);
	if (call === undefined) throw new Error('nothing was received');
	return call;
};
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
async function post(path: string, fields: Record<string, string>): Promise<string> {
	const body = new URLSearchParams(fields);
	return await (await fetch(simulator.baseUrl + path, { method: 'POST', body })).text();
}
const apiId = (): string => simulator.credentials.apiId ?? '';
const call = async (path: string, fields: Record<string, string> = {}): Promise<unknown> =>
	JSON.parse(await post(path, { api_id: apiId(), json: '1', ...fields })) as unknown;
const send = async (to: string): Promise<void> => {
	await call('/sms/send', { to, msg: 'hello world' });
};
const OK = { status: 'OK', status_code: 100 };

it('keeps a list of addresses', async () => {
	expect(await call('/callback/get')).toEqual(OK);
	expect(await call('/callback/add', { url: receiver.url })).toEqual({ ...OK, callback: [receiver.url] });
	expect(await call('/callback/add', { url: 'https://example.com/a' })).toEqual({
		...OK,
		callback: [receiver.url, 'https://example.com/a'],
	});
	expect(await call('/callback/add', { url: receiver.url })).toMatchObject({
		callback: [receiver.url, 'https://example.com/a'],
	});
	expect(await post('/callback/get', { api_id: apiId() })).toBe(
		`100\n${receiver.url}\nhttps://example.com/a`,
	);
	expect(await call('/callback/del', { url: 'https://example.com/a' })).toEqual({
		...OK,
		callback: [receiver.url],
	});
	expect(await call('/callback/del', { url: receiver.url })).toEqual(OK);
	expect(await call('/callback/del', { url: receiver.url })).toMatchObject({ status_code: 902 });
	for (const url of ['', 'ftp://example.com', 'example.com/x', 'https://']) {
		expect(await call('/callback/add', { url })).toMatchObject({ status: 'ERROR', status_code: 901 });
	}
	expect(await call('/callback/add', { url: receiver.url, api_id: 'wrong' })).toMatchObject({
		status_code: 200,
	});
	expect(simulator.callbacks.reportUrls).toEqual([]);
});

it('tells an address that was registered of a delivery, signed', async () => {
	receiver.answerWith({ body: '100' });
	await call('/callback/add', { url: receiver.url });
	await send(PHONE);
	const id = simulator.texts[0]?.messageId ?? '';
	const calls = await simulator.report(id, 'delivered');
	expect(calls).toMatchObject([{ status: 200, answer: '100', confirmed: true, attempt: 1, fault: null }]);

	const record = `sms_status\n${id}\n103\n${TS}`;
	expect(last().method).toBe('POST');
	expect(last().headers['content-type']).toBe('application/x-www-form-urlencoded');
	expect(formFields(last().body)).toEqual({ 'data[0]': record, hash: sha256(apiId() + record) });
	expect(last().body.toString()).toContain('data%5B0%5D=sms_status%0A');

	const status = await call('/sms/status', { sms_id: id });
	expect(status).toMatchObject({
		sms: { [id]: { status_code: 103, status_text: 'Сообщение доставлено' } },
	});
	await simulator.report(id, 'expired');
	now += 60_000;
	expect(await call('/sms/status', { sms_id: id })).toMatchObject({ sms: { [id]: { status_code: 104 } } });
});

it('repeats until the answer is 100 and nothing else', async () => {
	simulator.callTo(receiver.url);
	receiver.answerWith({ body: '100\n' }, { status: 500, body: 'x' }, { body: '"100"' }, { body: '100' });
	await send(PHONE);
	const id = simulator.texts[0]?.messageId ?? '';
	const calls = await simulator.report(id, 'delivered', { attempts: 10 });
	expect(calls.map(({ confirmed, attempt }) => [attempt, confirmed])).toEqual([
		[1, false],
		[2, false],
		[3, false],
		[4, true],
	]);
	expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
	receiver.answerWith({ body: 'ok' });
	expect(await simulator.report(id, 'delivered')).toHaveLength(3);
});

it('puts up to 100 records into one call', async () => {
	simulator.callTo(receiver.url);
	receiver.answerWith({ body: '100' });
	const numbers = Array.from({ length: 101 }, (_, index) => String(79_000_000_000 + index));
	await send(numbers.slice(0, 100).join(','));
	await send(numbers[100] ?? '');
	const ids = simulator.texts.map(({ messageId }) => messageId);
	expect(ids).toHaveLength(101);
	await simulator.report(ids, 'sent');
	expect(receiver.received).toHaveLength(2);
	const [first, second] = receiver.received.map(({ body }) => Object.keys(formFields(body)));
	expect([first?.length, first?.[0], first?.[99], first?.[100]]).toEqual([
		101,
		'data[0]',
		'data[99]',
		'hash',
	]);
	expect(second).toEqual(['data[0]', 'hash']);
});

it('mixes heartbeats and other records with the reports, from any index on', async () => {
	simulator.callTo(receiver.url);
	receiver.answerWith({ body: '100' });
	await simulator.heartbeat();
	expect(formFields(last().body)['data[0]']).toBe(`test\n${TS}`);
	await send(PHONE);
	const id = simulator.texts[0]?.messageId ?? '';
	const records = ['test\n1782469893', 'something_new\n1'];
	await simulator.report(id, { code: '150' }, { records, firstIndex: 1 });
	const sent = ['test\n1782469893', 'something_new\n1', `sms_status\n${id}\n150\n${TS}`];
	expect(formFields(last().body)).toEqual({
		'data[1]': sent[0],
		'data[2]': sent[1],
		'data[3]': sent[2],
		hash: sha256(apiId() + sent.join('')),
	});
});

it('tells of a call that confirms a number, and of one that did not come', async () => {
	simulator.callTo(receiver.url);
	receiver.answerWith({ body: '100' });
	const added = (await call('/callcheck/add', { phone: PHONE })) as Record<string, string>;
	expect(added).toMatchObject({ ...OK, call_phone: expect.stringMatching(/^7\d{10}$/) as string });
	const id = added.check_id ?? '';
	expect(id).toBe('202626-542');
	expect(await call('/callcheck/status', { check_id: id })).toMatchObject({ check_status: '400' });
	await simulator.phoneCall({ from: PHONE });
	expect(formFields(last().body)['data[0]']).toBe(`callcheck_status\n${id}\n401\n${TS}`);
	expect(await call('/callcheck/status', { check_id: id })).toMatchObject({ check_status: '401' });
	await expect(simulator.phoneCall({ from: PHONE })).rejects.toThrow('Nobody is waiting');

	await call('/callcheck/add', { phone: PHONE });
	await simulator.phoneCall({ from: PHONE, confirmed: false });
	expect(formFields(last().body)['data[0]']).toBe(`callcheck_status\n202626-543\n402\n${TS}`);
	await call('/callcheck/add', { phone: PHONE });
	now += 5 * 60_000 + 1;
	expect(await call('/callcheck/status', { check_id: '202626-544' })).toMatchObject({
		check_status: '402',
	});
	expect(await call('/callcheck/status', { check_id: '1-1' })).toMatchObject({ check_status: '402' });
});

it('has no incoming texts', async () => {
	await expect(simulator.receive({ from: PHONE, to: '1', text: 'x' })).rejects.toThrow('incoming texts');
});
