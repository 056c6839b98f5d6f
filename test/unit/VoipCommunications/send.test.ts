/** VoIP Communications on the wire and its answers, as its page and its own apps have them. */
import { voipCommunicationsGateway as gateway } from '../../../nodes/VoipCommunications/gateway';
import { alone, batch, bodyOf, message, reply } from '../../support/messages';

const two = batch(
	'sameText',
	message(gateway, { to: '+12812345678', text: 'Hi' }),
	message(gateway, { to: '+12812345679', text: 'Hi' }),
);
const sample = {
	code: 200,
	code_desc: '',
	from: '17134567890',
	to: '12812345678',
	country: 'US',
	msg: 'It is a SMS message',
	delivery_date: '2019-10-01 00:00:00',
	sale: 0.01,
	type: 'BULKSMS',
	status: 'SCHEDULED',
	smsid: '2017559ea27008c6b7122900621',
};

describe('the request', () => {
	it('leaves an empty sender out: that means bulk at the lower rate', () => {
		const request = gateway.texts.build(two);
		expect([request.method, request.path]).toEqual(['POST', '/api-v2/index.php/sms/send']);
		expect(bodyOf(request)).toBe('to=12812345678%2C12812345679&msg=Hi');
	});

	it.each([
		['a sender', { from: '+17134567890', text: 'Hi' }, 'from=17134567890&to=79161234567&msg=Hi'],
		[
			'Cyrillic, emoji, signs and a line break',
			{ text: 'я 👍+&%\n"' },
			'to=79161234567&msg=%D1%8F+%F0%9F%91%8D%2B%26%25%0A%22',
		],
		[
			'a time with the zone of the workflow',
			{ text: 'Hi', timezone: 'America/Chicago', options: { sendAt: '2030-07-01T09:00' } },
			'to=79161234567&msg=Hi&delivery_date=2030-07-01T09%3A00%3A00-05%3A00',
		],
	])('%s', (_, input, body) => {
		expect(bodyOf(gateway.texts.build(alone(gateway, input)))).toBe(body);
	});

	it.each(['ACME', '17134567890x', 'x17134567890', '12', '+12', '1234567890123456', '++17134567890'])(
		'refuses %s as a sender: it is no number',
		(from) => {
			expect(gateway.texts.checkMessage(message(gateway, { from }))).toMatchObject({
				accepted: false,
				kind: 'invalid_sender',
			});
		},
	);

	it.each(['', '123', '+17134567890', '17134567890', '123456789012345'])('takes %j as a sender', (from) => {
		expect(gateway.texts.checkMessage(message(gateway, { from }))).toBeNull();
	});
});

describe('the answer', () => {
	it('is read for each number, as in the sample of the page', () => {
		const body = {
			send_log: [
				{
					...sample,
					to: 12812345679,
					code: '400',
					code_desc: 'Invalid destination number',
					status: 'ERROR',
					smsid: null,
				},
				sample,
			],
		};
		expect(gateway.texts.read(reply(body), two)).toEqual([
			{
				accepted: true,
				messageId: '2017559ea27008c6b7122900621',
				status: 'queued',
				cost: 0.01,
				segments: null,
			},
			expect.objectContaining({ accepted: false, kind: 'invalid_recipient', code: '400' }),
		]);
	});

	it.each([
		['Not enough balance', 'insufficient_funds'],
		['Invalid API credentials', 'authentication'],
		['Not authorized', 'authentication'],
		['From number does not belong to you or is not SMS enabled', 'invalid_sender'],
		['Invalid delivery_date', 'invalid_parameter'],
		['Invalid destination number', 'invalid_recipient'],
		['Parameter to is required', 'invalid_recipient'],
		['Message is too long', 'content_rejected'],
		['Parameter msg is required', 'content_rejected'],
	])('error "%s" is %s', (error_message, kind) => {
		for (const body of [
			...[true, 1, '1', 'yes'].map((error) => ({ error, error_message })),
			{ status: false, error: error_message },
			{ error: { message: error_message } },
			{ error: true, error_message, send_log: [] },
		]) {
			for (const status of [200, 400]) {
				expect(gateway.texts.read(reply(body, status), two)).toEqual([
					expect.objectContaining({ accepted: false, kind }),
					expect.objectContaining({ accepted: false, kind }),
				]);
			}
		}
	});

	it.each([
		'Computer says no',
		'Internal error, number not processed',
		'Unable to send',
		'Request timed out, message not confirmed',
		'This message was already sent to this number, not sent again',
		'',
	])('claims nothing for the error "%s", and shows it', (error_message) => {
		const outcomes = gateway.texts.read(reply({ error: true, error_message }), two);
		expect(outcomes).toHaveLength(2);
		for (const outcome of outcomes ?? []) {
			expect(outcome).toMatchObject({ accepted: null, retry: 'check_first' });
			expect(outcome).toMatchObject({ message: expect.stringContaining(error_message) });
		}
	});

	it('claims nothing for a 5xx, whatever its sentence says, and shows it', () => {
		for (const body of [
			{ error: true, error_message: 'Not enough balance' },
			{ status: false, error: 'Invalid api credentials' },
			{ send_log: [{ ...sample, code: 400, code_desc: 'Invalid destination number' }] },
		]) {
			expect(gateway.texts.read(reply(body, 500), two)?.[0]).toMatchObject({
				accepted: null,
				kind: 'temporary',
				retry: 'check_first',
				message: expect.stringMatching(/balance|credentials|destination/),
			});
		}
	});

	it.each<[string, object, string]>([
		['in words', { error: true, error_message: 'Not enough balance' }, 'Not enough balance'],
		['within the error', { error: { error_message: 'Not enough balance' } }, 'Not enough balance'],
		['beside a flag', { error: 'true', message: 'Not enough balance' }, 'Not enough balance'],
		['as the error', { error: 'Not enough balance' }, 'Not enough balance'],
		['that begins like a flag', { error: '1 number is invalid' }, '1 number is invalid'],
		['that ends like a flag', { error: 'Invalid number: 1' }, 'Invalid number: 1'],
		[
			'of any length',
			{ error: `Not enough balance ${'x'.repeat(100)}` },
			`Not enough balance ${'x'.repeat(81)}`,
		],
	])('has the sentence for its code: %s', (_, body, code) => {
		expect(gateway.texts.read(reply(body), two)?.[0]).toMatchObject({ accepted: false, code });
	});

	it('has the HTTP status for its code where that is no success', () => {
		const body = { error: true, error_message: 'Not enough balance' };
		for (const status of [400, 401, 500])
			expect(gateway.texts.read(reply(body, status), two)?.[0]).toMatchObject({ code: `HTTP ${status}` });
	});

	it('shows no words where it gives none', () => {
		for (const error of [true, 1, 'yes', 'TRUE'])
			expect(gateway.texts.read(reply({ error }), two)?.[0]).toMatchObject({
				accepted: null,
				code: '',
				message: expect.not.stringContaining('"'),
			});
	});

	it.each([
		'Invalid api credentials',
		'Not authorized',
		'Unauthorized',
		'IP unauthorized',
		'Invalid credentials',
		'This API key does not have enough permissions',
		'Anything',
	])('takes a 401 for a refused key, whatever its body: "%s"', (sentence) => {
		for (const body of [
			{ status: false, error: sentence },
			{ error: true, error_message: sentence },
			{ status: false, error: true },
		]) {
			for (const outcome of gateway.texts.read(reply(body, 401), two) ?? [null]) {
				expect(outcome).toMatchObject({
					accepted: false,
					kind: 'authentication',
					retry: 'after_fix',
					fatal: true,
				});
			}
		}
	});

	it('takes a 401 that names a limit of requests for one: the key is right', () => {
		const body = { status: false, error: 'This API key has reached the time limit for this method' };
		expect(gateway.texts.read(reply(body, 401), two)?.[0]).toMatchObject({
			accepted: false,
			kind: 'rate_limited',
			retry: 'later',
			fatal: true,
		});
	});

	it.each([301, 302, 403, 404, 405, 408, 429])(
		'leaves an HTTP %d with a sentence that nobody knows to its status',
		(status) => {
			expect(gateway.texts.read(reply({ status: false, error: 'Unknown method' }, status), two)).toBeNull();
		},
	);

	describe('of a row', () => {
		const rowFor = (row: object, status = 200) =>
			gateway.texts.read(reply({ send_log: [{ ...sample, ...row }] }, status), two)?.[0];

		it.each([
			[400, 'Invalid destination number', 'invalid_recipient'],
			['402', 'Not enough balance', 'insufficient_funds'],
			[401, 'Invalid api credentials', 'authentication'],
			[401, '', 'authentication'],
			[403, 'Destination blocked', 'invalid_recipient'],
			[' 400 ', 'Message is too long', 'content_rejected'],
		])('code %j "%s" is refused', (code, code_desc, kind) => {
			for (const status of ['ERROR', 'FAILED', '', null]) {
				expect(rowFor({ code, code_desc, status, smsid: '', sale: 0 })).toMatchObject({
					accepted: false,
					kind,
					code: String(code).trim(),
				});
			}
		});

		it.each([
			[500, 'temporary'],
			[599, 'temporary'],
			[499, 'unknown'],
			[600, 'unknown'],
			[200, 'unknown'],
			['E500', 'unknown'],
		])('code %j beside a failure is %s: whether the gateway broke down', (code, kind) => {
			expect(rowFor({ code, status: 'FAILED' })).toMatchObject({ accepted: null, kind });
			expect(rowFor({ code, status: 'FAILED' }, 500)).toMatchObject({ accepted: null, kind: 'temporary' });
		});

		it('has a code of a hundred characters at most', () => {
			expect(rowFor({ code: 'E'.repeat(101) })).toMatchObject({ accepted: null, code: 'E'.repeat(100) });
		});

		it.each([
			[500, 'Internal error'],
			[500, 'Invalid destination number'],
			[503, ''],
			[400, ''],
			[400, 'Computer says no'],
			[408, 'Invalid destination number'],
			[409, 'Invalid destination number'],
			[201, 'Message accepted'],
			[202, 'Invalid destination number'],
			[0, ''],
			[1, 'Invalid destination number'],
			[-1, 'Not enough balance'],
			[999, 'Message could not be sent'],
			['E17', 'Invalid destination number'],
		])('code %j "%s" tells nothing for certain', (code, code_desc) => {
			expect(rowFor({ code, code_desc, status: 'ERROR', smsid: '' })).toMatchObject({
				accepted: null,
				retry: 'check_first',
				code: String(code),
				message: expect.stringContaining(code_desc),
			});
		});

		it('that refuses and says that it is scheduled tells nothing', () => {
			expect(rowFor({ code: 400, code_desc: 'Invalid destination number' })).toMatchObject({
				accepted: null,
				retry: 'check_first',
			});
		});

		it.each([
			['SCHEDULED', 'queued'],
			['scheduled', 'queued'],
			['QUEUED', 'queued'],
			['SENT', 'sent'],
			['Sent ', 'sent'],
			['DELIVERED', 'delivered'],
			['SENDING', 'sending'],
			['SOMETHING', 'queued'],
			['constructor', 'queued'],
			['', 'queued'],
			[null, 'queued'],
			[7, 'queued'],
		])('status %j beside code 200 is %s', (status, expected) => {
			for (const code of [200, '200', ' 200 ', '200.0']) {
				expect(rowFor({ code, status })).toEqual({
					accepted: true,
					messageId: '2017559ea27008c6b7122900621',
					status: expected,
					cost: 0.01,
					segments: null,
				});
			}
		});

		it.each([
			'FAILED',
			'failed',
			'ERROR',
			'REJECTED',
			'UNDELIVERED',
			'NOT SENT',
			'Undeliverable',
			'CANCELLED',
		])('status %s beside code 200 tells nothing for certain, and the id is kept', (status) => {
			expect(rowFor({ status })).toMatchObject({
				accepted: null,
				retry: 'check_first',
				messageId: '2017559ea27008c6b7122900621',
				message: expect.stringContaining(status),
			});
		});
	});

	it.each<[string, (rows: object[]) => object]>([
		['a bare list ("a JSON array with the log of each SMS")', (rows) => rows],
		['a map of indexes, as PHP writes a list with a gap', (rows) => ({ send_log: { ...rows } })],
	])('is read from %s', (_, made) => {
		const body = made([
			sample,
			{ ...sample, to: '12812345679', code: 400, code_desc: 'Invalid number', status: 'ERROR' },
		]);
		expect(gateway.texts.read(reply(body), two)).toEqual([
			expect.objectContaining({ accepted: true, messageId: '2017559ea27008c6b7122900621' }),
			expect.objectContaining({ accepted: false, kind: 'invalid_recipient' }),
		]);
	});

	it.each<[string, object]>([
		['in send_log', { send_log: sample }],
		['bare', sample],
	])('of one text is read from a row that stands alone, %s', (_, body) => {
		expect(gateway.texts.read(reply(body), two)).toEqual([
			expect.objectContaining({ accepted: true }),
			expect.objectContaining({ accepted: null }),
		]);
	});

	it('claims nothing for numbers that an error beside a log leaves out', () => {
		const body = { error: true, error_message: 'Not enough balance', send_log: [sample] };
		expect(gateway.texts.read(reply(body), two)).toEqual([
			expect.objectContaining({ accepted: true }),
			expect.objectContaining({ accepted: null, retry: 'check_first' }),
		]);
	});

	it('tells nothing of a number whose rows contradict each other, and takes a repeated row once', () => {
		const refused = { ...sample, code: 400, code_desc: 'Invalid destination number', status: 'ERROR' };
		expect(gateway.texts.read(reply({ send_log: [sample, refused] }), two)?.[0]).toMatchObject({
			accepted: null,
		});
		expect(gateway.texts.read(reply({ send_log: [sample, sample] }), two)?.[0]).toMatchObject({
			accepted: true,
		});
		const failed = { ...sample, status: 'FAILED' };
		expect(gateway.texts.read(reply({ send_log: [sample, failed] }), two)?.[0]).toMatchObject({
			accepted: null,
		});
	});

	it('is read in a time that grows with batch and reply, not with their product', () => {
		const numbers = Array.from({ length: 1000 }, (_, n) => `+1281${String(2_000_000 + n)}`);
		const many = batch(
			'sameText',
			...(numbers.map((to) => message(gateway, { to, text: 'Hi' })) as Parameters<typeof batch>[1][] as [
				ReturnType<typeof message>,
			]),
		);
		let looks = 0;
		const rows = Array.from({ length: 20_000 }, (_, n) => {
			const row = { ...sample };
			Object.defineProperty(row, 'to', {
				enumerable: true,
				get: () => {
					looks += 1;
					return `1281${String(2_000_000 + n)}`;
				},
			});
			return row;
		});
		const outcomes = gateway.texts.read({ ...reply({}), json: { send_log: rows } }, many as typeof two);
		expect(outcomes?.filter(({ accepted }) => accepted === true)).toHaveLength(1000);
		expect(looks).toBeGreaterThanOrEqual(20_000);
		expect(looks).toBeLessThan(3 * 20_000);
	});

	it.each<[string, object]>([
		['a number that is missing', { send_log: [{ ...sample, to: '12812345679' }] }],
		['no rows', { send_log: [] }],
		['a row without code', { send_log: [{ ...sample, code: null }] }],
		['a row that is null', { send_log: [null] }],
		['rows that are none', { send_log: [null, 7, 'x', { to: '12812345679', code: 200 }] }],
	])('claims nothing for %s', (_, body) => {
		expect(gateway.texts.read(reply(body), two)?.[0]).toMatchObject({ accepted: null, retry: 'check_first' });
	});

	it.each([
		'<html></html>',
		'',
		'{"send_log":[{"co',
		'{}',
		'[]',
		'null',
		'{"error":false}',
		'{"error":0}',
		'{"send_log":{}}',
		'[1,2]',
		'[{"id":1}]',
		'[{"to":"12812345678"}]',
		'[{"code":200}]',
		'{"to":"12812345678","status":"SENT"}',
		'{"send_log":{"to":"12812345678"}}',
		'{"error":" FALSE "}',
		'{"error":"0"}',
		'{"error":[]}',
		'{"error":"false"}',
		'{"error":{}}',
		'{"status":false}',
	])('is not its own: %s', (body) => {
		expect(gateway.texts.read(reply(body), two)).toBeNull();
	});
});
