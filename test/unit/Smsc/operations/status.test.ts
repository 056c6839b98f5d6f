/** SMSC's status page: given this question, these bytes; given this reply, the person sees this. */
import { asksOf } from '../../../support/operations';
import { growsLinearly } from '../../../support/growth';
import { bodyOf, reply } from '../../../support/messages';
import { COMMON_REFUSALS, NO_ANSWERS, oneRow, smsc } from './support';

const getStatus = smsc('message.getStatus');
const cancel = smsc('message.cancel');

const PHONE = '+79161234567';
const OTHER = '+79161234568';

describe('what is asked', () => {
	it('goes by POST, in the body, with the kind of each message, which tells a look-up from a text', () => {
		const request = getStatus.build(oneRow(getStatus, { messageId: '1042', to: PHONE }), null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/status.php']);
		expect(bodyOf(request)).toBe('phone=%2B79161234567&id=1042&all=1&charset=utf-8&fmt=3');
	});

	it('has numbers and ids in the same order', () => {
		const asks = oneRow(getStatus, { messageId: '7, n8n-a.b_c;9', to: `${PHONE}, ${OTHER},+77011234567` });
		expect(bodyOf(getStatus.build(asks, null, null))).toBe(
			'phone=%2B79161234567%2C%2B79161234568%2C%2B77011234567&id=7%2Cn8n-a.b_c%2C9&all=1&charset=utf-8&fmt=3',
		);
	});

	it.each([
		[0, '1'],
		[1, '1'],
		[2, '2'],
		['2', '2'],
	])('details %s ask for all=%s', (details, all) => {
		const asks = oneRow(getStatus, { messageId: '1', to: PHONE, details });
		expect(bodyOf(getStatus.build(asks, null, null))).toContain(`&all=${all}&`);
	});

	it('takes one id for several numbers: a list that was sent at once has one', () => {
		expect(asksOf(getStatus, { messageId: '5', to: `${PHONE},${OTHER}` }).asks).toMatchObject([
			{ messageId: '5', to: PHONE },
			{ messageId: '5', to: OTHER },
		]);
	});

	it('takes an id again and again: the messages of two lists, number by number', () => {
		const { asks, problems } = asksOf(getStatus, {
			messageId: '5, 5, 6',
			to: `${PHONE}, ${OTHER}, ${PHONE}`,
		});
		expect(problems).toEqual([]);
		expect(asks).toMatchObject([
			{ messageId: '5', to: PHONE },
			{ messageId: '5', to: OTHER },
			{ messageId: '6', to: PHONE },
		]);
	});

	it.each([
		['no id', { to: PHONE }, /'Message ID' is empty/],
		['no number', { messageId: '5' }, /'To' is empty/],
		[
			'more ids than numbers',
			{ messageId: '5,6,7', to: `${PHONE},${OTHER}` },
			/'To' has 2 numbers for 3 message IDs/,
		],
		[
			'more numbers than ids',
			{ messageId: '5,6', to: `${PHONE},${OTHER},+77011234567` },
			/has 3 numbers for 2/,
		],
		['an id that SMSC would not give', { messageId: 'a/b', to: PHONE }, /'Message ID' contains "a\/b"/],
		['an id of 41 characters', { messageId: 'x'.repeat(41), to: PHONE }, /'Message ID' contains/],
		['other details', { messageId: '5', to: PHONE, details: 3 }, /'Details' is "3"/],
	])('%s is refused', (_, values, sentence) => {
		const { asks, problems } = asksOf(getStatus, values);
		expect(problems[0]).toMatch(sentence);
		// Nothing is asked for such a row, whatever else stands in it.
		expect(asks.length === 0 || problems.length > 0).toBe(true);
	});
});

describe('what is answered', () => {
	const ask = (to = PHONE, messageId = '1042', details = 0) => oneRow(getStatus, { messageId, to, details });

	it('about one message, as in recorded traffic: without its id and number', () => {
		const body = '{"status": 1, "last_date": "18.10.2016 15:34:12", "last_timestamp": 1476794052}';
		expect(getStatus.read(reply(body), ask(), null)).toEqual([
			{
				rows: [
					{
						messageId: '1042',
						to: PHONE,
						status: 'delivered',
						final: true,
						reason: null,
						cost: null,
						currency: null,
						occurredAt: '2016-10-18T12:34:12.000Z',
					},
				],
			},
		]);
	});

	it.each([0, 1, 2])(
		'about one message with its number and without its id, as the library of SMSC reads it: details %i',
		(details) => {
			const body = {
				status: 1,
				last_timestamp: 1476794052,
				phone: '79161234567',
				cost: '1.40',
				sender_id: 'ACME',
			};
			for (const told of [body, [body]]) {
				expect(getStatus.read(reply(told), ask(PHONE, '1042', details), null)).toMatchObject([
					{ rows: [{ messageId: '1042', to: PHONE, status: 'delivered', cost: 1.4 }] },
				]);
			}
		},
	);

	it('about several with less than both names, by its place', () => {
		const asks = oneRow(getStatus, { messageId: '5,6', to: `${PHONE},${OTHER}` });
		const body = [
			{ status: 1, phone: '79161234567' },
			{ status: 0, phone: '79161234568' },
		];
		expect(getStatus.read(reply(body), asks, null)).toMatchObject([
			{ rows: [{ messageId: '5', to: PHONE, status: 'delivered' }] },
			{ rows: [{ messageId: '6', to: OTHER, status: 'sent' }] },
		]);
		// In another order their places say nothing.
		expect(getStatus.read(reply([...body].reverse()), asks, null)).toMatchObject([
			{ failure: {} },
			{ failure: {} },
		]);
	});

	it('in a reply of very many rows, without a search for each message', () => {
		const phones = Array.from({ length: 100 }, (_, n) => `+7916${String(1_000_000 + n)}`);
		const asks = oneRow(getStatus, { messageId: '5', to: phones.join(',') });
		const bodyOf = (others: number): object[] => [
			...Array.from({ length: others }, (_, n) => ({ status: 1, id: 5, phone: String(79_260_000_000 + n) })),
			...phones.map((phone) => ({ status: 1, id: 5, phone: phone.slice(1) })),
		];
		const told = phones.map((to) => ({ rows: [{ to, status: 'delivered' }] }));
		expect(getStatus.read(reply(bodyOf(1000)), asks, null)).toMatchObject(told);
		expect(
			growsLinearly((times) => {
				const answer = reply(bodyOf(5000 * times));
				return () => getStatus.read(answer, asks, null);
			}),
		).toBe(true);
	});

	it('about several, in any order, ids as numbers or as text', () => {
		const asks = oneRow(getStatus, { messageId: '138,n8n-1,138', to: `${PHONE},${PHONE},${OTHER}` });
		const body = [
			{ status: -3, id: 138, phone: '79161234568' },
			{ status: '0', id: 'n8n-1', phone: '79161234567', last_timestamp: '1476794052', cost: '1.40' },
			{ status: 20, id: '138', phone: '+79161234567', err: 6, last_timestamp: 1476794052 },
		];
		expect(getStatus.read(reply(body), asks, null)).toMatchObject([
			{
				rows: [
					{
						messageId: '138',
						to: PHONE,
						status: 'undelivered',
						final: true,
						reason: 'The phone is switched off or out of reach.',
						hint: 'Send this row again later.',
						reasonKind: 'temporary',
						reasonCode: '6',
					},
				],
			},
			{ rows: [{ messageId: 'n8n-1', status: 'sent', final: false, reason: null, cost: 1.4 }] },
			{
				rows: [
					{
						messageId: '138',
						to: OTHER,
						status: 'unknown',
						final: false,
						reasonCode: '-3',
						reason: 'SMSC does not know this message for this number.',
					},
				],
			},
		]);
	});

	it('a message that is stopped says so, and a link that was clicked', () => {
		expect(getStatus.read(reply({ status: -2 }), ask(), null)).toMatchObject([
			{ rows: [{ status: 'queued', final: false, paused: true }] },
		]);
		expect(getStatus.read(reply({ status: 4 }), ask(), null)).toMatchObject([
			{ rows: [{ status: 'read', final: true, clicked: true }] },
		]);
	});

	it('a message that the answer leaves out fails alone', () => {
		const asks = oneRow(getStatus, { messageId: '5', to: `${PHONE},${OTHER}` });
		const body = [{ status: 1, id: 5, phone: '79161234568' }];
		expect(getStatus.read(reply(body), asks, null)).toMatchObject([
			{ failure: { kind: 'unknown', retry: 'later', message: expect.stringContaining('does not mention') } },
			{ rows: [{ to: OTHER, status: 'delivered' }] },
		]);
	});

	it.each([
		['another number', [{ status: 1, id: 1042, phone: '79990000000' }]],
		['another id', { status: 1, id: 7, phone: '79161234567' }],
	])('news of %s are not taken for this message', (_, body) => {
		expect(getStatus.read(reply(body), ask(), null)).toMatchObject([{ failure: { retry: 'later' } }]);
	});

	it.each([1476794052, '1476794052'])('a time of %p is that instant', (last_timestamp) => {
		expect(getStatus.read(reply({ status: 1, last_timestamp }), ask(), null)).toMatchObject([
			{ rows: [{ occurredAt: '2016-10-18T12:34:12.000Z' }] },
		]);
	});

	it.each([undefined, null, 0, '', 'soon', 1e15])('a time of %p is none', (last_timestamp) => {
		expect(getStatus.read(reply({ status: 1, last_timestamp }), ask(), null)).toMatchObject([
			{ rows: [{ occurredAt: null }] },
		]);
	});

	const whole = {
		status: 1,
		last_timestamp: 1476794052,
		send_date: '18.10.2016 15:34:00',
		send_timestamp: 1476794040,
		phone: '79161234567',
		cost: '2.80',
		sender_id: 'ACME',
		status_name: 'Доставлено',
		message: 'Заказ готов, ждём; "вас"',
		comment: '',
		mccmnc: '25001',
		type: 0,
		sms_cnt: 2,
		flag: 0,
		country: 'Россия',
		operator: 'МТС',
		operator_orig: 'Билайн',
		region: 'Москва',
		id: 1042,
	};
	const told = (details: number) => {
		const [answer] = getStatus.read(reply(whole), ask(PHONE, '1042', details), null) ?? [];
		return answer !== undefined && 'rows' in answer ? Object.keys(answer.rows[0] ?? {}) : [];
	};
	const short = ['to', 'status', 'final', 'cost', 'currency', 'messageId', 'reason', 'occurredAt'];

	it('without details says what people branch on', () => {
		expect(told(0)).toEqual(short);
	});

	it('with the message', () => {
		expect(told(1)).toEqual([...short, 'from', 'text', 'segments', 'sentAt']);
	});

	it('with message and network', () => {
		expect(getStatus.read(reply(whole), ask(PHONE, '1042', 2), null)).toEqual([
			{
				rows: [
					{
						messageId: '1042',
						to: PHONE,
						status: 'delivered',
						final: true,
						reason: null,
						cost: 2.8,
						currency: null,
						occurredAt: '2016-10-18T12:34:12.000Z',
						from: 'ACME',
						text: 'Заказ готов, ждём; "вас"',
						segments: 2,
						sentAt: '2016-10-18T12:34:00.000Z',
						country: 'Россия',
						operator: 'МТС',
						formerOperator: 'Билайн',
						region: 'Москва',
						mccmnc: '25001',
					},
				],
			},
		]);
	});

	describe('about a look-up', () => {
		const found = {
			status: 1,
			err: 0,
			type: 4,
			imsi: '250011234567890',
			msc: '79168999100',
			mcc: '250',
			mnc: '01',
			cn: 'Russia',
			net: 'MTS',
			rcn: '',
			rnet: null,
		};
		it('with its result', () => {
			expect(getStatus.read(reply(found), ask(), null)).toMatchObject([
				{
					rows: [
						{
							status: 'delivered',
							final: true,
							reason: null,
							imsi: '250011234567890',
							msc: '79168999100',
							mcc: '250',
							mnc: '01',
							country: 'Russia',
							network: 'MTS',
							roamingCountry: null,
							roamingNetwork: null,
						},
					],
				},
			]);
		});

		it('keeps the country that the network page told', () => {
			const body = { ...found, cn: '', country: 'Россия' };
			expect(getStatus.read(reply(body), ask(PHONE, '1042', 2), null)).toMatchObject([
				{ rows: [{ country: 'Россия', network: 'MTS' }] },
			]);
		});

		it.each([
			['no result yet', { status: 1, type: 4 }, 'sent', false],
			['no result yet, all as text', { status: '1', type: '4' }, 'sent', false],
			['on its way', { status: 0, type: 4 }, 'sent', false],
			['not reached', { status: 1, type: 4, err: 6 }, 'undelivered', true],
			['no such subscriber', { status: 20, type: 4, err: 1 }, 'undelivered', true],
			['a ping that was answered', { status: 1, type: 5 }, 'delivered', true],
			['a ping that was not', { status: 1, type: 5, err: 6 }, 'undelivered', true],
		])('%s', (_, body, status, final) => {
			expect(getStatus.read(reply(body), ask(), null)).toMatchObject([{ rows: [{ status, final }] }]);
		});
	});

	it.each(COMMON_REFUSALS)('%s is %s for all', (body, code, kind, retry) => {
		const asks = oneRow(getStatus, { messageId: '5', to: `${PHONE},${OTHER}` });
		const answers = getStatus.read(reply(body), asks, null);
		expect(answers).toHaveLength(2);
		for (const answer of answers ?? []) expect(answer).toMatchObject({ failure: { code, kind, retry } });
	});

	it('a text that speaks of error_code is no error', () => {
		const body = { status: 1, id: 1042, phone: '79161234567', message: '{"error_code":2} ERROR = 2 (x)' };
		expect(getStatus.read(reply(body), ask(), null)).toMatchObject([{ rows: [{ status: 'delivered' }] }]);
	});

	it.each(NO_ANSWERS)('%s tells nothing', (body) => {
		const answers = getStatus.read(reply(body), ask(), null);
		if (answers !== null) expect(answers).toMatchObject([{ failure: { retry: 'later' } }]);
	});
});

describe('taking a message back', () => {
	const ask = () => oneRow(cancel, { messageId: '1042', to: PHONE });

	it('goes to the status page with del=1, one message at a time', () => {
		const request = cancel.build(ask(), null, null);
		expect([request.method, request.path]).toEqual(['POST', '/sys/status.php']);
		expect(bodyOf(request)).toBe('phone=%2B79161234567&id=1042&del=1&charset=utf-8&fmt=3');
		expect(cancel.perRequest).toBe(1);
	});

	it.each(['OK', 'OK\n', '"OK"', '{"result":"OK"}', '{"result":"ok"}'])('%s is done', (body) => {
		expect(cancel.read(reply(body), ask(), null)).toEqual([{ rows: [{ deleted: true }] }]);
	});

	it.each(['{"error":"delete error","error_code":5}', 'ERROR = 5 (ошибка удаления)'])(
		'%s: it was not deleted',
		(body) => {
			expect(cancel.read(reply(body), ask(), null)).toMatchObject([
				{
					failure: {
						code: '5',
						kind: 'invalid_parameter',
						message: expect.stringContaining('SMSC did not delete this message'),
						hint: expect.stringContaining('already have been deleted'),
					},
				},
			]);
		},
	);

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(cancel.read(reply(body), ask(), null)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each([...NO_ANSWERS, '{"status":1,"id":1042,"phone":"79161234567"}', 'OKAY', '{"result":"FAILED"}'])(
		'%s is not taken for done',
		(body) => {
			expect(cancel.read(reply(body), ask(), null)).toBeNull();
		},
	);
});
