/** VoIP Communications calls back in a way that nobody has documented: what the trigger dares to make of it. */
import { readVoipCommunicationsCall } from '../../nodes/VoipCommunications/webhook';
import { parseCall } from '../../nodes/shared/webhook/call';

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
	[{ sms_external: '12812345678', sms_internal: '17134567890', sms_msg: 'Yes' }, null, null, null],
])('%j', (fields, from, to, text) => {
	const event = read(fields);
	expect([event?.from, event?.to, event?.text]).toEqual([from, to, text]);
	expect(event?.raw).toEqual(
		Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
	);
});

it('a call without anything starts nothing', () => expect(read({})).toBeNull());
