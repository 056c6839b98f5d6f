/** SMSC's pages of what was sent and what came in: given this question, these bytes; given this reply, these rows. */
import { asksOf } from '../../../support/operations';
import { bodyOf, reply } from '../../../support/messages';
import { COMMON_REFUSALS, NO_ANSWERS, oneRow, smsc } from './support';

const TAIL = 'charset=utf-8&fmt=3';

describe('what was sent', () => {
	const history = smsc('message.getAll');
	const bytes = (
		values: Record<string, unknown>,
		cursor: string | null,
		limit: number | null,
		zone?: string,
	) => bodyOf(history.build(oneRow(history, values, zone), cursor, limit));

	it('is asked by POST, in the body', () => {
		const request = history.build(oneRow(history), null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/get.php']);
		expect(bodyOf(request)).toBe(`get_messages=1&cnt=1000&${TAIL}`);
	});

	it('for some numbers, days and rows', () => {
		const values = {
			to: '+79161234567, +79161234568',
			start: '2029-11-01',
			end: '2029-11-30T23:59:00',
		};
		expect(bytes(values, null, 50)).toBe(
			`get_messages=1&phone=79161234567%2C79161234568&start=01.11.2029&end=30.11.2029&cnt=50&${TAIL}`,
		);
	});

	it('texts or emails alone, and those to one address', () => {
		expect(bytes({ kind: 'sms' }, null, null)).toBe(`get_messages=1&format=0&cnt=1000&${TAIL}`);
		expect(bytes({ kind: 'email', email: 'a+b@example.com' }, null, null)).toBe(
			`get_messages=1&format=8&email=a%2Bb%40example.com&cnt=1000&${TAIL}`,
		);
		// Hidden for other kinds.
		expect(bytes({ kind: 'sms', email: 'a@example.com' }, null, null)).not.toContain('example');
		expect(asksOf(history, { kind: 'email', email: 'a b' }).problems[0]).toMatch(/'Email Address'/);
	});

	it('days are those of Moscow', () => {
		const day = { start: '2029-11-01T00:00:00' };
		expect(bytes(day, null, null, 'America/New_York')).toContain('start=01.11.2029');
		// Midnight in Vladivostok is five in the afternoon of the day before.
		expect(bytes(day, null, null, 'Asia/Vladivostok')).toContain('start=31.10.2029');
		expect(bytes({ start: '2029-10-31T22:00:00Z' }, null, null)).toContain('start=01.11.2029');
	});

	it.each([
		// Midnight in Vladivostok is five in the afternoon of the day before in Moscow.
		['Asia/Vladivostok', '2029-11-15', '15.11.2029'],
		['Asia/Kamchatka', '2029-11-15T00:00:00', '15.11.2029'],
		['Europe/Moscow', '2029-11-15', '15.11.2029'],
		['America/New_York', '2029-11-15', '15.11.2029'],
		// This is four in the morning of the next day in Moscow.
		['America/New_York', '2029-11-15T20:00:00', '16.11.2029'],
	])('the last day in %s: %s is whole', (zone, end, expected) => {
		expect(bytes({ end }, null, null, zone)).toContain(`end=${expected}&`);
	});

	it('from a day on means up to now: without a last day, SMSC gives the first one alone', () => {
		expect(bytes({ start: '2029-11-01' }, null, 50)).toContain('start=01.11.2029&end=01.12.2029&');
	});

	it.each([
		[1, '1'],
		[1000, '1000'],
		[1001, '1000'],
		[null, '1000'],
	])('a limit of %p is cnt=%s: SMSC gives 1000 at most', (limit, cnt) => {
		expect(bytes({}, null, limit)).toContain(`&cnt=${cnt}&`);
	});

	it('goes on behind the last row of the page before', () => {
		expect(bytes({}, '81234', 950)).toBe(`get_messages=1&cnt=950&prev_id=81234&${TAIL}`);
	});

	it.each([
		['what is no day', { start: 'yesterday' }, /'Sent After' is "yesterday"/],
		['a last day that is none', { end: '31.02.2029' }, /'Sent Before' is/],
	])('%s is refused', (_, values, sentence) => {
		expect(asksOf(history, values).problems[0]).toMatch(sentence);
	});

	const row = {
		status: 1,
		last_date: '12.10.2026 09:30:03',
		last_timestamp: 1791786603,
		flag: 0,
		err: 0,
		send_date: '12.10.2026 09:30:00',
		send_timestamp: '1791786600',
		phone: '79161234567',
		cost: '1.40',
		sender_id: 'ACME',
		status_name: 'Доставлено',
		message: 'Заказ, готов',
		mccmnc: '25001',
		country: 'Россия',
		operator: 'МТС',
		region: 'Москва',
		type: 0,
		id: 1042,
		int_id: 81234,
		sms_cnt: 1,
		format: 0,
		crc: 123,
	};
	const read = (body: string | object) => history.read(reply(body), oneRow(history), null);

	it('has a row for each message, and knows where the next page begins', () => {
		expect(
			read([row, { ...row, id: 'n8n-1', int_id: '81200', status: '20', err: '13', phone: '+77011234567' }]),
		).toEqual([
			{
				rows: [
					{
						messageId: '1042',
						to: '+79161234567',
						status: 'delivered',
						final: true,
						reason: null,
						cost: 1.4,
						currency: null,
						occurredAt: '2026-10-12T06:30:03.000Z',
						from: 'ACME',
						text: 'Заказ, готов',
						segments: 1,
						sentAt: '2026-10-12T06:30:00.000Z',
						country: 'Россия',
						operator: 'МТС',
						formerOperator: null,
						region: 'Москва',
						mccmnc: '25001',
					},
					expect.objectContaining({
						messageId: 'n8n-1',
						to: '+77011234567',
						status: 'undelivered',
						reason: expect.any(String),
						hint: expect.any(String),
						reasonKind: 'blocked_recipient',
						reasonCode: '13',
					}),
				],
				next: '81200',
			},
		]);
	});

	it('an e-mail went to its address', () => {
		expect(read([{ ...row, phone: 'user1@example.com', type: 8, format: 8 }])).toMatchObject([
			{ rows: [{ to: 'user1@example.com' }] },
		]);
	});

	it.each([
		['in text', { phone: '79161234567' }, '+79161234567'],
		['as a number', { phone: 79161234567 }, '+79161234567'],
		['missing', { phone: undefined }, null],
		['empty', { phone: '' }, null],
	])('a number that is %s', (_, change, to) => {
		expect(read([{ ...row, ...change }])).toMatchObject([{ rows: [{ to }] }]);
	});

	it('missing keys are null, and a row without status is none', () => {
		expect(
			read([
				{ status: 0, id: 1, phone: '79161234567', int_id: 5 },
				{ int_id: 4, note: 'x' },
			]),
		).toMatchObject([
			{
				rows: [{ messageId: '1', cost: null, from: null, text: null, segments: null, sentAt: null }],
				next: '4',
			},
		]);
	});

	it.each(['{"error":"no records","error_code":3}', 'ERROR = 3 (записи не найдены)', '[]'])(
		'%s is an empty list and no error',
		(body) => {
			const [answer] = read(body) ?? [];
			expect(answer).toMatchObject({ rows: [] });
			expect(answer !== undefined && 'next' in answer ? answer.next : null).toBeNull();
		},
	);

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each(NO_ANSWERS)('%s is no list', (body) => {
		expect(read(body)).toBeNull();
	});
});

describe('what came in', () => {
	const incoming = smsc('incoming.getAll');
	const bytes = (values: Record<string, unknown>, cursor: string | null, limit: number | null) =>
		bodyOf(incoming.build(oneRow(incoming, values), cursor, limit));

	it('is asked by POST, in the body', () => {
		const request = incoming.build(oneRow(incoming), null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/get.php']);
		expect(bodyOf(request)).toBe(`get_answers=1&hour=24&cnt=10000&${TAIL}`);
	});

	it('for some hours, behind an id, and not more than is wanted', () => {
		expect(bytes({ hours: 168, afterId: '47436134' }, null, 20)).toBe(
			`get_answers=1&hour=168&after_id=47436134&cnt=20&${TAIL}`,
		);
	});

	it('goes on behind the last one of the page before', () => {
		expect(bytes({ afterId: '1' }, '47436200', null)).toContain('&after_id=47436200&');
	});

	it.each([
		[{ hours: 169 }, /'Received in the Last \(Hours\)' is "169"/],
		[{ hours: 0 }, /'Received in the Last \(Hours\)'/],
		[{ afterId: 'x' }, /'After ID' is "x"/],
	])('%j is refused', (values, sentence) => {
		expect(asksOf(incoming, values).problems[0]).toMatch(sentence);
	});

	const sample = {
		id: 47436134,
		received: '29.09.2018 15:07:39',
		phone: '79261112233',
		message: '1',
		to_phone: '79037672215',
		sent: '29.09.2018 15:07:37',
	};
	const read = (body: string | object) => incoming.read(reply(body), oneRow(incoming), null);

	it("reads the vendor's sample: times are those of Moscow", () => {
		expect(read([sample])).toEqual([
			{
				rows: [
					{
						messageId: '47436134',
						from: '+79261112233',
						to: '+79037672215',
						text: '1',
						occurredAt: '2018-09-29T12:07:39.000Z',
					},
				],
				next: null,
			},
		]);
	});

	it.each([
		['a number as number', { phone: 79261112233 }, { from: '+79261112233' }],
		['a name', { phone: 'BANK' }, { from: 'BANK' }],
		['a short number', { phone: '900' }, { from: '900' }],
		['a Cyrillic text', { message: 'Да, "приду"' }, { text: 'Да, "приду"' }],
		['no text', { message: '' }, { text: '' }],
		['no time', { received: undefined }, { occurredAt: null }],
		['an odd time', { received: 'now' }, { occurredAt: null }],
		['midnight in Moscow', { received: '01.01.2026 00:00:00' }, { occurredAt: '2025-12-31T21:00:00.000Z' }],
	])('%s', (_, change, expected) => {
		expect(read([{ ...sample, ...change }])).toMatchObject([{ rows: [expected] }]);
	});

	it('goes on only behind a full page', () => {
		const page = (length: number) => Array.from({ length }, (_, n) => ({ ...sample, id: n + 1 }));
		expect(read(page(10_000))).toMatchObject([{ next: '10000' }]);
		expect(read(page(9_999))).toMatchObject([{ next: null }]);
	});

	it.each(['[]', '{"error":"no records","error_code":3}', 'ERROR = 3 (записи не найдены)'])(
		'%s is an empty list',
		(body) => {
			expect(read(body)).toMatchObject([{ rows: [] }]);
		},
	);

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each(NO_ANSWERS)('%s is no list', (body) => {
		expect(read(body)).toBeNull();
	});
});
