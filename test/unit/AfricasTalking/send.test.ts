/** Africa's Talking on the wire and its replies, as its pages and recorded traffic have them (docs/gateways/africas-talking.md). */
import { africasTalkingGateway as gateway } from '../../../nodes/AfricasTalking/gateway';
import { alone, batch, bodyOf, message, readOptions, reply } from '../../support/messages';

const [ONE, OTHER] = ['+254700072929', '+254711082001'];
const two = batch('sameText', message(gateway, { to: ONE }), message(gateway, { to: OTHER }));
const row = (fields: object = {}) => ({
	cost: 'KES 0.8000',
	messageId: 'ATXid_7468c9a251f9e9efcc6b2f7ea756a56c',
	number: ONE,
	status: 'Success',
	statusCode: 102,
	...fields,
});
const refusedRow = (statusCode: unknown, status: unknown, fields: object = {}) =>
	row({ cost: '0', messageId: 'None', status, statusCode, ...fields });
const data = (Message: unknown, ...Recipients: unknown[]) => ({ SMSMessageData: { Message, Recipients } });
const SENT = 'Sent to 1/1 Total Cost: USD 0.0079 Message parts: 1';
const accepted = {
	accepted: true,
	messageId: 'ATXid_7468c9a251f9e9efcc6b2f7ea756a56c',
	status: 'queued',
	cost: 0.8,
	currency: 'KES',
	segments: 1,
};

describe('the request', () => {
	it('is a form for all numbers, with their plus and country code, and asks for JSON', () => {
		const request = gateway.texts.build(two);
		expect([request.method, request.path, request.headers, request.query]).toEqual([
			'POST',
			'/version1/messaging',
			{ Accept: 'application/json' },
			undefined,
		]);
		expect(bodyOf(request)).toBe(
			'to=%2B254700072929%2C%2B254711082001&message=Your+order+is+ready&bulkSMSMode=1',
		);
	});

	it.each([
		['a sender', { from: 'AFRICASTKNG', text: 'Hi' }, 'message=Hi&from=AFRICASTKNG&bulkSMSMode=1'],
		[
			'Cyrillic, emoji, signs and a line break',
			{ text: 'я 👍+&%\n"' },
			'message=%D1%8F+%F0%9F%91%8D%2B%26%25%0A%22&bulkSMSMode=1',
		],
		['a queue', { text: 'Hi', options: { enqueue: true } }, 'message=Hi&bulkSMSMode=1&enqueue=1'],
		['no queue', { text: 'Hi', options: { enqueue: false } }, 'message=Hi&bulkSMSMode=1&enqueue=0'],
	])('%s', (_, input, body) => {
		expect(bodyOf(gateway.texts.build(alone(gateway, { to: ONE, ...input })))).toBe(
			`to=%2B254700072929&${body}`,
		);
	});

	it('takes 100 recipients of one text, and one text a request', () => {
		const { options } = readOptions(gateway, {});
		expect(gateway.texts.batchLimits(options, null)).toEqual({ sameText: 100, differentTexts: 0 });
		expect(gateway.texts.batchLimits(options, 7)).toEqual({ sameText: 7, differentTexts: 0 });
		expect(gateway.maxBatchSize).toBe(100);
	});

	it.each(['sendAt', 'ttl', 'flash', 'testMode'] as const)('knows no %s', (option) => {
		expect(gateway.texts.commonOptions.has(option)).toBe(false);
	});
});

describe('a reply of success', () => {
	const one = alone(gateway, { to: ONE });
	const read = (...rows: unknown[]) => gateway.texts.read(reply(data(SENT, ...rows), 201), one);

	it("is read as recorded: the cost in the money of the recipient's country", () => {
		expect(read(row())).toEqual([accepted]);
	});

	it.each([
		[100, 'queued'],
		[101, 'sent'],
		[102, 'queued'],
		['101', 'sent'],
		[undefined, 'queued'],
		[null, 'queued'],
	])('code %j is %s', (statusCode, status) => {
		expect(read(row({ statusCode }))).toEqual([{ ...accepted, status }]);
	});

	it.each([
		[{ cost: 'USD 0.0079' }, { cost: 0.0079, currency: 'USD' }],
		[{ cost: ' KES0.8000 ' }, { cost: 0.8, currency: 'KES' }],
		[{ cost: 'UGX -14.5731' }, { cost: -14.5731, currency: 'UGX' }],
		[{ cost: 'KES 0.8000 or so' }, { cost: null, currency: null }],
		[{ cost: '0' }, { cost: 0, currency: null }],
		[{ cost: 0.8 }, { cost: 0.8, currency: null }],
		[{ cost: 'gratis' }, { cost: null, currency: null }],
		[{ cost: undefined }, { cost: null, currency: null }],
		[
			{ messageParts: 5, cost: 'KES 4.0000' },
			{ cost: 4, segments: 5 },
		],
	])('%j', (fields, expected) => {
		expect(read(row(fields))).toEqual([{ ...accepted, ...expected }]);
	});

	it.each([
		['Sent to 1/1 Total Cost: KES 12.8000 Message parts: 16', 16],
		['Sent to 1/1 Message parts: 16 of many', null],
		[undefined, null],
	])('has its number of parts in "%s": %s', (sentence, segments) => {
		expect(gateway.texts.read(reply(data(sentence, row()), 201), one)).toEqual([{ ...accepted, segments }]);
	});

	it('is found among rows of another kind', () => {
		expect(read(null, 'x', row(), 7)).toEqual([accepted]);
	});

	it('may have the number of parts nowhere', () => {
		const body = data('Sent to 1/1 Total Cost: KES 0.8000', row());
		expect(gateway.texts.read(reply(body, 201), one)).toEqual([{ ...accepted, segments: null }]);
	});

	it.each([
		['no id', { messageId: 'None' }],
		['no id at all', { messageId: undefined }],
		['another word', { status: 'Failed' }],
		['a word of refusal', { status: 'InsufficientBalance' }],
		['no word', { status: undefined }],
	])('contradicts itself with %s', (_, fields) => {
		expect(read(row(fields))).toMatchObject([{ accepted: null, retry: 'check_first' }]);
	});
});

describe('a refusal of one recipient', () => {
	const CODES = [
		[401, 'RiskHold', null, 'content_rejected', 'check_first'],
		[402, 'InvalidSenderId', false, 'invalid_sender', 'after_fix'],
		[403, 'InvalidPhoneNumber', false, 'invalid_recipient', 'after_fix'],
		[404, 'UnsupportedNumberType', false, 'invalid_recipient', 'after_fix'],
		[405, 'InsufficientBalance', false, 'insufficient_funds', 'after_fix'],
		[406, 'UserInBlacklist', false, 'blocked_recipient', 'never'],
		[407, 'CouldNotRoute', false, 'no_route', 'never'],
		[409, 'DoNotDisturbRejection', false, 'blocked_recipient', 'later'],
		[500, 'InternalServerError', null, 'temporary', 'check_first'],
		[501, 'GatewayError', null, 'temporary', 'check_first'],
		[502, 'RejectedByGateway', false, 'unknown', 'after_fix'],
	] as const;

	describe.each(CODES)('%d %s', (code, word, isAccepted, kind, retry) => {
		const expected = { accepted: isAccepted, kind, retry, code: String(code) };

		it('leaves the others alone', () => {
			const body = data('Sent to 1/2 Total Cost: KES 0.8000 Message parts: 1', refusedRow(code, word), {
				...row(),
				number: OTHER,
			});
			const outcomes = gateway.texts.read(reply(body, 201), two);
			expect(outcomes).toEqual([expect.objectContaining(expected), accepted]);
			expect(JSON.stringify(outcomes)).not.toContain('None');
		});

		it('is known by its word alone, as in older replies, and above an empty list', () => {
			for (const body of [data('x', refusedRow(undefined, word)), data(word)])
				expect(gateway.texts.read(reply(body, 201), alone(gateway, { to: ONE }))).toMatchObject([expected]);
		});

		it('says nothing for certain beside an ID, the word of success or that of another code', () => {
			for (const fields of [{ messageId: 'ATXid_1' }, { status: 'Success' }, { status: other(word) }]) {
				const body = data('x', refusedRow(code, word, fields));
				expect(gateway.texts.read(reply(body, 201), alone(gateway, { to: ONE }))).toMatchObject([
					{ accepted: null },
				]);
			}
		});
	});

	const other = (word: string): string => (word === 'CouldNotRoute' ? 'RiskHold' : 'CouldNotRoute');

	it('of all numbers comes with HTTP 409 as well', () => {
		const body = data('Sent to 0/1 Total Cost: 0', refusedRow(409, 'DoNotDisturbRejection'));
		expect(gateway.texts.read(reply(body, 409), alone(gateway, { to: ONE }))).toMatchObject([
			{ accepted: false, code: '409', retry: 'later' },
		]);
		const mixed = data('Sent to 1/2', refusedRow(409, 'DoNotDisturbRejection'), row({ number: OTHER }));
		expect(gateway.texts.read(reply(mixed, 409), two)).toMatchObject([
			{ accepted: false },
			{ accepted: true },
		]);
	});

	it('for lack of money ends the run; none of the others does', () => {
		for (const [code, word] of CODES) {
			const [outcome] =
				gateway.texts.read(reply(data('x', refusedRow(code, word)), 201), alone(gateway, { to: ONE })) ?? [];
			expect([code, outcome !== undefined && 'fatal' in outcome]).toEqual([code, code === 405]);
		}
	});
});

describe('what leaves it open', () => {
	const one = alone(gateway, { to: ONE });

	it.each([
		['a code of no list', data(SENT, refusedRow(999, 'SomethingNew')), '999'],
		['words of no list', data(SENT, refusedRow(undefined, 'Could Not Send')), 'Could Not Send'],
		['neither', data(SENT, { number: ONE }), null],
		['no row', data(SENT, row({ number: '+254799999999' })), null],
		['rows of another kind', data(SENT, null, 'x', 7, []), null],
		['an empty list without a known reason', data('Sent to 1/1 Total Cost: 0'), null],
		['an empty list without any', data(undefined), null],
		['an empty list with the word of success', data('Success'), null],
		['two rows of one number that differ', data(SENT, row(), row({ messageId: 'ATXid_2' })), null],
		['two rows that contradict each other', data(SENT, refusedRow(403, 'InvalidPhoneNumber'), row()), null],
	])('%s', (_, body, code) => {
		expect(gateway.texts.read(reply(body, 201), one)).toMatchObject([
			{ accepted: null, code, retry: 'check_first' },
		]);
	});

	it('takes a row that comes twice for one', () => {
		expect(gateway.texts.read(reply(data(SENT, row(), row()), 201), one)).toEqual([accepted]);
	});

	it.each([
		'',
		'The supplied authentication is invalid',
		'<AfricasTalkingResponse><SMSMessageData/></AfricasTalkingResponse>',
		'{}',
		'[]',
		'{"SMSMessageData":null}',
		'{"SMSMessageData":{"Message":"InvalidSenderId"}}',
		'{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":{}}}',
		'{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":null}}',
	])('%j is left to its HTTP status', (body) => {
		expect(gateway.texts.read(reply(body, 201), two)).toBeNull();
	});
});
