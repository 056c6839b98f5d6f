/** The Advanta platform on the wire and its answers, as the pages of its brands and recorded traffic have them. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import { ADVANTA_CODES } from '../../../nodes/AdvantaSms/codes';
import { advantaUrl } from '../../../nodes/AdvantaSms/hosts';
import type { JsonRecord } from '../../../nodes/shared/contract/request';
import { planBatches } from '../../../nodes/shared/send/plan';
import { alone, batch, bodyOf, message, readOptions, reply } from '../../support/messages';

const to = ['+254712345678', '+254755123456'] as const;
const first = (input = {}) => message(advantaSmsGateway, { to: to[0], text: 'Hi', ...input });
const second = (input = {}) => message(advantaSmsGateway, { to: to[1], text: 'Habari', ...input });
const list = batch('sameText', first(), second({ text: 'Hi' }));
const bulk = batch('differentTexts', first(), second());

describe('the request', () => {
	it('has one text for a comma list', () => {
		const request = advantaSmsGateway.texts.build(list);
		expect([request.method, request.path]).toEqual(['POST', '/api/services/sendsms']);
		expect(bodyOf(request)).toBe('{"mobile":"254712345678,254755123456","message":"Hi","pass_type":"plain"}');
	});

	it('has a row each for different texts', () => {
		const request = advantaSmsGateway.texts.build(bulk);
		expect(request.path).toBe('/api/services/sendbulk');
		expect(bodyOf(request)).toBe(
			'{"count":2,"smslist":[{"clientsmsid":"abcdef012345-1","mobile":"254712345678","message":"Hi","pass_type":"plain"},' +
				'{"clientsmsid":"abcdef012345-2","mobile":"254755123456","message":"Habari","pass_type":"plain"}]}',
		);
	});

	it('has an ID that no other request has, however like it is', () => {
		const idsOf = (reference: string): unknown => {
			const { body } = advantaSmsGateway.texts.build({ ...bulk, reference });
			const list = body?.kind === 'json' ? body.value.smslist : null;
			return (list as Array<{ clientsmsid: string }>).map(({ clientsmsid }) => clientsmsid);
		};
		expect(idsOf('n8n-0123456789abcdef012345')).toEqual(['abcdef012345-1', 'abcdef012345-2']);
		expect(idsOf('n8n-0123456789abcdef012346')).toEqual(['abcdef012346-1', 'abcdef012346-2']);
	});

	it('has an ID of your own in either way of sending', () => {
		const options = { messageId: 'order-1042' };
		expect(bodyOf(advantaSmsGateway.texts.build(batch('sameText', first({ options }))))).toBe(
			'{"mobile":"254712345678","message":"Hi","pass_type":"plain","clientsmsid":"order-1042"}',
		);
		expect(bodyOf(advantaSmsGateway.texts.build(batch('differentTexts', first({ options }), second())))).toBe(
			'{"count":2,"smslist":[{"clientsmsid":"order-1042","mobile":"254712345678","message":"Hi","pass_type":"plain"},' +
				'{"clientsmsid":"abcdef012345-2","mobile":"254755123456","message":"Habari","pass_type":"plain"}]}',
		);
	});

	it.each(['order 1', 'a,b', 'x'.repeat(41), 'é'])('takes no %j for an ID', (messageId) => {
		const { problems } = readOptions(advantaSmsGateway, { messageId });
		expect(problems.map(({ message: sentence }) => sentence)).toEqual([
			expect.stringContaining("'Message ID'"),
		]);
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
		expect(
			bodyOf(advantaSmsGateway.texts.build(alone(advantaSmsGateway, { text: 'Hi', ...input }))),
		).toContain(part);
	});

	/** `timeToSend` is documented for sendsms alone: a brand that ignores it in sendbulk would text everybody at once. */
	it('never has a time in sendbulk: such texts go by sendsms, those with one text and time together', () => {
		const options = { sendAt: '2030-01-01T09:00:00+03:00' };
		const later = { sendAt: '2030-01-02T09:00:00+03:00' };
		const rows = [
			message(advantaSmsGateway, { to: '+254712345671', text: 'A', options }),
			message(advantaSmsGateway, { to: '+254712345672', text: 'B', options }),
			message(advantaSmsGateway, { to: '+254712345673', text: 'A', options }),
			message(advantaSmsGateway, { to: '+254712345674', text: 'A', options: later }),
			message(advantaSmsGateway, { to: '+254712345675', text: 'C' }),
			message(advantaSmsGateway, { to: '+254712345676', text: 'D' }),
		];
		const requests = planBatches(advantaSmsGateway.texts, rows, null).map((one) => {
			const { path, body } = advantaSmsGateway.texts.build(one);
			const value = body?.kind === 'json' ? body.value : {};
			return [path, value.mobile ?? value.count, value.message ?? null, value.timeToSend ?? null];
		});
		expect(requests.sort()).toEqual([
			['/api/services/sendbulk', 2, null, null],
			['/api/services/sendsms', '254712345671,254712345673', 'A', '1893477600'],
			['/api/services/sendsms', '254712345672', 'B', '1893477600'],
			['/api/services/sendsms', '254712345674', 'A', '1893564000'],
		]);
	});

	it.each([
		['1893477600', 'seconds'],
		['1893477600000', 'milliseconds'],
		[' 1893477600 ', 'seconds with blanks, as from a sheet'],
	])('takes %j, %s of Unix time as text, the form of the vendor', (sendAt) => {
		expect(
			bodyOf(advantaSmsGateway.texts.build(alone(advantaSmsGateway, { options: { sendAt } }))),
		).toContain('"timeToSend":"1893477600"');
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
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))).toEqual([
			{ accepted: true, messageId: '8290842', status: 'queued', cost: null, segments: null },
		]);
	});

	it('has the network as the gateway numbers it', () => {
		const body = { responses: [{ ...row, networkid: '1' }] };
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))).toMatchObject([
			{ accepted: true, details: { network: '1' } },
		]);
	});

	it('keeps every digit of a long id', () => {
		const body =
			'{"responses":[{"response-code":200,"mobile":254712345678,"messageid":12345678901234567890}]}';
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
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
					clientsmsid: 'abcdef012345-2',
				},
				{ ...row, clientsmsid: 'abcdef012345-1' },
			],
		};
		for (const sent of [bulk, list]) {
			expect(advantaSmsGateway.texts.read(reply(body), sent)).toEqual([
				expect.objectContaining({ accepted: true, messageId: '8290842' }),
				expect.objectContaining({ accepted: false, kind: 'authentication', code: '1006' }),
			]);
		}
	});

	it.each<[string, unknown]>([
		['bare object', row],
		['bare array', [row]],
	])('may be a %s', (_, body) => {
		expect(
			advantaSmsGateway.texts.read(reply(body as object), batch('sameText', first()))?.[0],
		).toMatchObject({
			accepted: true,
		});
	});

	it('counts by position where a row names neither number nor id', () => {
		const body = { responses: [{ 'response-code': 200, messageid: 1 }, { 'response-code': 1003 }] };
		expect(advantaSmsGateway.texts.read(reply(body), list)).toEqual([
			expect.objectContaining({ accepted: true, messageId: '1' }),
			expect.objectContaining({ accepted: false, kind: 'invalid_recipient' }),
		]);
	});

	it.each<[string, object]>([
		['code 200 without an id', { responses: [{ 'response-code': 200, mobile: '254712345678' }] }],
		['no rows', { responses: [] }],
		["another person's row, bare", { ...row, mobile: '254700000000' }],
		["another person's row", { responses: [{ ...row, mobile: '254700000000' }] }],
		['a row without code', { responses: [{ mobile: '254712345678', messageid: 5 }] }],
		['a code that nobody knows', { 'response-code': 402 }],
	])('claims nothing for %s', (_, body) => {
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: null,
		});
	});

	it.each(['messageid', 'messageID', 'messageId', 'message-id'])('has the ID under %s', (key) => {
		const body = { responses: [{ 'response-code': 200, mobile: 254712345678, [key]: 8290842 }] };
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))).toMatchObject([
			{ accepted: true, messageId: '8290842' },
		]);
	});

	it.each([
		'0712345678',
		'712345678',
		'+254712345678',
		'00254712345678',
		'2540712345678',
		' 254 712 345678 ',
	])('is for the number we sent to when it says %s', (mobile) => {
		const body = {
			responses: [
				{ 'response-code': 1003, mobile },
				{ ...row, mobile: 254755123456 },
			],
		};
		expect(advantaSmsGateway.texts.read(reply(body), list)).toMatchObject([
			{ accepted: false, kind: 'invalid_recipient' },
			{ accepted: true },
		]);
	});

	it("is not for another country's number with the same national digits", () => {
		const sent = batch('sameText', first(), message(advantaSmsGateway, { to: '+255712345678', text: 'Hi' }));
		const body = { responses: [{ ...row, mobile: '0712345678' }] };
		expect(advantaSmsGateway.texts.read(reply(body), sent)).toMatchObject([
			{ accepted: true, messageId: '8290842' },
			{ accepted: null },
		]);
	});

	/** Seen by a public client; the form of CakePHP's validation, by which nothing was stored. */
	const errors = {
		mobile: { _empty: 'This field cannot be left empty' },
		shortcode: { maxLength: 'Too long' },
	};
	const told = /mobile: This field cannot be left empty.*shortcode: Too long/;

	it.each<[string, JsonRecord, number, false | null]>([
		['with a known code', { 'response-code': 1003, errors }, 200, false],
		[
			'with a code that nobody knows',
			{ 'response-code': 422, 'response-description': 'x', errors },
			200,
			null,
		],
		['alone', { errors }, 200, null],
		['alone with HTTP 422', { errors }, 422, false],
		['alone with HTTP 500', { errors }, 500, null],
		['in a row', { responses: [{ 'response-code': 1003, mobile: 254712345678, errors }] }, 200, false],
		['beside a success', { responses: [{ ...row, errors }] }, 200, null],
	])('tells what is wrong with each field: errors %s', (_, body, status, accepted) => {
		expect(advantaSmsGateway.texts.read(reply(body, status), batch('sameText', first()))).toMatchObject([
			{ accepted, message: expect.stringMatching(told) },
		]);
	});

	it.each([401, 403, 408, 429])('leaves errors with HTTP %s to what that status means', (status) => {
		expect(advantaSmsGateway.texts.read(reply({ errors }, status), batch('sameText', first()))).toBeNull();
	});

	it.each([[[]], [{}], [null], [{ mobile: {} }], [{ mobile: null }]])('has no errors in %j', (none) => {
		const body = { responses: [{ ...row, errors: none }] };
		expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))).toMatchObject([
			{ accepted: true },
		]);
		expect(advantaSmsGateway.texts.read(reply({ errors: none }), batch('sameText', first()))).toBeNull();
	});

	it.each<[string, JsonRecord]>([
		['1008, by which a public client takes a text for sent', { 'response-code': 1008 }],
		['1009 with the words of 1008', { 'response-code': 1009, 'response-description': 'No dlr' }],
		['two codes that differ', { 'response-code': 200, 'respose-code': 1003, messageid: 1 }],
		['a blank for an ID', { ...row, messageid: ' ' }],
	])('leaves it open whether a text was taken: %s', (_, body) => {
		for (const whole of [body, { responses: [{ mobile: 254712345678, ...body }] }]) {
			expect(advantaSmsGateway.texts.read(reply(whole), batch('sameText', first()))).toMatchObject([
				{ accepted: null, retry: 'check_first' },
			]);
		}
	});

	it('has the refusal of the whole request beside an empty list', () => {
		const body = { 'response-code': 1006, 'response-description': 'Invalid credentials', responses: [] };
		expect(advantaSmsGateway.texts.read(reply(body), list)).toMatchObject([
			{ accepted: false, kind: 'authentication' },
			{ accepted: false, kind: 'authentication' },
		]);
		expect(advantaSmsGateway.texts.read(reply({ ...body, 'response-code': 200 }), list)).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
	});

	describe('by position', () => {
		const anonymous = { 'response-code': 200, messageid: 1 };
		it.each<[string, readonly unknown[]]>([
			['counts what is no row, too', [null, anonymous, { ...anonymous, messageid: 2 }]],
			[
				'is not counted where another row shows a different order',
				[{ ...row, mobile: 254755123456 }, anonymous],
			],
			['is not counted where a row is missing', [anonymous]],
		])('%s', (_, responses) => {
			const [one] = advantaSmsGateway.texts.read(reply({ responses }), list) ?? [];
			expect(one).toMatchObject({ accepted: null });
		});
	});

	it('claims nothing where our ID and the number of a row contradict each other', () => {
		const body = { responses: [{ ...row, clientsmsid: 'abcdef012345-2' }] };
		expect(advantaSmsGateway.texts.read(reply(body), bulk)).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
	});

	it('takes an ID that is none of ours for no ID', () => {
		const body = { responses: [{ ...row, clientsmsid: '178234' }] };
		expect(advantaSmsGateway.texts.read(reply(body), bulk)).toMatchObject([
			{ accepted: true },
			{ accepted: null },
		]);
	});

	it.each<['sameText' | 'differentTexts', boolean]>([
		['sameText', true],
		['differentTexts', true],
		['sameText', false],
		['differentTexts', false],
	])('of 100,000 rows to 1,000 texts is read at once (%s, own numbers: %s)', (style, ours) => {
		const number = (n: number) => 254_700_000_000 + n;
		const [head, ...tail] = Array.from({ length: 1000 }, (_, n) =>
			message(advantaSmsGateway, { to: `+${number(n)}`, text: 'Hi' }),
		);
		if (head === undefined) throw new Error('there is no message');
		const sent = batch(style, head, ...tail);
		const responses = Array.from({ length: 100_000 }, (_, n) => ({
			...row,
			mobile: number(ours ? n % 1000 : 5000 + n),
			messageid: ours ? n % 1000 : n,
			...(ours ? { clientsmsid: `abcdef012345-${(n % 1000) + 1}` } : {}),
		}));
		const answer = reply({ responses });
		// Time of the processor, not of the clock: the machine may be busy. It took 12 s when every text searched all rows.
		const before = process.cpuUsage();
		const outcomes = advantaSmsGateway.texts.read(answer, sent);
		expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
		expect(outcomes?.map((outcome) => outcome.accepted)).toEqual(Array(1000).fill(ours ? true : null));
	});

	it.each(['<html></html>', '', '{"responses":[{"resp', '{}', 'null', 'Success', '{"responses":{}}'])(
		'is not its own: %s',
		(body) => {
			expect(advantaSmsGateway.texts.read(reply(body), batch('sameText', first()))).toBeNull();
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
		// A public client takes it for sent; it may be.
		'1008': ['unknown', null],
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
							const outcome = advantaSmsGateway.texts.read(
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
