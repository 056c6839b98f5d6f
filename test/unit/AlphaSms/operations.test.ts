/**
 * What AlphaSMS can do besides sending one text, as its HTTP and JSON pages and recorded replies have it: pairs on one
 * line (the pages) or one a line (recorded).
 */
import { alphaSmsStatus } from '../../../nodes/AlphaSms/codes';
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import type { Batch } from '../../../nodes/shared/contract/message';
import type { AlphaSmsOptions } from '../../../nodes/AlphaSms/options';
import { alphaSms } from '../../facts/alphaSms';
import { alone, batch, bodyOf, message, reply } from '../../support/messages';
import { answersTo, asksOf, operationOf, requestFor } from '../../support/operations';

const getStatus = operationOf(alphaSmsGateway, 'message.getStatus');
const cancel = operationOf(alphaSmsGateway, 'message.cancel');
const getBalance = operationOf(alphaSmsGateway, 'account.getBalance');
const id = { messageId: '84523377' };

const SENTENCE = /^[A-Z].{10,}[^.]\.$/;

describe('the request', () => {
	it.each([
		['the status of a message', getStatus, id, 'version=http&command=receive&id=84523377'],
		['a message to take back', cancel, id, 'version=http&command=delete&id=84523377'],
		['the balance', getBalance, {}, 'version=http&command=balance'],
	])('for %s', (_, operation, ask, fields) => {
		expect(requestFor(operation, [ask])).toBe(`POST /api/http.php ${fields}`);
		// "id: identifier": one a call.
		expect(operation.perRequest).toBe(1);
	});

	it.each([
		['84523377', ['84523377'], []],
		['84523377, 84523378\n84523377', ['84523377', '84523378'], []],
		['', [], ["'Message ID' is empty."]],
		['abc', ['abc'], ['\'Message ID\' contains "abc".']],
	])('reads the IDs %j', (messageId, ids, problems) => {
		expect(asksOf(getStatus, { messageId })).toEqual({
			asks: ids.map((one) => ({ messageId: one })),
			problems,
		});
	});
});

/** Codes of the "SMS status" page; 95 is known from a client. */
const STATUSES = [
	['0', 'queued', false, null],
	['1', 'sending', false, null],
	['2', 'sent', false, null],
	['3', 'delivered', true, null],
	['10', 'cancelled', true, null],
	['50', 'undelivered', true, 'temporary'],
	['95', 'rejected', true, 'no_route'],
	['96', 'undelivered', true, 'temporary'],
	['99', 'undelivered', true, 'invalid_recipient'],
	['116', 'read', true, null],
] as const;

describe('a status', () => {
	it.each(STATUSES)('%s is %s', (code, status, final, kind) => {
		const sentence = expect.stringMatching(SENTENCE);
		const why =
			kind === null
				? { reason: null }
				: { reason: sentence, hint: sentence, reasonKind: kind, reasonCode: code };
		const row = { messageId: '84523377', to: null, status, final, ...why, cost: null, currency: null };
		// The word may be in Russian and have blanks: the code counts.
		for (const word of ['Delivered', 'Доставлено', 'Out of touch', 'Error in the number: 099'])
			for (const body of [
				`status:${word} code:${code} status_time:2024/10/12`,
				`status:${word}\ncode:${code}\nstatus_time:2024/10/12`,
				`status:${word}\r\ncode:${code}\r\nstatus_time:2024/10/12\r\n`,
			])
				expect(answersTo(getStatus, [id], body)).toEqual([{ rows: [{ ...row, occurredAt: '2024-10-12' }] }]);
	});

	it('5, out of touch, is not the last word: nobody says that the operator gives up', () => {
		expect(answersTo(getStatus, [id], 'status:Out of touch code:5 status_time:2024/10/12')).toMatchObject([
			{
				rows: [
					{
						final: false,
						reasonKind: 'temporary',
						reasonCode: '5',
						reason: expect.stringMatching(SENTENCE),
					},
				],
			},
		]);
	});

	it.each(['4', '11', '117', '-1', 'constructor', '__proto__'])(
		'%s, which is none, tells nothing',
		(code) => {
			expect(alphaSmsStatus(code)).toEqual(['unknown', null]);
		},
	);

	it.each([
		['with an offset (recorded)', '2011-11-15T15:22:26+0200', '2011-11-15T13:22:26.000Z'],
		['with a colon in the offset', '2011-11-15T15:22:26+02:00', '2011-11-15T13:22:26.000Z'],
		['as a date (the page): the day', '2024/10/12', '2024-10-12'],
		['as a date that does not exist', '2024/13/12', null],
		['without an offset: no instant', '2024/10/12 15:22:26', null],
		['that does not exist', '2011-13-45T15:22:26+0200', null],
	])('has its time %s', (_, time, occurredAt) => {
		expect(answersTo(getStatus, [id], `status:Delivered\ncode:3\nstatus_time:${time}`)).toMatchObject([
			{ rows: [{ status: 'delivered', occurredAt }] },
		]);
	});

	/** The page's table has no `code`, and writes the status as "3 - Delivered". */
	it.each([
		['Pending', '0', 'queued'],
		['Sending', '1', 'sending'],
		['Sent', '2', 'sent'],
		['Delivered', '3', 'delivered'],
		['Out of touch', '5', 'sent'],
		['Deleted', '10', 'cancelled'],
		['Partially delivered', '50', 'undelivered'],
		['Network failure during SMS delivery', '96', 'undelivered'],
		['Error in the number', '99', 'undelivered'],
		['Number not in service', '99', 'undelivered'],
		['Read', '116', 'read'],
		['Read (Viber only)', '116', 'read'],
	])('may come without its code: %s is %s', (word, code, status) => {
		for (const said of [word, word.toUpperCase(), code, `${code} - ${word}`]) {
			const why = ['5', '50', '96', '99'].includes(code) ? { reasonCode: code } : { reason: null };
			expect(answersTo(getStatus, [id], `status:${said} status_time:2024/10/12`)).toMatchObject([
				{ rows: [{ messageId: '84523377', status, ...why, occurredAt: '2024-10-12' }] },
			]);
		}
	});

	it.each(['Доставлено', 'Something new', '', '7'])(
		'without its code in words that nobody has written down, %j, tells nothing',
		(word) => {
			expect(answersTo(getStatus, [id], `status:${word} status_time:2024/10/12`)).toMatchObject([
				{ rows: [{ status: 'unknown', final: false, reason: null }] },
			]);
		},
	);

	it('may come without a time', () => {
		expect(answersTo(getStatus, [id], 'status:Delivered code:3')).toMatchObject([
			{ rows: [{ status: 'delivered', occurredAt: null }] },
		]);
	});
});

describe('taking a message back', () => {
	it.each([
		'status:Deleted code:10',
		'status:Deleted\ncode:10\n',
		'status:Удалено code:10',
		'status:Deleted',
		'status:10',
	])('%j is done', (body) => {
		expect(answersTo(cancel, [id], body)).toEqual([{ rows: [{ deleted: true }] }]);
	});

	it.each(['status:Delivered code:3', 'status:Delivered'])('%j: the message stands there by now', (body) => {
		expect(answersTo(cancel, [id], body)).toMatchObject([
			{
				failure: {
					kind: 'invalid_parameter',
					code: '3',
					retry: 'never',
					message: expect.stringContaining('"delivered"'),
				},
			},
		]);
	});
});

describe('the balance', () => {
	it.each([
		['balance:31.168300000000002', 31.1683],
		['balance:-12.5\n', -12.5],
		['balance:0', 0],
		['balance:2.8421709430404E-14', 0],
		['balance:-0.0000000000284', 0],
		['balance:-2.8421709430404E-14', 0],
		['\r\nbalance: 100 \r\n', 100],
	])('%j', (body, balance) => {
		expect(answersTo(getBalance, [{}], body)).toEqual([{ rows: [{ balance, currency: null }] }]);
	});
});

describe('a refusal', () => {
	it.each([...alphaSms.interfaces[0].requestCodes, ['SMS not found', 'invalid_parameter', false] as const])(
		'errors:%s is %s',
		(sentence, kind) => {
			for (const operation of [getStatus, cancel, getBalance])
				for (const text of [sentence, sentence.toUpperCase()])
					expect(answersTo(operation, [id], `errors:${text}`)).toMatchObject([
						{
							failure: {
								kind,
								message: expect.stringMatching(SENTENCE),
								hint: expect.stringMatching(SENTENCE),
							},
						},
					]);
		},
	);

	it('of several sentences quotes them, and the one that is known decides', () => {
		expect(answersTo(getStatus, [id], 'errors:Something new\nerrors:SMS not found')).toMatchObject([
			{
				failure: {
					kind: 'invalid_parameter',
					retry: 'never',
					message: expect.stringContaining('"Something new; SMS not found"'),
				},
			},
		]);
	});

	it('may name an id', () => {
		expect(answersTo(getStatus, [id], 'errors:SMS not found, id: 17')).toMatchObject([
			{ failure: { kind: 'invalid_parameter', code: 'SMS not found' } },
		]);
	});

	it('that nobody has written down is quoted, and speaks of no text', () => {
		const [answer] = answersTo(getBalance, [{}], 'errors:Проверьте, что всё: хорошо') ?? [];
		expect(answer).toMatchObject({
			failure: { kind: 'unknown', message: expect.stringContaining('"Проверьте, что всё: хорошо"') },
		});
		expect(JSON.stringify(answer)).not.toMatch(/text/);
	});

	it.each(['', '<html>', 'code:', 'ok', '{"status":3}', 'balance:', 'balance:much', 'x code:3'])(
		'%j is no answer of AlphaSMS',
		(body) => {
			expect(answersTo(getBalance, [{}], body)).toBeNull();
			if (!body.startsWith('code')) expect(answersTo(getStatus, [id], body)).toBeNull();
		},
	);
});

describe('the price', () => {
	const asked = alone(alphaSmsGateway, { to: '+380501234567', text: 'я'.repeat(71), from: 'ACME' });

	it('is asked for the number and the sender', () => {
		const request = alphaSmsGateway.prices!.build(asked);
		expect([request.method, request.path]).toEqual(['POST', '/api/http.php']);
		expect(bodyOf(request)).toBe('version=http&command=price&to=380501234567&from=ACME');
	});

	it('is asked for a number as the sender without its plus', () => {
		const request = alphaSmsGateway.prices!.build(
			alone(alphaSmsGateway, { to: '+380501234567', text: 'x', from: '+380671234567' }),
		);
		expect(bodyOf(request)).toBe('version=http&command=price&to=380501234567&from=380671234567');
	});

	it.each(['price:1.2 currency:UAH', 'price:1.2\ncurrency:UAH', 'price:1.2000000000000002\ncurrency:UAH'])(
		'%j: a segment; the text has two',
		(body) => {
			expect(alphaSmsGateway.prices!.read(reply(body), asked)).toEqual([
				{ accepted: false, quoted: true, cost: 2.4, currency: 'UAH', segments: 2 },
			]);
		},
	);

	it('of 0 is none: the vendor means "not supported"', () => {
		expect(alphaSmsGateway.prices!.read(reply('price:0 currency:UAH'), asked)).toMatchObject([
			{ cost: null },
		]);
	});

	it('is refused', () => {
		expect(
			alphaSmsGateway.prices!.read(reply('errors:Please enter valid receiver phone number'), asked),
		).toMatchObject([{ accepted: false, origin: 'gateway', kind: 'invalid_recipient' }]);
	});

	it('is asked without a sender where none was given', () => {
		const nameless = alone(alphaSmsGateway, { to: '+380501234567', from: '' });
		expect(bodyOf(alphaSmsGateway.prices!.build(nameless))).toBe(
			'version=http&command=price&to=380501234567',
		);
	});

	it('may come without its currency', () => {
		expect(alphaSmsGateway.prices!.read(reply('price:0.5'), asked)).toMatchObject([
			{ accepted: false, quoted: true, currency: null },
		]);
	});

	it.each(['', '<html>', 'price:', 'currency:UAH'])('%j is no price', (body) => {
		expect(alphaSmsGateway.prices!.read(reply(body), asked)).toBeNull();
	});
});

describe('the JSON interface, with an API key', () => {
	const withKey = alphaSmsGateway.textsFor?.('apiKey') ?? alphaSmsGateway.texts;
	const withLogin = alphaSmsGateway.textsFor?.('login') ?? alphaSmsGateway.texts;
	const text = (to: string, words: string, options: Record<string, unknown> = {}) =>
		message(alphaSmsGateway, { to, text: words, from: 'ACME', options });
	const first = text('+380501234567', 'Привет + "ты"');
	const second = text('+380671234567', 'two');
	const both = batch('differentTexts', first, second);

	interface Sent {
		readonly data: ReadonlyArray<{ readonly id: number } & Readonly<Record<string, unknown>>>;
	}
	function sent(each: Batch<AlphaSmsOptions>): Sent['data'] {
		return (JSON.parse(bodyOf(withKey.build(each))) as Sent).data;
	}
	const ids = sent(both).map((one) => one.id);
	const item = (index: number, more: object = {}) => ({
		success: true,
		data: { id: ids[index], msg_id: 123456789 + index, data: 1, parts: 1 },
		...more,
	});
	const refused = (index: number, error: string) => ({ success: false, error, data: { id: ids[index] } });
	const read = (body: string | object) => withKey.read(reply(body), both);

	it('takes several texts in the fields of the page; the key is added later', () => {
		const request = withKey.build(both);
		expect([request.method, request.path]).toEqual(['POST', '/api/json.php']);
		expect(sent(both)).toEqual([
			{
				type: 'sms',
				id: expect.any(Number),
				phone: 380501234567,
				sms_signature: 'ACME',
				sms_message: 'Привет + "ты"',
			},
			{ type: 'sms', id: expect.any(Number), phone: 380671234567, sms_signature: 'ACME', sms_message: 'two' },
		]);
		expect(new Set(ids).size).toBe(2);
		expect(ids.every(Number.isSafeInteger)).toBe(true);
		const other = sent({ ...both, reference: 'n8n-0123456789abcdef012346' }).map((one) => one.id);
		expect(ids.filter((one) => other.includes(one))).toEqual([]);
	});

	it('has a sender that is a number without its plus', () => {
		const asked = batch('sameText', message(alphaSmsGateway, { text: 'x', from: '+380671234567' }));
		expect(sent(asked)).toMatchObject([{ sms_signature: '380671234567' }]);
	});

	it('is not there for a login, nor for what it does not know', () => {
		expect(withLogin.batchLimits(first.options, null)).toEqual({ sameText: 1, differentTexts: 0 });
		for (const options of [
			{ sendAt: '2029-12-05T10:00:00+03:00' },
			{ flash: true },
			{ wapPushUrl: 'https://a.example' },
			{ version: 'https' },
			{ version: 'http' },
		]) {
			const special = text('+380501234567', 'x', options);
			expect(withKey.batchLimits(special.options, null)).toEqual({ sameText: 1, differentTexts: 0 });
			expect(withKey.differentTextsKey(special)).toBeNull();
			const request = withKey.build(batch('sameText', special));
			expect(request.path).toBe('/api/http.php');
			expect(new URLSearchParams(bodyOf(request)).get('version')).toBe(options.version ?? 'http');
			expect(withKey.read(reply('id:5 sms_count:1'), batch('sameText', special))).toMatchObject([
				{ accepted: true, messageId: '5' },
			]);
		}
	});

	it('answers for each text, found by our id whatever the order and type', () => {
		const body = {
			success: 1,
			data: [item(1, { data: { id: String(ids[1]), msg_id: '9', parts: '2' } }), item(0)],
		};
		expect(read(body)).toEqual([
			{ accepted: true, messageId: '123456789', status: 'queued', cost: null, segments: 1 },
			{ accepted: true, messageId: '9', status: 'queued', cost: null, segments: 2 },
		]);
	});

	it('true on the outside says nothing about the texts', () => {
		expect(read({ success: true, data: [item(0), refused(1, 'Error in Alpha-name')] })).toMatchObject([
			{ accepted: true },
			{ accepted: false, kind: 'invalid_sender' },
		]);
	});

	it.each([
		['no data', { success: false, error: 'Access denied' }],
		['null', { success: false, error: 'Access denied', data: null }],
		['an empty list', { success: 0, error: 'Access denied', data: [] }],
	])('false on the outside refuses them all: %s', (_, body) => {
		expect(read(body)).toMatchObject([
			{ accepted: false, kind: 'authentication' },
			{ accepted: false, kind: 'authentication' },
		]);
	});

	it.each([
		['no id of ours', [{ success: true, data: { msg_id: 5, parts: 1 } }, item(1)]],
		['no id of theirs', [item(0, { data: { id: ids[0] } }), item(1)]],
		['0 as an id of theirs', [item(0, { data: { id: ids[0], msg_id: 0, parts: 1 } }), item(1)]],
		['no part', [item(0, { data: { id: ids[0], msg_id: 5, parts: 0 } }), item(1)]],
		['a sentence that nobody has written down', [refused(0, 'ERR_DUPLICATE'), item(1)]],
		['a sentence of another question', [refused(0, 'SMS not found'), item(1)]],
		['a refusal without our id', [{ success: false, error: 'Error in Alpha-name' }, item(1)]],
		['twice', [item(0), item(0, { data: { id: ids[0], msg_id: 6 } }), item(1)]],
		['success and an error', [item(0, { error: 'Error in Alpha-name' }), item(1)]],
		['a refusal without a word', [{ success: false, data: { id: ids[0] } }, item(1)]],
		['a refusal with an id of theirs', [item(0, { success: false, error: 'x' }), item(1)]],
		['null', [null, item(1)]],
		['nothing', [item(1)]],
	])('%s: nobody knows about that one', (_, data) => {
		expect(read({ success: true, data })).toMatchObject([
			{ accepted: null, retry: 'check_first' },
			{ accepted: true },
		]);
	});

	it.each([true, 1, '1', 'true'])('takes %j for success, inside and outside', (success) => {
		expect(read({ success, data: [item(0, { success }), item(1)] })).toMatchObject([
			{ accepted: true, messageId: '123456789' },
			{ accepted: true },
		]);
	});

	it.each([false, 0, '0', '', 'yes', null])('takes %j for none', (success) => {
		expect(read({ success: true, data: [item(0, { success }), item(1)] })).toMatchObject([
			{ accepted: null },
			{ accepted: true },
		]);
	});

	it('may count no parts', () => {
		const data = { id: ids[0], msg_id: 5 };
		expect(read({ success: true, data: [item(0, { data }), item(1)] })).toMatchObject([
			{ accepted: true, messageId: '5', segments: null },
			{ accepted: true },
		]);
	});

	it('a known refusal beside an id or the word of success leaves it open, and the id is told', () => {
		const error = 'Error in Alpha-name';
		const open = { accepted: null, retry: 'check_first' };
		const [withId, withSuccess] =
			read({
				success: true,
				data: [item(0, { success: false, error }), item(1, { error, data: { id: ids[1] } })],
			}) ?? [];
		expect(withId).toMatchObject({ ...open, messageId: '123456789' });
		expect(withSuccess).toMatchObject(open);
		expect(withSuccess).not.toHaveProperty('messageId');
	});

	it('a refusal on the outside says nothing against the texts that are told of', () => {
		expect(read({ success: false, error: 'Access denied', data: [item(0), item(1)] })).toMatchObject([
			{ accepted: true },
			{ accepted: true },
		]);
	});

	it('an empty list of success leaves it open for all', () => {
		expect(read({ success: true, data: [] })).toMatchObject([{ accepted: null }, { accepted: null }]);
	});

	it('success with a sentence and no list is no answer', () => {
		expect(read({ success: true, error: 'Access denied' })).toBeNull();
	});

	it('one row without our id is about none of several texts', () => {
		expect(read({ success: true, data: [{ success: true, data: { msg_id: 7, parts: 1 } }] })).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
	});

	it('says why of all, when nobody has written that down: nothing is claimed', () => {
		expect(read({ success: false, error: 'Server is busy' })).toMatchObject(
			[0, 1].map(() => ({
				accepted: null,
				retry: 'check_first',
				message: expect.stringContaining('"Server is busy"'),
			})),
		);
	});

	it('leaves that to an HTTP status that refuses', () => {
		const refusal = { success: false, error: 'Too many requests' };
		expect(withKey.read(reply(refusal, 429), both)).toBeNull();
		expect(withKey.read(reply({ success: false, error: 'Access denied' }, 403), both)).toMatchObject([
			{ kind: 'authentication' },
			{ kind: 'authentication' },
		]);
	});

	it('of one text needs no id of ours to be about that one', () => {
		const only = batch('sameText', first);
		const answer = (data: unknown) => withKey.read(reply({ success: true, data }), only);
		expect(answer([{ success: false, error: 'Error in Alpha-name' }])).toMatchObject([
			{ accepted: false, kind: 'invalid_sender' },
		]);
		expect(answer([{ success: true, data: { msg_id: 7, parts: 1 } }])).toMatchObject([
			{ accepted: true, messageId: '7' },
		]);
		expect(answer([null])).toMatchObject([
			{ accepted: null, message: expect.stringContaining('does not mention this number') },
		]);
		// Another id is another text.
		expect(answer([{ success: false, error: 'Error in Alpha-name', data: { id: 1 } }])).toMatchObject([
			{ accepted: null },
		]);
		expect(answer([{ success: false, error: 'Error in Alpha-name' }, null])).toMatchObject([
			{ accepted: null },
		]);
	});

	it('is read in linear time: 100 texts against 100,000 rows and a sentence of a million letters', () => {
		const many = batch('sameText', first, ...Array.from({ length: 99 }, () => second));
		const rows = Array.from({ length: 100_000 }, (_, id) => ({ success: true, data: { id, msg_id: id } }));
		const bodies = [
			reply({ success: true, data: rows }),
			reply({ success: false, error: 'x'.repeat(1_000_000) }),
			reply({ success: true, data: [{ success: false, error: 'x'.repeat(1_000_000), data: { id: 1 } }] }),
		];
		const start = performance.now();
		for (const body of bodies) expect(withKey.read(body, many)).toHaveLength(100);
		expect(performance.now() - start).toBeLessThan(1500);
	});

	it.each([
		'',
		'<html>',
		'[]',
		'{}',
		'{"success":true}',
		'{"success":false}',
		'{"data":[]}',
		'{"success":true,"data":',
	])('%j is no answer of AlphaSMS', (body) => expect(read(body)).toBeNull());
});
