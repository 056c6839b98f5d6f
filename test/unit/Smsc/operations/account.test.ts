/** SMSC's pages of money, senders, operators and the stop list: given this reply, the person sees this. */
import { asksOf } from '../../../support/operations';
import { bodyOf, reply } from '../../../support/messages';
import { COMMON_REFUSALS, NO_ANSWERS, oneRow, smsc } from './support';

const TAIL = 'charset=utf-8&fmt=3';
const PHONE = '+79161234567';

describe('money', () => {
	const balance = smsc('account.getBalance');
	const read = (body: string | object) => balance.read(reply(body), oneRow(balance), null);

	it('is asked by POST, with its currency', () => {
		const request = balance.build(oneRow(balance), null, null);
		expect([request.method, request.path, bodyOf(request)]).toEqual([
			'POST',
			'/sys/balance.php',
			`cur=1&${TAIL}`,
		]);
	});

	it.each([
		['recorded traffic', { balance: '1871.62' }, { balance: 1871.62, currency: null }],
		['with a currency', { balance: '100', currency: 'KZT' }, { balance: 100, currency: 'KZT' }],
		[
			'roubles by their code before 1998',
			{ balance: '0.00', currency: 'RUR' },
			{ balance: 0, currency: 'RUB' },
		],
		[
			'with a credit',
			{ balance: '-5.40', credit: '100.00', currency: 'RUB' },
			{ balance: -5.4, credit: 100, currency: 'RUB' },
		],
		['as a number', { balance: 12.5 }, { balance: 12.5, currency: null }],
	])('%s', (_, body, expected) => {
		expect(read(body)).toEqual([{ rows: [expected] }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each([...NO_ANSWERS, '{"balance":"much"}', '{"balance":null}'])('%s is no balance', (body) => {
		expect(read(body)).toBeNull();
	});
});

describe('senders', () => {
	const senders = smsc('sender.getAll');
	const read = (body: string | object) => senders.read(reply(body), oneRow(senders), null);

	it('are asked for by POST', () => {
		const request = senders.build(oneRow(senders), null, null);
		expect([request.method, request.path, bodyOf(request)]).toEqual([
			'POST',
			'/sys/senders.php',
			`get=1&${TAIL}`,
		]);
	});

	it.each([
		[
			'a list',
			[
				{ id: 1, sender: 'ACME' },
				{ id: '2', sender: 'Shop' },
			],
			[
				{ sender: 'ACME', senderId: '1' },
				{ sender: 'Shop', senderId: '2' },
			],
		],
		['one alone', { id: 1, sender: 'ACME' }, [{ sender: 'ACME', senderId: '1' }]],
		['without id', [{ sender: 'ACME' }], [{ sender: 'ACME', senderId: null }]],
		[
			'one with an empty name among others',
			[
				{ id: 1, sender: '' },
				{ id: 2, sender: 'Shop' },
			],
			[{ sender: 'Shop', senderId: '2' }],
		],
		['none', [], []],
		['error 3', { error: 'not found', error_code: 3 }, []],
	])('%s', (_, body, rows) => {
		expect(read(body)).toMatchObject([{ rows }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each(NO_ANSWERS)('%s is no list', (body) => {
		expect(read(body)).toBeNull();
	});
});

describe('the operator of a number', () => {
	const operator = smsc('number.getOperator');
	const read = (body: string | object) => operator.read(reply(body), oneRow(operator, { to: PHONE }), null);

	it('is asked number by number', () => {
		const asks = oneRow(operator, { to: `${PHONE}, +77011234567` });
		expect(asks).toEqual([{ to: PHONE }, { to: '+77011234567' }]);
		expect(operator.perRequest).toBe(1);
		const request = operator.build([asks[0]], null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/info.php']);
		expect(bodyOf(request)).toBe(`get_operator=1&phone=79161234567&${TAIL}`);
	});

	it('has country, operator and region; a zone of 0 hours from Moscow is one', () => {
		const body = { country: 'Россия', operator: 'МТС', region: 'Москва', mcc: '250', mnc: '01', tz: 0 };
		expect(read(body)).toEqual([
			{
				rows: [
					{
						to: PHONE,
						country: 'Россия',
						operator: 'МТС',
						region: 'Москва',
						mcc: '250',
						mnc: '01',
						timezone: '0',
					},
				],
			},
		]);
	});

	it('may know little', () => {
		expect(read({ country: 'Kenya', operator: '', region: null })).toMatchObject([
			{ rows: [{ country: 'Kenya', operator: null, region: null, mcc: null, mnc: null, timezone: null }] },
		]);
	});

	it.each([
		['3', 'invalid_recipient', 'never'],
		['5', 'temporary', 'later'],
	])('error %s is %s', (code, kind, retry) => {
		const failure = { code, kind, retry };
		expect(read({ error: 'x', error_code: Number(code) })).toMatchObject([{ failure }]);
		expect(read(`ERROR = ${code} (x)`)).toMatchObject([{ failure }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it('says of the limit that it may be that of all numbers', () => {
		expect(read({ error: 'too often', error_code: 9 })).toMatchObject([
			{ failure: { message: expect.stringContaining('100 numbers per minute') } },
		]);
	});

	it.each(NO_ANSWERS)('%s is no answer', (body) => {
		expect(read(body)).toBeNull();
	});
});

describe.each([
	['add', 'add_black', { to: PHONE, added: true }],
	['remove', 'del_black', { deleted: true }],
])('the stop list: %s', (name, parameter, done) => {
	const operation = smsc(`stopList.${name}`);
	const read = (body: string | object) => operation.read(reply(body), oneRow(operation, { to: PHONE }), null);

	it('one number at a time, so that each has its answer', () => {
		const asks = oneRow(operation, { to: `${PHONE},+77011234567` });
		expect(asks).toHaveLength(2);
		expect(operation.perRequest).toBe(1);
		const request = operation.build([asks[0]], null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/phones.php']);
		expect(bodyOf(request)).toBe(`${parameter}=1&phone=79161234567&${TAIL}`);
	});

	it.each(['{"result":"OK"}', '{"id":12}', '{"id":"12"}', 'OK', '"OK"'])('%s is done', (body) => {
		expect(read(body)).toEqual([{ rows: [done] }]);
	});

	it.each([
		['{"error":"not found","error_code":3}', '3'],
		['ERROR = 3 (записи не найдены)', '3'],
		['{"error":"operation failed","error_code":5}', '5'],
	])('%s', (body, code) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind: 'invalid_parameter' } }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each([...NO_ANSWERS, '{"result":"FAILED"}'])('%s is not taken for done', (body) => {
		expect(read(body)).toBeNull();
	});
});

it.each([
	['number', 'getOperator'],
	['stopList', 'add'],
	['stopList', 'remove'],
])('%s.%s without a number is refused: the row must not vanish', (resource, name) => {
	expect(asksOf(smsc(`${resource}.${name}`), { to: ' ' }).problems[0]).toMatch(/'Phone Number' is empty/);
});

describe('statistics', () => {
	const statistics = smsc('account.getStatistics');
	const read = (body: string | object) => statistics.read(reply(body), oneRow(statistics), null);
	const bytes = (values: Record<string, unknown>, zone?: string) =>
		bodyOf(statistics.build(oneRow(statistics, values, zone), null, null));

	it('are those of today, or of a period in days of Moscow', () => {
		// The tests' now is noon in Moscow.
		expect(bytes({})).toBe(`get_stat=1&start=01.12.2029&end=01.12.2029&mycur=1&${TAIL}`);
		expect(bytes({ start: '2029-11-01' })).toContain('start=01.11.2029&end=01.12.2029&');
		expect(bytes({ start: '2029-11-01', end: '2029-11-30' })).toContain('start=01.11.2029&end=30.11.2029&');
		expect(bytes({ start: '2029-11-01T00:00:00' }, 'Asia/Vladivostok')).toContain('start=31.10.2029');
		expect(asksOf(statistics, { start: 'soon' }).problems[0]).toMatch(/'First Day' is "soon"/);
	});

	it.each([
		[
			'texts for numbers, a list',
			[{ login: 'alex', cnt: '12', credit: '16.80', debit: '100.00', currency: 'RUR' }],
			[{ messages: 12, cost: 16.8, currency: 'RUB', paidIn: 100, login: 'alex' }],
		],
		[
			'numbers, one alone',
			{ login: 'alex', cnt: 0, credit: 0, debit: 0, currency: 'KZT' },
			[{ messages: 0, cost: 0, currency: 'KZT', paidIn: 0, login: 'alex' }],
		],
		['no money told', [{ cnt: 1 }], [{ messages: 1, cost: null, currency: null, paidIn: null, login: null }]],
		['nothing', { error: 'no records', error_code: 3 }, []],
	])('%s', (_, body, rows) => {
		expect(read(body)).toMatchObject([{ rows }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each(NO_ANSWERS)('%s is no answer', (body) => {
		expect(read(body)).toBeNull();
	});
});

describe('prices', () => {
	const prices = smsc('account.getPrices');
	const read = (body: string | object) => prices.read(reply(body), oneRow(prices), null);

	it('are asked for by POST', () => {
		expect(bodyOf(prices.build(oneRow(prices), null, null))).toBe(`get_price=1&${TAIL}`);
	});

	it('are by operator and country', () => {
		const mts = { zone: '1', name: 'МТС', api: '1.40', mass: '1.50', mms: '6', hlr: '0.30', call: 1.4 };
		expect(read([mts, { zone: 2, name: '', api: null }])).toEqual([
			{
				rows: [
					{ zone: '1', network: 'МТС', cost: 1.4, callCost: 1.4, lookupCost: 0.3, mmsCost: 6 },
					{ zone: '2', network: null, cost: null, callCost: null, lookupCost: null, mmsCost: null },
				],
			},
		]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each(NO_ANSWERS)('%s is no list', (body) => {
		expect(read(body)).toBeNull();
	});
});
