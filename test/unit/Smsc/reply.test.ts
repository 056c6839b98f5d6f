/** SMSC's answers, as its pages and recorded traffic have them: given this reply, the person sees this. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import { REASONS, REFUSING_STATUSES, REQUEST_CODES } from '../../../nodes/Smsc/codes';
import { alone, batch, message, reply } from '../../support/messages';

const OPERATOR = { details: { mccmnc: '25001' } };
const one = (options: Record<string, unknown> = {}) => alone(smscGateway, { options });
const two = (options: Record<string, unknown> = {}) =>
	batch('sameText', message(smscGateway, { options }), message(smscGateway, { to: '+79161234568', options }));

describe('success in each layout', () => {
	it.each<[string, Record<string, unknown>, string, string | null, number | null, number | null, number?]>([
		['fmt=0', { responseFormat: 0 }, 'OK - 1 SMS, ID - 1234', '1234', 1, null],
		['fmt=0, cost=2', { responseFormat: 0, cost: 2 }, 'OK - 1 SMS, ID - 1234, COST - 1.40', '1234', 1, 1.4],
		[
			'fmt=0, cost=3',
			{ responseFormat: 0, cost: 3 },
			'OK - 2 SMS, ID - a-b.c_1, COST - 1.40, BALANCE - 100.50',
			'a-b.c_1',
			2,
			1.4,
			100.5,
		],
		['fmt=1', { responseFormat: 1 }, '1234,1', '1234', 1, null],
		['fmt=1, cost=2', { responseFormat: 1, cost: 2 }, '1234,1,1.40', '1234', 1, 1.4],
		['fmt=1, cost=3', { responseFormat: 1, cost: 3 }, '1234,1,1.40,100.50', '1234', 1, 1.4, 100.5],
		[
			'fmt=2',
			{ responseFormat: 2 },
			'<?xml version="1.0"?>\n<result><id>1234</id><cnt>1</cnt></result>',
			'1234',
			1,
			null,
		],
		['fmt=3', {}, '{"id": 33, "cnt": 1}', '33', 1, null],
		[
			'fmt=3, cost=3',
			{ cost: 3 },
			'{"id":1001,"cnt":1,"cost":"0.30","balance":"42.50"}',
			'1001',
			1,
			0.3,
			42.5,
		],
		['fmt=3, a string as id', {}, '{"id":"n8n-1","cnt":"1"}', 'n8n-1', 1, null],
		[
			'fmt=3, op=1',
			{},
			'{"id":7,"cnt":1,"phones":[{"phone":"79161234567","mccmnc":"25001","cost":"2.10","status":"","error":""}]}',
			'7',
			1,
			2.1,
		],
		[
			'fmt=3, op=1 with nulls and a + (test mode)',
			{},
			'{"id":7,"cnt":1,"phones":[{"phone":"+79161234567","mccmnc":null,"cost":null,"status":null,"error":null}]}',
			'7',
			1,
			null,
		],
	])('%s', (_, options, body, messageId, segments, cost, ...[balance]) => {
		const known = {
			...(balance === undefined ? {} : { balance }),
			...(body.includes('"25001"') ? { mccmnc: '25001' } : {}),
		};
		const details = Object.keys(known).length === 0 ? {} : { details: known };
		expect(smscGateway.texts.read(reply(body), one(options))).toEqual([
			{ accepted: true, messageId, status: 'queued', cost, segments, ...details },
		]);
	});

	it.each([
		['fmt=0', { responseFormat: 0, cost: 1 }, '0.30 (1 SMS)'],
		['fmt=1', { responseFormat: 1, cost: 1 }, '0.30,1'],
		['fmt=3', { cost: 1 }, '{"cost":"0.30","cnt":1}'],
	])('a price alone is not taken for a text that was sent: %s', (_, options, body) => {
		expect(smscGateway.texts.read(reply(body), one(options))).toEqual([
			{ accepted: false, quoted: true, cost: 0.3, segments: 1 },
		]);
	});
});

describe('a request of many numbers', () => {
	it('tells of each number, the wrong ones by their status and reason', () => {
		const body = {
			id: 5,
			cnt: 1,
			phones: [
				{ phone: '79161234568', cost: '0', status: '22', error: '249' },
				{ phone: '79161234567', mccmnc: '25001', cost: '2.10', status: null, error: null },
			],
		};
		expect(smscGateway.texts.read(reply(body), two())).toEqual([
			{ ...OPERATOR, accepted: true, messageId: '5', status: 'queued', cost: 2.1, segments: null },
			expect.objectContaining({
				accepted: false,
				kind: 'invalid_recipient',
				code: '249',
				retry: 'after_fix',
			}),
		]);
	});

	it('reads the same from XML', () => {
		const body =
			'<result><id>5</id><cnt>1</cnt><phones><phone mccmnc="25001" cost="2.10" status="" error="">79161234567</phone>' +
			'<phone mccmnc="" cost="" status="25" error="248">79161234568</phone></phones></result>';
		expect(smscGateway.texts.read(reply(body), two({ responseFormat: 2 }))).toEqual([
			{ ...OPERATOR, accepted: true, messageId: '5', status: 'queued', cost: 2.1, segments: null },
			expect.objectContaining({ accepted: false, kind: 'no_route', code: '248' }),
		]);
	});

	it('claims nothing for a number that the details leave out', () => {
		const body = { id: 5, cnt: 2, phones: [{ phone: '79161234567', cost: '2.10', status: '', error: '' }] };
		expect(smscGateway.texts.read(reply(body), two())?.map(({ accepted }) => accepted)).toEqual([true, null]);
	});

	it('claims nothing for a number that it tells two things of', () => {
		const phone = { phone: '79161234567', cost: '2.10', error: '' };
		const other = { phone: '79161234568', cost: '2.10', status: '', error: '' };
		const said = (first: string, again: string) =>
			smscGateway.texts
				.read(
					reply({ id: 5, cnt: 2, phones: [{ ...phone, status: first }, other, { ...phone, status: again }] }),
					two(),
				)
				?.map(({ accepted }) => accepted);
		expect(said('', '22')).toEqual([null, true]);
		expect(said('22', '')).toEqual([null, true]);
		expect(said('', '')).toEqual([true, true]);
	});

	it('without details, believes in all numbers only when all parts were counted', () => {
		expect(smscGateway.texts.read(reply({ id: 5, cnt: 2 }), two())?.map(({ accepted }) => accepted)).toEqual([
			true,
			true,
		]);
		expect(smscGateway.texts.read(reply({ id: 5, cnt: 1 }), two())?.map(({ accepted }) => accepted)).toEqual([
			null,
			null,
		]);
	});
});

describe('every code of a request', () => {
	const kinds: Record<string, [kind: string, retry: string]> = {
		'1': ['invalid_parameter', 'after_fix'],
		'2': ['authentication', 'after_fix'],
		'3': ['insufficient_funds', 'after_fix'],
		'4': ['rate_limited', 'later'],
		'5': ['invalid_parameter', 'after_fix'],
		'6': ['content_rejected', 'after_fix'],
		'7': ['invalid_recipient', 'after_fix'],
		'8': ['no_route', 'never'],
		// In words that do not tell which of its three meanings it has.
		'9': ['rate_limited', 'check_first'],
		'10': ['rate_limited', 'later'],
	};

	it('has words', () => {
		expect(Object.keys(REQUEST_CODES).sort()).toEqual(Object.keys(kinds).sort());
	});

	it.each(
		Object.entries(kinds).flatMap(([code, [kind, retry]]) =>
			[
				[0, `ERROR = ${code} (description)`],
				[1, `0,-${code}`],
				[2, `<result><error>description</error><error_code>${code}</error_code></result>`],
				[3, `{"error":"description","error_code":${code}}`],
				[3, `{"error":"description","error_code":"${code}"}`],
				[3, `ERROR = ${code} (description)`],
			].map(([responseFormat, body]) => [code, responseFormat, body, kind, retry] as const),
		),
	)('code %s in fmt=%i: %s', (code, responseFormat, body, kind, retry) => {
		const outcome = smscGateway.texts.read(reply(String(body)), one({ responseFormat }))?.[0];
		expect(outcome).toMatchObject({ accepted: code === '9' ? null : false, kind, code, retry });
	});

	it.each([
		[0, 'ERROR = 7 (invalid number), ID - 34'],
		[1, '34,-7'],
		[2, '<result><error>invalid number</error><error_code>7</error_code><id>34</id></result>'],
		[3, '{"error":"invalid number","error_code":7,"id":34}'],
	])('keeps the id that codes 3, 6, 7 and 8 bring: fmt=%i', (responseFormat, body) => {
		expect(smscGateway.texts.read(reply(body), one({ responseFormat }))?.[0]).toMatchObject({
			accepted: false,
			code: '7',
			messageId: '34',
		});
	});

	it('takes code 9 for a duplicate where its text says so', () => {
		const body = { error: 'duplicate request, wait a minute', error_code: 9 };
		expect(smscGateway.texts.read(reply(body), one())?.[0]).toMatchObject({
			accepted: false,
			kind: 'duplicate',
			retry: 'check_first',
		});
	});

	it('claims nothing for a code that nobody knows', () => {
		expect(
			smscGateway.texts.read(reply({ error: 'unknown error', error_code: 15 }), one())?.[0],
		).toMatchObject({
			accepted: null,
			code: '15',
			retry: 'check_first',
		});
	});

	it('has a sentence and a hint for each', () => {
		for (const table of [REQUEST_CODES, REFUSING_STATUSES, REASONS]) {
			for (const [code, { message: said, hint }] of Object.entries(table)) {
				expect([code, said.length > 10, hint.endsWith('.')]).toEqual([code, true, true]);
			}
		}
	});
});

describe('what is not an answer of SMSC', () => {
	it.each([
		'<html><body>Welcome</body></html>',
		'',
		'{"id": 33, "cn',
		'{}',
		'[]',
		'null',
		'42',
		'{"id":null,"cnt":null}',
		'{"id":0,"cnt":1}',
		'{"id":{"a":1},"cnt":[]}',
		'OK',
		'<result></result>',
	])('%s', (body) => {
		expect(smscGateway.texts.read(reply(body), one())).toBeNull();
	});
});

describe('asking what became of a request', () => {
	const sent = two();

	it('asks for every number under the id that the request had', () => {
		expect(smscGateway.texts.reconciliation?.build(sent)?.body).toEqual({
			kind: 'form',
			fields: {
				phone: '+79161234567,+79161234568',
				id: 'n8n-0123456789abcdef012345,n8n-0123456789abcdef012345',
				all: '1',
				fmt: '3',
				charset: 'utf-8',
			},
		});
	});

	it('does not ask where the person chose the id: an older message may have it', () => {
		expect(smscGateway.texts.reconciliation?.build(one({ messageId: 'mine' }))).toBeNull();
	});

	it('reads a status for each number', () => {
		const body = [
			{ status: -3, id: 'n8n-0123456789abcdef012345', phone: '79161234568' },
			{ status: 0, id: 'n8n-0123456789abcdef012345', phone: '79161234567', last_timestamp: 1476794052 },
		];
		expect(smscGateway.texts.reconciliation?.read(reply(body), sent)).toEqual([
			{ accepted: true, messageId: 'n8n-0123456789abcdef012345', status: 'sent', cost: null, segments: null },
			'notFound',
		]);
	});

	it.each([
		['20', true, 'undelivered'],
		['3', true, 'expired'],
		['22', false, undefined],
		['23', false, undefined],
		['24', false, undefined],
		['25', false, undefined],
	])('status %s: whether SMSC had taken it is %p', (status, accepted, told) => {
		const outcome = smscGateway.texts.reconciliation?.read(reply({ status, err: 6 }), one())[0];
		expect(outcome).toMatchObject({ accepted, ...(told === undefined ? {} : { status: told }) });
	});

	it.each(['{"error":"too often","error_code":9}', '<html>', '[]', '{}'])(
		'learns nothing from %s',
		(body) => {
			expect(smscGateway.texts.reconciliation?.read(reply(body), one())).toEqual([null]);
		},
	);
});
