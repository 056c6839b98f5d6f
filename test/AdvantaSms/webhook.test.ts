/** The Advanta platform calls back: what the trigger makes of it. Sources: its callback and short code pages. */
import { readAdvantaCall } from '../../nodes/AdvantaSms/webhook';
import { parseCall } from '../../nodes/shared/webhook/call';

function read(body: object | string, type = 'application/json', query = '') {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const call = parseCall(query, type, Buffer.from(text));
	return call === null ? null : readAdvantaCall(call);
}

const REPORT = {
	description: 'DeliveredToTerminal',
	messageid: '1889191',
	timeTaken: '22s',
	timestamp: '2025-09-12 10:16:10',
};

it("the vendor's sample of a delivery report", () => {
	expect(read(REPORT)).toEqual({
		event: 'status',
		gateway: 'advantaSms',
		messageId: '1889191',
		to: null,
		from: null,
		text: null,
		status: 'delivered',
		error: null,
		// Without a zone the time tells no instant.
		occurredAt: null,
		raw: REPORT,
		details: { reportedAt: '2025-09-12 10:16:10' },
	});
});

it.each([
	['DeliveredToTerminal', 'delivered', null],
	['DelivredToTerminal', 'delivered', null],
	['DELIVRD', 'delivered', null],
	['delivered to terminal', 'delivered', null],
	['DeliveredToNetwork', 'sent', null],
	['SentToNetwork', 'sent', null],
	['Scheduled', 'queued', null],
	['AbsentSubscriber', 'undelivered', 'invalid_recipient'],
	['Absent Subscriber', 'undelivered', 'invalid_recipient'],
	['DeliveryImpossible', 'undelivered', 'unknown'],
	['SenderName Blacklisted', 'undelivered', 'blocked_recipient'],
	['Undelivered', 'undelivered', 'unknown'],
	['Undeliverable', 'undelivered', 'unknown'],
	['Expired', 'expired', 'temporary'],
	['Rejected', 'rejected', 'unknown'],
	['REJECTD', 'rejected', 'unknown'],
	['Invalid Source Address', 'rejected', 'invalid_sender'],
	['Unknown', 'unknown', 'unknown'],
	['SomethingNew', 'unknown', null],
])('"%s" is %s', (description, status, kind) => {
	const event = read({ ...REPORT, description });
	expect(event?.status).toBe(status);
	expect(event?.error?.kind ?? null).toBe(kind);
});

it.each([
	['not interactive', { shortcode: '20880', mobile: '254712345678', message: 'Hi' }],
	['interactive', { shortcode: '20880', msisdn: '254712345678', message: 'Hi', partnerId: '12345' }],
	['numbers as numbers', { shortcode: 20880, mobile: 254712345678, message: 'Hi' }],
])('a message to a short code that is %s', (_, body) => {
	expect(read(body)).toEqual(
		expect.objectContaining({ event: 'reply', from: '+254712345678', to: '20880', text: 'Hi' }),
	);
});

it('the same by GET, and as a form', () => {
	const form = 'shortcode=20880&mobile=254712345678&message=Hi+%26+%2B1';
	const expected = expect.objectContaining({ event: 'reply', text: 'Hi & +1' });
	expect(read('', '', form)).toEqual(expected);
	expect(read(form, 'application/x-www-form-urlencoded')).toEqual(expected);
});

it.each(['', '[]', '{', '"x"', '{"messageid":"1"}', '{"message":"hi"}', '{"messageid":{},"description":[]}'])(
	'%j starts nothing',
	(body) => expect(read(body)).toBeNull(),
);
