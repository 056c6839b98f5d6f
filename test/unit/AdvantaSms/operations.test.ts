/** What the Advanta platform can do besides sending, as the pages of its brands and recorded traffic have it. */
import { advantaReport } from '../../../nodes/AdvantaSms/codes';
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import { alone, bodyOf, reply } from '../../support/messages';
import { answersTo, asksOf, operationOf, requestFor } from '../../support/operations';

const getStatus = operationOf(advantaSmsGateway, 'message.getStatus');
const getBalance = operationOf(advantaSmsGateway, 'account.getBalance');
const id = { messageId: '810668705' };

const SENTENCE = /^[A-Z].{10,}[^.]\.$/;

/** Recorded in production; `delivery-status` is 32 whatever came of the message. */
const report = (word: string | null, more: object = {}) => ({
	'response-code': 200,
	'message-id': '810668705',
	'response-description': 'Success',
	'delivery-status': 32,
	'delivery-description': word,
	'delivery-tat': '0.24 sec',
	'delivery-networkid': 1,
	'delivery-time': '2026-08-14 12:57:42',
	...more,
});

describe('the request', () => {
	it('for a delivery report has messageID with two capital letters: other spellings find nothing', () => {
		expect(requestFor(getStatus, [id])).toBe('POST /api/services/getdlr {"messageID":"810668705"}');
		expect(getStatus.perRequest).toBe(1);
	});

	it('for the balance', () => {
		expect(requestFor(getBalance, [{}])).toBe('POST /api/services/getbalance {}');
	});

	it.each([
		['8290842', ['8290842'], []],
		// Celcom's IDs have letters.
		['A1b2C3d4E5f6G7h8; 8290842', ['A1b2C3d4E5f6G7h8', '8290842'], []],
		['', [], ["'Message ID' is empty."]],
	])('reads the IDs %j', (messageId, ids, problems) => {
		expect(asksOf(getStatus, { messageId })).toEqual({
			asks: ids.map((one) => ({ messageId: one })),
			problems,
		});
	});
});

/** Words of delivery reports, from the vendor's page and the clients of its brands. */
const WORDS = [
	['DeliveredToTerminal', 'delivered', true, null],
	['DelivredToTerminal', 'delivered', true, null],
	['DELIVRD', 'delivered', true, null],
	['Delivered', 'delivered', true, null],
	['delivered to terminal', 'delivered', true, null],
	['DeliveredToNetwork', 'sent', false, null],
	['SentToNetwork', 'sent', false, null],
	['Sent To Network', 'sent', false, null],
	['Scheduled', 'queued', false, null],
	['AbsentSubscriber', 'undelivered', true, 'invalid_recipient'],
	['Absent Subscriber', 'undelivered', true, 'invalid_recipient'],
	['DeliveryImpossible', 'undelivered', true, 'unknown'],
	['Delivery Impossible', 'undelivered', true, 'unknown'],
	['SenderName Blacklisted', 'undelivered', true, 'blocked_recipient'],
	['SENDERNAMEBLACKLISTED', 'undelivered', true, 'blocked_recipient'],
	['Unknown', 'unknown', false, 'unknown'],
	['Expired', 'expired', true, 'temporary'],
	['EXPIRED', 'expired', true, 'temporary'],
	['Rejected', 'rejected', true, 'unknown'],
	['REJECTD', 'rejected', true, 'unknown'],
	['Undelivered', 'undelivered', true, 'unknown'],
	['UNDELIV', 'undelivered', true, 'unknown'],
	['Undeliverable', 'undelivered', true, 'unknown'],
	['Invalid Source Address', 'rejected', true, 'invalid_sender'],
	['No dlr', 'unknown', false, 'temporary'],
	// Sister platforms.
	['InvalidMsisdn', 'undelivered', true, 'invalid_recipient'],
	['INVALID_MSISDN', 'undelivered', true, 'invalid_recipient'],
	['UserNotExist', 'undelivered', true, 'invalid_recipient'],
	['user-not-exist', 'undelivered', true, 'invalid_recipient'],
	['NOT_DELIVERED', 'undelivered', true, 'unknown'],
	['Not Delivered', 'undelivered', true, 'unknown'],
	['NotDelivered', 'undelivered', true, 'unknown'],
	['MessageWaiting', 'queued', false, null],
	['MESSAGE_WAITING', 'queued', false, null],
	['DeliveryUncertain', 'unknown', false, 'unknown'],
	['DELIVERED_TO_TERMINAL', 'delivered', true, null],
	['Delivery-Failed', 'undelivered', true, 'unknown'],
] as const;

describe('a delivery report', () => {
	it.each(WORDS)('%s is %s', (word, status, final, kind) => {
		const sentence = expect.stringMatching(SENTENCE);
		const why =
			kind === null
				? { reason: null }
				: { reason: sentence, hint: sentence, reasonKind: kind, reasonCode: word };
		const row = {
			messageId: '810668705',
			to: null,
			status,
			final,
			...why,
			cost: null,
			currency: null,
			occurredAt: null,
			reportedAt: '2026-08-14 12:57:42',
			network: '1',
			deliverySeconds: 0.24,
		};
		expect(answersTo(getStatus, [id], report(word))).toEqual([{ rows: [row] }]);
	});

	it.each(['', '32', 'Delivery', 'Submitted somewhere', 'Доставлено', 'constructor'])(
		'%j, which nobody has documented, tells nothing',
		(word) => expect(advantaReport(word)).toEqual(['unknown', null]),
	);

	it('that waits (recorded) has the same number 32 as one that was delivered', () => {
		expect(
			answersTo(getStatus, [id], report('Scheduled', { 'delivery-tat': null, 'delivery-time': null })),
		).toMatchObject([
			{ rows: [{ status: 'queued', final: false, reason: null, reportedAt: null, deliverySeconds: null }] },
		]);
	});

	it.each([
		['1009 with 404 (TextSMS)', { 'response-code': 1009, 'response-description': 'No dlr' }, 404],
		['1009 with 200', { 'response-code': 1009, 'response-description': 'No dlr' }, 200],
		[
			'1008, as the table says',
			{ 'response-code': '1008', 'response-description': 'No Delivery Report' },
			200,
		],
		['the misspelt key', { 'respose-code': 1008 }, 200],
		['another code, the same words', { 'response-code': 404, 'response-description': 'No DLR' }, 404],
	])('that does not exist yet is no failure: %s', (_, body, status) => {
		expect(answersTo(getStatus, [id], body, { status })).toMatchObject([
			{ rows: [{ messageId: '810668705', status: 'unknown', final: false, reasonKind: 'temporary' }] },
		]);
	});

	it('of a message that is not found (4093) fails alone: the key is right', () => {
		const [answer] =
			answersTo(getStatus, [id], { 'response-code': 4093, 'response-description': 'Details not found' }) ??
			[];
		expect(answer).toMatchObject({ failure: { kind: 'invalid_parameter', code: '4093' } });
		expect(answer).not.toHaveProperty('failure.fatal');
	});

	it.each([
		['the misspelt key', { 'respose-code': 200, 'response-code': undefined }],
		['the code as text', { 'response-code': '200' }],
		['both keys', { 'respose-code': '200' }],
	])('with %s', (_, more) => {
		expect(answersTo(getStatus, [id], report('DeliveredToTerminal', more))).toMatchObject([
			{ rows: [{ status: 'delivered' }] },
		]);
	});

	it('of Trackom has a word of its own key', () => {
		expect(answersTo(getStatus, [id], { 'response-code': 200, status: 'Delivered' })).toMatchObject([
			{ rows: [{ status: 'delivered' }] },
		]);
	});

	it('is read from a list of one, too', () => {
		for (const body of [{ responses: [report('Expired')] }, [report('Expired')]])
			expect(answersTo(getStatus, [id], body)).toMatchObject([{ rows: [{ status: 'expired' }] }]);
	});

	it('never takes "Success" for a delivery', () => {
		for (const word of [null, ''])
			expect(answersTo(getStatus, [id], report(word))).toMatchObject([
				{ rows: [{ status: 'unknown', reason: null }] },
			]);
	});
});

describe('the balance', () => {
	it.each([
		['545.00', 545],
		['0.00', 0],
		['-3', -3],
		['1,234.50', 1234.5],
		['12,345,678', 12_345_678],
		// Trackom has a number.
		[545.5, 545.5],
	])('%j units', (credit, balance) => {
		expect(answersTo(getBalance, [{}], { 'response-code': 200, credit, 'partner-id': '1' })).toEqual([
			{ rows: [{ balance, currency: null, unit: 'SMS' }] },
		]);
	});

	it.each([
		{},
		{ credit: null },
		{ balance: '545.00' },
		{ credit: 'x' },
		{ credit: '1,23' },
		{ credit: '12,34,567.00' },
	])('%j has no credit', (more) => {
		expect(answersTo(getBalance, [{}], { 'response-code': 200, ...more })).toBeNull();
	});
});

describe('a refusal', () => {
	it('names what is wrong with each field, with a code or without', () => {
		const errors = { messageID: { _empty: 'This field cannot be left empty' } };
		for (const more of [{}, { 'response-code': 1009 }, { 'response-code': 422 }])
			expect(answersTo(getBalance, [{}], { errors, ...more })).toMatchObject([
				{ failure: { message: expect.stringContaining('messageID: This field cannot be left empty') } },
			]);
	});

	it('of the whole may stand beside an empty list', () => {
		const body = { 'response-code': 1006, responses: [] };
		expect(answersTo(getBalance, [{}], body)).toMatchObject([{ failure: { kind: 'authentication' } }]);
	});

	it.each([
		['1001', 'invalid_sender'],
		['1002', 'no_route'],
		['1003', 'invalid_recipient'],
		['1004', 'insufficient_funds'],
		['1005', 'temporary'],
		['1006', 'authentication'],
		['1007', 'temporary'],
		['1009', 'invalid_parameter'],
		['1010', 'invalid_parameter'],
		['1012', 'invalid_parameter'],
		['1104', 'invalid_parameter'],
		['4090', 'temporary'],
		['4091', 'authentication'],
		['4092', 'authentication'],
		['4093', 'authentication'],
	])('%s is %s, and a sentence for people', (code, kind) => {
		for (const key of ['response-code', 'respose-code'])
			for (const value of [code, Number(code)])
				expect(
					answersTo(getBalance, [{}], { [key]: value, 'response-description': 'As the vendor says' }),
				).toMatchObject([
					{
						failure: {
							kind,
							code,
							message: expect.stringMatching(/^[A-Z].{10,}\(Advanta SMS: "As the vendor says"\)\.$/),
							hint: expect.stringMatching(SENTENCE),
						},
					},
				]);
	});

	it.each(['402', 'constructor'])('%s, which nobody has documented, is told as such', (code) => {
		expect(answersTo(getBalance, [{}], { 'response-code': code })).toMatchObject([
			{ failure: { kind: 'unknown', code } },
		]);
	});

	it.each([
		'',
		'<html>',
		'[]',
		'{}',
		'null',
		'{"responses":[]}',
		'{"response-code":null}',
		'{"response-code":{}}',
	])('%j is no answer of the platform', (body) => {
		expect(answersTo(getStatus, [id], body)).toBeNull();
		expect(answersTo(getBalance, [{}], body)).toBeNull();
	});
});

describe('a one-time code', () => {
	const [otp] = advantaSmsGateway.billedOperations;
	if (otp === undefined) throw new Error('there is no sendOtp');
	const { sender } = otp;

	it('goes to sendotp, one number a request', () => {
		const each = alone(sender, { to: '+254712345678', text: 'Your code: 0471 + "код"', from: 'Acme' });
		const request = sender.build(each);
		expect([request.method, request.path]).toEqual(['POST', '/api/services/sendotp']);
		expect(JSON.parse(bodyOf(request))).toEqual({
			mobile: '254712345678',
			message: 'Your code: 0471 + "код"',
			shortcode: 'Acme',
			pass_type: 'plain',
		});
		expect(sender.batchLimits(each.messages[0].options, 1000)).toEqual({
			sameText: 1,
			differentTexts: 0,
		});
	});

	it('is answered as a text is; its ID is a string', () => {
		const row = {
			'respose-code': '200',
			'response-description': 'Success',
			mobile: '254712345678',
			messageid: '00123',
		};
		expect(sender.read(reply({ responses: [row] }), alone(sender, { to: '+254712345678' }))).toMatchObject([
			{ accepted: true, messageId: '00123' },
		]);
		expect(
			sender.read(reply({ 'response-code': 1003 }), alone(sender, { to: '+254712345678' })),
		).toMatchObject([{ accepted: false, kind: 'invalid_recipient' }]);
	});
});
