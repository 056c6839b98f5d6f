import { createAdvantaSms } from '../../../simulators/advantaSms';
import { createAlphaSms } from '../../../simulators/alphaSms';
import { formFields, startReceiver, type Receiver } from '../../../simulators/receiver';
import { startSimulator } from '../../../simulators/server';
import type { GatewaySimulation, Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { createVoipCommunications, OWNED_NUMBER } from '../../../simulators/voipCommunications';
import { LOG_FIELDS } from '../../../simulators/voipCommunications/callbacks';
import { readMultipart } from '../../../simulators/multipart';
import { createSmsc } from '../../../simulators/smsc';

/** Calls back of the gateways that have no file of their own for it, and what all calls have in common. */

// 25 June 2026, 12:00 in Moscow and in Nairobi.
const START = Date.UTC(2026, 5, 25, 9);
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

/** @param fields a form; any other object goes as JSON */
async function post(path: string, fields: Record<string, string> | { data: unknown }): Promise<string> {
	const sent: RequestInit = isForm(fields)
		? { body: new URLSearchParams(fields) }
		: { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } };
	return await (await fetch(simulator.baseUrl + path, { method: 'POST', ...sent })).text();
}

function isForm(fields: object): fields is Record<string, string> {
	return Object.values(fields).every((value) => typeof value === 'string');
}

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
		await expect(simulator.report('8290842', 'read')).rejects.toThrow('never reports');
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

	// https://github.com/harrykerry/advanta-africa-apis, docs/shortcode-api: `?shortcode=12345&mobile=2547XXXXXXXX&message=JOIN`.
	it('tells neither an id nor a time of a text of a short code', async () => {
		simulator.callTo(receiver.url, { method: 'GET' });
		await simulator.receive({ from: '254712345678', to: '12345', text: 'JOIN' });
		expect(last().url).toBe('/hook?shortcode=12345&mobile=254712345678&message=JOIN');
	});

	it('may name its JSON a form, as PHP does', async () => {
		simulator.callTo(receiver.url, { jsonAsForm: true });
		await send();
		await simulator.report('8290842', 'delivered');
		await simulator.receive({ from: '254712345678', to: '12345', text: 'a=b&c' });
		for (const { headers } of receiver.received) {
			expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		}
		expect(receiver.received.map(({ body }) => JSON.parse(body.toString()) as unknown)).toMatchObject([
			{ description: 'DeliveredToTerminal', messageid: '8290842' },
			{ shortcode: '12345', mobile: '254712345678', message: 'a=b&c' },
		]);
	});

	// The same page: "Your endpoint can return an auto-response, which we will send to the user automatically via your SMS
	// account. … please inform us so we can enable it on our side."
	it('sends on what is answered to a text, at the cost of the account, once that is enabled', async () => {
		const text = { from: '254712345678', to: '12345', text: 'JOIN' };
		receiver.answerWith({ body: '{"message":"Workflow was started"}' });
		simulator.callTo(receiver.url);
		await simulator.receive(text);
		expect([simulator.texts.length, simulator.balance]).toEqual([0, 10_545]);

		simulator.callTo(receiver.url, { autoResponse: true });
		await simulator.receive(text);
		expect(simulator.texts).toMatchObject([
			{ to: '254712345678', from: '12345', text: '{"message":"Workflow was started"}', request: 0 },
		]);
		expect(simulator.balance).toBe(10_544);

		receiver.answerWith({ body: '' }, { status: 500, body: 'Internal error' }, 'reset');
		for (let index = 0; index < 3; index += 1) await simulator.receive(text);
		expect(simulator.texts).toHaveLength(1);
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
		expect(formFields(last().body)).toEqual({ from: '12812345678', to: OWNED_NUMBER, msg: 'Yes & no' });
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
		await expect(simulator.receive({ ...text, to: '1' })).rejects.toThrow('not a number of this account');
		await expect(simulator.report('1', 'delivered')).rejects.toThrow('no delivery reports');
	});
});

describe('VoIP Communications, whose call back is not published', () => {
	beforeEach(() => start(createVoipCommunications()));
	const text = { from: '12812345678', to: OWNED_NUMBER, text: 'Café ☕ & no' };
	const fields = async (): Promise<Array<readonly [string, string]>> => {
		const type = last().headers['content-type'];
		return ((await readMultipart(String(type), last().body))?.fields ?? []).map(([name, bytes]) => [
			name,
			bytes.toString('latin1'),
		]);
	};

	// The fields of its log, as its own apps read them; FormData, as they post it.
	it('may come as multipart, in the names of the log', async () => {
		simulator.callTo(receiver.url, { fields: LOG_FIELDS, bodyType: 'multipart' });
		await simulator.receive(text);
		expect(last().headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(await fields()).toEqual([
			['sms_external', '12812345678'],
			['sms_internal', OWNED_NUMBER],
			['sms_msg', Buffer.from('Café ☕ & no').toString('latin1')],
		]);
	});

	it('may come in Latin-1, where it has a place for the text', async () => {
		simulator.callTo(receiver.url, { charset: 'latin1', bodyType: 'multipart' });
		await simulator.receive(text);
		expect((await fields())[2]).toEqual(['msg', 'Café ? & no']);
		simulator.callTo(receiver.url, { bodyType: 'form' });
		await simulator.receive(text);
		expect(last().body.toString()).toMatch(/&msg=Caf%E9\+%3F\+%26\+no$/);
		simulator.callTo(`${receiver.url}?a=b`, { method: 'GET' });
		await simulator.receive(text);
		expect(last().url).toMatch(/\?a=b&from=12812345678&to=17134567890&msg=Caf%E9\+%3F\+%26\+no$/);
	});
});

describe('AlphaSMS', () => {
	it('calls the address that came with a message, with nothing in it', async () => {
		await start(createAlphaSms());
		const send = (id: number, more: object): Promise<string> =>
			post('/api/json.php', {
				auth: simulator.credentials.apiKey ?? '',
				data: [
					{ type: 'sms', id, phone: 380501234567, sms_signature: 'Acme', sms_message: 'Hello', ...more },
				],
			});
		await send(7, { hook: `${receiver.url}?messageId=7` });
		await send(8, {});
		const [first, second] = simulator.texts.map(({ messageId }) => messageId);
		expect(await simulator.report(first ?? '', 'delivered')).toMatchObject([
			{ status: 200, confirmed: true },
		]);
		expect(receiver.received).toMatchObject([
			{ method: 'POST', url: expect.stringMatching(/\?messageId=7$/) },
		]);
		expect(last().body).toHaveLength(0);
		expect(await simulator.report(second ?? '', 'delivered')).toEqual([]);
	});

	it('changes the status that it tells and calls nobody where a message has no address', async () => {
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

// SMSC's page on the client's handler and SMS.RU's sample of one: what is not answered comes again. When, neither says.
describe('no answer', () => {
	it.each([
		['SMSC', () => createSmsc(), ''],
		['SMS.RU', () => createSmsRu(), '100'],
	])('makes %s call again, with the same bytes', async (_, simulation, body) => {
		await start(simulation());
		simulator.callTo(receiver.url);
		receiver.answerWith('silent', 'reset', { status: 200, body });
		const calls = await simulator.report('1', { code: '103' }, { stranger: true, timeoutMs: 200 });
		expect(calls.map(({ status, confirmed }) => [status, confirmed])).toEqual([
			[null, false],
			[null, false],
			[200, true],
		]);
		expect(new Set(receiver.received.map((one) => one.body.toString())).size).toBe(1);
		expect(receiver.received).toHaveLength(3);
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
