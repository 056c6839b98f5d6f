/** Advanta SMS, for the tests: see facts.ts. */
import { readAdvantaCall } from '../../nodes/AdvantaSms/webhook';
import type { GatewayFacts, GrowthFacts } from './facts';
import { byId, delivered, each, json, one, refused, texts, unclear } from './words';

const number = (n: number): string => `+2547${12_000_000 + n}`;

const interfaces: GatewayFacts['interfaces'] = [
	{
		requestCodes: [
			...refused({
				'1001': 'invalid_sender',
				'1002': 'no_route',
				'1003': 'invalid_recipient',
				'1004': 'insufficient_funds',
				'1006': 'authentication',
				'1009': 'invalid_parameter',
				'1010': 'invalid_parameter',
				'1012': 'invalid_parameter',
				'1104': 'invalid_parameter',
				'4091': 'authentication',
				'4092': 'authentication',
				'4093': 'authentication',
			}),
			...unclear('1005', '1007', '4090'),
		],
		recipientCode: ['1002', 'no_route'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
];

const operations: GatewayFacts['operations'] = {
	'message.getStatus': {
		parameters: byId,
		prepare: texts(number),
		expected: delivered,
		requests: each,
	},
	'account.getBalance': {
		parameters: {},
		expected: (_, { balance }) => [{ balance, currency: null, unit: 'SMS' }],
		requests: one,
	},
};

const replies: GatewayFacts['replies'] = {
	acceptance: /200/,
	signs: [
		['responses.*.response-code', 'only this'],
		['responses.*.messageid', 'id'],
		['responses.*.mobile', 'number'],
	],
	rows: 'responses',
	refusal: { 'response-code': 1003 },
	failure: { row: { 'response-code': 1003 } },
	toSending: [
		'{"responses":[{"response-code":200,"response-description":"Success","mobile":79161234567,"messageid":8290842,"networkid":"1"},{"respose-code":1003,"response-description":"x","mobile":"79161234568"}]}',
		'{"response-code":1006,"response-description":"Invalid credentials"}',
	],
	toOperations: [
		'{"response-code":200,"message-id":"1","response-description":"Success","delivery-status":32,"delivery-description":"AbsentSubscriber","delivery-tat":null,"delivery-time":"2026-08-14 12:57:42"}',
		'{"respose-code":"1009","response-description":"No dlr"}',
		'{"response-code":200,"credit":"545.00","partner-id":"1"}',
	],
};

const sent: GrowthFacts['sent'] = (rows) => ({
	responses: rows.map(({ digits, id }) => ({
		'response-code': 200,
		'response-description': 'Success',
		mobile: digits,
		messageid: id,
	})),
});

const growth: GrowthFacts = {
	sent,
	operations: (count) => ({
		'response-code': 200,
		'message-id': '1',
		credit: '1',
		responses: Array.from({ length: count }, () => ({ 'response-code': 200, credit: '1' })),
	}),
};

const credential: GatewayFacts['credential'] = {
	right: {
		any: [
			json({ 'response-code': 200, credit: '545.00', 'partner-id': '1' }),
			json({ 'response-code': 200, credit: '12,345.00', 'partner-id': '1' }),
			json({ 'response-code': 200, credit: 0, 'partner-id': '1' }),
		],
	},
	wrongKey: {
		any: [
			json({ 'response-code': 1006, 'response-description': 'Invalid credentials' }),
			json({ 'response-code': '1006', 'response-description': 'Invalid credentials' }),
			json({ 'respose-code': 1006, 'response-description': 'Invalid credentials' }),
			json({ 'response-code': 1006, 'response-description': 'Invalid credentials' }, 401),
			// In a list, as its brands put it.
			json({ responses: [{ 'response-code': 1006, 'response-description': 'Invalid credentials' }] }),
			json({ responses: [{ 'respose-code': 1006, 'response-description': 'Invalid credentials' }] }),
			...[4091, 4092, 4093].map((code) => json({ 'response-code': code })),
		],
	},
	// 4090: "internal error, please try again after 5 minutes".
	otherTrouble: [json({ 'response-code': 4090, 'response-description': 'Internal error occurred' })],
	fields: (first) => ({ apiKey: first, partnerId: '12345', shortcode: 'ACME' }),
};

export const advantaSms: GatewayFacts = {
	documented: `
		sendsms sendbulk sendotp getdlr getbalance credit send-email api/v3/airtime/send apikey partnerID message shortcode mobile
		timeToSend pass_type hashed clientsmsid count smslist isFlash messageID childID amount response-code respose-code
		response-description messageid networkid message-id delivery-status delivery-description delivery-tat delivery-networkid
		delivery-time partner-id description timeTaken timestamp msisdn partnerId
	`,
	homeCountry: 'KE',
	number,
	parameters: {},
	lacks: [{ transliterate: true }, 'Transliterate'],
	thousand: [10, 50],
	sheet: 60,
	messageId: '8290842',
	undelivered: 'DeliveryImpossible',
	interfaces,
	operations,
	replies,
	growth,
	credential,
	trigger: { alias: 'delivery report', readers: [['advantaSms', readAdvantaCall]] },
};
