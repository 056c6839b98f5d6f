import { createHash } from 'node:crypto';

import { createAdvantaSms } from './advantaSms';
import { createAlphaSms } from './alphaSms';
import { startReceiver, type Receiver } from './receiver';
import { startSimulator } from './server';
import type { GatewaySimulation, Simulator } from './simulator';
import { createSmsc } from './smsc';
import { createSmsRu } from './smsRu';
import { createVoipCommunications, OWNED_NUMBER } from './voipCommunications';

/** What the vendors' pages, samples and handlers say of calls back. */

// 25 June 2026, 12:00 in Moscow and in Nairobi.
const START = Date.UTC(2026, 5, 25, 9);
const TS = START / 1000;
const PHONE = '79255070602';
const OTHER = '74993221627';
let now = START;
let receiver: Receiver;
let simulator: Simulator;

async function start(simulation: GatewaySimulation): Promise<Simulator> {
	now = START;
	simulator = await startSimulator(simulation, { now: () => new Date(now) });
	return simulator;
}

beforeAll(async () => {
	receiver = await startReceiver();
});
beforeEach(() => receiver.forget());
afterEach(() => simulator.close());
afterAll(() => receiver.close());

const last = () => {
	const call = receiver.received.at(-1);
	if (call === undefined) throw new Error('nothing was received');
	return call;
};
const formOf = (body: Buffer): Record<string, string> =>
	Object.fromEntries(new URLSearchParams(body.toString('latin1')));
const hex = (algorithm: string, text: string): string =>
	createHash(algorithm).update(text, 'utf8').digest('hex');

async function post(path: string, fields: Record<string, string>): Promise<string> {
	const body = new URLSearchParams(fields);
	return await (await fetch(simulator.baseUrl + path, { method: 'POST', body })).text();
}

describe('SMS.RU', () => {
	const apiId = (): string => simulator.credentials.apiId ?? '';
	const call = async (path: string, fields: Record<string, string> = {}): Promise<unknown> =>
		JSON.parse(await post(path, { api_id: apiId(), json: '1', ...fields })) as unknown;
	const send = async (to: string): Promise<void> => {
		await call('/sms/send', { to, msg: 'hello world' });
	};
	const OK = { status: 'OK', status_code: 100 };

	beforeEach(() => start(createSmsRu()));

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
		expect(formOf(last().body)).toEqual({ 'data[0]': record, hash: hex('sha256', apiId() + record) });
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
		const [first, second] = receiver.received.map(({ body }) => Object.keys(formOf(body)));
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
		expect(formOf(last().body)['data[0]']).toBe(`test\n${TS}`);
		await send(PHONE);
		const id = simulator.texts[0]?.messageId ?? '';
		const records = ['test\n1782469893', 'something_new\n1'];
		await simulator.report(id, { code: '150' }, { records, firstIndex: 1 });
		const sent = ['test\n1782469893', 'something_new\n1', `sms_status\n${id}\n150\n${TS}`];
		expect(formOf(last().body)).toEqual({
			'data[1]': sent[0],
			'data[2]': sent[1],
			'data[3]': sent[2],
			hash: hex('sha256', apiId() + sent.join('')),
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
		expect(formOf(last().body)['data[0]']).toBe(`callcheck_status\n${id}\n401\n${TS}`);
		expect(await call('/callcheck/status', { check_id: id })).toMatchObject({ check_status: '401' });
		await expect(simulator.phoneCall({ from: PHONE })).rejects.toThrow('Nobody waits');

		await call('/callcheck/add', { phone: PHONE });
		await simulator.phoneCall({ from: PHONE, confirmed: false });
		expect(formOf(last().body)['data[0]']).toBe(`callcheck_status\n202626-543\n402\n${TS}`);
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
});

describe('SMSC', () => {
	const send = async (fields: Record<string, string> = {}): Promise<void> => {
		await post('/sys/send.php', {
			login: simulator.credentials.login ?? '',
			psw: simulator.credentials.password ?? '',
			charset: 'utf-8',
			phones: PHONE,
			mes: 'Hello',
			...fields,
		});
	};
	const status = async (id: string, phone: string): Promise<unknown> =>
		JSON.parse(
			await post('/sys/status.php', {
				apikey: simulator.credentials.apiKey ?? '',
				id,
				phone,
				fmt: '3',
			}),
		) as unknown;

	beforeEach(() => start(createSmsc()));

	it('tells of a delivery, unsigned without a secret', async () => {
		simulator.callTo(receiver.url);
		await send();
		const calls = await simulator.report('1234', 'delivered');
		expect(calls).toMatchObject([{ status: 200, confirmed: true }]);
		expect(last().method).toBe('POST');
		expect(formOf(last().body)).toEqual({
			id: '1234',
			phone: PHONE,
			status: '1',
			time: '25.06.2026 12:00:00',
			ts: String(TS),
			err: '0',
			cnt: '1',
			cost: '1.40',
			type: '0',
			flag: '0',
			sender: 'SMSC.RU',
		});
		expect(await status('1234', PHONE)).toMatchObject({ status: 1, last_timestamp: TS });
	});

	it('signs id, number and status with the secret, in the algorithms the address asks for', async () => {
		simulator.callTo(receiver.url, { secret: 'шшш' });
		await send();
		await simulator.report('1234', 'undelivered');
		const utf8 = `${receiver.url}?charset=utf-8`;
		const fields = formOf(last().body);
		// windows-1251 is the default: three times 0xF8.
		const bytes = Buffer.concat([Buffer.from(`1234:${PHONE}:20:`), Buffer.from([0xf8, 0xf8, 0xf8])]);
		expect(fields).toMatchObject({ status: '20', err: '1' });
		expect(fields.md5).toBe(createHash('md5').update(bytes).digest('hex'));
		expect(fields.sha1).toBe(createHash('sha1').update(bytes).digest('hex'));
		expect(fields.crc32).toMatch(/^[0-9a-f]{8}$/);

		await simulator.report('1234', { code: '20', error: '13' }, { urls: [`${utf8}&sha1=1`] });
		expect(Object.keys(formOf(last().body)).slice(-2)).toEqual(['sender', 'sha1']);
		expect(formOf(last().body)).toMatchObject({
			err: '13',
			sha1: hex('sha1', `1234:${PHONE}:20:шшш`),
		});
		await simulator.report('1234', 'delivered', { urls: [utf8], forge: true });
		expect(formOf(last().body).md5).not.toBe(hex('md5', `1234:${PHONE}:1:шшш`));
	});

	it('calls by GET when that is set, and keeps what the address had', async () => {
		simulator.callTo(`${receiver.url}?token=abc&md5=1&charset=utf-8`, { method: 'GET', secret: 's' });
		await send();
		await simulator.report('1234', 'sent');
		expect([last().method, last().body.length]).toEqual(['GET', 0]);
		const url = new URL(last().url, receiver.url);
		expect(url.searchParams.getAll('md5')).toEqual([hex('md5', `1234:${PHONE}:0:s`)]);
		expect(Object.fromEntries(url.searchParams)).toMatchObject({
			token: 'abc',
			charset: 'utf-8',
			id: '1234',
			status: '0',
		});
	});

	it('brings incoming texts, in windows-1251 unless the address says otherwise', async () => {
		simulator.callTo(receiver.url, { secret: 's' });
		const text = { from: PHONE, to: '79037672215', text: 'Да & нет' };
		await simulator.receive(text);
		expect(last().body.toString()).toContain('mes=%C4%E0+%26+%ED%E5%F2&');
		await simulator.receive(text, { urls: [`${receiver.url}?charset=utf-8`] });
		const fields = Object.fromEntries(new URLSearchParams(last().body.toString()));
		expect(fields).toMatchObject({
			phone: PHONE,
			mes: 'Да & нет',
			to: '79037672215',
			ts: String(TS),
			md5: hex('md5', `${PHONE}:Да & нет:79037672215:s`),
		});
		expect(fields).not.toHaveProperty('status');
		expect(simulator.incoming).toEqual([text, text]);
	});

	it('tells of each number that shares an id, or of one of them', async () => {
		simulator.callTo(receiver.url);
		await send({ phones: `${PHONE},${OTHER}` });
		await simulator.report('1234', 'delivered');
		expect(receiver.received.map(({ body }) => formOf(body).phone)).toEqual([PHONE, OTHER]);
		await simulator.report('1234', 'read', { to: OTHER });
		expect(formOf(last().body)).toMatchObject({ phone: OTHER, status: '2' });
		expect(await status('1234', PHONE)).toMatchObject({ status: 1 });
		expect(await status('1234', OTHER)).toMatchObject({ status: 2 });
	});

	it('repeats what was not answered with 200', async () => {
		simulator.callTo(receiver.url);
		await send();
		receiver.answerWith({ status: 500 }, 'reset', { status: 200, body: 'ok' });
		const calls = await simulator.report('1234', 'delivered');
		expect(calls.map((call) => call.status)).toEqual([500, null, 200]);
		expect(calls[1]?.fault).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		receiver.answerWith({ status: 404 });
		expect(await simulator.report('1234', 'delivered', { attempts: 2 })).toHaveLength(2);
	});

	it('knows its messages and its states', async () => {
		await expect(simulator.report('77', 'delivered')).rejects.toThrow('no message 77');
		await send();
		await expect(simulator.report('1234', 'sending')).rejects.toThrow('never says');
		simulator.callTo(receiver.url);
		await simulator.report('77', 'delivered', { stranger: true, to: OTHER });
		expect(formOf(last().body)).toMatchObject({ id: '77', phone: OTHER, status: '1' });
	});
});

describe('Advanta SMS', () => {
	beforeEach(() => start(createAdvantaSms()));

	const keys = (): Record<string, string> => ({
		apikey: simulator.credentials.apiKey ?? '',
		partnerID: simulator.credentials.partnerId ?? '',
	});
	const send = (): Promise<string> =>
		post('/api/services/sendsms', {
			...keys(),
			shortcode: simulator.credentials.shortcode ?? '',
			mobile: '254712345678',
			message: 'Hello',
		});

	it('posts a delivery report as JSON, and getdlr says the same', async () => {
		simulator.callTo(receiver.url);
		await send();
		now += 22_000;
		await simulator.report('8290842', 'delivered');
		expect([last().method, last().headers['content-type']]).toEqual(['POST', 'application/json']);
		expect(JSON.parse(last().body.toString())).toEqual({
			description: 'DeliveredToTerminal',
			messageid: '8290842',
			timeTaken: '22s',
			timestamp: '2026-06-25 12:00:22',
		});
		const dlr = await post('/api/services/getdlr', { ...keys(), messageID: '8290842' });
		expect(JSON.parse(dlr)).toMatchObject({
			'delivery-status': 32,
			'delivery-description': 'DeliveredToTerminal',
			'delivery-tat': '22.00 sec',
			'delivery-time': '2026-06-25 12:00:22',
		});
		await simulator.report('8290842', { code: 'AbsentSubscriber' });
		expect(JSON.parse(last().body.toString())).toMatchObject({ description: 'AbsentSubscriber' });
		await expect(simulator.report('8290842', 'read')).rejects.toThrow('never says');
	});

	it('brings the texts of a short code, interactive or not, by POST or GET', async () => {
		simulator.callTo(receiver.url);
		receiver.answerWith({ body: 'Thank you' });
		const text = { from: '254712345678', to: '22317', text: 'STOP é' };
		const [call] = await simulator.receive(text);
		expect(call).toMatchObject({ answer: 'Thank you', confirmed: true });
		expect(JSON.parse(last().body.toString())).toEqual({
			shortcode: '22317',
			mobile: '254712345678',
			message: 'STOP é',
		});
		simulator.callTo(`${receiver.url}?a=b`, { interactive: true, method: 'GET' });
		await simulator.receive(text);
		expect(last().method).toBe('GET');
		expect(Object.fromEntries(new URL(last().url, receiver.url).searchParams)).toEqual({
			a: 'b',
			shortcode: '22317',
			msisdn: '254712345678',
			message: 'STOP é',
			partnerId: simulator.credentials.partnerId,
		});
	});

	it('does not repeat itself: nothing is published about that', async () => {
		simulator.callTo(receiver.url);
		await send();
		receiver.answerWith({ status: 500 });
		expect(await simulator.report('8290842', 'sent')).toMatchObject([{ status: 500, confirmed: false }]);
	});
});

describe('VoIP Communications', () => {
	beforeEach(() => start(createVoipCommunications()));

	it('brings replies to a number of the account, in the fields that are set', async () => {
		const text = { from: '12812345678', to: OWNED_NUMBER, text: 'Yes & no' };
		simulator.callTo(receiver.url);
		await simulator.receive(text);
		expect(formOf(last().body)).toEqual({ from: '12812345678', to: OWNED_NUMBER, msg: 'Yes & no' });
		simulator.callTo(receiver.url, {
			fields: { from: 'source', to: 'destination', text: 'body' },
			bodyType: 'json',
		});
		await simulator.receive(text);
		expect(JSON.parse(last().body.toString())).toEqual({
			source: '12812345678',
			destination: OWNED_NUMBER,
			body: 'Yes & no',
		});
		simulator.callTo(receiver.url, { method: 'GET' });
		await simulator.receive(text);
		expect(last().url).toContain('?source=12812345678&destination=');
		await expect(simulator.receive({ ...text, to: '1' })).rejects.toThrow('no number of this account');
		await expect(simulator.report('1', 'delivered')).rejects.toThrow('no delivery reports');
	});
});

describe('AlphaSMS', () => {
	it('changes the status that it tells and calls nobody', async () => {
		await start(createAlphaSms({ layout: 'lines' }));
		const call = (fields: Record<string, string>): Promise<string> =>
			post('/api/http.php', { version: 'http', key: simulator.credentials.apiKey ?? '', ...fields });
		await call({ command: 'send', from: 'Acme', to: '380501234567', message: 'Hello' });
		const [text] = simulator.texts;
		if (text === undefined) throw new Error('nothing was sent');
		simulator.callTo(receiver.url);
		expect(simulator.stateOf(text)).toEqual({ state: 'queued', code: '0', error: '' });
		expect(await simulator.report(text.messageId, 'delivered')).toEqual([]);
		expect(await call({ command: 'receive', id: text.messageId })).toMatch(/^status:Delivered\ncode:3\n/);
		expect(simulator.stateOf(text)).toEqual({ state: 'delivered', code: '3', error: '' });
		await expect(simulator.report('1', 'delivered')).rejects.toThrow('no message 1');
		expect(receiver.received).toHaveLength(0);
	});
});

describe('calling back', () => {
	beforeEach(() => start(createSmsRu()));
	const raw = (url: string) => ({ method: 'POST' as const, url, headers: {}, body: 'anything\u0000' });

	it('sends any request as it is, as often as it is told', async () => {
		receiver.answerWith({ body: '100' });
		const calls = await simulator.callback(raw(receiver.url), { repeat: 2 });
		expect(calls.map(({ attempt, confirmed }) => [attempt, confirmed])).toEqual([
			[1, true],
			[2, true],
			[3, true],
		]);
		expect(last().body.toString()).toBe('anything\u0000');
		expect(simulator.calls).toEqual(calls);
	});

	it('lets a test change what leaves', async () => {
		simulator.callTo(receiver.url);
		const change = (call: { body: string | Buffer }) => ({ ...raw(receiver.url), body: `${call.body}&x=1` });
		await simulator.heartbeat({ change, attempts: 1 });
		expect(last().body.toString()).toMatch(/&hash=[0-9a-f]{64}&x=1$/);
	});

	it('does not follow redirects, and does not wait for ever', async () => {
		receiver.answerWith({ status: 302 });
		expect(await simulator.callback(raw(receiver.url), { attempts: 1 })).toMatchObject([{ status: 302 }]);
		const silent = await startSimulator(createSmsRu());
		silent.fault({ at: 'before', how: 'stall', matches: () => true });
		const [call] = await simulator.callback(raw(silent.baseUrl), { attempts: 1, timeoutMs: 200 });
		expect(call).toMatchObject({ status: null, fault: expect.stringContaining('TimeoutError') as string });
		await silent.close();
	});

	it('calls nobody outside this computer', async () => {
		const calls = await simulator.callback(raw('http://192.0.2.1/hook'), { attempts: 1 });
		expect(calls).toMatchObject([{ status: null, fault: 'not called: the address is not on this computer' }]);
	});

	it('ends when the simulator is closed', async () => {
		const silent = await startSimulator(createSmsRu());
		silent.fault({ at: 'before', how: 'stall', matches: () => true });
		const called = simulator.callback(raw(silent.baseUrl), { attempts: 1000, everyMs: 60_000 });
		while (silent.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await simulator.close();
		expect(await called).toMatchObject([{ status: null }]);
		await silent.close();
	});

	it('forgets its addresses at a reset, or keeps them', async () => {
		simulator.callTo(receiver.url, { secret: 'x' });
		receiver.answerWith({ body: '100' });
		await simulator.heartbeat();
		simulator.reset({ keepCallbacks: true });
		expect(simulator.calls).toEqual([]);
		expect(await simulator.heartbeat()).toHaveLength(1);
		simulator.reset();
		expect(await simulator.heartbeat()).toHaveLength(0);
		expect(simulator.callbacks).toMatchObject({ reportUrls: [], incomingUrls: [], secret: '' });
	});
});
