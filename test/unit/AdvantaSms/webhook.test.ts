/** The Advanta platform calls back: what the trigger makes of it. Sources: its callback and short code pages. */
import { callsIn, readAdvantaCall } from '../../../nodes/AdvantaSms/webhook';
import { parseCall } from '../../../nodes/shared/webhook/call';

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
		details: { reportedAt: '2025-09-12 10:16:10', deliverySeconds: 22 },
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

it.each(['messageid', 'messageID', 'messageId', 'message-id'])('a report has its ID under %s', (key) => {
	expect(read({ description: 'DELIVRD', [key]: 7 })).toMatchObject({ status: 'delivered', messageId: '7' });
});

it.each([
	['InvalidMsisdn', 'undelivered', 'invalid_recipient'],
	['USER_NOT_EXIST', 'undelivered', 'invalid_recipient'],
	['NOT_DELIVERED', 'undelivered', 'unknown'],
	['Message Waiting', 'queued', null],
])("a sister platform's %s is %s", (description, status, kind) => {
	const event = read({ ...REPORT, description });
	expect([event?.status, event?.error?.kind ?? null]).toEqual([status, kind]);
});

/** From JSON that says application/x-www-form-urlencoded, or in a list, as the call has it then. */
it('reads what the call has as JSON, whatever it was labelled', () => {
	const form = new Map([[JSON.stringify(REPORT), new Uint8Array()]]);
	const call = parseCall('', 'application/json', Buffer.from(JSON.stringify(REPORT)));
	if (call === null) throw new Error('the call was refused');
	expect(readAdvantaCall({ ...call, form })).toMatchObject({ status: 'delivered', messageId: '1889191' });
});

it.each<[unknown, readonly unknown[]]>([
	[[REPORT], ['1889191']],
	[
		[REPORT, null, { ...REPORT, messageid: '2' }],
		['1889191', '2'],
	],
	[[], []],
	[{}, [null]],
	['text', [null]],
])('a list has its calls: %j', (body, ids) => {
	const call = parseCall('', '', Buffer.alloc(0));
	if (call === null) throw new Error('the call was refused');
	const inList = { ...call, json: null, body };
	expect(callsIn(inList).map((one) => readAdvantaCall(one)?.messageId ?? null)).toEqual(ids);
});

it.each([
	// Kenya's national form is certain: the short code is one of Kenya's.
	['0712345678', '+254712345678'],
	['0112345678', '+254112345678'],
	['712345678', '+254712345678'],
	['+254712345678', '+254712345678'],
	['254712345678', '+254712345678'],
	['00254712345678', '+254712345678'],
	['2540712345678', '+254712345678'],
	['254 712-345-678', '+254712345678'],
	['256772123456', '+256772123456'],
	// Not certain: as it came, and without a plus.
	['07123456', '07123456'],
	['0202345678', '0202345678'],
	['12345', '12345'],
	['Safaricom', 'Safaricom'],
	// Safaricom's hashed numbers are no digits to be picked out.
	[
		'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
		'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	],
])('a message from %s is from %s', (mobile, from) => {
	expect(read({ shortcode: '20880', mobile, message: 'Hi' })?.from).toBe(from);
	expect(
		read('', '', new URLSearchParams({ shortcode: '20880', msisdn: mobile, message: 'Hi' }).toString())?.from,
	).toBe(from);
});

it.each([
	{ shortcode: '20880', mobile: '254712345678', message: '' },
	{ shortcode: '20880', mobile: '254712345678', message: null },
	{ shortcode: '20880', mobile: '254712345678' },
	{ mobile: '254712345678', message: '' },
])('a message without a text is one: %j', (body) => {
	expect(read(body)).toMatchObject({ event: 'reply', from: '+254712345678', text: '' });
});

/** The vendor's sample has neither ID nor time: whether JOIN is said twice is for the memory of events to tell. */
it('two messages with the same words differ in nothing, and no ID or time is made up for them', () => {
	const query = 'shortcode=12345&mobile=254712345678&message=JOIN';
	const [one, other] = [read('', '', query), read('', '', query)];
	expect(one).toEqual(other);
	expect(one).toMatchObject({
		messageId: null,
		occurredAt: null,
		raw: { message: 'JOIN', mobile: '254712345678' },
	});
});

it.each([
	'{"mobile":"254712345678"}',
	'{"shortcode":"20880","message":"Hi"}',
	'{"shortcode":"20880","mobile":" "}',
])("%s is nobody's message", (body) => expect(read(body)).toBeNull());

it('passes over fields that came empty', () => {
	const form =
		'messageid=&message-id=7&description=&delivery-description=DELIVRD&timestamp=&delivery-time=10:16';
	expect(read(form, 'application/x-www-form-urlencoded')).toMatchObject({
		event: 'status',
		messageId: '7',
		status: 'delivered',
		details: { reportedAt: '10:16', deliverySeconds: null },
	});
});

it('takes a word about no message for no report', () => {
	expect(read({ description: 'DELIVRD', mobile: '254712345678', message: 'Hi' })).toMatchObject({
		event: 'reply',
		gateway: 'advantaSms',
		text: 'Hi',
	});
	expect(read({ description: 'DELIVRD' })).toBeNull();
});

it('leaves blanks around a name out', () => {
	expect(read({ shortcode: '20880', mobile: ' Safaricom ', message: 'Hi' })?.from).toBe('Safaricom');
});

it('has one call where the body is an object', () => {
	const call = parseCall('', 'application/json', Buffer.from(JSON.stringify(REPORT)));
	if (call === null) throw new Error('the call was refused');
	expect(callsIn(call)).toEqual([call]);
	expect(callsIn({ ...call, body: [REPORT, REPORT] })).toHaveLength(1);
});

it.each(['', '[]', '{', '"x"', '{"messageid":"1"}', '{"message":"hi"}', '{"messageid":{},"description":[]}'])(
	'%j starts nothing',
	(body) => expect(read(body)).toBeNull(),
);
