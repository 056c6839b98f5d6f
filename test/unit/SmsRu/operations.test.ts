/** What SMS.RU can do besides sending texts, as its API pages and recorded traffic have it. */
import { smsRuStatus } from '../../../nodes/SmsRu/codes';
import { smsRuGateway } from '../../../nodes/SmsRu/gateway';
import { callWithCode as smsRuCall } from '../../../nodes/SmsRu/operations/callWithCode';
import { alone, batch, bodyOf, message, reply } from '../../support/messages';
import { answersTo, asksOf, operationOf, requestFor } from '../../support/operations';

const getStatus = operationOf(smsRuGateway, 'message.getStatus');
const getBalance = operationOf(smsRuGateway, 'account.getBalance');
const getLimits = operationOf(smsRuGateway, 'account.getLimits');
const getSenders = operationOf(smsRuGateway, 'sender.getAll');
const addToStopList = operationOf(smsRuGateway, 'stopList.add');
const removeFromStopList = operationOf(smsRuGateway, 'stopList.remove');
const getStopList = operationOf(smsRuGateway, 'stopList.getAll');
const addCheck = operationOf(smsRuGateway, 'verification.addCheck');
const getCheck = operationOf(smsRuGateway, 'verification.getCheck');
const addCallback = operationOf(smsRuGateway, 'callback.add');
const removeCallback = operationOf(smsRuGateway, 'callback.remove');
const getCallbacks = operationOf(smsRuGateway, 'callback.getAll');

const ok = (more: object = {}) => ({ status: 'OK', status_code: 100, ...more });
const failed = (code: number | string, text = 'Текст') => ({
	status: 'ERROR',
	status_code: code,
	status_text: text,
});

describe('the request', () => {
	it.each([
		[
			'the status of messages',
			getStatus,
			[{ messageId: '000000-1' }, { messageId: '000000-2' }],
			'sms/status sms_id=000000-1%2C000000-2&json=1',
		],
		['the balance', getBalance, [{}], 'my/balance json=1'],
		['the daily limit', getLimits, [{}], 'my/limit json=1'],
		['the senders', getSenders, [{}], 'my/senders json=1'],
		[
			'a number for the stop list',
			addToStopList,
			[{ to: '+79255070602', note: 'Отписался + просил не писать & всё' }],
			'stoplist/add stoplist_phone=79255070602&stoplist_text=%D0%9E%D1%82%D0%BF%D0%B8%D1%81%D0%B0%D0%BB%D1%81%D1%8F+%2B+%D0%BF%D1%80%D0%BE%D1%81%D0%B8%D0%BB+%D0%BD%D0%B5+%D0%BF%D0%B8%D1%81%D0%B0%D1%82%D1%8C+%26+%D0%B2%D1%81%D1%91&json=1',
		],
		[
			'a number off the stop list',
			removeFromStopList,
			[{ to: '+79255070602' }],
			'stoplist/del stoplist_phone=79255070602&json=1',
		],
		['the stop list', getStopList, [{}], 'stoplist/get json=1'],
		['a call check', addCheck, [{ to: '+79255070602' }], 'callcheck/add phone=79255070602&json=1'],
		[
			'the state of a call check',
			getCheck,
			[{ checkId: '201737-542' }],
			'callcheck/status check_id=201737-542&json=1',
		],
		[
			'a callback',
			addCallback,
			[{ url: 'https://example.com/hook?a=1&b=c+d' }],
			'callback/add url=https%3A%2F%2Fexample.com%2Fhook%3Fa%3D1%26b%3Dc%2Bd&json=1',
		],
		[
			'a callback to remove',
			removeCallback,
			[{ url: 'https://example.com/я' }],
			'callback/del url=https%3A%2F%2Fexample.com%2F%D1%8F&json=1',
		],
		['the callbacks', getCallbacks, [{}], 'callback/get json=1'],
	] as const)('for %s', (_, operation, [first, ...others], line) => {
		expect(requestFor(operation, [first, ...others])).toBe(`POST /${line}`);
	});

	it('for statuses has up to 100 IDs, everything else one', () => {
		expect(getStatus.perRequest).toBe(100);
		const others = smsRuGateway.operations.filter((one) => one !== getStatus);
		expect(new Set(others.map(({ perRequest }) => perRequest))).toEqual(new Set([1]));
	});
});

describe('what people type', () => {
	it.each([
		['one ID', '000000-1', ['000000-1']],
		[
			'several, separated in any way',
			'000000-1, 000000-2;000000-3\n000000-4',
			['000000-1', '000000-2', '000000-3', '000000-4'],
		],
		['one twice', '000000-1,000000-1', ['000000-1']],
	])('%s', (_, messageId, ids) => {
		expect(asksOf(getStatus, { messageId })).toEqual({
			asks: ids.map((id) => ({ messageId: id })),
			problems: [],
		});
	});

	it.each([
		['no ID', getStatus, { messageId: '' }, "'Message ID' is empty."],
		['blanks for an ID', getStatus, { messageId: '  ' }, '\'Message ID\' is "  ".'],
		['something else than an ID', getStatus, { messageId: '<b>' }, '\'Message ID\' contains "<b>".'],
		['no check ID', getCheck, { checkId: '' }, "'Check ID' is empty."],
		['no note', addToStopList, { to: '+79255070602', note: '' }, "'Note' is empty."],
		['no URL', addCallback, { url: '' }, "'URL' is empty."],
		['something else than a URL', removeCallback, { url: 'example.com' }, '\'URL\' is "example.com".'],
	])('%s is refused by name', (_, operation, values, sentence) => {
		expect(asksOf(operation, values).problems[0]).toBe(sentence);
	});
});

/** Table of codes of the "send SMS" page, as message statuses. */
const STATUSES = [
	['-1', 'unknown', false, 'invalid_parameter'],
	['100', 'queued', false, null],
	['101', 'sending', false, null],
	['102', 'sent', false, null],
	['103', 'delivered', true, null],
	['104', 'expired', true, 'temporary'],
	['105', 'undelivered', true, 'unknown'],
	['106', 'undelivered', true, 'temporary'],
	['107', 'undelivered', true, 'unknown'],
	['108', 'rejected', true, 'unknown'],
	['110', 'read', true, null],
	['150', 'undelivered', true, 'no_route'],
] as const;

/** The errors of the same table: for a whole request, or (rarely) as the status of a message. */
const ERRORS: ReadonlyArray<readonly [code: string, kind: string]> = [
	['200', 'authentication'],
	['201', 'insufficient_funds'],
	['202', 'invalid_recipient'],
	['203', 'invalid_parameter'],
	['204', 'invalid_sender'],
	['205', 'invalid_parameter'],
	['206', 'rate_limited'],
	['207', 'no_route'],
	['208', 'invalid_parameter'],
	['209', 'blocked_recipient'],
	['210', 'invalid_parameter'],
	['211', 'invalid_parameter'],
	['212', 'invalid_parameter'],
	['213', 'invalid_parameter'],
	['214', 'no_route'],
	['215', 'blocked_recipient'],
	['216', 'content_rejected'],
	['217', 'content_rejected'],
	['220', 'temporary'],
	['221', 'invalid_sender'],
	['230', 'rate_limited'],
	['231', 'duplicate'],
	['232', 'duplicate'],
	['233', 'rate_limited'],
	['300', 'authentication'],
	['301', 'authentication'],
	['302', 'authentication'],
	['303', 'authentication'],
	['304', 'rate_limited'],
	['305', 'rate_limited'],
	['500', 'temporary'],
	['501', 'rate_limited'],
	['502', 'rate_limited'],
	['503', 'rate_limited'],
	['504', 'rate_limited'],
	['505', 'rate_limited'],
	['506', 'rate_limited'],
	['507', 'invalid_parameter'],
	['508', 'rate_limited'],
	['550', 'no_route'],
	['901', 'invalid_parameter'],
	['902', 'invalid_parameter'],
];

const SENTENCE = /^[A-Z][^<>]{10,}[^.]\.$/;

describe('a status', () => {
	it.each(STATUSES)('%s is %s', (code, status, final, kind) => {
		const sms = {
			'000000-1': { status: 'OK', status_code: Number(code), cost: '3.50', status_text: 'Текст' },
		};
		const sentence = expect.stringMatching(SENTENCE);
		const why =
			kind === null
				? { reason: null }
				: { reason: sentence, hint: sentence, reasonKind: kind, reasonCode: code };
		const row = {
			messageId: '000000-1',
			to: null,
			status,
			final,
			...why,
			cost: 3.5,
			currency: 'RUB',
			occurredAt: null,
		};
		expect(answersTo(getStatus, [{ messageId: '000000-1' }], ok({ sms, balance: 4122.56 }))).toEqual([
			{ rows: [row] },
		]);
	});

	it.each(ERRORS)('%s, an error in its place, is "rejected" because of %s', (code, kind) => {
		const { status, reason } = smsRuStatus(code);
		expect([status, reason?.kind]).toEqual(['rejected', kind]);
	});

	it.each(['400', '401', '402', '999', 'constructor', '__proto__', 'toString', ''])(
		'%j, which is none, tells nothing',
		(code) => expect(smsRuStatus(code)).toEqual({ status: 'unknown', reason: null }),
	);

	it('is told for each ID in the order asked, also of one that is not known (recorded)', () => {
		const body =
			'{"status":"OK","status_code":100,"sms":{"202626-2":{"status":"OK","status_code":"103","cost":null},"202626-1":{"status":"ERROR","status_code":-1,"status_text":"Сообщение не найдено"}},"balance":"1000.00"}';
		expect(
			answersTo(
				getStatus,
				[{ messageId: '202626-1' }, { messageId: '202626-2' }, { messageId: '202626-3' }],
				body,
			),
		).toMatchObject([
			{ rows: [{ messageId: '202626-1', status: 'unknown', final: false, cost: null }] },
			{ rows: [{ messageId: '202626-2', status: 'delivered', final: true, cost: null }] },
			{ failure: { kind: 'unknown', retry: 'later', message: expect.stringContaining('does not mention') } },
		]);
	});

	it.each([
		['[] for the map', ok({ sms: [] })],
		['no map', ok()],
		['null for the map', ok({ sms: null })],
		['null for the entry', ok({ sms: { '000000-1': null } })],
		['an entry without a code', ok({ sms: { '000000-1': { status: 'OK' } } })],
	])('%s: the message is not mentioned', (_, body) => {
		expect(answersTo(getStatus, [{ messageId: '000000-1' }], body)).toMatchObject([
			{ failure: { kind: 'unknown', code: null } },
		]);
	});
});

describe('numbers of the account', () => {
	it.each([
		['a number', ok({ balance: 1000.0 }), 1000],
		['a text', ok({ balance: '4122.56' }), 4122.56],
		['three decimals (recorded)', ok({ balance: 123456.123 }), 123456.123],
		['nothing left', ok({ balance: 0 }), 0],
		['a debt', ok({ balance: '-12.5' }), -12.5],
		['a code as text', { status: 'OK', status_code: '100', balance: 7 }, 7],
	])('the balance as %s', (_, body, balance) => {
		expect(answersTo(getBalance, [{}], body)).toEqual([{ rows: [{ balance, currency: 'RUB' }] }]);
	});

	it.each([ok(), ok({ balance: null }), ok({ balance: {} }), ok({ balance: 'much' })])(
		'a balance that is none is no answer: %j',
		(body) => expect(answersTo(getBalance, [{}], body)).toBeNull(),
	);

	const LIMIT = { limit: 'numbersToday' };
	const FREE = { limit: 'freeTextsToday' };
	const NEXT = '/my/free';

	it('free texts are on a page of their own', () => {
		expect(requestFor(getLimits, [{}], NEXT)).toBe('POST /my/free json=1');
	});

	it('the daily limit, as recorded: the total as text', () => {
		expect(answersTo(getLimits, [{}], ok({ total_limit: '10', used_today: 0 }))).toEqual([
			{ rows: [{ ...LIMIT, total: 10, used: 0, remaining: 10 }], next: NEXT },
		]);
		expect(answersTo(getLimits, [{}], ok({ total_limit: 500, used_today: '7' }))).toEqual([
			{ rows: [{ ...LIMIT, total: 500, used: 7, remaining: 493 }], next: NEXT },
		]);
	});

	it('free texts, as recorded: null for none used', () => {
		expect(answersTo(getLimits, [{}], ok({ total_free: 5, used_today: null }), { cursor: NEXT })).toEqual([
			{ rows: [{ ...FREE, total: 5, used: 0, remaining: 5 }], next: null },
		]);
		expect(answersTo(getLimits, [{}], ok({ total_free: '5', used_today: '3' }), { cursor: NEXT })).toEqual([
			{ rows: [{ ...FREE, total: 5, used: 3, remaining: 2 }], next: null },
		]);
	});

	it('nothing is left of a limit that was lowered, and of one that is not told nobody knows', () => {
		expect(answersTo(getLimits, [{}], ok({ total_limit: 5, used_today: 7 }))).toEqual([
			{ rows: [{ ...LIMIT, total: 5, used: 7, remaining: 0 }], next: NEXT },
		]);
		expect(answersTo(getLimits, [{}], ok({ total_limit: 5 }), { cursor: NEXT })).toEqual([
			{ rows: [{ ...FREE, total: null, used: 0, remaining: null }], next: null },
		]);
	});
});

describe('lists', () => {
	it.each([
		['two', ok({ senders: ['ACME', 'Магазин'] }), ['ACME', 'Магазин']],
		['one that looks like a number', ok({ senders: [2255] }), ['2255']],
		['none: the key is missing (recorded)', ok(), []],
		['none: an empty list', ok({ senders: [] }), []],
		['none: null', ok({ senders: null }), []],
		['a list that PHP wrote as a map', ok({ senders: { '0': 'ACME', '2': 'Shop' } }), ['ACME', 'Shop']],
	])('senders: %s', (_, body, senders) => {
		expect(answersTo(getSenders, [{}], body)).toEqual([{ rows: senders.map((sender) => ({ sender })) }]);
	});

	it.each([
		[
			'two',
			ok({ callback: ['https://a.example/x', 'http://b.example'] }),
			['https://a.example/x', 'http://b.example'],
		],
		['none: the key is missing', ok(), []],
		[
			'one left of two, as PHP writes it',
			ok({ callback: { '1': 'http://b.example' } }),
			['http://b.example'],
		],
	])('callbacks: %s', (_, body, urls) => {
		expect(answersTo(getCallbacks, [{}], body)).toEqual([{ rows: urls.map((url) => ({ url })) }]);
	});

	it('callbacks: escaped slashes (recorded)', () => {
		expect(
			answersTo(
				getCallbacks,
				[{}],
				'{"status":"OK","status_code":100,"callback":["https:\\/\\/a.example\\/x"]}',
			),
		).toEqual([{ rows: [{ url: 'https://a.example/x' }] }]);
	});

	it.each([
		[
			'entries',
			ok({ stoplist: { '79255070602': 'Отписался', '74993221627': '' } }),
			[
				{ to: '+74993221627', note: null },
				{ to: '+79255070602', note: 'Отписался' },
			],
		],
		['[] for none', ok({ stoplist: [] }), []],
		['no key for none', ok(), []],
		['null for none', ok({ stoplist: null }), []],
	])('the stop list: %s', (_, body, rows) => {
		const [answer] = answersTo(getStopList, [{}], body) ?? [];
		expect(answer).toEqual({ rows: expect.any(Array) });
		// A map has no order of its own.
		expect(new Set(answer !== undefined && 'rows' in answer ? answer.rows : [])).toEqual(new Set(rows));
	});
});

describe('commands', () => {
	it('say what was added, and of what was deleted that alone', () => {
		expect(answersTo(addToStopList, [{ to: '+79255070602', note: 'x' }], ok())).toEqual([
			{ rows: [{ to: '+79255070602', added: true }] },
		]);
		expect(
			answersTo(addCallback, [{ url: 'https://a.example' }], ok({ callback: ['https://a.example'] })),
		).toEqual([{ rows: [{ url: 'https://a.example', added: true }] }]);
		expect(answersTo(removeFromStopList, [{ to: '+79255070602' }], ok())).toEqual([
			{ rows: [{ deleted: true }] },
		]);
		expect(answersTo(removeCallback, [{ url: 'https://a.example' }], ok())).toEqual([
			{ rows: [{ deleted: true }] },
		]);
	});

	it('take a callback that is not there (902) for deleted, and for nothing else', () => {
		expect(answersTo(removeCallback, [{ url: 'https://a.example' }], failed(902))).toEqual([
			{ rows: [{ deleted: true }] },
		]);
		expect(answersTo(getCallbacks, [{}], failed(902))).toMatchObject([{ failure: { code: '902' } }]);
	});

	it('tell a bad URL (901) and a bad number (202)', () => {
		expect(answersTo(addCallback, [{ url: 'https://a.example' }], failed(901))).toMatchObject([
			{ failure: { kind: 'invalid_parameter', code: '901' } },
		]);
		expect(answersTo(addToStopList, [{ to: '+7', note: 'x' }], failed(202))).toMatchObject([
			{ failure: { kind: 'invalid_recipient', code: '202' } },
		]);
	});
});

describe('a call check', () => {
	it('has the number to call', () => {
		const body = ok({
			check_id: '201737-542',
			call_phone: '78005008275',
			call_phone_pretty: '+7 (800) 500-8275',
			call_phone_html: '<a href="callto:78005008275">+7 (800) 500-8275</a>',
		});
		expect(answersTo(addCheck, [{ to: '+79255070602' }], body)).toEqual([
			{
				rows: [
					{
						to: '+79255070602',
						checkId: '201737-542',
						callPhone: '78005008275',
						callPhonePretty: '+7 (800) 500-8275',
					},
				],
			},
		]);
	});

	it('without an ID or a number to call is no answer', () => {
		expect(answersTo(addCheck, [{ to: '+79255070602' }], ok())).toBeNull();
		expect(
			answersTo(addCheck, [{ to: '+79255070602' }], ok({ check_id: '1-1', call_phone: null })),
		).toBeNull();
	});

	it.each([
		['400', 'waiting', false],
		[400, 'waiting', false],
		['401', 'confirmed', true],
		[401, 'confirmed', true],
		['402', 'expired', false],
		[402, 'expired', false],
		['403', 'unknown', false],
		['constructor', 'unknown', false],
		[null, 'unknown', false],
	])('%j is %s', (check_status, state, confirmed) => {
		expect(answersTo(getCheck, [{ checkId: '1-1' }], ok({ check_status, check_status_text: 'x' }))).toEqual([
			{ rows: [{ checkId: '1-1', state, confirmed }] },
		]);
	});
});

describe('a refusal of the whole request', () => {
	it.each(ERRORS)('%s is %s, and a sentence for people', (code, kind) => {
		const [answer] = answersTo(getBalance, [{}], failed(Number(code))) ?? [];
		expect(answer).toMatchObject({
			failure: {
				kind,
				code,
				message: expect.stringMatching(SENTENCE),
				hint: expect.stringMatching(SENTENCE),
			},
		});
	});

	it('hits every message that was asked about', () => {
		expect(answersTo(getStatus, [{ messageId: '1' }, { messageId: '2' }], failed(200))).toMatchObject([
			{ failure: { kind: 'authentication', fatal: true } },
			{ failure: { kind: 'authentication', fatal: true } },
		]);
	});

	it.each(['220', '500'])('%s may be asked again at once: nothing was sent', (code) => {
		expect(answersTo(getBalance, [{}], failed(code))).toMatchObject([
			{ failure: { retryable: true, retry: 'later' } },
		]);
	});

	it.each(['999', 'constructor', '__proto__'])('%s, which nobody has documented, is told as such', (code) => {
		expect(answersTo(getBalance, [{}], failed(code))).toMatchObject([
			{ failure: { kind: 'unknown', code, message: expect.stringContaining(`code ${code}`) } },
		]);
	});

	it.each([
		'',
		'<html></html>',
		'100',
		'[]',
		'null',
		'{}',
		'{"status":"OK"}',
		'{"status":"OK","status_code":null}',
	])('%j is no answer of SMS.RU', (body) => {
		for (const operation of smsRuGateway.operations)
			expect(answersTo(operation, [{ messageId: '1', to: '+7', url: 'x', checkId: '1' }], body)).toBeNull();
	});
});

describe('a call with a code', () => {
	const calls = smsRuCall.sender;
	const call = (body: string | object) => calls.read(reply(body), alone(calls, { text: '' }))?.[0];

	it('asks for the number, and for the visitor or -1', () => {
		const { method, path } = calls.build(alone(calls));
		expect([method, path]).toEqual(['POST', '/code/call']);
		expect(bodyOf(calls.build(alone(calls)))).toBe('phone=79161234567&ip=-1&json=1');
		expect(bodyOf(calls.build(alone(calls, { options: { ip: '203.0.113.7' } })))).toBe(
			'phone=79161234567&ip=203.0.113.7&json=1',
		);
	});

	it('has the code of the sample of the page', () => {
		expect(call({ status: 'OK', code: '1435', call_id: '000000-1', cost: 0.4, balance: 10.0 })).toEqual({
			accepted: true,
			messageId: '000000-1',
			status: 'queued',
			cost: 0.4,
			segments: null,
			details: { code: '1435', balance: 10 },
		});
	});

	it.each([
		['0471', '0471'],
		['0000', '0000'],
		[471, '0471'],
		[7, '0007'],
	])('code %j is %s: leading zeros count', (code, told) => {
		expect(call({ status: 'OK', status_code: 100, code, call_id: 1, cost: '0.4' })).toMatchObject({
			accepted: true,
			messageId: '1',
			cost: 0.4,
			details: { code: told },
		});
	});

	it.each([{}, { code: null }, { code: 'x' }, { code: '12345' }, { code: [] }])(
		'a success without a code leaves it open whether it calls: %j',
		(more) => expect(call({ status: 'OK', call_id: '000000-1', ...more })).toMatchObject({ accepted: null }),
	);

	it.each([
		['201', 'insufficient_funds'],
		['202', 'invalid_recipient'],
		['507', 'invalid_parameter'],
		['508', 'rate_limited'],
	])('refused with %s: %s, nobody was called', (code, kind) => {
		expect(call(failed(code))).toMatchObject({ accepted: false, kind, code });
	});

	it('a refusal without a code, or with 500, leaves it open', () => {
		expect(call({ status: 'ERROR', status_text: 'Не удалось' })).toMatchObject({
			accepted: null,
			message: expect.stringContaining('Не удалось'),
		});
		expect(call(failed(500))).toMatchObject({ accepted: null });
	});

	it.each(['101', '102', '103', '110'])('%s is a state of a text, and tells nothing of a call', (code) => {
		for (const body of [failed(code), ok({ status_code: code, code: '1435' })]) {
			expect(call(body)).toMatchObject({ accepted: null, retry: 'check_first' });
		}
	});

	it.each(['', '[]', '<html>', '{}', '{"status":"OK","status_code":100}x'])(
		'%j is no answer of SMS.RU',
		(body) => {
			expect(call(body)).toBeUndefined();
		},
	);
});

describe('the price', () => {
	const first = message(smsRuGateway, { to: '+79255070602', text: 'Привет + ты', from: 'ACME' });
	const second = message(smsRuGateway, { to: '+74993221627', text: 'Привет + ты', from: 'ACME' });
	const both = batch('sameText', first, second);

	it('is asked with the text, the sender and translit, without what would send', () => {
		const plain = smsRuGateway.prices!.build(both);
		expect([plain.method, plain.path]).toEqual(['POST', '/sms/cost']);
		expect(bodyOf(plain)).toBe(
			'to=79255070602%2C74993221627&msg=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+%2B+%D1%82%D1%8B&from=ACME&json=1',
		);
		const options = { transliterate: true, ttl: 60, sendAt: '2029-12-05T10:00:00+03:00', testMode: true };
		expect(bodyOf(smsRuGateway.prices!.build(alone(smsRuGateway, { text: 'a', options })))).toBe(
			'to=79161234567&msg=a&translit=1&json=1',
		);
	});

	it('is asked as a map for a text each', () => {
		const other = message(smsRuGateway, { to: '+74993221627', text: 'b' });
		const map = batch('differentTexts', message(smsRuGateway, { to: '+79255070602', text: 'a' }), other);
		expect(bodyOf(smsRuGateway.prices!.build(map))).toBe(
			'to%5B79255070602%5D=a&to%5B74993221627%5D=b&json=1',
		);
	});

	it.each([
		['numbers', 0.5, 1],
		['texts', '0.50', '1'],
	])('is read as %s, and a refusal beside it', (_, cost, sms) => {
		const body = ok({
			sms: { '79255070602': { status: 'OK', status_code: 100, cost, sms }, '74993221627': failed(207) },
			total_cost: cost,
			total_sms: sms,
		});
		expect(smsRuGateway.prices!.read(reply(body), both)).toEqual([
			{ accepted: false, quoted: true, cost: 0.5, segments: 1 },
			expect.objectContaining({ accepted: false, kind: 'no_route', code: '207' }),
		]);
	});

	it('is missing for numbers that the answer leaves out, and [] leaves out all', () => {
		for (const body of [ok({ sms: [] }), ok(), ok({ sms: { '79255070602': null } })])
			expect(smsRuGateway.prices!.read(reply(body), both)).toMatchObject([
				{ accepted: false, origin: 'gateway', kind: 'unknown', code: null, retry: 'later' },
				{ accepted: false, origin: 'gateway', kind: 'unknown', code: null, retry: 'later' },
			]);
	});

	it('is refused for all with the whole request', () => {
		expect(smsRuGateway.prices!.read(reply(failed(200)), both)).toMatchObject([
			{ accepted: false, kind: 'authentication' },
			{ accepted: false, kind: 'authentication' },
		]);
		expect(smsRuGateway.prices!.read(reply(failed(500)), both)).toMatchObject([
			{ accepted: false, kind: 'temporary' },
			{ accepted: false, kind: 'temporary' },
		]);
		for (const body of ['<html>', '{}', '{"sms":{"79255070602":{"status_code":100,"cost":1,"sms":1}}}'])
			expect(smsRuGateway.prices!.read(reply(body), both)).toBeNull();
	});

	it('of each number counts, whatever code stands above', () => {
		const sms = { '79255070602': { status: 'OK', status_code: 100, cost: 1, sms: 1 } };
		expect(smsRuGateway.prices!.read(reply({ ...failed(201), sms }), both)).toMatchObject([
			{ quoted: true, cost: 1 },
			{ accepted: false, kind: 'unknown' },
		]);
	});

	it("has SMS.RU's own words where there is none", () => {
		const refusal = { status: 'ERROR', status_code: 207, status_text: 'Нет маршрута' };
		for (const body of [refusal, ok({ sms: { '79255070602': refusal, '74993221627': refusal } })])
			expect(smsRuGateway.prices!.read(reply(body), both)).toMatchObject(
				[0, 1].map(() => ({ accepted: false, message: expect.stringContaining('"Нет маршрута"') })),
			);
	});
});
