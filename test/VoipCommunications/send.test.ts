/** VoIP Communications on the wire and its answers, as its page and its own apps have them. */
import { voipCommunicationsGateway as gateway } from '../../nodes/VoipCommunications/gateway';
import { alone, batch, bodyOf, message, reply } from '../support/messages';

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
		const request = gateway.buildSend(two);
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
		expect(bodyOf(gateway.buildSend(alone(gateway, input)))).toBe(body);
	});

	it('refuses a sender that is no number', () => {
		expect(gateway.checkMessage(message(gateway, { from: 'ACME' }))).toMatchObject({
			kind: 'invalid_sender',
		});
	});
});

describe('the answer', () => {
	it('is read for each number, as in the sample of the page', () => {
		const body = {
			send_log: [
				{ ...sample, to: 12812345679, code: '400', code_desc: 'Invalid destination number', smsid: null },
				sample,
			],
		};
		expect(gateway.readSend(reply(body), two)).toEqual([
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
		['From number does not belong to you or is not SMS enabled', 'invalid_sender'],
		['Invalid delivery_date', 'invalid_parameter'],
		['Invalid destination number', 'invalid_recipient'],
		['Message is too long', 'content_rejected'],
		['Computer says no', 'unknown'],
	])('error "%s" is %s', (error_message, kind) => {
		for (const error of [true, 1, '1', 'yes']) {
			expect(gateway.readSend(reply({ error, error_message }), two)?.map((outcome) => outcome)).toEqual([
				expect.objectContaining({ accepted: false, kind }),
				expect.objectContaining({ accepted: false, kind }),
			]);
		}
	});

	it.each<[string, object]>([
		['a number that is missing', { send_log: [{ ...sample, to: '12812345679' }] }],
		['no rows', { send_log: [] }],
		['a row without code', { send_log: [{ ...sample, code: null }] }],
		['a row that is null', { send_log: [null] }],
	])('claims nothing for %s', (_, body) => {
		expect(gateway.readSend(reply(body), two)?.[0]).toMatchObject({ accepted: null, retry: 'check_first' });
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
	])('is not its own: %s', (body) => {
		expect(gateway.readSend(reply(body), two)).toBeNull();
	});
});
