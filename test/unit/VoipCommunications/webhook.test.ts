/** VoIP Communications calls back in a way that nobody has documented: what the trigger dares to make of it. */
import {
	readVoipCommunicationsCall,
	readVoipCommunicationsWebhook,
	voipCommunicationsCharsets,
} from '../../../nodes/VoipCommunications/webhook';
import { parseCall } from '../../../nodes/shared/webhook/call';

function read(fields: Record<string, unknown>) {
	const call = parseCall('', 'application/json', Buffer.from(JSON.stringify(fields)));
	return call === null ? null : readVoipCommunicationsCall(call);
}

it.each([
	[{ from: '12812345678', to: '17134567890', msg: 'Yes' }, '+12812345678', '+17134567890', 'Yes'],
	[
		{ from_number: '+12812345678', to_number: 17134567890, text: 'Yes' },
		'+12812345678',
		'+17134567890',
		'Yes',
	],
	[{ From: '12812345678', To: '17134567890', Body: 'Yes' }, '+12812345678', '+17134567890', 'Yes'],
	[{ sender: 'ACME', recipient: '17134567890', message: '' }, 'ACME', '+17134567890', ''],
	[{ from: '1', from_number: '2', to: '3', msg: 'a', text: 'b' }, null, '3', null],
	[
		{ sms_external: '12812345678', sms_internal: '17134567890', sms_msg: 'Yes' },
		'+12812345678',
		'+17134567890',
		'Yes',
	],
	// Both spellings, of one mind and of two.
	[{ sms_external: '12812345678', from: '12812345678', sms_msg: 'a', msg: 'a' }, '+12812345678', null, 'a'],
	[{ sms_external: '12812345678', from: '13', sms_msg: 'a', msg: 'b' }, null, null, null],
])('%j', (fields, from, to, text) => {
	const event = read(fields);
	expect([event?.from, event?.to, event?.text]).toEqual([from, to, text]);
	expect(event?.raw).toEqual(
		Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
	);
});

it("has the id and the state of the vendor's own log, and raw has all", () => {
	const fields = {
		sms_id: '2017559ea27008c6b7122900621',
		sms_inout: 'IN',
		sms_status: '',
		sms_status_date: '2019-10-01 00:00:00',
		sms_internal: '17134567890',
		sms_external: '12812345678',
		sms_msg: 'STOP',
	};
	expect(read(fields)).toMatchObject({
		event: 'reply',
		messageId: '2017559ea27008c6b7122900621',
		from: '+12812345678',
		to: '+17134567890',
		text: 'STOP',
		// The zone of the account's clock is not told.
		occurredAt: null,
		raw: fields,
	});
});

it.each([
	[{ sms_status_date: '2019-10-01 00:00:00' }, null],
	[{ sms_status_date: '2019-10-01T00:00:00Z' }, '2019-10-01T00:00:00.000Z'],
	[{ sms_status_date: '2019-10-01 00:00:00-05:00' }, '2019-10-01T05:00:00.000Z'],
	[{ timestamp: 1569888000 }, '2019-10-01T00:00:00.000Z'],
	[{ timestamp: '1569888000' }, '2019-10-01T00:00:00.000Z'],
	[{ timestamp: ' 1569888000 ' }, '2019-10-01T00:00:00.000Z'],
	[{ timestamp: 1569888000123 }, '2019-10-01T00:00:00.123Z'],
	[{ timestamp: '2019-10-01T00:00:00-0500' }, '2019-10-01T05:00:00.000Z'],
	[{ timestamp: '15698880001' }, null],
	[{ timestamp: 'x1569888000' }, null],
	[{ timestamp: '1569888000x' }, null],
	[{ timestamp: '1569888000abc' }, null],
	[{ timestamp: '2019-10-01T00:00:00Z or so' }, null],
	[{ timestamp: '2019-02-31T00:00:00Z' }, null],
	[{ timestamp: 'soon' }, null],
	[{ sms_status_date: '2019-10-01T00:00:00Z', timestamp: 1569888001 }, null],
	[{ smsid: '7' }, null],
])('the instant of %j is %s', (fields, occurredAt) => {
	expect(read({ from: '12812345678', msg: 'Yes', ...fields })?.occurredAt).toBe(occurredAt);
});

it.each(['sms_id', 'smsid'])('the id comes from %s', (name) => {
	expect(read({ from: '12812345678', msg: 'Yes', [name]: 12 })?.messageId).toBe('12');
});

it('a text that the account itself sent is no reply', () => {
	const fields = { sms_external: '12812345678', sms_internal: '17134567890', sms_msg: 'Yes' };
	expect(read({ ...fields, sms_inout: 'IN' })).not.toBeNull();
	expect(read({ ...fields, sms_inout: 'OUT' })).toBeNull();
});

it.each([
	['Latin-1', 'S%ED%2C+ma%F1ana+%BFno%3F', 'Sí, mañana ¿no?'],
	['windows-1252', 'S%ED%2C+%93ma%F1ana%94+%85+5%80', 'Sí, “mañana” … 5€'],
	['UTF-8', 'S%C3%AD%2C+ma%C3%B1ana+%F0%9F%91%8D', 'Sí, mañana 👍'],
	['UTF-8 in Cyrillic', '%D0%94%D0%B0', 'Да'],
])('a Spanish reply in %s keeps its letters', (_, encoded, text) => {
	const body = Buffer.from(`from=12812345678&to=17134567890&msg=${encoded}`);
	const call = parseCall('', 'application/x-www-form-urlencoded', body, voipCommunicationsCharsets);
	const event = call === null ? null : readVoipCommunicationsCall(call);
	expect([event?.text, event?.raw.msg]).toEqual([text, text]);
});

it.each([
	['12812345678', '+12812345678'],
	['1281234567', '+1281234567'],
	['+12812345678', '+12812345678'],
	['123456789012345', '+123456789012345'],
	// A short code, and what is no number, stay as they are.
	['281234567', '281234567'],
	['28901', '28901'],
	['1234567890123456', '1234567890123456'],
	['x12812345678', 'x12812345678'],
	['12812345678x', '12812345678x'],
	['12', '12'],
])('a reply from %s is from %s', (from, shown) => {
	expect(read({ from, msg: 'Yes' })).toMatchObject({ gateway: 'voipCommunications', from: shown, to: null });
});

it('a call without anything starts nothing, and is answered', () => {
	expect(read({})).toBeNull();
	const call = parseCall('', '', Buffer.from(''));
	if (call === null) throw new Error('the call was refused');
	// Not `toEqual`, for which a list of nothing is the empty list.
	expect(readVoipCommunicationsWebhook(call)).toStrictEqual({ outcome: 'events', events: [], answer: '' });
});

it('a reply is answered with nothing that could be texted back', () => {
	const call = parseCall('from=12812345678&msg=Yes', '', Buffer.from(''));
	expect(call === null ? null : readVoipCommunicationsWebhook(call)).toMatchObject({
		outcome: 'events',
		events: [{ from: '+12812345678', text: 'Yes' }],
		answer: '',
	});
});
