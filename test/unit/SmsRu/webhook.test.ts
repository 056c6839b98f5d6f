/** SMS.RU calls back: what the trigger makes of it. Source: the vendor's callback page and its sample script. */
import { createHash } from 'node:crypto';
import { readSmsRuCall } from '../../../nodes/SmsRu/webhook';
import { parseCall } from '../../../nodes/shared/webhook/call';
import type { GatewayEvent } from '../../../nodes/shared/contract/event';
import type { WebhookReading } from '../../../nodes/shared/webhook/runWebhook';

const API_ID = '5A1B';
/** The signature of the one record `sms_status 1 103 1`. */
const SIGNED = createHash('sha256').update(`${API_ID}sms_status\n1\n103\n1`).digest('hex');

/** The form of a call with these records, signed as the vendor's script checks it. */
function read(
	records: readonly string[],
	{
		first = 0,
		order = records.map((_, n) => n),
		hash,
	}: { first?: number; order?: number[]; hash?: string } = {},
): WebhookReading {
	const signed = createHash('sha256')
		.update(API_ID + records.join(''))
		.digest('hex');
	const body = [
		...order.map((n) => `data[${first + n}]=${encodeURIComponent(records[n] ?? '')}`),
		`hash=${hash ?? signed}`,
	].join('&');
	const call = parseCall('', 'application/x-www-form-urlencoded', Buffer.from(body));
	if (call === null) throw new Error('too long');
	return readSmsRuCall(call, API_ID);
}

function eventsOf(reading: WebhookReading): readonly GatewayEvent[] {
	if (reading.outcome !== 'events') throw new Error(`it was taken for ${reading.outcome}`);
	expect(reading.answer).toBe('100');
	return reading.events;
}

it('a delivery report', () => {
	expect(eventsOf(read(['sms_status\n000000-10000000\n103\n1782469893']))).toEqual([
		{
			event: 'status',
			gateway: 'smsRu',
			messageId: '000000-10000000',
			to: null,
			from: null,
			text: null,
			status: 'delivered',
			error: null,
			occurredAt: '2026-06-26T10:31:33.000Z',
			raw: { record: 'sms_status\n000000-10000000\n103\n1782469893' },
		},
	]);
});

it.each([
	['100', 'queued', null],
	['101', 'sending', null],
	['102', 'sent', null],
	['103', 'delivered', null],
	['104', 'expired', 'temporary'],
	['105', 'undelivered', 'unknown'],
	['106', 'undelivered', 'temporary'],
	['107', 'undelivered', 'unknown'],
	['108', 'rejected', 'unknown'],
	['110', 'read', null],
	['150', 'undelivered', 'no_route'],
	['215', 'rejected', 'blocked_recipient'],
	['999', 'unknown', null],
])('status %s is %s', (code, status, kind) => {
	const [event] = eventsOf(read([`sms_status\n1-1\n${code}\n1782469893`]));
	expect(event?.status).toBe(status);
	expect(event?.error?.kind ?? null).toBe(kind);
});

it('a call check that was confirmed, and one that ran out', () => {
	const events = eventsOf(
		read(['callcheck_status\n201737-542\n401\n1782469893', 'callcheck_status\n201737-543\n402\n1782469893']),
	);
	expect(events.map(({ event, messageId, details }) => [event, messageId, details])).toEqual([
		['callCheck', '201737-542', { state: 'confirmed', confirmed: true }],
		['callCheck', '201737-543', { state: 'expired', confirmed: false }],
	]);
});

it.each([0, 1])('records are numbered from %d, and signed in the order of their numbers', (first) => {
	const records = Array.from({ length: 12 }, (_, n) => `sms_status\n1-${n}\n103\n1782469893`);
	const order = [11, 2, 1, 10, 0, 3, 4, 9, 8, 7, 6, 5];
	expect(eventsOf(read(records, { first, order })).map(({ messageId }) => messageId)).toEqual(
		records.map((_, n) => `1-${n}`),
	);
});

it.each(['test\n1782469893', 'sms_status', 'sms_status\n1-1', 'something_new\n1\n2\n3', ''])(
	'%j starts nothing and is answered',
	(record) => expect(eventsOf(read([record]))).toEqual([]),
);

it.each(['sms_status\n\n103\n1782469893', 'callcheck_status\n\n401\n1782469893'])(
	'%j is about no message: it starts nothing',
	(record) => expect(eventsOf(read([record]))).toEqual([]),
);

it('lines may end as on Windows, and blanks around the signature are none of it', () => {
	const record = 'sms_status\r\n1-1\r\n103\r\n1782469893\r\n';
	const hash = createHash('sha256').update(`${API_ID}${record}`).digest('hex').toUpperCase();
	expect(eventsOf(read([record], { hash: `%20${hash}+` }))).toMatchObject([
		{ messageId: '1-1', status: 'delivered', occurredAt: '2026-06-26T10:31:33.000Z' },
	]);
});

it('fields with other names are no records: they are neither signed nor read', () => {
	const record = 'sms_status\n1\n103\n1';
	const odd = ['data[0]x', 'xdata[0]', 'data[]', 'data[1234567]'].map(
		(name) => `${name}=${encodeURIComponent(record)}`,
	);
	const body = [`data[0]=${encodeURIComponent(record)}`, ...odd, `hash=${SIGNED}`].join('&');
	const call = parseCall('', 'application/x-www-form-urlencoded', Buffer.from(body));
	if (call === null) throw new Error('too long');
	expect(eventsOf(readSmsRuCall(call, API_ID))).toHaveLength(1);
});

it('a call without a signature is refused', () => {
	const call = parseCall(
		'',
		'application/x-www-form-urlencoded',
		Buffer.from('data[0]=sms_status%0A1%0A103%0A1'),
	);
	expect(call === null ? null : readSmsRuCall(call, API_ID)).toEqual({ outcome: 'forged' });
});

it.each([
	['missing', ''],
	['made with another key', createHash('sha256').update('5A1Csms_status\n1\n103\n1').digest('hex')],
	['of another kind', createHash('md5').update(`${API_ID}sms_status\n1\n103\n1`).digest('hex')],
	['zeros', '0'.repeat(64)],
	['text', 'yes'],
	['right and more', `${SIGNED}00`],
	['right behind more', `00${SIGNED}`],
])('a signature that is %s is refused', (_, hash) => {
	expect(read(['sms_status\n1\n103\n1'], { hash })).toEqual({ outcome: 'forged' });
});

it('nothing is believed without an API ID', () => {
	const hash = createHash('sha256').update('sms_status\n1\n103\n1').digest('hex');
	const body = `data[0]=${encodeURIComponent('sms_status\n1\n103\n1')}&hash=${hash}`;
	const call = parseCall('', 'application/x-www-form-urlencoded', Buffer.from(body));
	expect(call === null ? null : readSmsRuCall(call, '')).toEqual({ outcome: 'forged' });
});
