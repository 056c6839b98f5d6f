/** The message log of VoIP Communications, which its own apps read; the vendor documents nothing but sending. */
import { voipCommunicationsGateway } from '../../../nodes/VoipCommunications/gateway';
import { answersTo, asksOf, operationOf, requestFor } from '../../support/operations';

const getLog = operationOf(voipCommunicationsGateway, 'message.getAll');

const entry = (more: object = {}) => ({
	sms_id: '2017559ea27008c6b7122900621',
	sms_inout: 'OUT',
	sms_status: 'SCHEDULED',
	sms_status_date: '2019-10-01 00:00:00',
	sms_type: 'BULKSMS',
	sms_internal: '17134567890',
	sms_external: '12812345678',
	sms_country: 'US',
	sms_sale: '0.01',
	sms_msg: 'Привет + "all"',
	...more,
});

it('is asked page by page from 0, with nothing else', () => {
	expect(requestFor(getLog, [{}])).toBe('POST /api-v2/index.php/sms/summary page=0');
	expect(requestFor(getLog, [{}], '7')).toBe('POST /api-v2/index.php/sms/summary page=7');
});

it('has what went out and what came in, each from and to where it went', () => {
	const body = { summary: [entry(), entry({ sms_id: 5, sms_inout: 'IN', sms_status: '', sms_sale: 0 })] };
	expect(answersTo(getLog, [{}], body)).toEqual([
		{
			rows: [
				{
					messageId: '2017559ea27008c6b7122900621',
					direction: 'out',
					from: '17134567890',
					to: '12812345678',
					text: 'Привет + "all"',
					status: 'queued',
					state: 'SCHEDULED',
					reportedAt: '2019-10-01 00:00:00',
					cost: 0.01,
					currency: null,
				},
				{
					messageId: '5',
					direction: 'in',
					from: '12812345678',
					to: '17134567890',
					text: 'Привет + "all"',
					status: null,
					state: null,
					reportedAt: '2019-10-01 00:00:00',
					cost: 0,
					currency: null,
				},
			],
			next: '1',
		},
	]);
});

it('ends at the first empty page', () => {
	expect(answersTo(getLog, [{}], { summary: [entry()] }, { cursor: '3' })).toMatchObject([{ next: '4' }]);
	expect(answersTo(getLog, [{}], { summary: [] }, { cursor: '4' })).toEqual([{ rows: [], next: null }]);
});

it('takes entries with nothing in them, and hands on no field that it does not name', () => {
	const nothing = {
		messageId: null,
		direction: 'out',
		from: null,
		to: null,
		text: null,
		status: null,
		state: null,
		reportedAt: null,
		cost: null,
		currency: null,
	};
	expect(
		answersTo(getLog, [{}], { summary: [{ user_api_pwd: 'hidden', sms_id: null }, null, 'x', []] }),
	).toEqual([{ rows: [nothing], next: '1' }]);
});

describe('a conversation', () => {
	const getConversation = operationOf(voipCommunicationsGateway, 'message.getConversation');
	const ask = { own: '17134567890', to: '+12812345678' };

	it('is asked page by page, by its two numbers without a plus', () => {
		const about = 'internal=17134567890&external=12812345678&page=';
		expect(requestFor(getConversation, [ask])).toBe(`POST /api-v2/index.php/sms/chat ${about}0`);
		expect(requestFor(getConversation, [ask], '3')).toBe(`POST /api-v2/index.php/sms/chat ${about}3`);
	});

	it('has the two numbers also where its entries do not repeat them', () => {
		const { sms_internal, sms_external, ...bare } = entry({ sms_inout: 'IN', sms_status: '' });
		expect([sms_internal, sms_external]).toEqual([ask.own, ask.to.slice(1)]);
		expect(answersTo(getConversation, [ask], { chat: [bare, entry({ sms_id: 5 })] })).toMatchObject([
			{
				rows: [
					{ direction: 'in', from: '12812345678', to: '17134567890', status: null },
					{ direction: 'out', from: '17134567890', to: '12812345678', messageId: '5' },
				],
				next: '1',
			},
		]);
		expect(answersTo(getConversation, [ask], { chat: [] }, { cursor: '1' })).toEqual([
			{ rows: [], next: null },
		]);
		expect(answersTo(getConversation, [ask], { summary: [] })).toBeNull();
	});

	it('needs both numbers', () => {
		expect(asksOf(getConversation, { ownNumber: '+17134567890', to: '+12812345678,+12812345679' })).toEqual({
			asks: [ask, { ...ask, to: '+12812345679' }],
			problems: [],
		});
		expect(asksOf(getConversation, { ownNumber: '', to: '+12812345678' }).problems).toEqual([
			"'Your Number' is empty.",
		]);
		expect(asksOf(getConversation, { ownNumber: 'ACME', to: '+12812345678' }).problems).toEqual([
			'\'Your Number\' is "ACME".',
		]);
		expect(asksOf(getConversation, { ownNumber: '17134567890', to: '' }).problems).toEqual([
			"'Phone Number' is empty.",
		]);
	});
});

describe('a refusal', () => {
	it.each([
		['Invalid api credentials', 'authentication'],
		['Not enough balance', 'insufficient_funds'],
	])('%s is %s', (sentence, kind) => {
		for (const body of [
			{ status: false, error: sentence },
			{ error: true, error_message: sentence },
			{ error: 1, error_message: sentence },
		])
			expect(answersTo(getLog, [{}], body, { status: 401 })).toMatchObject([{ failure: { kind } }]);
	});

	it.each(['Not authorized', 'Unauthorized', 'Anything', true])(
		'with HTTP 401 is a refused key: %s',
		(error) => {
			expect(answersTo(getLog, [{}], { status: false, error }, { status: 401 })).toMatchObject([
				{ failure: { kind: 'authentication', retry: 'after_fix', fatal: true } },
			]);
		},
	);

	it.each([429, 500, 503])('with HTTP %d is left to its status: the same is asked again', (status) => {
		expect(answersTo(getLog, [{}], { error: true, error_message: 'Busy' }, { status })).toBeNull();
	});

	it.each(['Unknown method', 'Message log is not available for this number', 'Something with text'])(
		'%s is quoted, and nothing is made of words that are about sending',
		(sentence) => {
			const [answer] = answersTo(getLog, [{}], { error: true, error_message: sentence }) ?? [];
			expect(answer).toMatchObject({
				failure: { kind: 'unknown', message: expect.stringContaining(sentence) },
			});
			expect(JSON.stringify(answer)).not.toMatch(/this text|this row|this phone number/);
		},
	);

	it.each(['', '<html>', '[]', '{}', '{"summary":{}}', '{"summary":null}', '{"error":false}', '{"error":0}'])(
		'%j is no answer of the gateway',
		(body) => expect(answersTo(getLog, [{}], body)).toBeNull(),
	);
});
