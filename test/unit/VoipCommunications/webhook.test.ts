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

it('a call without anything starts nothing', () => expect(read({})).toBeNull());

it('a reply is answered with nothing that could be texted back', () => {
	const call = parseCall('from=12812345678&msg=Yes', '', Buffer.from(''));
	expect(call === null ? null : readVoipCommunicationsWebhook(call)).toMatchObject({
		outcome: 'events',
		events: [{ from: '+12812345678', text: 'Yes' }],
		answer: '',
	});
});
