import * as fc from 'fast-check';

import { createAfricasTalking, optOut, type AfricasTalkingOptions } from '../../../simulators/africasTalking';
import { formFields, startReceiver, type Receiver } from '../../../simulators/receiver';
import { startSimulator } from '../../../simulators/server';
import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { emptyWorld } from '../../support/world';

/** Expected replies are those of the pages on developers.africastalking.com, and recorded traffic. */

interface Reply {
	status: number;
	type: string | null;
	body: string;
}

const START = Date.UTC(2018, 2, 19, 8, 34, 18, 445);
const AUTHENTICATION = 'The supplied authentication is invalid';
const ID = /^ATXid_[0-9a-f]{32}$/;
let simulator: Simulator;
let receiver: Receiver;

async function restart(options?: AfricasTalkingOptions): Promise<void> {
	await simulator?.close();
	simulator = await startSimulator(createAfricasTalking(options), { now: () => new Date(START) });
}

beforeAll(async () => {
	receiver = await startReceiver();
});
beforeEach(async () => {
	await restart();
	receiver.forget();
});
afterAll(() => Promise.all([simulator.close(), receiver.close()]));

const credential = (name: string): string => simulator.credentials[name] ?? '';
const known = (): Record<string, string> => ({ apiKey: credential('apiKey'), Accept: 'application/json' });

async function call(path: string, init: RequestInit = {}): Promise<Reply> {
	const reply = await fetch(simulator.baseUrl + path, { headers: known(), ...init });
	return { status: reply.status, type: reply.headers.get('content-type'), body: await reply.text() };
}
/** The page's curl sample. */
const sample = (): Record<string, string> => ({
	username: credential('username'),
	to: '+254711082001',
	message: 'Hello World!',
});
const form = (fields: Record<string, string> = {}, headers = known()): Promise<Reply> =>
	call('/version1/messaging', {
		method: 'POST',
		headers,
		body: new URLSearchParams({ ...sample(), ...fields }),
	});
const bulk = (fields: Record<string, unknown> = {}): Promise<Reply> =>
	call('/version1/messaging/bulk', {
		method: 'POST',
		headers: { ...known(), 'Content-Type': 'application/json' },
		body: JSON.stringify({
			username: credential('username'),
			message: 'This is a sample message.',
			senderId: 'AFRICASTKNG',
			phoneNumbers: ['+254711082001', '+254711082002'],
			...fields,
		}),
	});

interface Row {
	cost: string;
	messageId: string;
	messageParts?: number;
	number: string;
	status: string;
	statusCode: number;
}
function read({ body }: Reply): { message: string; rows: Row[] } {
	const { SMSMessageData } = JSON.parse(body) as {
		SMSMessageData: { Message: string; Recipients: Row[] };
	};
	return { message: SMSMessageData.Message, rows: SMSMessageData.Recipients };
}
const codes = (reply: Reply): number[] => read(reply).rows.map(({ statusCode }) => statusCode);
const refused = (number: string, status: string, statusCode: number): Row => ({
	cost: '0',
	messageId: 'None',
	number,
	status,
	statusCode,
});

describe('POST /version1/messaging', () => {
	it('answers 201 with one row for each recipient', async () => {
		const reply = await form({ to: '+254711082001,+254711082002', enqueue: '0' });
		expect(reply).toMatchObject({ status: 201, type: 'application/json' });
		const { message, rows } = read(reply);
		expect(message).toBe('Sent to 2/2 Total Cost: KES 1.6000 Message parts: 1');
		expect(rows).toEqual([
			{
				cost: 'KES 0.8000',
				messageId: expect.stringMatching(ID) as string,
				number: '+254711082001',
				status: 'Success',
				statusCode: 101,
			},
			expect.objectContaining({ number: '+254711082002', statusCode: 101 }),
		]);
		expect(simulator.texts).toEqual([
			{
				gateway: 'africasTalking',
				to: '254711082001',
				from: 'AFRICASTKNG',
				text: 'Hello World!',
				messageId: rows[0]?.messageId,
				parts: 1,
				scheduledFor: null,
				options: { enqueue: '0' },
				acceptedAt: '2018-03-19T08:34:18.445Z',
				request: 1,
			},
			expect.objectContaining({ to: '254711082002', messageId: rows[1]?.messageId }),
		]);
		expect(rows[0]?.messageId).not.toBe(rows[1]?.messageId);
	});

	it('queues by default, which is code 102 and the same word', async () => {
		expect(read(await form()).rows).toMatchObject([{ status: 'Success', statusCode: 102 }]);
		expect(codes(await form({ enqueue: '1' }))).toEqual([102]);
	});

	it('has a price for all parts of a text together', async () => {
		const reply = read(await form({ message: 'a'.repeat(161) }));
		expect(reply.message).toBe('Sent to 1/1 Total Cost: KES 1.6000 Message parts: 2');
		expect(reply.rows[0]?.cost).toBe('KES 1.6000');
		expect(simulator.texts[0]?.parts).toBe(2);
		expect(read(await form({ message: 'ж'.repeat(71) })).rows[0]?.cost).toBe('KES 1.6000');
	});

	it('sends from registered names and short codes only, and says so above an empty list', async () => {
		await form({ from: '28901' });
		expect(simulator.texts[0]?.from).toBe('28901');
		const reply = await form({ from: 'SOMEBODY' });
		expect(reply).toEqual({
			status: 201,
			type: 'application/json',
			body: '{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}',
		});
		expect(simulator.texts).toHaveLength(1);
	});

	it('takes numbers with their plus and country code only', async () => {
		const reply = await form({ to: '0711082001, +254711082002,254711082003,+25' });
		expect(read(reply).message).toBe('Sent to 1/4 Total Cost: KES 0.8000 Message parts: 1');
		expect(codes(reply)).toEqual([403, 102, 403, 403]);
		expect(read(reply).rows[0]).toEqual(refused('0711082001', 'InvalidPhoneNumber', 403));
		expect(simulator.texts.map(({ to }) => to)).toEqual(['254711082002']);
	});

	it('refuses each recipient that the money does not reach', async () => {
		simulator.balance = 0.8;
		const reply = await form({ to: '+254711082001,+254711082002' });
		expect(codes(reply)).toEqual([102, 405]);
		expect(read(reply).rows[1]).toEqual(refused('+254711082002', 'InsufficientBalance', 405));
		expect(read(await form({ to: '+254711082001,+254711082002' }))).toEqual({
			message: 'Sent to 0/2 Total Cost: 0',
			rows: [
				refused('+254711082001', 'InsufficientBalance', 405),
				refused('+254711082002', 'InsufficientBalance', 405),
			],
		});
		expect(simulator.balance).toBe(0);
		expect(simulator.texts).toHaveLength(1);
	});

	it('sends twice to a number that is named twice, unless it is told to collapse', async () => {
		const to = '+254711082001,+254711082001';
		expect(codes(await form({ to }))).toEqual([102, 102]);
		expect(simulator.texts).toHaveLength(2);
		await restart({ duplicates: 'collapse' });
		expect(codes(await form({ to }))).toEqual([102]);
		expect(simulator.texts).toHaveLength(1);
	});

	it('answers in XML to whoever does not ask for JSON', async () => {
		const { Accept, ...silent } = known();
		for (const headers of [silent, { ...silent, Accept: '*/*' }, { ...silent, Accept: 'text/html' }]) {
			const reply = await form({ message: 'a & b' }, headers as Record<string, string>);
			expect(reply).toMatchObject({ status: 201, type: 'text/xml; charset=UTF-8' });
			expect(reply.body).toMatch(
				/^<AfricasTalkingResponse><SMSMessageData><Message>Sent to 1\/1 Total Cost: KES 0\.8000.*<\/Message><Recipients><Recipient>.*<number>\+254711082001<\/number><status>Success<\/status>/,
			);
		}
		expect(Accept).toBe('application/json');
		expect(simulator.texts).toHaveLength(3);
	});

	it.each([
		['username', "Request is missing required form field 'username'"],
		['to', "Request is missing required form field 'to'"],
		['message', "Request is missing required form field 'message'"],
	])('refuses a form without %s', async (name, body) => {
		const fields = Object.entries(sample()).filter(([field]) => field !== name);
		const reply = await call('/version1/messaging', { method: 'POST', body: new URLSearchParams(fields) });
		expect(reply).toEqual({ status: 400, type: 'text/plain; charset=UTF-8', body });
	});

	it('refuses JSON, an empty text, nobody, and an enqueue that is neither 1 nor 0', async () => {
		const json = await call('/version1/messaging', {
			method: 'POST',
			headers: { ...known(), 'Content-Type': 'application/json' },
			body: JSON.stringify(sample()),
		});
		expect(json.status).toBe(415);
		expect((await form({ message: '' })).status).toBe(400);
		expect((await form({ to: ' , ' })).status).toBe(400);
		expect((await form({ enqueue: 'true' })).status).toBe(400);
		expect(simulator.texts).toEqual([]);
	});
});

describe('POST /version1/messaging/bulk', () => {
	it('takes JSON with a list of numbers', async () => {
		const reply = await bulk();
		expect(reply).toMatchObject({ status: 201, type: 'application/json' });
		expect(read(reply).rows).toMatchObject([
			{ number: '+254711082001', cost: 'KES 0.8000', status: 'Success', statusCode: 102 },
			{ number: '+254711082002', cost: 'KES 0.8000', status: 'Success', statusCode: 102 },
		]);
		expect(simulator.texts.map(({ to, from, text }) => [to, from, text])).toEqual([
			['254711082001', 'AFRICASTKNG', 'This is a sample message.'],
			['254711082002', 'AFRICASTKNG', 'This is a sample message.'],
		]);
		expect(codes(await bulk({ enqueue: 0 }))).toEqual([101, 101]);
	});

	it('needs a registered sender', async () => {
		for (const senderId of [undefined, null, '', 'SOMEBODY'])
			expect(read(await bulk({ senderId }))).toEqual({ message: 'InvalidSenderId', rows: [] });
		expect(simulator.texts).toEqual([]);
	});

	it.each([
		['no list', { phoneNumbers: '+254711082001' }],
		['an empty list', { phoneNumbers: [] }],
		['a number that is a number', { phoneNumbers: [254711082001] }],
		['no message', { message: undefined }],
		['no username', { username: undefined }],
		['a sender that is a number', { senderId: 28901 }],
		['an enqueue in words', { enqueue: true }],
	])('refuses %s', async (_name, fields) => {
		const reply = await bulk(fields);
		expect(reply).toMatchObject({ status: 400, type: 'text/plain; charset=UTF-8' });
		expect(reply.body).toMatch(/^The request content was malformed:\n/);
		expect(simulator.texts).toEqual([]);
	});

	it('is not there in the sandbox, whose username is `sandbox`', async () => {
		await restart({ sandbox: true });
		expect(await bulk()).toMatchObject({ status: 404, body: 'The requested resource could not be found.' });
		expect(credential('username')).toBe('sandbox');
		expect(codes(await form())).toEqual([102]);
	});
});

describe('credentials', () => {
	it('are the header apiKey and the username, in any spelling of the header', async () => {
		const { apiKey = '', Accept = '' } = known();
		expect((await form({}, { apikey: apiKey, Accept })).status).toBe(201);
	});

	it('are refused in plain text, whatever was asked for', async () => {
		const wrong = { apiKey: 'wrong', Accept: 'application/json' };
		const unknown = { username: 'somebody' };
		const refusal = { status: 401, type: 'text/plain; charset=UTF-8', body: AUTHENTICATION };
		expect(await form({}, wrong)).toEqual(refusal);
		expect(await form(unknown)).toEqual(refusal);
		expect(await bulk(unknown)).toEqual(refusal);
		expect(await call('/version1/user?username=somebody')).toEqual(refusal);
		expect(await call('/version1/messaging?username=somebody')).toEqual(refusal);
		expect((await form({}, { Accept: 'application/json' })).status).toBe(401);
		expect(simulator.texts).toEqual([]);
		expect((await form()).status).toBe(201);
	});

	it('are shown to nobody', async () => {
		await form();
		const { apiKey = '' } = known();
		expect(
			JSON.stringify(simulator.requests.map(({ headers, shownBody }) => [headers, shownBody])),
		).not.toContain(apiKey);
		expect(simulator.requests[0]?.headers['apikey']).toBe('***');
	});
});

describe('orders', () => {
	it.each([
		['401', 'RiskHold'],
		['402', 'InvalidSenderId'],
		['403', 'InvalidPhoneNumber'],
		['404', 'UnsupportedNumberType'],
		['405', 'InsufficientBalance'],
		['406', 'UserInBlacklist'],
		['407', 'CouldNotRoute'],
		['500', 'InternalServerError'],
		['501', 'GatewayError'],
		['502', 'RejectedByGateway'],
	])('%s for one recipient is %s in its row, under 201', async (code, word) => {
		simulator.orders.recipientCodes.set('254711082001', code);
		const reply = await form({ to: '+254711082001,+254711082002' });
		expect(reply.status).toBe(201);
		expect(read(reply).rows[0]).toEqual(refused('+254711082001', word, Number(code)));
		expect(simulator.texts.map(({ to }) => to)).toEqual(['254711082002']);
		expect(simulator.balance).toBeCloseTo(1785.5, 4);
	});

	it('409 is an HTTP status as well when it hits everybody', async () => {
		simulator.orders.recipientCodes.set('2348031111111', '409');
		expect(await form({ to: '+2348031111111' })).toEqual({
			status: 409,
			type: 'application/json',
			body: '{"SMSMessageData":{"Message":"Sent to 0/1 Total Cost: 0","Recipients":[{"cost":"0","messageId":"None","number":"+2348031111111","status":"DoNotDisturbRejection","statusCode":409}]}}',
		});
		const mixed = await form({ to: '+2348031111111,+254711082001' });
		expect([mixed.status, ...codes(mixed)]).toEqual([201, 409, 102]);
	});

	it('100 is "Processed" and accepted', async () => {
		simulator.orders.recipientCodes.set('254711082001', '100');
		expect(read(await form()).rows).toMatchObject([
			{ status: 'Success', statusCode: 100, cost: 'KES 0.8000' },
		]);
		expect(simulator.texts).toHaveLength(1);
	});

	it('"500!" is an error about a text that leaves all the same', async () => {
		simulator.orders.recipientCodes.set('254711082001', '500!');
		expect(read(await form()).rows).toEqual([refused('+254711082001', 'InternalServerError', 500)]);
		expect(simulator.texts).toHaveLength(1);
		expect(simulator.balance).toBeCloseTo(1785.5, 4);
	});

	it('for the whole request: a reason above an empty list, or an HTTP status', async () => {
		simulator.orders.requestCode = '405';
		expect(read(await bulk())).toEqual({ message: 'InsufficientBalance', rows: [] });
		simulator.orders.requestCode = 'InvalidRequest';
		expect(read(await form())).toEqual({ message: 'InvalidRequest', rows: [] });
		for (const status of [401, 429, 500, 503]) {
			simulator.orders.requestCode = `http:${status}`;
			expect(await form()).toMatchObject({ status, type: 'text/plain; charset=UTF-8' });
			expect((await call(`/version1/user?username=${credential('username')}`)).status).toBe(status);
		}
		expect(simulator.texts).toEqual([]);
	});
});

describe('other forms of replies, as recorded', () => {
	it('has the number of parts in each row, or nowhere', async () => {
		await restart({ parts: 'recipient' });
		const reply = read(await form());
		expect(reply.message).toBe('Sent to 1/1 Total Cost: KES 0.8000');
		expect(reply.rows[0]?.messageParts).toBe(1);
		await restart({ parts: 'none' });
		expect(read(await form()).message).toBe('Sent to 1/1 Total Cost: KES 0.8000');
	});

	it("has the total in the account's money and the cost in the recipient's", async () => {
		await restart({ currency: 'USD' });
		const reply = read(await form());
		expect(reply.message).toBe('Sent to 1/1 Total Cost: USD 0.0079 Message parts: 1');
		expect(reply.rows[0]?.cost).toBe('KES 0.8000');
		expect(simulator.balance).toBeCloseTo(1786.2921, 4);
	});

	it('adds how to opt out to the first text for a number, at the cost of the account', async () => {
		await restart({ optOutNotice: ' STOP *456*9*5#' });
		const message = 'a'.repeat(150);
		expect(read(await form({ message })).rows[0]?.cost).toBe('KES 1.6000');
		expect(read(await form({ message })).rows[0]?.cost).toBe('KES 0.8000');
	});
});

describe('GET /version1/user', () => {
	const balance = (): Promise<Reply> => call(`/version1/user?username=${credential('username')}`);

	it('tells the balance with its currency', async () => {
		await form();
		expect(await balance()).toEqual({
			status: 200,
			type: 'application/json',
			body: '{"UserData":{"balance":"KES 1785.50"}}',
		});
	});

	it('may have four decimals, less than nothing, another currency or another spelling', async () => {
		await restart({ currency: 'USD', userDataKey: 'userData' });
		simulator.balance = 999999589.6168;
		expect((await balance()).body).toBe('{"userData":{"balance":"USD 999999589.6168"}}');
		simulator.balance = -14.5731;
		expect((await balance()).body).toBe('{"userData":{"balance":"USD -14.5731"}}');
	});

	it('needs the username', async () => {
		expect((await call('/version1/user')).status).toBe(404);
	});
});

describe('delivery reports', () => {
	async function sent(): Promise<string> {
		simulator.callTo(receiver.url);
		return read(await form()).rows[0]?.messageId ?? '';
	}

	it('are a POST of a form, whatever else is set', async () => {
		const id = await sent();
		simulator.callbacks.method = 'GET';
		const [made] = await simulator.report(id, 'delivered');
		expect(made).toMatchObject({ method: 'POST', attempt: 1, status: 200, confirmed: true });
		expect(receiver.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))).toEqual({
			phoneNumber: '+254711082001',
			retryCount: '0',
			id,
			status: 'Success',
			networkCode: '63902',
		});
	});

	it('name a reason where the text failed or was rejected', async () => {
		const id = await sent();
		await simulator.report(id, 'undelivered');
		// Recorded traffic, with the number and the id of this test.
		expect(receiver.received[0]?.body.toString()).toBe(
			`phoneNumber=%2B254711082001&failureReason=DeliveryFailure&retryCount=0&id=${id}&status=Failed&networkCode=63902`,
		);
		await simulator.report(id, { code: 'Rejected', error: 'UserDoesNotExist' });
		expect(formFields(receiver.received[1]?.body ?? Buffer.alloc(0))).toMatchObject({
			status: 'Rejected',
			failureReason: 'UserDoesNotExist',
		});
	});

	it.each([
		['sending', 'Sent'],
		['sent', 'Submitted'],
		['queued', 'Buffered'],
		['expired', 'Expired'],
	] as const)('say that a text is %s: %s', async (state, status) => {
		const id = await sent();
		await simulator.report(id, state);
		const fields = formFields(receiver.received[0]?.body ?? Buffer.alloc(0));
		expect(fields['status']).toBe(status);
		expect(fields).not.toHaveProperty('failureReason');
		const [text] = simulator.texts;
		expect(text === undefined ? null : simulator.stateOf(text)).toEqual({ state, code: status, error: '' });
	});

	it('say AbsentSubscriber, for which there is no other word', async () => {
		await simulator.report(await sent(), { code: 'AbsentSubscriber' });
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))['status']).toBe('AbsentSubscriber');
	});

	it('are about texts of this gateway, unless a stranger is asked for', async () => {
		await sent();
		await expect(simulator.report('ATXid_0', 'delivered')).rejects.toThrow('has no message ATXid_0');
		await expect(simulator.report('ATXid_0', 'read')).rejects.toThrow('never reports');
		await simulator.report('ATXid_0', 'delivered', { stranger: true, to: '254733000000' });
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))).toMatchObject({
			id: 'ATXid_0',
			phoneNumber: '+254733000000',
		});
	});

	it('are not repeated when nobody takes them', async () => {
		const id = await sent();
		receiver.answerWith({ status: 500 });
		const made = await simulator.report(id, 'delivered');
		expect(made).toMatchObject([{ confirmed: false, status: 500 }]);
	});

	it('have a network of their own in the sandbox', async () => {
		await restart({ sandbox: true });
		await simulator.report(await sent(), 'delivered');
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))['networkCode']).toBe('99999');
	});
});

describe('incoming texts', () => {
	const TEXT = { from: '254711082001', to: '28901', text: 'Hello & ж\n+1' };
	const inbox = async (query = ''): Promise<unknown> =>
		JSON.parse((await call(`/version1/messaging?username=${credential('username')}${query}`)).body);

	it('are a POST of a form to the address for them', async () => {
		simulator.callbacks.incomingUrls = [receiver.url];
		await simulator.receive(TEXT);
		expect(receiver.received[0]?.method).toBe('POST');
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))).toEqual({
			linkId: expect.stringMatching(/^\d{20}$/) as string,
			text: 'Hello & ж\n+1',
			to: '28901',
			id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
			date: '2018-03-19 08:34:18',
			from: '+254711082001',
			cost: 'KES 0.0000',
			networkCode: '63902',
		});
	});

	it('come to numbers of the account only', async () => {
		await expect(simulator.receive({ ...TEXT, to: '99' })).rejects.toThrow('99 is not a short code');
	});

	it('can be fetched from the last one on', async () => {
		expect(await inbox('&lastReceivedId=0')).toEqual({ SMSMessageData: { Messages: [] } });
		await simulator.receive(TEXT);
		await simulator.receive({ ...TEXT, text: 'Again' });
		const first = {
			linkId: expect.any(String) as string,
			text: 'Hello & ж\n+1',
			to: '28901',
			id: 15071,
			date: '2018-03-19T08:34:18.445Z',
			from: '+254711082001',
		};
		const second = { ...first, text: 'Again', id: 15072 };
		expect(await inbox()).toEqual({ SMSMessageData: { Messages: [first, second] } });
		expect(await inbox('&lastReceivedId=15071')).toEqual({ SMSMessageData: { Messages: [second] } });
	});

	it('may be an opt-out, at an address of its own', async () => {
		const made = await simulator.callback(optOut(receiver.url, 'AFRICASTKNG', '254711082001'));
		expect(made).toMatchObject([{ method: 'POST', confirmed: true }]);
		expect(formFields(receiver.received[0]?.body ?? Buffer.alloc(0))).toEqual({
			senderId: 'AFRICASTKNG',
			phoneNumber: '+254711082001',
		});
	});
});

describe('whatever comes', () => {
	it('knows its paths and methods only', async () => {
		for (const path of ['/', '/version1', '/version1/messaging/', '/version1/users', '/version2/messaging'])
			expect((await call(path)).status).toBe(404);
		expect((await call('/version1/messaging/bulk')).status).toBe(405);
		expect((await call('/version1/messaging', { method: 'PUT' })).status).toBe(405);
		expect((await call('/version1/user', { method: 'POST' })).status).toBe(405);
	});

	it('starts anew', async () => {
		await form();
		await simulator.receive({ from: '254711082001', to: '28901', text: 'x' });
		simulator.reset();
		expect(simulator.balance).toBe(1786.3);
		expect((await call(`/version1/messaging?username=${credential('username')}`)).body).toBe(
			'{"SMSMessageData":{"Messages":[]}}',
		);
	});

	it('never throws, and accepts nothing without the key', () => {
		const simulation = createAfricasTalking();
		const { username = '', apiKey = '' } = simulation.credentials;
		let taken = 0;
		fc.assert(
			fc.property(
				fc.constantFrom('/version1/messaging', '/version1/messaging/bulk', '/version1/user'),
				fc.constantFrom('GET', 'POST'),
				fc.boolean(),
				fc.dictionary(
					fc.constantFrom('to', 'from', 'message', 'phoneNumbers', 'senderId', 'lastReceivedId'),
					fc.oneof(fc.string(), fc.constantFrom('+254711082001', 'AFRICASTKNG')),
				),
				fc.option(
					fc.oneof(
						fc.jsonValue(),
						fc.record({
							username: fc.constant(username),
							message: fc.string({ minLength: 1 }),
							senderId: fc.constant('AFRICASTKNG'),
							phoneNumbers: fc.oneof(
								fc.array(fc.jsonValue()),
								fc.array(fc.constant('+254711082001'), { minLength: 1 }),
							),
						}),
					),
					{ nil: undefined },
				),
				(path, method, isKnown, fields, json) => {
					let accepted = 0;
					const world = { ...emptyWorld(START), balance: 10, accept: () => (accepted += 1) };
					const request: SimulatedRequest = {
						method,
						path,
						query: new URLSearchParams({ ...fields, username }),
						rawQuery: '',
						headers: { 'content-type': 'application/json', apikey: isKnown ? apiKey : 'wrong' },
						body: Buffer.alloc(0),
						form: json === undefined ? new URLSearchParams({ ...fields, username }) : null,
						multipart: null,
						json,
					};
					const { status } = simulation.handle(request, world);
					expect(status).toBeGreaterThanOrEqual(isKnown ? 200 : 400);
					if (!isKnown) expect(accepted).toBe(0);
					taken += accepted;
				},
			),
			{ numRuns: 1000 },
		);
		expect(taken).toBeGreaterThan(0);
	});
});
