/** SMS.RU on the wire and its answers, as its "send SMS" page and recorded traffic have them. */
import { smsRuGateway } from '../../../nodes/SmsRu/gateway';
import { SMS_RU_CODES } from '../../../nodes/SmsRu/codes';
import type { FieldReader } from '../../../nodes/shared/contract/fields';
import { CheckedFields } from '../../../nodes/shared/input/fields';
import { planBatches } from '../../../nodes/shared/send/plan';
import { smsRu } from '../../facts/smsRu';
import { alone, batch, bodyOf, message, readOptions, reply } from '../../support/messages';

const to = ['+79255070602', '+74993221627'] as const;
const first = (options: Record<string, unknown> = {}, text = 'hello world') =>
	message(smsRuGateway, { to: to[0], text, options });
const second = (options: Record<string, unknown> = {}, text = 'hello world') =>
	message(smsRuGateway, { to: to[1], text, options });
const both = (options: Record<string, unknown> = {}) => batch('sameText', first(options), second(options));

describe('the request', () => {
	it('has one text for a list of numbers', () => {
		const request = smsRuGateway.texts.build(both());
		expect([request.method, request.path]).toEqual(['POST', '/sms/send']);
		expect(bodyOf(request)).toBe('to=79255070602%2C74993221627&msg=hello+world&json=1');
	});

	it('has a map of number to text for different texts', () => {
		expect(
			bodyOf(
				smsRuGateway.texts.build(batch('differentTexts', first({}, 'a+b & "c"'), second({}, 'Привет 👍\n%'))),
			),
		).toBe(
			'to%5B79255070602%5D=a%2Bb+%26+%22c%22&to%5B74993221627%5D=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+%F0%9F%91%8D%0A%25&json=1',
		);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['ip', { ip: '203.0.113.7' }, 'ip=203.0.113.7&json=1'],
		['time, in seconds', { sendAt: '2029-12-05T10:00:00+03:00' }, 'time=1891148400&json=1'],
		['ttl', { ttl: 60 }, 'ttl=60&json=1'],
		['daytime', { daytime: true }, 'daytime=1&json=1'],
		['translit', { transliterate: true }, 'translit=1&json=1'],
		['test', { testMode: true }, 'test=1&json=1'],
		['partner_id', { partnerId: '123' }, 'partner_id=123&json=1'],
		['the plain layout', { responseFormat: 'text', ttl: 5 }, 'ttl=5'],
	])('%s', (_, options, tail) => {
		expect(bodyOf(smsRuGateway.texts.build(alone(smsRuGateway, { text: 'Hi', options })))).toBe(
			`to=79161234567&msg=Hi&${tail}`,
		);
	});

	it('names the sender', () => {
		expect(bodyOf(smsRuGateway.texts.build(alone(smsRuGateway, { text: 'Hi', from: 'ACME & Co' })))).toBe(
			'to=79161234567&msg=Hi&from=ACME+%26+Co&json=1',
		);
	});
});

describe('what is refused before anything is sent', () => {
	it.each<[string, Record<string, unknown>, RegExp]>([
		['ttl 1441', { ttl: 1441 }, /'Time to Live \(Minutes\)' is "1441"/],
		['ttl 1.5', { ttl: 1.5 }, /'Time to Live \(Minutes\)'/],
		['more than two months ahead', { sendAt: '2030-03-01T10:00:00' }, /too far ahead/],
		['daytime together with a time', { daytime: true, sendAt: '2029-12-05T10:00' }, /cannot be combined/],
		['numbers that no address has', { ip: '203.0.113.256' }, /'User IP'/],
		['no address', { ip: 'localhost' }, /'User IP'/],
		['a partner that is no number', { partnerId: 'abc' }, /'Partner ID'/],
	])('%s', (_, options, sentence) => {
		expect(readOptions(smsRuGateway, options).problems[0]?.message).toMatch(sentence);
	});

	// Code 507: a private network can be listed as an exception in the account.
	it.each(['192.168.1.7', '10.0.0.1', '172.16.0.1', '127.0.0.1', '169.254.1.1', '::1', 'fd00::1'])(
		'not a private address of a visitor: %s',
		(ip) => {
			const { options, problems } = readOptions(smsRuGateway, { ip });
			expect([options.parameters.ip, problems]).toEqual([ip, []]);
		},
	);

	it('not an IPv4 address in the clothes of IPv6, as Node servers have it', () => {
		const { options, problems } = readOptions(smsRuGateway, { ip: '::ffff:203.0.113.7' });
		expect([options.parameters.ip, problems]).toEqual(['203.0.113.7', []]);
	});

	// "Not more than 2 months from the request": calendar months, of 59 to 62 days.
	it.each([
		['2029-12-01T09:00:00Z', '2030-02-01T09:00:00Z', '2030-02-01T09:01:00Z'],
		['2030-07-01T12:00:00Z', '2030-09-01T12:00:00Z', '2030-09-01T12:01:00Z'],
		['2030-01-01T12:00:00Z', '2030-03-01T12:00:00Z', '2030-03-01T12:01:00Z'],
		['2031-12-15T12:00:00Z', '2032-02-15T12:00:00Z', '2032-02-15T12:01:00Z'],
		// 1 August in Moscow, where SMS.RU counts.
		['2030-07-31T21:30:00Z', '2030-09-30T21:30:00Z', '2030-10-01T21:31:00Z'],
	])('on %s not a time on %s, and one on %s', (now, last, after) => {
		const read = (sendAt: string): FieldReader => {
			const context = { timezone: 'Europe/Moscow', now: Date.parse(now), gatewayName: 'SMS.RU' };
			const fields = new CheckedFields({ sendAt }, context);
			smsRuGateway.texts.readOptions(fields);
			return fields;
		};
		expect(read(last).problems).toEqual([]);
		expect(read(after).problems[0]?.message).toMatch(/too far ahead/);
	});

	it('a text of nine segments', () => {
		expect(
			smsRuGateway.texts.checkMessage(message(smsRuGateway, { text: 'x'.repeat(153 * 8 + 1) })),
		).toMatchObject({
			accepted: false,
			kind: 'invalid_parameter',
		});
		expect(smsRuGateway.texts.checkMessage(message(smsRuGateway, { text: 'x'.repeat(153 * 8) }))).toBeNull();
	});
});

it('takes a longer text where SMS.RU rewrites it in Latin letters, which makes it shorter', () => {
	const text = 'я'.repeat(67 * 8 + 1);
	expect(smsRuGateway.texts.checkMessage(message(smsRuGateway, { text }))).not.toBeNull();
	const options = { transliterate: true };
	expect(smsRuGateway.texts.checkMessage(message(smsRuGateway, { text, options }))).toBeNull();
});

it('takes a sender of 15 characters, and none longer', () => {
	const check = (length: number) =>
		smsRuGateway.texts.checkMessage(message(smsRuGateway, { from: 'x'.repeat(length) }));
	expect(check(15)).toBeNull();
	expect(check(16)).toMatchObject({ accepted: false, kind: 'invalid_sender' });
});

it('sends different texts in one request only where sender and options are the same', () => {
	const row = (n: number, more: object = {}) =>
		message(smsRuGateway, { to: `+7925507060${n}`, text: `Text ${n}`, from: 'ACME', ...more });
	const rows = [row(1), row(2), row(3, { from: 'OTHER' }), row(4, { options: { ttl: 5 } }), row(5)];
	const sent = planBatches(smsRuGateway.texts, rows, null).map(({ messages }) =>
		messages.map(({ text }) => text),
	);
	expect(sent.sort()).toEqual([['Text 1', 'Text 2', 'Text 5'], ['Text 3'], ['Text 4']]);
});

describe('the answer', () => {
	it('is read for each number, as in the sample of the page', () => {
		const body = {
			status: 'OK',
			status_code: 100,
			sms: {
				'79255070602': { status: 'OK', status_code: 100, sms_id: '000000-10000000', cost: '3.50' },
				'74993221627': { status: 'ERROR', status_code: 207, status_text: 'На этот номер нет маршрута' },
			},
			balance: 4122.56,
		};
		expect(smsRuGateway.texts.read(reply(body), both())).toEqual([
			{
				accepted: true,
				messageId: '000000-10000000',
				status: 'queued',
				cost: 3.5,
				segments: null,
				details: { balance: 4122.56 },
			},
			expect.objectContaining({ accepted: false, kind: 'no_route', code: '207', retry: 'never' }),
		]);
	});

	it('is read from plain lines in the order of the request', () => {
		expect(smsRuGateway.texts.read(reply('100\n000000-10000000\n207\nbalance=4122.56'), both())).toEqual([
			{
				accepted: true,
				messageId: '000000-10000000',
				status: 'queued',
				cost: null,
				segments: null,
				details: { balance: 4122.56 },
			},
			expect.objectContaining({ accepted: false, code: '207' }),
		]);
	});

	it('may have blank lines and blanks in its plain lines', () => {
		expect(
			smsRuGateway.texts.read(reply('\n100\r\n\r\n 000000-1 \r\n207\r\nbalance=1\r\n'), both()),
		).toMatchObject([
			{ accepted: true, messageId: '000000-1' },
			{ accepted: false, code: '207' },
		]);
	});

	it.each([
		['the first line alone', '100'],
		['no balance: it may be cut off', '100\n000000-1\n000000-2'],
		['a line too few', '100\n000000-1\nbalance=1'],
		['a line too many', '100\n000000-1\n000000-2\n000000-3\nbalance=1'],
		['the code of success for an id', '100\n100\n100\nbalance=1'],
		['what is no id', '100\nx000000-1\n000000-1x\nbalance=1'],
	])('claims nothing for plain lines with %s', (_, body) => {
		const open = { accepted: null, message: expect.stringContaining('does not mention this number') };
		expect(smsRuGateway.texts.read(reply(body), both())).toMatchObject([open, open]);
	});

	it("has SMS.RU's own words, of one number and of the whole request", () => {
		const entry = { status: 'ERROR', status_code: 207, status_text: 'Нет маршрута' };
		for (const body of [{ status: 'OK', status_code: 100, sms: { '79255070602': entry } }, entry])
			expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))).toMatchObject([
				{ accepted: false, message: expect.stringContaining('"Нет маршрута"') },
			]);
	});

	it('does not mention a number whose entry is none', () => {
		const body = { status: 'OK', status_code: 100, sms: { '79255070602': null } };
		expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))).toMatchObject([
			{ accepted: null, message: expect.stringContaining('does not mention this number') },
		]);
	});

	it('does not take an id for a success (recorded: 221 comes with one)', () => {
		const body = {
			status: 'OK',
			status_code: 100,
			sms: { '79255070602': { status: 'ERROR', status_code: 221, sms_id: '202626-1000003' } },
		};
		expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: false,
			kind: 'invalid_sender',
			messageId: '202626-1000003',
		});
	});

	it.each(['+79255070602', '7 925 507-06-02'])('finds a number that the gateway spells %s', (key) => {
		const body = {
			status: 'OK',
			status_code: '100',
			sms: { [key]: { status: 'OK', status_code: '100', sms_id: 7 } },
		};
		expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: true,
			messageId: '7',
		});
	});

	it.each<[string, object]>([
		['a number that is missing', { status: 'OK', status_code: 100, sms: {} }],
		['an empty list for an empty map', { status: 'OK', status_code: 100, sms: [] }],
		['no map at all', { status: 'OK', status_code: 100 }],
		['an entry without code', { status: 'OK', status_code: 100, sms: { '79255070602': { sms_id: '1-1' } } }],
		['an entry that is null', { status: 'OK', status_code: 100, sms: { '79255070602': null } }],
		[
			'an entry that contradicts itself',
			{ status: 'OK', status_code: 100, sms: { '79255070602': { status: 'ERROR', status_code: 100 } } },
		],
		['a code that nobody knows', { status: 'ERROR', status_code: 999 }],
		['the server broke down', { status: 'ERROR', status_code: 500 }],
		[
			'a number in two spellings that contradict each other',
			{
				status: 'OK',
				status_code: 100,
				sms: {
					'79255070602': { status: 'OK', status_code: 100, sms_id: '1-1' },
					'+79255070602': { status: 'ERROR', status_code: 207 },
				},
			},
		],
	])('claims nothing for %s', (_, body) => {
		expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: null,
			retry: 'check_first',
		});
	});

	it.each(['<html></html>', '', '{"status":"OK","status_c', '{}', '[]', 'null', 'Welcome', '1000'])(
		'is not its own: %s',
		(body) => {
			expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))).toBeNull();
		},
	);
});

describe('the states of a message, as an answer to sending', () => {
	const answers = (code: number) => [
		{ status: 'ERROR', status_code: code, status_text: 'Не может быть доставлено' },
		...['OK', 'ERROR'].map((status) => ({
			status: 'OK',
			status_code: 100,
			sms: { '79255070602': { status, status_code: String(code), sms_id: '000000-1' } },
		})),
		`100\n${code}\nbalance=1`,
		String(code),
	];
	const outcomesOf = (code: number) =>
		answers(code).map((body) => smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]);

	it.each([
		[104, 'temporary', /time to live/],
		[105, 'unknown', /operator removed/],
		[106, 'temporary', /phone could not receive/],
		[107, 'unknown', /unknown reason/],
		[108, 'unknown', /rejected/],
	])(
		'%d is told by its name; an operator has had the text, so nothing more is claimed',
		(code, kind, said) => {
			for (const outcome of outcomesOf(code)) {
				expect(outcome).toMatchObject({
					accepted: null,
					kind,
					code: String(code),
					message: expect.stringMatching(said),
					retry: 'check_first',
				});
				expect(outcome).not.toMatchObject({ message: expect.stringMatching(/documentation/) });
			}
		},
	);

	it('150 is no route: nothing went out', () => {
		for (const outcome of outcomesOf(150)) {
			expect(outcome).toMatchObject({ accepted: false, kind: 'no_route', code: '150', retry: 'never' });
		}
	});

	it('-1 is documented, and tells nothing of a text', () => {
		const body = { status: 'ERROR', status_code: -1, status_text: 'Сообщение не найдено' };
		expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: null,
			retry: 'check_first',
			code: '-1',
			message: expect.stringMatching(/does not know this message/),
		});
	});
});

it.each(['101', '102', '103', '110'])('%s for the whole request names no text, in either layout', (code) => {
	for (const body of [code, { status: 'OK', status_code: Number(code) }]) {
		for (const outcome of smsRuGateway.texts.read(reply(body), both()) ?? [null, null]) {
			expect(outcome).toMatchObject({ accepted: null, retry: 'check_first' });
		}
	}
});

describe('an HTTP error', () => {
	it.each([400, 403, 404, 500, 502, 503])(
		'whose whole body is its own number, %d, is no code of SMS.RU',
		(status) => {
			expect(smsRuGateway.texts.read(reply(String(status), status), batch('sameText', first()))).toBeNull();
		},
	);

	it('with a code of SMS.RU is that code', () => {
		const body = { status: 'ERROR', status_code: 220 };
		expect(smsRuGateway.texts.read(reply(body, 503), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: false,
			code: '220',
		});
		expect(smsRuGateway.texts.read(reply('220', 503), batch('sameText', first()))?.[0]).toMatchObject({
			accepted: false,
			code: '220',
		});
	});
});

it('an answer is read in a time that grows with batch and reply, not with their product', () => {
	const numbers = Array.from({ length: 100 }, (_, n) => `+7925${String(1_000_000 + n)}`);
	const [head, ...rest] = numbers.map((number) => message(smsRuGateway, { to: number, text: 'Hi' }));
	if (head === undefined) throw new Error('no numbers');
	let looks = 0;
	const sms = Object.fromEntries(
		Array.from({ length: 20_000 }, (_, n) => {
			const entry = { status: 'OK', sms_id: `1-${n}` };
			Object.defineProperty(entry, 'status_code', { enumerable: true, get: () => ((looks += 1), 100) });
			return [`7925${String(1_000_000 + n)}`, entry];
		}),
	);
	const json = { status: 'OK', status_code: 100, sms };
	const outcomes = smsRuGateway.texts.read({ ...reply({}), json }, batch('sameText', head, ...rest));
	expect(outcomes?.map((outcome) => (outcome.accepted === true ? outcome.messageId : null))).toEqual(
		numbers.map((_, n) => `1-${n}`),
	);
	expect(looks).toBeGreaterThanOrEqual(100);
	expect(looks).toBeLessThan(3 * 20_000);
});

describe('every code of the table', () => {
	const [{ requestCodes }] = smsRu.interfaces;
	const kinds: Record<string, string> = {
		...Object.fromEntries(requestCodes.map(([code, kind]) => [code, kind])),
		// What sending is not answered with, by the pages of other methods.
		'303': 'authentication',
		'304': 'rate_limited',
		'305': 'rate_limited',
		'901': 'invalid_parameter',
		'902': 'invalid_parameter',
	};

	it('has words', () => {
		expect(Object.keys(SMS_RU_CODES).sort()).toEqual(Object.keys(kinds).sort());
		for (const { message: said, hint } of Object.values(SMS_RU_CODES)) {
			expect([said.length > 10, hint.endsWith('.')]).toEqual([true, true]);
		}
	});

	it.each(Object.entries(kinds))(
		'%s is %s: for the request, for a number, and in plain text',
		(code, kind) => {
			const accepted = code === '500' ? null : false;
			const request = { status: 'ERROR', status_code: Number(code), status_text: 'text' };
			const entry = {
				status: 'OK',
				status_code: 100,
				sms: { '79255070602': { status: 'ERROR', status_code: code } },
			};
			for (const body of [request, entry, code, `100\n${code}\nbalance=1`]) {
				expect(smsRuGateway.texts.read(reply(body), batch('sameText', first()))?.[0]).toMatchObject({
					accepted,
					kind,
					code,
				});
			}
		},
	);
});
