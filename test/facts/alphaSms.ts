/** AlphaSMS, for the tests: see facts.ts. */
import type { GatewayFacts, GrowthFacts } from './facts';
import { byId, deleted, delivered, each, json, one, refused, text, texts } from './words';

const number = (n: number): string => `+38050${1_000_000 + n}`;

const requestCodes = refused({
	'Wrong login/password': 'authentication',
	'Access denied': 'authentication',
	'Unknown command': 'invalid_parameter',
	'Not enough money': 'insufficient_funds',
	'Please enter valid receiver phone number': 'invalid_recipient',
	'Please enter SMS text': 'invalid_parameter',
	'Sender phone should contains only english letters, digits, dot, underscore, dash': 'invalid_sender',
	'Error in Alpha-name': 'invalid_sender',
});

const interfaces: GatewayFacts['interfaces'] = [
	{
		name: 'alphaSms with its API key (JSON)',
		requestCodes,
		recipientCode: ['Please enter valid receiver phone number', 'invalid_recipient'],
		canBeAsked: 'if taken',
		perRequest: 100,
		speaksJson: true,
	},
	{
		name: 'alphaSms with its API key (text)',
		credentials: { authentication: 'apiKeyText' },
		requestCodes,
		recipientCode: ['Please enter valid receiver phone number', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 1,
		speaksJson: false,
	},
	{
		name: 'alphaSms with a login (text)',
		credentials: { authentication: 'login' },
		requestCodes,
		recipientCode: ['Please enter valid receiver phone number', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 1,
		speaksJson: false,
	},
];

const operations: GatewayFacts['operations'] = {
	'message.getStatus': {
		parameters: byId,
		prepare: texts(number, { from: 'ACME' }),
		expected: delivered,
		requests: each,
		halfLooksWhole: true,
	},
	'message.cancel': {
		parameters: byId,
		prepare: texts(number, { from: 'ACME' }, { sendAt: '={{ $now.plus({ days: 2 }).toISO() }}' }),
		expected: deleted,
		requests: each,
	},
	'account.getBalance': {
		parameters: {},
		expected: (_, { balance }) => [{ balance: Number(balance.toFixed(6)), currency: null }],
		requests: one,
		halfLooksWhole: true,
	},
};

const replies: GatewayFacts['replies'] = {
	acceptance: /id:\s*\d+/,
	signs: [
		['data.*.success', 'only this'],
		['data.*.data.msg_id', 'id'],
		['data.*.data.id', 'number'],
	],
	rows: 'data',
	refusal: { success: false, error: 'Error in Alpha-name' },
	failure: { row: { error: 'x' } },
	layouts: [{}, { messageKind: 'viber' }, { messageKind: 'rcs+sms' }].map((options) => ({
		options,
		json: true,
	})),
	toSending: ['id:84523377 sms_count:1', 'id:84523377\nsms_count:1', 'errors:Wrong login/password'],
	refusalWith: (sentence) => text(`errors:${sentence}`),
	toOperations: [
		'status:Out of touch code:5 status_time:2024/10/12',
		'status:Доставлено\ncode:3\nstatus_time:2011-11-15T15:22:26+0200',
		'status:Deleted code:10',
		'balance:31.168300000000002',
		'errors:SMS not found',
	],
};

const sent: GrowthFacts['sent'] = (rows) => ({
	success: true,
	data: rows.map(({ id }) => ({ success: true, data: { id, msg_id: id, parts: 1 } })),
});

const growth: GrowthFacts = {
	sent,
	reconciled: (rows) => ({
		success: true,
		data: rows.map(({ id }) => ({ success: true, data: { id, type: 'sms', status: 'DELIVERED' } })),
	}),
	operations: 'status:Delivered code:3 status_time:2024/10/12 balance:1\n',
	texts: [['', {}, (repeated) => `id:1 ${repeated('errors:x sms_count:1\n')}`]],
};

const balances = [
	text('balance:31.168300000000002'),
	text('balance:0'),
	// What the node's own Get Balance reads.
	text('\r\nbalance:12.5'),
];
const refusals = [
	text('errors:Wrong login/password'),
	text('errors:Access denied'),
	text('errors:Доступ запрещен'),
	// Seen without the word in front, too; the second begins like a balance.
	text('Доступ запрещен'),
	text('blocked by administrator'),
];

const credential: GatewayFacts['credential'] = {
	ways: ['apiKey', 'apiKeyText', 'login'],
	right: {
		login: balances,
		apiKeyText: balances,
		apiKey: [json({ success: true, data: [{ success: true, data: { amount: 31.1683, currency: 'UAH' } }] })],
	},
	wrongKey: {
		login: refusals,
		apiKeyText: refusals,
		apiKey: [json({ success: false, error: 'Access denied' })],
	},
	otherTrouble: [],
	fields: (first, second) => ({
		authentication: 'apiKey',
		apiKey: first,
		login: 'somebody',
		password: second,
	}),
};

export const alphaSms: GatewayFacts = {
	documented: `
		version key auth login pass command=send command=receive command=delete command=balance command=price from to message wap
		flash ask_date class_version viber viber_from viber_sms viber_url id sms_count errors error status code status_time price
		currency data success phone sms_signature sms_message sms_lifetime short_link unsubscribe_link hook msg_id parts type=sms
		type=viber viber_type viber_signature viber_message viber_image viber_link viber_button viber_lifetime type=viber+sms
		type=rcs rcs_signature rcs_message rcs_image rcs_link rcs_button rcs_lifetime type=rcs+sms type=rcs+viber+sms
		type=pipeline type=telegram telegram_lifetime type=whatsapp type=voice gender language name dtmf type=call/otp type=hlr
		type=status replies type=balance amount /v1/json message-viber message-async job recipient sender url date_beg date_end
		prices
	`,
	homeCountry: 'UA',
	number,
	parameters: { from: 'ACME' },
	lacks: [{ transliterate: true }, 'Transliterate'],
	price: [1.2, 'UAH'],
	thousand: [1000, 1000],
	sheet: 1000,
	messageId: '84523377',
	undelivered: '96',
	hasty: { expertOptions: { version: 'http' } },
	interfaces,
	operations,
	replies,
	growth,
	credential,
	// Its calls are not read at all, but for the address: test/unit/AlphaSms/trigger.test.ts.
	trigger: { alias: 'delivery report', readers: [] },
};
