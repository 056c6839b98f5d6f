import * as fc from 'fast-check';

import { createAdvantaSms } from '../../../simulators/advantaSms';
import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { emptyWorld } from '../../support/world';
import { simulateAt } from '../../support/simulated';

/** Expected replies are those of Advanta's "SEND SMS" page, its other pages, those of TextSMS, and recorded traffic. */

type Fields = Record<string, unknown>;
interface Reply {
	status: number;
	body: Fields;
}

// 1 September 2019, 17:00 in Nairobi: an hour before the page's timeToSend.
const START = Date.UTC(2019, 8, 1, 14);
let simulator: Simulator;
const { clock, restart } = simulateAt(START, createAdvantaSms, (started) => (simulator = started));

const credential = (name: string): string => simulator.credentials[name] ?? '';
const known = (): Fields => ({ apikey: credential('apiKey'), partnerID: credential('partnerId') });
const page = (): Fields => ({
	...known(),
	message: 'text',
	shortcode: credential('shortcode'),
	mobile: '254712345678',
});

async function call(path: string, init: RequestInit = {}): Promise<Reply> {
	const reply = await fetch(`${simulator.baseUrl}/api/services/${path}`, init);
	expect(reply.headers.get('content-type')).toBe('application/json');
	return { status: reply.status, body: (await reply.json()) as Fields };
}
const get = (path: string, fields: Fields): Promise<Reply> =>
	call(`${path}?${new URLSearchParams(fields as Record<string, string>).toString()}`);
const post = (path: string, body: unknown, type = 'application/json'): Promise<Reply> =>
	call(path, {
		method: 'POST',
		headers: { 'content-type': type },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
const send = async (fields: Fields = {}): Promise<Fields> =>
	(await post('sendsms', { ...page(), ...fields })).body;
const bulk = async (smslist: unknown[], fields: Fields = {}): Promise<Fields> =>
	(await post('sendbulk', { count: smslist.length, smslist, ...fields })).body;
const rows = (body: Fields): Fields[] => body['responses'] as Fields[];
const codes = (body: Fields): unknown[] => rows(body).map((row) => row['response-code']);
const failed = (code: number, description: string): Fields => ({
	'response-code': code,
	'response-description': description,
});

const SUCCESS = {
	'response-code': 200,
	'response-description': 'Success',
	mobile: 254712345678,
	messageid: 8290842,
	networkid: 1,
};
const CREDENTIALS = failed(1006, 'Invalid credentials');
const UNSUPPORTED = failed(1009, 'Unsupported data type');

describe('sendsms', () => {
	it('answers as the page shows, by GET and by POST', async () => {
		expect(await get('sendsms', page())).toEqual({ status: 200, body: { responses: [SUCCESS] } });
		expect(await post('sendsms', page())).toEqual({
			status: 200,
			body: { responses: [{ ...SUCCESS, messageid: 8290843 }] },
		});
		expect(simulator.texts[0]).toEqual({
			gateway: 'advantaSms',
			to: '254712345678',
			from: credential('shortcode'),
			text: 'text',
			messageId: '8290842',
			parts: 1,
			scheduledFor: null,
			options: {},
			acceptedAt: new Date(START).toISOString(),
			request: 1,
		});
	});

	it('answers a path with a slash at its end, too', async () => {
		expect((await post('sendsms/', page())).body).toEqual({ responses: [SUCCESS] });
		expect((await get('sendsms/', page())).body).toEqual({
			responses: [{ ...SUCCESS, messageid: 8290843 }],
		});
	});

	it('reads a form', async () => {
		const form = new URLSearchParams(page() as Record<string, string>).toString();
		expect((await post('sendsms', form, 'application/x-www-form-urlencoded')).body).toEqual({
			responses: [SUCCESS],
		});
	});

	it('takes a comma list by POST, one row for each, in its order', async () => {
		const body = await send({ mobile: '254712345678,0712,0112345678' });
		expect(rows(body)).toEqual([
			SUCCESS,
			{ ...failed(1003, 'Invalid mobile number'), mobile: '0712' },
			{ ...SUCCESS, mobile: 254112345678, messageid: 8290843 },
		]);
		expect(simulator.texts.map((text) => text.to)).toEqual(['254712345678', '254112345678']);
	});

	it('takes no comma list by GET', async () => {
		const { body } = await get('sendsms', { ...page(), mobile: '254712345678,254712345679' });
		expect(codes(body)).toEqual([1003]);
	});

	it('takes a thousand numbers and no more', async () => {
		const list = Array.from({ length: 1001 }, (_, index) => String(254_712_000_000 + index));
		expect(await send({ mobile: list.join(',') })).toEqual(failed(1104, 'Too many comma separated contacts'));
		expect(simulator.texts).toEqual([]);
		expect(codes(await send({ mobile: list.slice(1).join(',') }))).toHaveLength(1000);
		expect(simulator.texts).toHaveLength(1000);
	});

	it.each([
		['254712345678', 254712345678],
		[254712345678, 254712345678],
		['254112345678', 254112345678],
		['0712345678', 254712345678],
		['0112345678', 254112345678],
		['712345678', 254712345678],
		['255754123456', 255754123456],
		['12812345678', 12812345678],
	])('takes mobile %p as %p', async (mobile, expected) => {
		expect(rows(await send({ mobile }))[0]).toEqual({ ...SUCCESS, mobile: expected });
		expect(simulator.texts[0]?.to).toBe(String(expected));
	});

	it.each([
		'',
		'+254712345678',
		'25471234567',
		'2547123456789',
		'254212345678',
		'071234567',
		'0812345678',
		'112345678',
		'1234567',
		'1234567890123456',
		'2547 1234 5678',
		'abc',
	])('refuses mobile %p in its row', async (mobile) => {
		expect(rows(await send({ mobile }))).toEqual([{ ...failed(1003, 'Invalid mobile number'), mobile }]);
		expect(simulator.texts).toEqual([]);
	});

	it('wants the shortcode as it is registered, its case included', async () => {
		const wrong = failed(1001, 'Invalid sender id');
		expect(await send({ shortcode: credential('shortcode').toLowerCase() })).toEqual(wrong);
		expect(await send({ shortcode: credential('shortcode').toUpperCase() })).toEqual(wrong);
		expect(await send({ shortcode: '' })).toEqual(wrong);
	});

	it.each(['', undefined, {}, true])('refuses message %p', async (message) => {
		expect(await send({ message })).toEqual(UNSUPPORTED);
	});

	it('charges a unit for each part, as long as there are some', async () => {
		simulator.balance = 3;
		const body = await send({ message: 'x'.repeat(161), mobile: '0712345678,0712345679' });
		expect(rows(body)).toEqual([SUCCESS, { ...failed(1004, 'Low bulk credits'), mobile: '0712345679' }]);
		expect(simulator.balance).toBe(1);
		expect(simulator.texts).toMatchObject([{ parts: 2 }]);
	});

	it.each(['plain', ''])('reads pass_type %p', async (pass_type) => {
		await send({ pass_type, message: 'dGV4dA==' });
		expect(simulator.texts[0]?.text).toBe('dGV4dA==');
	});

	it('reads pass_type bm5 as base64', async () => {
		await send({ pass_type: 'bm5', message: Buffer.from('Habari €').toString('base64') });
		expect(simulator.texts[0]?.text).toBe('Habari €');
		expect(await send({ pass_type: 'bm5', message: 'not base64!' })).toEqual(UNSUPPORTED);
		expect(await send({ pass_type: 'bm5', message: '/////w==' })).toEqual(UNSUPPORTED);
		expect(await send({ pass_type: 'md5' })).toEqual(UNSUPPORTED);
	});

	it.each([
		// The page's example, read in Nairobi; then the timestamp itself.
		['2019-09-01 18:00', '2019-09-01T15:00:00.000Z'],
		['2019-09-01 18:00:30', '2019-09-01T15:00:30.000Z'],
		['1567350000', '2019-09-01T15:00:00.000Z'],
		[1567350000, '2019-09-01T15:00:00.000Z'],
		['2019-09-01T18:00:00+03:00', '2019-09-01T15:00:00.000Z'],
		['2019-09-01T18:00:00+0300', '2019-09-01T15:00:00.000Z'],
		['2019-09-01T15:00:00.000Z', '2019-09-01T15:00:00.000Z'],
		['2019-09-02', '2019-09-01T21:00:00.000Z'],
		// Past, and none at all: now.
		['2019-09-01 16:00', null],
		['', null],
		[null, null],
	])('schedules for timeToSend %p', async (timeToSend, expected) => {
		expect(codes(await send({ timeToSend }))).toEqual([200]);
		expect(simulator.texts[0]?.scheduledFor).toBe(expected);
	});

	it.each([
		'2019-09-31 18:00',
		'2019-09-01 25:00',
		'1567350000000',
		'soon',
		'2019-09-01T18:00:00 0300',
		true,
		[],
	])('refuses timeToSend %p', async (timeToSend) => {
		expect(await send({ timeToSend })).toEqual(UNSUPPORTED);
		expect(simulator.texts).toEqual([]);
	});

	it('schedules by GET, too', async () => {
		await get('sendsms', { ...page(), timeToSend: '1567350000' });
		expect(simulator.texts[0]?.scheduledFor).toBe('2019-09-01T15:00:00.000Z');
	});

	it('remembers options', async () => {
		await send({ pass_type: 'plain', clientsmsid: 1234 });
		expect(simulator.texts[0]?.options).toEqual({ pass_type: 'plain', clientsmsid: '1234' });
	});
});

describe('what refuses a whole request', () => {
	it.each([
		[{ partnerID: undefined }, failed(4091, 'No Partner ID is Set')],
		[{ apikey: undefined }, failed(4092, 'No API KEY Provided')],
		[{ apikey: 'wrong' }, CREDENTIALS],
		[{ partnerID: '1' }, CREDENTIALS],
	])('%p', async (fields, expected) => {
		expect(await send(fields)).toEqual(expected);
		expect((await post('getbalance', { ...known(), ...fields })).body).toEqual(expected);
		expect((await post('getdlr', { ...known(), messageID: '1', ...fields })).body).toEqual(expected);
	});

	it('takes a partner ID that is a number', async () => {
		expect(codes(await send({ partnerID: Number(credential('partnerId')) }))).toEqual([200]);
	});

	it('sends 401 with 1006 where a brand does that', async () => {
		expect((await post('sendsms', { ...page(), apikey: 'wrong' })).status).toBe(200);
		await restart({ unauthorizedStatus: 401 });
		expect(await post('sendsms', { ...page(), apikey: 'wrong' })).toEqual({ status: 401, body: CREDENTIALS });
		expect((await post('sendsms', { ...page(), partnerID: '' })).status).toBe(200);
		await restart();
	});

	it.each(['PUT', 'DELETE', 'PATCH'])('%s is an unsupported request type', async (method) => {
		const expected = failed(1010, 'Unsupported request type');
		expect((await call('sendsms', { method })).body).toEqual(expected);
		expect((await call('sendbulk', { method })).body).toEqual(expected);
	});

	it('data of another type', async () => {
		expect((await post('sendsms', page(), 'text/plain')).body).toEqual(UNSUPPORTED);
		expect((await post('sendsms', '{')).body).toEqual(UNSUPPORTED);
		expect((await post('sendsms', '"x"')).body).toEqual(UNSUPPORTED);
	});
});

describe('sendbulk', () => {
	const row = (fields: Fields = {}): Fields => ({
		...page(),
		pass_type: 'plain',
		clientsmsid: '1234',
		...fields,
	});

	// https://github.com/harrykerry/advanta-africa-apis, docs/sms-api/bulk-sms.md: `"mobile":"xxxxxxxx","messageid":"xxxxxxxx"`.
	it('answers a row for each, in their order, with strings for ids and the references echoed', async () => {
		const body = await bulk([
			row(),
			row({ clientsmsid: 1235, mobile: '0712345679' }),
			row({ clientsmsid: '1237', mobile: '0855' }),
			row({ clientsmsid: undefined }),
		]);
		expect(rows(body)).toEqual([
			{ ...SUCCESS, mobile: '254712345678', messageid: '8290842', clientsmsid: '1234' },
			{ ...SUCCESS, mobile: '254712345679', messageid: '8290843', clientsmsid: 1235 },
			{
				...failed(1003, 'Invalid mobile number'),
				mobile: '0855',
				partnerID: credential('partnerId'),
				shortcode: credential('shortcode'),
				clientsmsid: '1237',
			},
			{ ...SUCCESS, mobile: '254712345678', messageid: '8290844' },
		]);
		expect(simulator.texts.map((text) => text.to)).toEqual(['254712345678', '254712345679', '254712345678']);
	});

	// The same page: "The partnerID, apikey, and shortcode should be the same for all JSON objects within the smslist array. Any
	// mismatch will default to using credentials in the first object."
	it('goes by the credentials and the short code of the first row alone', async () => {
		const other = row({ partnerID: '1', apikey: 'wrong', shortcode: 'acme' });
		expect(codes(await bulk([row(), other]))).toEqual([200, 200]);
		expect(simulator.texts.map(({ from }) => from)).toEqual(Array(2).fill(credential('shortcode')));
		expect(await bulk([row({ apikey: 'wrong' }), row()])).toEqual(CREDENTIALS);
		expect(await bulk([row({ partnerID: undefined }), row()])).toMatchObject({ 'response-code': 4091 });
		expect(await bulk([row({ apikey: undefined }), row()])).toMatchObject({ 'response-code': 4092 });
		expect(codes(await bulk([row({ shortcode: 'acme' }), row()]))).toEqual([1001, 1001]);
		expect(simulator.texts).toHaveLength(2);
	});

	// https://textsms.co.ke/bulk-sms-api has a row refused for its own credentials: no id, the number as it was sent.
	describe('of TextSMS', () => {
		beforeAll(() => restart({ bulkCredentials: 'each' }));
		afterAll(() => restart());

		it('looks at the credentials of each row', async () => {
			const body = await bulk([row({ clientsmsid: '1236', mobile: '0755123456', partnerID: '1' }), row()]);
			expect(rows(body)[0]).toEqual({
				...CREDENTIALS,
				mobile: '0755123456',
				partnerID: '1',
				shortcode: null,
				clientsmsid: '1236',
			});
			expect(codes(body)).toEqual([1006, 200]);
		});

		it.each([
			[{ partnerID: undefined }, 4091],
			[{ apikey: undefined }, 4092],
			[{ apikey: 'wrong' }, 1006],
			[{ shortcode: 'acme' }, 1001],
		])('refuses a row with %p alone', async (fields, code) => {
			expect(codes(await bulk([row(fields), row()]))).toEqual([code, 200]);
			expect(simulator.texts).toHaveLength(1);
		});
	});

	it.each([
		[{ message: '' }, 1009],
		[{ mobile: '254712345678,254712345679' }, 1003],
	])('refuses a row with %p alone', async (fields, code) => {
		expect(codes(await bulk([row(fields), row()]))).toEqual([code, 200]);
		expect(simulator.texts).toHaveLength(1);
	});

	it('refuses rows that are none', async () => {
		expect(codes(await bulk([row(), 5, null, 'x', []]))).toEqual([200, 1009, 1009, 1009, 1009]);
	});

	// https://github.com/harrykerry/advanta-africa-apis: docs/sms-api/send-sms.md has timeToSend, docs/sms-api/bulk-sms.md has not.
	it('knows no timeToSend: everything leaves at once', async () => {
		expect(codes(await bulk([row({ timeToSend: 1567350000 }), row({ timeToSend: 'soon' })]))).toEqual([
			200, 200,
		]);
		expect(simulator.texts.map((text) => text.scheduledFor)).toEqual([null, null]);
	});

	it('sends each row at its own time where a platform knows it', async () => {
		await restart({ bulkTimeToSend: 'honoured' });
		expect(codes(await bulk([row({ timeToSend: 1567350000 }), row({ timeToSend: 'soon' }), row()]))).toEqual([
			200, 1009, 200,
		]);
		expect(simulator.texts.map((text) => text.scheduledFor)).toEqual(['2019-09-01T15:00:00.000Z', null]);
		await restart();
	});

	it('wants count to be the number of entries', async () => {
		expect(codes(await bulk([row()], { count: '1' }))).toEqual([200]);
		expect(await bulk([row()], { count: 2 })).toEqual(UNSUPPORTED);
		expect(await bulk([row()], { count: undefined })).toEqual(UNSUPPORTED);
		expect(simulator.texts).toHaveLength(1);
	});

	it.each([[[]], [undefined], ['x'], [{}]])('refuses smslist %p', async (smslist) => {
		expect((await post('sendbulk', { count: 0, smslist })).body).toEqual(UNSUPPORTED);
	});

	it('takes JSON by POST only', async () => {
		expect((await get('sendbulk', page())).body).toEqual(failed(1010, 'Unsupported request type'));
		const form = new URLSearchParams(page() as Record<string, string>).toString();
		expect((await post('sendbulk', form, 'application/x-www-form-urlencoded')).body).toEqual(UNSUPPORTED);
	});

	it.each([[undefined, 1000] as const, [20, 20] as const])(
		'with the limit %p takes %i rows',
		async (bulkLimit, limit) => {
			await restart(bulkLimit === undefined ? {} : { bulkLimit });
			const list = Array.from({ length: limit + 1 }, () => row());
			expect(await bulk(list)).toEqual(failed(1012, 'Too many messages on SMS list'));
			expect(simulator.texts).toEqual([]);
			expect(codes(await bulk(list.slice(1)))).toHaveLength(limit);
			await restart();
		},
	);
});

describe('the other spellings', () => {
	it('respose-code is that of rows, of nothing else', async () => {
		await restart({ codeKey: 'respose-code' });
		// Recorded traffic of TextSMS.
		expect(await send()).toEqual({
			responses: [
				{
					'respose-code': 200,
					'response-description': 'Success',
					mobile: 254712345678,
					messageid: 8290842,
					networkid: '1',
				},
			],
		});
		expect(
			rows(await bulk([{ ...page(), clientsmsid: '1236', mobile: '0755123456', partnerID: '1' }])),
		).toEqual([
			{
				'respose-code': 1006,
				'response-description': 'Invalid credentials',
				mobile: '0755123456',
				partnerID: '1',
				shortcode: null,
				clientsmsid: '1236',
			},
		]);
		expect(await send({ apikey: 'wrong' })).toEqual(CREDENTIALS);
		expect((await get('getbalance', known())).body['response-code']).toBe(200);
		await restart();
	});

	it('both are in a row of Advanta, as a client of it says', async () => {
		await restart({ codeKey: 'both' });
		expect(rows(await send())).toEqual([{ 'respose-code': 200, ...SUCCESS }]);
		await restart();
	});

	it.each(['messageID', 'message-id'] as const)('%s has the id of a row', async (idKey) => {
		await restart({ idKey });
		const { messageid, ...rest } = SUCCESS;
		expect(rows(await send())).toEqual([{ ...rest, [idKey]: messageid }]);
		await restart();
	});

	// https://github.com/IamFaizanKhalid/goadvanta, client.go: `Errors map[string]map[string]string` beside the code.
	it('errors are by field and rule', async () => {
		await restart({ errorDetails: true });
		expect(await send({ message: '' })).toEqual({
			...UNSUPPORTED,
			errors: { message: { _empty: 'Unsupported data type' } },
		});
		expect(await send({ shortcode: 'x' })).toEqual({
			...failed(1001, 'Invalid sender id'),
			errors: { shortcode: { valid: 'Invalid sender id' } },
		});
		expect(await send({ apikey: 'wrong' })).toEqual(CREDENTIALS);
		await restart();
	});

	it('codes are strings', async () => {
		await restart({ codeAsString: true });
		expect(codes(await send())).toEqual(['200']);
		expect(await send({ apikey: 'wrong' })).toEqual({ ...CREDENTIALS, 'response-code': '1006' });
		await restart();
	});
});

// Advanta's "Response codes" page: 1008 is "No Delivery Report". A client of Advanta goes on as after 200.
it('sends what it answers with 1008, and tells no id', async () => {
	simulator.orders.recipientCodes.set('254712345678', '1008');
	expect(rows(await send())).toEqual([{ ...failed(1008, 'No Delivery Report'), mobile: '254712345678' }]);
	expect(simulator.texts).toHaveLength(1);
	expect(simulator.balance).toBe(10_544);
});

describe('sendotp', () => {
	it('sends as sendsms does, with a string for the id', async () => {
		const expected = { responses: [{ ...SUCCESS, messageid: '8290842' }] };
		expect((await post('sendotp', page())).body).toEqual(expected);
		expect((await get('sendotp', page())).body).toMatchObject({ responses: [{ messageid: '8290843' }] });
		expect((await post('sendotp', { ...page(), shortcode: 'x' })).body).toMatchObject(
			failed(1001, 'Invalid sender id'),
		);
		expect(simulator.texts).toHaveLength(2);
	});

	it('reaches a hashed number, where the request says that it is one', async () => {
		const mobile = 'ab'.repeat(32);
		const sendTo = async (path: string, fields: Fields): Promise<unknown[]> =>
			codes((await post(path, { ...page(), ...fields })).body);
		expect(await sendTo('sendotp', { mobile, hashed: true })).toEqual([200]);
		expect(simulator.texts.map(({ to }) => to)).toEqual([mobile]);
		expect(await sendTo('sendotp', { mobile })).toEqual([1003]);
		expect(await sendTo('sendotp', { hashed: true })).toEqual([1003]);
		// Its page is about sendotp alone.
		expect(await sendTo('sendsms', { mobile, hashed: true })).toEqual([1003]);
		expect(simulator.texts).toHaveLength(1);
	});
});

describe('getdlr', () => {
	const dlr = (fields: Fields): Promise<Reply> => post('getdlr', { ...known(), ...fields });
	const NO_DLR = { status: 404, body: failed(1009, 'No dlr') };

	it('has a report that takes its time, and 32 whatever it says', async () => {
		await send();
		const scheduled = {
			'response-code': 200,
			'message-id': '8290842',
			'response-description': 'Success',
			'delivery-status': 32,
			'delivery-description': 'Scheduled',
			'delivery-tat': null,
			'delivery-networkid': 1,
			'delivery-time': null,
		};
		expect(await dlr({ messageID: '8290842' })).toEqual({ status: 200, body: scheduled });
		clock.now = START + 1000;
		expect((await get('getdlr', { ...known(), messageID: '8290842' })).body).toEqual({
			...scheduled,
			'delivery-description': 'SentToNetwork',
		});
		clock.now = START + 60_000;
		expect((await dlr({ messageID: 8290842 })).body).toEqual({
			...scheduled,
			'delivery-description': 'DeliveredToTerminal',
			'delivery-tat': '2.00 sec',
			'delivery-time': '2019-09-01 17:00:02',
		});
	});

	it('is scheduled until its time has come', async () => {
		await send({ timeToSend: '2019-09-01 18:00' });
		clock.now = START + 3_599_000;
		expect((await dlr({ messageID: '8290842' })).body).toMatchObject({ 'delivery-description': 'Scheduled' });
	});

	it('has none for an unknown id, nor for an id in another spelling', async () => {
		await send();
		expect(await dlr({ messageID: '1' })).toEqual(NO_DLR);
		expect(await dlr({ messageid: '8290842' })).toEqual(NO_DLR);
		expect(await dlr({ 'message-id': '8290842' })).toEqual(NO_DLR);
	});

	it('has the word that was ordered', async () => {
		simulator.orders.recipientCodes.set('254712345678', 'AbsentSubscriber');
		expect(codes(await send())).toEqual([200]);
		clock.now = START + 60_000;
		expect((await dlr({ messageID: '8290842' })).body).toMatchObject({
			'delivery-status': 32,
			'delivery-description': 'AbsentSubscriber',
		});
	});
});

describe('getbalance', () => {
	it('has the credit as a string', async () => {
		simulator.balance = 545;
		const expected = { 'response-code': 200, credit: '545.00', 'partner-id': credential('partnerId') };
		expect((await post('getbalance', known())).body).toEqual(expected);
		expect((await get('getbalance/', known())).body).toEqual(expected);
	});
});

describe('the simulation', () => {
	it.each([
		[1001, 'Invalid sender id'],
		[1002, 'Network not allowed'],
		[1003, 'Invalid mobile number'],
		[1004, 'Low bulk credits'],
		[1005, 'Failed. System error'],
		[1006, 'Invalid credentials'],
		[1007, 'Failed. System error'],
		[1009, 'Unsupported data type'],
		[1010, 'Unsupported request type'],
		[1012, 'Too many messages on SMS list'],
		[1104, 'Too many comma separated contacts'],
		[4090, 'Internal Error. Try again after 5 minutes'],
		[4091, 'No Partner ID is Set'],
		[4092, 'No API KEY Provided'],
		[4093, 'Details not found'],
	])('obeys an order of %i', async (code, description) => {
		simulator.orders.recipientCodes.set('254712345678', String(code));
		const expected = { ...failed(code, description), mobile: '0712345678' };
		expect(rows(await send({ mobile: '0712345678,0712345679' }))).toEqual([
			expected,
			{ ...SUCCESS, mobile: 254712345679 },
		]);
		expect(rows(await bulk([{ ...page(), mobile: '0712345678' }]))).toMatchObject([expected]);
		simulator.orders.requestCode = String(code);
		expect(await send()).toEqual(failed(code, description));
		expect(await bulk([page()])).toEqual(failed(code, description));
		expect(simulator.texts).toHaveLength(1);
	});

	it('has nothing elsewhere', async () => {
		expect((await fetch(`${simulator.baseUrl}/api/services/credit`)).status).toBe(404);
		expect((await fetch(`${simulator.baseUrl}/sendsms`)).status).toBe(404);
	});

	it('keeps its key to itself and makes credentials of its own', () => {
		const [one, other] = [createAdvantaSms(), createAdvantaSms()];
		expect(one.credentials['apiKey']).not.toBe(other.credentials['apiKey']);
		expect(one.secrets).toEqual([one.credentials['apiKey']]);
		expect(one.credentials['shortcode']?.length).toBeLessThanOrEqual(11);
	});

	it('knows which requests send', async () => {
		const reply = { status: 503, headers: { 'content-type': 'application/json' }, body: '{}' };
		simulator.fault({ at: 'before', how: 'reply', reply, times: 3 });
		expect((await get('getbalance', known())).status).toBe(200);
		expect((await get('sendsms', page())).status).toBe(503);
		expect((await post('sendotp/', page())).status).toBe(503);
		expect((await post('sendbulk', { count: 1, smslist: [page()] })).status).toBe(503);
		expect(simulator.texts).toEqual([]);
	});

	it('never throws, whatever comes', () => {
		const simulation = createAdvantaSms();
		const { apiKey = '', partnerId = '', shortcode = '' } = simulation.credentials;
		const world = emptyWorld(START);
		const fields = fc.record(
			{
				apikey: fc.constant(apiKey),
				partnerID: fc.constant(partnerId),
				shortcode: fc.constant(shortcode),
				message: fc.jsonValue(),
				mobile: fc.oneof(fc.jsonValue(), fc.constant('0712345678')),
				timeToSend: fc.oneof(fc.jsonValue(), fc.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)),
				pass_type: fc.oneof(fc.string(), fc.constant('bm5')),
				clientsmsid: fc.jsonValue(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(
				fc.constantFrom('GET', 'POST', 'PUT'),
				fc.constantFrom('sendsms', 'sendbulk', 'sendotp', 'getdlr', 'getbalance', 'x'),
				fields,
				fc.array(fc.oneof(fields, fc.jsonValue()), { maxLength: 3 }),
				(method, endpoint, body, smslist) => {
					const request: SimulatedRequest = {
						method,
						path: `/api/services/${endpoint}`,
						query: new URLSearchParams(),
						rawQuery: '',
						headers: { 'content-type': 'application/json' },
						body: Buffer.alloc(0),
						form: null,
						multipart: null,
						json: { ...body, count: smslist.length, smslist },
					};
					simulation.sends(request);
					expect(simulation.handle(request, world).status).toBeGreaterThanOrEqual(200);
				},
			),
			{ numRuns: 300 },
		);
	});
});
