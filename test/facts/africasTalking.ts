/** Africa's Talking, for the tests: see facts.ts. */
import { readAfricasTalkingCall } from '../../nodes/AfricasTalking/webhook';
import { DEFAULT_SENDER } from '../../simulators/africasTalking';
import type { GatewayFacts, GrowthFacts } from './facts';
import { json, one, refused, text, unclear } from './words';

const number = (n: number): string => `+2547${12_000_000 + n}`;

const interfaces: GatewayFacts['interfaces'] = [
	{
		requestCodes: [
			...refused({
				'402': 'invalid_sender',
				'403': 'invalid_recipient',
				'404': 'invalid_recipient',
				'405': 'insufficient_funds',
				'406': 'blocked_recipient',
				'407': 'no_route',
				'409': 'blocked_recipient',
				'502': 'unknown',
			}),
			['401', 'content_rejected', null],
			...unclear('500', '501'),
			['InvalidRequest', 'unknown', null],
		],
		recipientCode: ['406', 'blocked_recipient'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
];

const operations: GatewayFacts['operations'] = {
	'account.getBalance': {
		parameters: {},
		expected: (_, { balance }) => [{ balance, currency: 'KES' }],
		requests: one,
	},
};

const replies: GatewayFacts['replies'] = {
	acceptance: /Success/,
	// "statusCode" may be missing (older replies); the word beside it is Success for all that were taken.
	signs: [
		['SMSMessageData.Recipients.*.status', 'only this'],
		['SMSMessageData.Recipients.*.messageId', 'id'],
		['SMSMessageData.Recipients.*.number', 'number'],
	],
	rows: 'SMSMessageData.Recipients',
	refusal: { cost: '0', messageId: 'None', status: 'InvalidPhoneNumber', statusCode: 403 },
	failure: { row: { statusCode: 403 } },
	toSending: [
		'{"SMSMessageData":{"Message":"Sent to 1/2 Total Cost: KES 0.8000 Message parts: 1","Recipients":[{"cost":"KES 0.8000","messageId":"ATXid_7468c9a251f9e9efcc6b2f7ea756a56c","number":"+79161234567","status":"Success","statusCode":102},{"cost":"0","messageId":"None","number":"+79161234568","status":"UserInBlacklist","statusCode":406}]}}',
		'{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}',
		'The supplied authentication is invalid',
	],
	refusalWith: (sentence) => text(sentence, 401),
	toOperations: ['{"UserData":{"balance":"KES 1785.50"}}', 'The supplied authentication is invalid'],
};

const sent: GrowthFacts['sent'] = (rows) => ({
	SMSMessageData: {
		Message: `Sent to ${rows.length}/${rows.length} Total Cost: KES 1 Message parts: 1`,
		Recipients: rows.map(({ digits, id }) => ({
			cost: 'KES 0.8000',
			messageId: `ATXid_${id}`,
			number: `+${digits}`,
			status: 'Success',
			statusCode: 102,
		})),
	},
});

const growth: GrowthFacts = {
	sent,
	operations: () => ({ UserData: { balance: 'KES 1785.50' } }),
};

const credential: GatewayFacts['credential'] = {
	right: {
		any: ['KES 1785.50', 'USD 999999589.6168', 'UGX -14.5731', 'KES 0.0000'].map((balance) =>
			json({ UserData: { balance } }),
		),
	},
	wrongKey: { any: [text('The supplied authentication is invalid', 401)] },
	otherTrouble: [429, 500, 503].map((status) => text('There was an internal server error.', status)),
	fields: (first) => ({ username: 'somebody', apiKey: first }),
};

export const africasTalking: GatewayFacts = {
	documented: `
		/version1/messaging /version1/messaging/bulk /version1/user apiKey username to from message enqueue bulkSMSMode keyword
		linkId retryDurationInHours phoneNumbers senderId maskedNumber telco messageId cost status statusCode number messageParts
		Message balance lastReceivedId id phoneNumber failureReason networkCode retryCount text date subscription/create
		subscription/delete
	`,
	homeCountry: 'KE',
	number,
	parameters: {},
	lacks: [{ flash: true }, 'Flash Message'],
	thousand: [10, 1000],
	sheet: 24,
	messageId: 'ATXid_7468c9a251f9e9efcc6b2f7ea756a56c',
	// It takes registered senders alone.
	sender: DEFAULT_SENDER,
	interfaces,
	operations,
	replies,
	growth,
	credential,
	trigger: { alias: 'delivery report', readers: [['africasTalking', readAfricasTalkingCall]] },
};
