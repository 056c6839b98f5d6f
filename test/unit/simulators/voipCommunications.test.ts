import * as fc from 'fast-check';

import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { createVoipCommunications, OWNED_NUMBER } from '../../../simulators/voipCommunications';
import { emptyWorld } from '../../support/world';
import { simulateAt } from '../../support/simulated';

/** Expected replies are those of the vendor's page on sms/send and what its own apps read. */

type Fields = Record<string, string>;
type Row = Record<string, unknown>;
interface Reply {
	send_log?: Row[];
	error?: boolean;
	error_message?: string;
}

// Ten hours before the sample's delivery_date.
const START = Date.UTC(2019, 8, 30, 14);
const SEND = '/api-v2/index.php/sms/send';
const USER = '/api-v2/index.php/cms/user';
const A = '12812345678';
let simulator: Simulator;
const { clock, restart } = simulateAt(START, createVoipCommunications, (started) => (simulator = started));

const credential = (name: string): string => simulator.credentials[name] ?? '';
const basic = (key: string, password: string): string =>
	`Basic ${Buffer.from(`${key}:${password}`).toString('base64')}`;
const own = (): string => basic(credential('apiKey'), credential('apiPassword'));

const call = (path: string, init: RequestInit = {}, authorization = own()): Promise<Response> =>
	fetch(simulator.baseUrl + path, { ...init, headers: { ...init.headers, authorization } });
async function post(fields: Fields): Promise<Reply> {
	const reply = await call(SEND, { method: 'POST', body: new URLSearchParams(fields) });
	expect(reply.status).toBe(200);
	return (await reply.json()) as Reply;
}
const send = (fields: Fields = {}): Promise<Reply> => post({ to: A, msg: 'It is a SMS message', ...fields });
const failed = (sentence: string): Reply => ({ error: true, error_message: sentence });

describe('sms/send', () => {
	it('answers as the page shows', async () => {
		const reply = await send({ from: OWNED_NUMBER, delivery_date: '2019-10-01 00:00' });
		expect(reply).toEqual({
			send_log: [
				{
					code: 200,
					code_desc: '',
					from: '17134567890',
					to: '12812345678',
					country: 'US',
					msg: 'It is a SMS message',
					delivery_date: '2019-10-01 00:00:00',
					sale: 0.01,
					type: '2WAYSMS',
					status: 'SCHEDULED',
					smsid: expect.stringMatching(/^2019[0-9a-f]{13}7122900621$/),
				},
			],
		});
		expect(reply.send_log?.[0]?.['smsid']).toHaveLength('2017559ea27008c6b7122900621'.length);
		expect(simulator.texts).toEqual([
			{
				gateway: 'voipCommunications',
				to: A,
				from: '17134567890',
				text: 'It is a SMS message',
				messageId: reply.send_log?.[0]?.['smsid'],
				parts: 1,
				scheduledFor: '2019-10-01T00:00:00.000Z',
				options: { type: '2WAYSMS', delivery_date: '2019-10-01 00:00' },
				acceptedAt: new Date(START).toISOString(),
				request: 1,
			},
		]);
	});

	it.each([{}, { from: '' }])('sends in bulk with %p', async (fields) => {
		const { send_log: rows } = await send(fields);
		expect(rows).toMatchObject([{ code: 200, type: 'BULKSMS', delivery_date: '2019-09-30 14:00:00' }]);
		expect(simulator.texts).toMatchObject([{ scheduledFor: null, options: { type: 'BULKSMS' } }]);
	});

	it.each(['12812345678', '1713456789', '+17134567890', 'ACME'])('refuses from %p', async (from) => {
		expect(await send({ from })).toEqual(failed('From number does not belong to you or is not SMS enabled'));
		expect(simulator.texts).toEqual([]);
	});

	it('knows the numbers that the account owns', async () => {
		await restart({ ownedNumbers: ['12025550123', '12025550124'] });
		expect((await send({ from: '12025550124' })).send_log).toMatchObject([{ from: '12025550124' }]);
		expect(await send({ from: OWNED_NUMBER })).toMatchObject({ error: true });
		await restart();
	});

	it.each([{ to: '' }, { msg: '' }])('refuses %p at HTTP 200', async (fields) => {
		const reply = await send(fields);
		expect(reply).toEqual({ error: true, error_message: expect.stringContaining('required') });
		expect(simulator.texts).toEqual([]);
	});

	it('reads a form only', async () => {
		const reply = await call(SEND, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ to: A, msg: 'text' }),
		});
		expect(reply.status).toBe(200);
		expect(await reply.json()).toMatchObject({ error: true });
		expect((await call(`${SEND}?to=${A}&msg=text`, { method: 'POST' })).status).toBe(200);
		expect(simulator.texts).toEqual([]);
	});

	// The vendor's apps post FormData.
	it('reads multipart as well', async () => {
		const body = new FormData();
		for (const [name, value] of Object.entries({ to: A, msg: 'Grüße', from: OWNED_NUMBER })) {
			body.append(name, value);
		}
		const reply = (await (await call(SEND, { method: 'POST', body })).json()) as Reply;
		expect(reply.send_log).toMatchObject([{ code: 200, to: A }]);
		expect(simulator.texts).toMatchObject([{ to: A, text: 'Grüße', from: OWNED_NUMBER }]);
		const chat = new FormData();
		chat.append('internal', OWNED_NUMBER);
		chat.append('external', A);
		const log = await call('/api-v2/index.php/sms/chat', { method: 'POST', body: chat });
		expect(await log.json()).toMatchObject({ chat: [{ sms_msg: 'Grüße' }] });
	});

	it('answers a row for each number, and refuses in the row', async () => {
		const wrong = [
			'+12812345678',
			' 12812345678',
			'1281-234-5678',
			'123456',
			'1234567890123456',
			'0281234567',
			'',
		];
		const { send_log: rows = [] } = await send({ to: [A, ...wrong, '254712345678'].join(',') });
		expect(rows.map((row) => row['to'])).toEqual([A, ...wrong, '254712345678']);
		expect(rows[0]).toMatchObject({ code: 200, country: 'US' });
		for (const row of rows.slice(1, -1)) {
			expect(row).toMatchObject({
				code: 400,
				code_desc: 'Invalid destination number',
				sale: 0,
				smsid: '',
			});
		}
		expect(rows.at(-1)).toMatchObject({ code: 200, country: 'KE' });
		expect(simulator.texts.map((text) => text.to)).toEqual([A, '254712345678']);
	});

	it('sends twice to a number that is listed twice', async () => {
		const { send_log: rows = [] } = await send({ to: `${A},${A}` });
		expect(rows.map((row) => row['code'])).toEqual([200, 200]);
		expect(new Set(rows.map((row) => row['smsid'])).size).toBe(2);
		expect(simulator.texts).toHaveLength(2);
	});

	it.each([
		['x'.repeat(160), 1, 0.01],
		['x'.repeat(161), 2, 0.02],
		['x'.repeat(306), 2, 0.02],
		['x'.repeat(307), 3, 0.03],
		['я'.repeat(71), 2, 0.02],
	])('%.3s… is split', async (msg, parts, sale) => {
		expect((await send({ msg })).send_log).toMatchObject([{ msg, sale }]);
		expect(simulator.texts).toMatchObject([{ parts, text: msg }]);
		expect(simulator.balance).toBe(100 - sale);
	});

	it.each([
		['2019-10-01 00:00', '2019-10-01 00:00:00'],
		['2019-10-01 00:00:30', '2019-10-01 00:00:30'],
		['2019-10-01', '2019-10-01 00:00:00'],
		['2019-10-01T02:00:00+02:00', '2019-10-01 00:00:00'],
		['2019-10-01T02:00:00+0200', '2019-10-01 00:00:00'],
		['2019-09-30T19:00-0500', '2019-10-01 00:00:00'],
		['2019-10-01T00:00:00.000Z', '2019-10-01 00:00:00'],
	])('schedules for delivery_date %p', async (delivery_date, echoed) => {
		expect((await send({ delivery_date })).send_log).toMatchObject([
			{ delivery_date: echoed, status: 'SCHEDULED' },
		]);
		expect(simulator.texts[0]?.scheduledFor).toBe(`${echoed.replace(' ', 'T')}.000Z`);
	});

	it('sends at once for a date that has passed, as in the PHP example', async () => {
		expect((await send({ delivery_date: '2010-01-01 13:15' })).send_log).toMatchObject([
			{ code: 200, delivery_date: '2010-01-01 13:15:00' },
		]);
		expect(simulator.texts[0]?.scheduledFor).toBeNull();
	});

	it.each(['soon', '2019-02-30 10:00', '2019-10-01 25:00', '2019-10-01T02:00:00 02:00', '1569888000'])(
		'refuses delivery_date %p',
		async (delivery_date) => {
			expect(await send({ delivery_date })).toMatchObject({ error: true });
			expect(simulator.texts).toEqual([]);
		},
	);

	it('refuses what cannot be paid', async () => {
		simulator.balance = 0.01;
		expect(await send({ to: `${A},12812345679` })).toEqual(failed('Not enough balance'));
		expect(simulator.texts).toEqual([]);
		expect((await send({ to: `${A},nobody` })).send_log).toMatchObject([{ code: 200 }, { code: 400 }]);
		expect(simulator.balance).toBe(0);
	});

	it('charges for what is scheduled at its moment', async () => {
		await send({ delivery_date: '2019-10-01 00:00', to: `${A},12812345679` });
		expect(simulator.balance).toBe(100);
		await call(USER);
		expect(simulator.balance).toBe(100);
		clock.now = Date.UTC(2019, 9, 1);
		await call(USER);
		await call(USER);
		expect(simulator.balance).toBe(99.98);
	});
});

// https://voip-communications.net/vcw/sms/sms-api/: "You will get a JSON array with the log of each SMS processed."
describe('other forms of the reply', () => {
	afterEach(() => restart());

	it('may be the array itself', async () => {
		await restart({ replyForm: 'array' });
		expect(await send()).toMatchObject([{ code: 200, to: A, status: 'SCHEDULED' }]);
		expect(simulator.texts).toHaveLength(1);
	});

	it('may have another status for what leaves at once', async () => {
		await restart({ sentStatus: 'SENT' });
		expect((await send()).send_log).toMatchObject([{ code: 200, status: 'SENT' }]);
		expect((await send({ delivery_date: '2019-10-01 00:00' })).send_log).toMatchObject([
			{ status: 'SCHEDULED' },
		]);
	});

	it('may have another status beside code 200, also one of a failure', async () => {
		simulator.orders.recipientCodes.set(A, '200 SENT').set('12812345679', '200 FAILED');
		const { send_log: rows } = await send({ to: `${A},12812345679` });
		expect(rows).toMatchObject([
			{ code: 200, code_desc: '', status: 'SENT', sale: 0.01 },
			{ code: 200, code_desc: '', status: 'FAILED', sale: 0 },
		]);
		expect(rows?.[1]?.smsid).toMatch(/^2019[0-9a-f]+/);
		expect(simulator.texts.map(({ to }) => to)).toEqual([A]);
		expect(simulator.balance).toBe(99.99);
	});
});

describe('authentication', () => {
	it.each([
		['no header', () => ''],
		['another password', () => basic(credential('apiKey'), 'wrong')],
		['another key', () => basic('wrong', credential('apiPassword'))],
		['another scheme', () => own().replace('Basic', 'Bearer')],
		['no base64', () => 'Basic ***'],
	])('401 for %s', async (_, authorization) => {
		const body = new URLSearchParams({ to: A, msg: 'text' });
		const reply = await call(SEND, { method: 'POST', body }, authorization());
		expect(reply.status).toBe(401);
		// The body of a CodeIgniter REST server: https://github.com/chriskacerguis/codeigniter-restserver.
		expect(await reply.json()).toEqual({ status: false, error: 'Not authorized' });
		expect((await call(USER, {}, authorization())).status).toBe(401);
		expect(simulator.texts).toEqual([]);
	});

	it('has credentials of its own for every simulation, both of them secret', () => {
		const [one, other] = [createVoipCommunications(), createVoipCommunications()];
		expect(one.credentials).not.toEqual(other.credentials);
		expect(one.secrets).toEqual(Object.values(one.credentials));
	});
});

describe('cms/user', () => {
	it('tells about the account, its API password included', async () => {
		const reply = await call(USER);
		expect(reply.status).toBe(200);
		expect(await reply.json()).toMatchObject({
			user: {
				user_id: expect.any(String),
				user_email: expect.any(String),
				user_api_key: credential('apiKey'),
				user_api_pwd: credential('apiPassword'),
				user_timezone: 'UTC',
				user_balance_warning: expect.any(String),
			},
			endpoint: {},
		});
	});
});

describe('the simulation', () => {
	it('obeys orders', async () => {
		simulator.orders.recipientCodes.set(A, '400');
		simulator.orders.recipientCodes.set('12812345679', '403 Destination blocked');
		const { send_log: rows } = await send({ to: `${A},12812345679,12812345670` });
		expect(rows).toMatchObject([
			{ code: 400, code_desc: 'Invalid destination number' },
			{ code: 403, code_desc: 'Destination blocked' },
			{ code: 200, code_desc: '' },
		]);
		simulator.orders.requestCode = 'Not enough balance';
		expect(await send()).toEqual(failed('Not enough balance'));
		expect(simulator.texts).toHaveLength(1);
	});

	it('has nothing elsewhere and by no other method', async () => {
		expect((await call('/sms/send', { method: 'POST' })).status).toBe(404);
		expect((await call(SEND)).status).toBe(405);
		expect((await call(USER, { method: 'POST' })).status).toBe(405);
	});

	it('knows which requests send', async () => {
		simulator.fault({ at: 'before', how: 'reply', reply: { status: 503, headers: {}, body: '' } });
		expect((await call(USER)).status).toBe(200);
		expect((await call(SEND)).status).toBe(405);
		const body = new URLSearchParams({ to: A, msg: 'text' });
		expect((await call(SEND, { method: 'POST', body })).status).toBe(503);
		expect((await send()).send_log).toHaveLength(1);
	});

	it('never throws, whatever comes', () => {
		const simulation = createVoipCommunications();
		const { apiKey = '', apiPassword = '' } = simulation.credentials;
		const world = emptyWorld(START);
		const date = fc.stringMatching(/^\d{4}-[01]\d-[0-3]\d[ T][0-2]\d:\d\d(Z|[+-]\d{4})?$/);
		fc.assert(
			fc.property(
				fc.constantFrom('GET', 'POST'),
				fc.constantFrom(SEND, USER, '/'),
				fc.oneof(fc.string(), fc.constant(basic(apiKey, apiPassword))),
				fc.oneof(fc.string(), fc.constantFrom(A, `${A},,x`)),
				fc.string(),
				fc.oneof(fc.string(), date),
				(method, path, authorization, to, msg, delivery_date) => {
					const request: SimulatedRequest = {
						method,
						path,
						query: new URLSearchParams(),
						rawQuery: '',
						headers: { authorization },
						body: Buffer.alloc(0),
						form: new URLSearchParams({ to, msg, delivery_date }),
						multipart: null,
						json: undefined,
					};
					simulation.sends(request);
					expect(simulation.handle(request, world).status).toBeGreaterThanOrEqual(200);
				},
			),
			{ numRuns: 500 },
		);
	});
});
