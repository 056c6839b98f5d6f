/** The Advanta platform on the wire and its answers, as the pages of its brands and recorded traffic have them. */
import { advantaSmsGateway } from '../../nodes/AdvantaSms/gateway';
import { ADVANTA_CODES } from '../../nodes/AdvantaSms/codes';
import { advantaUrl } from '../../nodes/AdvantaSms/hosts';
import { alone, batch, bodyOf, message, readOptions, reply } from '../support/messages';

const to = ['+254712345678', '+254755123456'] as const;
const first = (input = {}) => message(advantaSmsGateway, { to: to[0], text: 'Hi', ...input });
const second = (input = {}) => message(advantaSmsGateway, { to: to[1], text: 'Habari', ...input });
const list = batch('sameText', first(), second({ text: 'Hi' }));
const bulk = batch('differentTexts', first(), second());

describe('the request', () => {
	it('has one text for a comma list', () => {
		const request = advantaSmsGateway.buildSend(list);
		expect([request.method, request.path]).toEqual(['POST', '/api/services/sendsms']);
		expect(bodyOf(request)).toBe('{"mobile":"254712345678,254755123456","message":"Hi","pass_type":"plain"}');
	});

	it('has a row each for different texts', () => {
		const request = advantaSmsGateway.buildSend(bulk);
		expect(request.path).toBe('/api/services/sendbulk');
		expect(bodyOf(request)).toBe(
			'{"count":2,"smslist":[{"clientsmsid":"1","mobile":"254712345678","message":"Hi","pass_type":"plain"},' +
				'{"clientsmsid":"2","mobile":"254755123456","message":"Habari","pass_type":"plain"}]}',
		);
	});

	it.each<[string, object, string]>([
		['a sender', { from: 'ACME' }, '"message":"Hi","shortcode":"ACME","pass_type":"plain"'],
		[
			'a time, in seconds, whatever the zone',
			{ options: { sendAt: '2030-01-01T09:00:00+03:00' } },
			'"pass_type":"plain","timeToSend":"1893477600"',
		],
		[
			'bm5',
			{ text: 'Привет', options: { passType: 'bm5' } },
			'"message":"0J/RgNC40LLQtdGC","pass_type":"bm5"',
		],
		['Cyrillic, emoji, signs', { text: 'я 👍 + & % "q"\n' }, '"message":"я 👍 + & % \\"q\\"\\n"'],
	])('%s', (_, input, part) => {
		expect(bodyOf(advantaSmsGateway.buildSend(alone(advantaSmsGateway, { text: 'Hi', ...input })))).toContain(
			part,
		);
	});

	it.each([
		['https://sms.textsms.co.ke/api/services/sendsms', 'https://sms.textsms.co.ke/api/services/sendsms/'],
		[
			'https://isms.celcomafrica.com/api/services/sendbulk',
			'https://isms.celcomafrica.com/api/services/sendbulk/',
		],
		[
			'https://quicksms.advantasms.com/api/services/sendsms',
			'https://quicksms.advantasms.com/api/services/sendsms',
		],
		['http://127.0.0.1:8080/api/services/sendsms', 'http://127.0.0.1:8080/api/services/sendsms'],
	])('spells %s as the brand does', (url, spelled) => {
		expect(advantaUrl(url, undefined)).toBe(spelled);
	});

	it('refuses a pass type that does not exist', () => {
		expect(readOptions(advantaSmsGateway, { passType: 'bm6' }).problems).toHaveLength(1);
	});
});

describe('the answer', () => {
	const row = {
		'response-code': 200,
		'response-description': 'Success',
		mobile: 254712345678,
		messageid: 8290842,
		networkid: '1',
	};

	it.each([
		['response-code', 200],
		['respose-code', 200],
		['response-code', '200'],
		['respose-code', '200'],
	])('is a success with %s = %j', (key, code) => {
		const body = {
			responses: [
				{ [key]: code, 'response-description': 'Success', mobile: '254712345678', messageid: 8290842 },
			],
		};
		expect(advantaSmsGateway.readSend(reply(body), batch('sameText', first()))).toEqual([
			{ accepted: true, messageId: '8290842', status: 'queued', cost: null, segments: null },
		]);
	});

	it('keeps every digit of a long id', () => {
		const body =
			'{"responses":[{"response-code":200,"mobile":254712345678,"messageid":12345678901234567890}]}';
		expect(advantaSmsGateway.readSend(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			messageId: '12345678901234567890',
		});
	});

	it('is read for each number, refusals in the national form of the number (TextSMS sample)', () => {
		const body = {
			responses: [
				{
					'respose-code': 1006,
					'response-description': 'Invalid credentials',
					mobile: '0755123456',
					partnerID: '1',
					shortcode: null,
					clientsmsid: '2',
				},
				{ ...row, clientsmsid: '1' },
			],
		};
		for (const sent of [bulk, list]) {
			expect(advantaSmsGateway.readSend(reply(body), sent)).toEqual([
				expect.objectContaining({ accepted: true, messageId: '8290842' }),
				expect.objectContaining({ accepted: false, kind: 'authentication', code: '1006' }),
			]);
		}
	});

	it.each<[string, unknown]>([
		['bare object', row],
		['bare array', [row]],
	])('may be a %s', (_, body) => {
		expect(advantaSmsGateway.readSend(reply(body as object), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: true,
		});
	});

	it('counts by position where a row names neither number nor id', () => {
		const body = { responses: [{ 'response-code': 200, messageid: 1 }, { 'response-code': 1003 }] };
		expect(advantaSmsGateway.readSend(reply(body), list)).toEqual([
			expect.objectContaining({ accepted: true, messageId: '1' }),
			expect.objectContaining({ accepted: false, kind: 'invalid_recipient' }),
		]);
	});

	it.each<[string, object]>([
		['code 200 without an id', { responses: [{ 'response-code': 200, mobile: '254712345678' }] }],
		['no rows', { responses: [] }],
		["another person's row", { responses: [{ ...row, mobile: '254700000000' }] }],
		['a row without code', { responses: [{ mobile: '254712345678', messageid: 5 }] }],
		['a code that nobody knows', { 'response-code': 402 }],
	])('claims nothing for %s', (_, body) => {
		expect(advantaSmsGateway.readSend(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: null,
		});
	});

	it.each(['<html></html>', '', '{"responses":[{"resp', '{}', 'null', 'Success', '{"responses":{}}'])(
		'is not its own: %s',
		(body) => {
			expect(advantaSmsGateway.readSend(reply(body), batch('sameText', first()))).toBeNull();
		},
	);
});

describe('every code of the table', () => {
	const kinds: Record<string, [kind: string, accepted: false | null]> = {
		'1001': ['invalid_sender', false],
		'1002': ['no_route', false],
		'1003': ['invalid_recipient', false],
		'1004': ['insufficient_funds', false],
		'1005': ['temporary', null],
		'1006': ['authentication', false],
		'1007': ['temporary', null],
		'1008': ['unknown', false],
		'1009': ['invalid_parameter', false],
		'1010': ['invalid_parameter', false],
		'1012': ['invalid_parameter', false],
		'1104': ['invalid_parameter', false],
		'4090': ['temporary', null],
		'4091': ['authentication', false],
		'4092': ['authentication', false],
		'4093': ['authentication', false],
	};

	it('has words', () => {
		expect(Object.keys(ADVANTA_CODES).sort()).toEqual(Object.keys(kinds).sort());
		for (const { message: said, hint } of Object.values(ADVANTA_CODES)) {
			expect([said.length > 10, hint.endsWith('.')]).toEqual([true, true]);
		}
	});

	it.each(Object.entries(kinds))(
		'%s: for the request and for a row, in every spelling',
		(code, [kind, accepted]) => {
			for (const key of ['response-code', 'respose-code']) {
				for (const value of [Number(code), code]) {
					for (const body of [{ [key]: value }, { responses: [{ [key]: value, mobile: 254712345678 }] }]) {
						for (const status of [200, 401, 404]) {
							const outcome = advantaSmsGateway.readSend(
								reply(body, status),
								batch('sameText', first()),
							)?.[0];
							expect(outcome).toMatchObject({ accepted, kind, code });
						}
					}
				}
			}
		},
	);
});
