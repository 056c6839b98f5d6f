/** SMSC calls back: what the trigger makes of it. Source: the vendor's callback page and clients that check signatures. */
import { createHash } from 'node:crypto';
import { readSmscCall } from '../../../nodes/Smsc/webhook';
import type { WebhookCall } from '../../../nodes/shared/webhook/call';
import { parseCall } from '../../../nodes/shared/webhook/call';
import type { WebhookReading } from '../../../nodes/shared/webhook/runWebhook';

function call(form: string, how: 'GET' | 'POST' = 'POST', query = ''): WebhookCall {
	const type = 'application/x-www-form-urlencoded';
	const parsed =
		how === 'GET'
			? parseCall(form, '', Buffer.alloc(0))
			: parseCall(query, type, Buffer.from(form, 'latin1'));
	if (parsed === null) throw new Error('too long');
	return parsed;
}

function onlyEvent(reading: WebhookReading) {
	if (reading.outcome !== 'events') throw new Error(`it was taken for ${reading.outcome}`);
	expect(reading.answer).toBe('OK');
	expect(reading.events).toHaveLength(1);
	return reading.events[0];
}

const REPORT =
	'id=1001&phone=79991234567&status=1&time=14.11.2023+22:13:20&ts=1700000000&err=0&cnt=1&cost=0.30&type=0&flag=0&sender=ACME';

it.each(['GET', 'POST'] as const)('a delivery report by %s', (how) => {
	expect(onlyEvent(readSmscCall(call(REPORT, how), ''))).toEqual({
		event: 'status',
		gateway: 'smsc',
		messageId: '1001',
		to: '+79991234567',
		from: 'ACME',
		text: null,
		status: 'delivered',
		error: null,
		occurredAt: '2023-11-14T22:13:20.000Z',
		raw: expect.objectContaining({ id: '1001', cost: '0.30', err: '0' }),
		details: { cost: 0.3 },
	});
});

it.each([
	['-2', null, 'queued', null],
	['-1', null, 'queued', null],
	['0', null, 'sent', null],
	['1', '0', 'delivered', null],
	['2', null, 'read', null],
	['3', null, 'expired', 'temporary'],
	['4', null, 'read', null],
	['20', '6', 'undelivered', 'temporary'],
	['20', '13', 'undelivered', 'blocked_recipient'],
	['22', null, 'rejected', 'invalid_recipient'],
	['23', '252', 'rejected', 'blocked_recipient'],
	['23', '253', 'rejected', 'content_rejected'],
	['24', null, 'rejected', 'insufficient_funds'],
	['25', '248', 'undelivered', 'no_route'],
	['20', '245', 'unknown', 'unknown'],
	['-3', null, 'unknown', 'invalid_parameter'],
	['77', null, 'unknown', null],
])('status %s with reason %s is %s', (status, err, state, kind) => {
	const form = `id=1&phone=79991234567&status=${status}${err === null ? '' : `&err=${err}`}&ts=1700000000`;
	const event = onlyEvent(readSmscCall(call(form), ''));
	expect(event?.status).toBe(state);
	expect(event?.error?.kind ?? null).toBe(kind);
});

it.each([
	['UTF-8, asked for in the address', 'charset=utf-8', '%D0%94%D0%B0+%2B1'],
	['windows-1251, its default', '', '%C4%E0+%2B1'],
	['koi8-r, asked for in the address', 'charset=koi8-r', '%E4%C1+%2B1'],
])('a reply in %s', (_, query, mes) => {
	const event = onlyEvent(
		readSmscCall(call(`phone=79991234567&mes=${mes}&to=79037654321&id=7`, 'POST', query), ''),
	);
	expect(event).toEqual(
		expect.objectContaining({
			event: 'reply',
			from: '+79991234567',
			to: '+79037654321',
			text: 'Да +1',
			messageId: '7',
		}),
	);
});

it.each([
	['79037654321', '+79037654321'],
	['+79037654321', '+79037654321'],
	['2420', '2420'],
	['SHOP', 'SHOP'],
	['', null],
])('a reply to %j came in on %j', (to, expected) => {
	const event = onlyEvent(readSmscCall(call(`phone=79991234567&mes=Hi&to=${encodeURIComponent(to)}`), ''));
	expect(event?.to).toBe(expected);
});

it.each([
	['its Unix time', 'ts=1700000000&time=15.11.2023+01:13:20', '2023-11-14T22:13:20.000Z'],
	['its time in Moscow where that is all', 'time=15.11.2023+01:13:20', '2023-11-14T22:13:20.000Z'],
	['no time', 'time=soon', null],
])('a reply without an id is told from the next one by %s', (_, time, occurredAt) => {
	const event = onlyEvent(readSmscCall(call(`phone=79991234567&mes=JOIN&to=79037654321&${time}`), ''));
	expect(event).toMatchObject({ messageId: null, occurredAt, raw: { mes: 'JOIN', phone: '79991234567' } });
});

it('a report under an ID that was used before has a time of its own', () => {
	const at = (ts: number) =>
		onlyEvent(readSmscCall(call(`id=order-1&phone=79991234567&status=1&ts=${ts}`), ''))?.occurredAt;
	expect([at(1_700_000_000), at(1_700_086_400)]).toEqual([
		'2023-11-14T22:13:20.000Z',
		'2023-11-15T22:13:20.000Z',
	]);
});

it('a report of an e-mail names its address', () => {
	const event = onlyEvent(
		readSmscCall(call('id=5&phone=anna.7%40example.com&status=1&ts=1700000000&type=8'), ''),
	);
	expect([event?.to, event?.status]).toEqual(['anna.7@example.com', 'delivered']);
});

it('a report of a look-up is no delivery until it has a result', () => {
	const status = (form: string) =>
		onlyEvent(readSmscCall(call(`id=5&phone=79991234567&status=1&${form}`), ''))?.status;
	expect([status('type=4'), status('type=4&err=0'), status('type=0')]).toEqual([
		'sent',
		'delivered',
		'delivered',
	]);
});

it.each(['sender', 'sender_id'])('a report names its sender as %s', (name) => {
	expect(onlyEvent(readSmscCall(call(`id=5&phone=79991234567&status=1&${name}=ACME`), ''))?.from).toBe(
		'ACME',
	);
});

it('an awaited call', () => {
	expect(onlyEvent(readSmscCall(call('phone=79991234567&waitcall=1&ts=1700000000'), ''))).toEqual(
		expect.objectContaining({
			event: 'waitCall',
			from: '+79991234567',
			occurredAt: '2023-11-14T22:13:20.000Z',
		}),
	);
});

describe('with a secret', () => {
	const SECRET = 'word';
	const hash = (algorithm: string, text: string | Buffer): string =>
		createHash(algorithm).update(text).digest('hex');
	const status = 'id=1001&phone=79991234567&status=1&err=0';
	const signed = `1001:79991234567:1:${SECRET}`;
	const cyrillic = Buffer.concat([
		Buffer.from('79991234567:'),
		Buffer.from([0xc4, 0xe0]),
		Buffer.from(`:79037654321:${SECRET}`),
	]);

	it.each([
		['md5', `${status}&md5=${hash('md5', signed)}`],
		['sha1', `${status}&sha1=${hash('sha1', signed)}`],
		[
			'both, in capital letters',
			`${status}&md5=${hash('md5', signed).toUpperCase()}&sha1=${hash('sha1', signed)}`,
		],
		['with blanks around it', `${status}&md5=+${hash('md5', signed)}%20`],
		[
			'over fields that are missing as if they were empty',
			`id=1001&status=1&md5=${hash('md5', `1001::1:${SECRET}`)}`,
		],
		[
			'a reply, over its own bytes',
			`phone=79991234567&mes=%C4%E0&to=79037654321&md5=${hash('md5', cyrillic)}`,
		],
		[
			'an awaited call',
			`phone=79991234567&waitcall=1&ts=1700000000&sha1=${hash('sha1', `79991234567:1700000000:${SECRET}`)}`,
		],
	])('%s is taken', (_, form) => expect(readSmscCall(call(form), SECRET).outcome).toBe('events'));

	it.each([
		['unsigned', status],
		['crc32 alone', `${status}&crc32=1234abcd`],
		['another status', `${status.replace('status=1', 'status=20')}&md5=${hash('md5', signed)}`],
		['another secret', `${status}&md5=${hash('md5', '1001:79991234567:1:other')}`],
		['a right md5 beside a wrong sha1', `${status}&md5=${hash('md5', signed)}&sha1=${'0'.repeat(40)}`],
		['a report dressed as a reply', `${status}&mes=hi&md5=${hash('md5', signed)}`],
		['no hash at all', `${status}&md5=zzz`],
		['letters before a hash', `${status}&md5=zz${hash('md5', signed).slice(2)}`],
		['letters behind a hash', `${status}&md5=${hash('md5', signed).slice(2)}zz`],
		['a hash and more', `${status}&md5=${hash('md5', signed)}00`],
		['a status without its number', `id=1001&status=1&md5=${hash('md5', signed)}`],
		['nothing known', 'hello=1'],
	])('%s is refused', (_, form) => expect(readSmscCall(call(form), SECRET)).toEqual({ outcome: 'forged' }));
});

it.each(['', 'hello=1', 'id=1', '%%%=%', '&&&&'])('%j starts nothing and is answered', (form) => {
	expect(readSmscCall(call(form), '')).toStrictEqual({ outcome: 'events', events: [], answer: 'OK' });
});

it('signatures are no part of what is handed on', () => {
	const event = onlyEvent(readSmscCall(call(`${REPORT}&md5=abc&sha1=def&crc32=0`), ''));
	expect(Object.keys(event?.raw ?? {})).not.toEqual(expect.arrayContaining(['md5']));
	expect(JSON.stringify(event)).not.toContain('abc');
});
