/** VoIP Communications, for the tests: see facts.ts. */
import { readVoipCommunicationsCall } from '../../nodes/VoipCommunications/webhook';
import { OWNED_NUMBER } from '../../simulators/voipCommunications';
import type { GatewayFacts, GrowthFacts } from './facts';
import { byNumber, json, like, refused, texts } from './words';

const number = (n: number): string => `+1${2_812_345_000 + n}`;

const interfaces: GatewayFacts['interfaces'] = [
	{
		requestCodes: [
			...refused({
				'Not enough balance': 'insufficient_funds',
				'From number does not belong to you or is not SMS enabled': 'invalid_sender',
			}),
			['Something else', 'unknown', null],
		],
		recipientCode: ['400', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
];

const operations: GatewayFacts['operations'] = {
	'message.getAll': {
		parameters: {},
		prepare: async (workshop) => {
			await texts(number)(workshop, 4);
			return [];
		},
		expected: (_, { texts: sent }) =>
			[...sent].reverse().map(({ to, messageId, text }) => like({ messageId, direction: 'out', to, text })),
		// The page that is empty ends the list.
		requests: () => 2,
	},
	'message.getConversation': {
		parameters: { ownNumber: OWNED_NUMBER, ...byNumber },
		prepare: texts(number, { from: OWNED_NUMBER }),
		expected: ({ to }, { texts: sent }) =>
			sent
				.filter((one) => `+${one.to}` === to)
				.map(({ messageId, text }) =>
					like({ messageId, direction: 'out', from: OWNED_NUMBER, to: String(to).slice(1), text }),
				),
		requests: (rows) => rows * 2,
	},
};

const replies: GatewayFacts['replies'] = {
	acceptance: /200/,
	signs: [
		['send_log.*.code', 'only this'],
		['send_log.*.to', 'number'],
	],
	rows: 'send_log',
	refusal: { code: 400, code_desc: 'Invalid destination number', status: 'ERROR', smsid: '' },
	failure: { row: { code: 987 } },
	toSending: [
		'{"send_log":[{"code":200,"code_desc":"","to":"79161234567","sale":0.01,"status":"SCHEDULED","smsid":"2017559"},{"code":400,"code_desc":"Invalid destination number","to":"79161234568"}]}',
		'{"error":true,"error_message":"Not enough balance"}',
	],
	toOperations: [
		'{"summary":[{"sms_id":"7","sms_inout":"IN","sms_status":"","sms_status_date":"2019-10-01 00:00:00","sms_internal":"1","sms_external":"2","sms_sale":"0.01","sms_msg":"x"}]}',
		'{"chat":[{"sms_id":"7","sms_inout":"IN","sms_status_date":"2019-10-01 00:00:00","sms_msg":"x"}]}',
		'{"error":true,"error_message":"Not enough balance"}',
	],
};

const sent: GrowthFacts['sent'] = (rows) => ({
	send_log: rows.map(({ digits, id }) => ({ code: 200, code_desc: '', to: digits, sale: 0.01, smsid: id })),
});

const growth: GrowthFacts = {
	sent,
	operations(count) {
		const entries = Array.from({ length: count }, (_, n) => ({ sms_id: n, sms_inout: 'OUT', sms_msg: 'x' }));
		return { summary: entries, chat: entries };
	},
};

const credential: GatewayFacts['credential'] = {
	right: { any: [json({ user: { user_id: '1042' }, endpoint: {} })] },
	wrongKey: {
		any: [
			json({ status: false, error: 'Invalid api credentials' }, 401),
			json({ error: true, error_message: 'Invalid api credentials' }),
		],
	},
	otherTrouble: [json({ error: true, error_message: 'Account suspended' })],
	fields: (first, second) => ({ apiKey: first, apiPassword: second }),
};

export const voipCommunications: GatewayFacts = {
	documented: `
		sms/send from to msg delivery_date send_log code code_desc country sale type status smsid error error_message sms/summary
		page sms/chat internal external sms_id sms_inout sms_status sms_status_date sms_type sms_internal sms_external sms_country
		sms_sale sms_msg cms/user cms/login cms/newuser cms/pwdchange ionic/misc ionic/callquote ionic/callcdr ionic/billing
		ionic/endpointoutbound pcall/call rnpaypal/step1 appinfo/about user_balance_warning
	`,
	homeCountry: 'US',
	number,
	parameters: {},
	lacks: [{ flash: true }, 'Flash Message'],
	thousand: [10, 1000],
	sheet: 24,
	messageId: '2017559',
	// It sends from numbers alone.
	sender: OWNED_NUMBER,
	interfaces,
	operations,
	replies,
	growth,
	credential,
	trigger: { alias: 'reply', readers: [['voipCommunications', readVoipCommunicationsCall]] },
};
