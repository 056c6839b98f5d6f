/** SMSC, for the tests: see facts.ts. */
import { readSmscCall } from '../../nodes/Smsc/webhook';
import type { GatewayFacts, GrowthFacts } from './facts';
import { byId, byNumber, deleted, each, hundreds, json, like, one, people, refused, texts } from './words';

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString();
const number = (n: number): string => `+79${161_000_000 + n}`;

const interfaces: GatewayFacts['interfaces'] = [
	{
		requestCodes: refused({
			'1': 'invalid_parameter',
			'2': 'authentication',
			'3': 'insufficient_funds',
			'4': 'rate_limited',
			'5': 'invalid_parameter',
			'6': 'content_rejected',
			'7': 'invalid_recipient',
			'8': 'no_route',
			'10': 'rate_limited',
		}),
		recipientCode: ['25', 'no_route'],
		canBeAsked: true,
		perRequest: 100,
		speaksJson: true,
	},
];

const operations: GatewayFacts['operations'] = {
	'message.getStatus': {
		parameters: { ...byId, ...byNumber },
		prepare: texts(number),
		expected: ({ messageId, to }) => [
			like({ messageId, to, status: 'delivered', final: true, reason: null }),
		],
		requests: hundreds,
	},
	'message.cancel': {
		parameters: { ...byId, ...byNumber },
		prepare: texts(number),
		expected: deleted,
		requests: each,
	},
	'message.getAll': {
		parameters: {},
		prepare: async (workshop) => {
			await texts(number)(workshop, 4);
			return [];
		},
		expected: (_, { texts: sent }) =>
			[...sent].map(({ to, messageId }) => like({ to: `+${to}`, messageId, status: 'delivered' })),
		// The page that is empty ends the list.
		requests: () => 2,
	},
	'incoming.getAll': {
		parameters: { hours: 24 },
		prepare: async ({ simulator }) => {
			for (const text of ['Да', 'Нет + ещё', 'STOP', '4'])
				await simulator.receive({ from: '79161234567', to: '79037672215', text });
			return [];
		},
		expected: () =>
			['Да', 'Нет + ещё', 'STOP', '4'].map((text) =>
				like({ from: '+79161234567', to: '+79037672215', text }),
			),
		requests: one,
	},
	'account.getBalance': {
		parameters: {},
		expected: (_, { balance }) => [like({ balance, currency: 'RUB' })],
		requests: one,
	},
	'account.getStatistics': {
		// The gateway's clock may be ahead of ours.
		parameters: { start: day(-2), end: day(60) },
		prepare: async (workshop) => {
			await texts(number)(workshop, 3);
			return [];
		},
		expected: (_, { credentials }) => [
			{ messages: 3, cost: 4.2, currency: 'RUB', paidIn: 0, login: credentials.login },
		],
		requests: one,
	},
	'account.getPrices': {
		parameters: {},
		expected: () => [
			{ network: 'МТС', zone: '1', cost: 1.4, callCost: 1.4, lookupCost: 0.3, mmsCost: 6 },
			{ network: 'Казахстан', zone: '2', cost: 5.5, callCost: 1.4, lookupCost: 0.3, mmsCost: 6 },
		],
		requests: one,
	},
	'sender.getAll': {
		parameters: {},
		expected: () => [like({ sender: expect.any(String) })],
		requests: one,
	},
	'number.getOperator': {
		parameters: byNumber,
		prepare: people(number),
		expected: ({ to }) => [like({ to, operator: expect.any(String), country: expect.any(String) })],
		requests: each,
		// "100 requests a minute".
		mostRows: 90,
	},
	'stopList.add': {
		parameters: byNumber,
		prepare: people(number),
		expected: ({ to }) => [{ to, added: true }],
		requests: each,
	},
	'stopList.remove': {
		parameters: byNumber,
		prepare: async (workshop, rows) => {
			const numbers = await people(number)(workshop, rows);
			await workshop.run({ resource: 'stopList', operation: 'add', ...byNumber }, numbers);
			return numbers;
		},
		expected: deleted,
		requests: each,
	},
	'verification.addCheck': {
		parameters: byNumber,
		prepare: people(number),
		expected: ({ to }) => [{ to, callPhone: '+79037672215' }],
		requests: each,
	},
};

const replies: GatewayFacts['replies'] = {
	// An id; a count is not looked at. In numbers: `<id>,<n>`.
	acceptance: /"id"|<id>|ID - |^[\w.-]+,\d+/m,
	// "id: identifier of the message"; with op=1 a list of the numbers, each with status and error where it was refused.
	signs: [
		['id', 'id'],
		['phones.*.phone', 'number'],
	],
	rows: 'phones',
	refusal: { status: '25', error: '250' },
	failure: { whole: { error: 'x', error_code: 987 }, row: { error: '250', status: '25' } },
	layouts: [0, 1, 2, 3].map((responseFormat) => ({
		options: { responseFormat },
		json: responseFormat === 3,
	})),
	otherLayouts: [{ cost: 1 }],
	toSending: [
		'{"id":5,"cnt":2,"phones":[{"phone":"79161234567","mccmnc":"25001","cost":"2.10","status":"","error":""},{"phone":"79161234568","mccmnc":"25001","cost":"2.10","status":"22","error":"249"}]}',
		'{"error":"duplicate request, wait a minute","error_code":9}',
		'<result><id>5</id><cnt>2</cnt><phones><phone mccmnc="25001" cost="2.10" status="" error="">79161234567</phone></phones></result>',
		'OK - 1 SMS, ID - 1234, COST - 1.40, BALANCE - 100.50',
		'ERROR = 7 (invalid number), ID - 34',
	],
	toOperations: [
		'{"status":1,"last_date":"12.10.2024 12:00:00","last_timestamp":1728723600,"id":1,"phone":"79161234567"}',
		'[{"status":20,"err":13,"id":1,"phone":"79161234567","cost":"2.10"},{"status":-3,"id":2,"phone":"79161234568"}]',
		'{"balance":"100.50","currency":"RUR","credit":"5"}',
		'[{"id":"1","sender":"ACME"}]',
		'{"country":"Россия","operator":"МТС","region":"Москва","mcc":"250","mnc":"01","tz":3}',
		'[{"id":47436134,"received":"28.12.2024 12:00:00","phone":"79161234567","message":"Да","to_phone":"79037672215"}]',
		'{"error":"no records","error_code":3}',
		'ERROR = 2 (authorise error)',
		'[{"login":"alex","cnt":"12","credit":"16.80","debit":"100.00","currency":"RUR"}]',
		'[{"zone":"1","name":"МТС","api":"1.40","mass":"1.50","mms":"6","hlr":"0.30","call":"1.40"}]',
		'OK',
	],
};

const sent: GrowthFacts['sent'] = (rows, { reference }) => ({
	id: reference,
	cnt: rows.length,
	phones: rows.map(({ digits }) => ({ phone: digits, cost: '1.40', status: '', error: '' })),
});

const growth: GrowthFacts = {
	sent,
	prices: (rows, batch) => ({ ...sent(rows, batch), cost: '1.00' }),
	reconciled: (rows, { reference }) =>
		rows.map(({ digits }) => ({ phone: digits, status: '1', id: reference })),
	operations: (count) =>
		Array.from({ length: count }, (_, n) => ({
			...{
				id: n + 1,
				int_id: n + 1,
				phone: number(n).slice(1),
				status: 1,
				sender: 'ACME',
				message: 'x',
			},
			...{
				received: '28.12.2024 12:00:00',
				to_phone: '79037672215',
				cost: '1',
				balance: '1',
				cnt: 1,
				zone: '1',
			},
		})),
	texts: [
		[
			'in XML',
			{ responseFormat: 2 },
			(repeated) =>
				`<result><id>5</id><cnt>1</cnt><phones>${repeated('<phone status="" error="">79161234567</phone>')}</phones></result>`,
		],
		['in XML without an end', { responseFormat: 2 }, (repeated) => `<result>${repeated('<phones><phone ')}`],
		['in numbers', { responseFormat: 1 }, (repeated) => repeated('1,')],
		['in words', { responseFormat: 0 }, (repeated) => `OK - 1 SMS, ID - ${repeated('1.')}`],
	],
};

const credential: GatewayFacts['credential'] = {
	ways: ['login', 'apiKey'],
	right: {
		any: [
			json({ balance: '100.50', currency: 'RUR' }),
			json({ balance: '0.00' }),
			json({ balance: '-5.20' }),
		],
	},
	wrongKey: { any: [json({ error: 'authorise error', error_code: 2 })] },
	// 1: a parameter is missing (an empty password), 4: the IP address is blocked, 9: asked too often.
	otherTrouble: [1, 4, 9].map((code) => json({ error: 'x', error_code: code })),
	fields: (first, second) => ({
		authentication: 'login',
		login: 'somebody',
		password: first,
		apiKey: second,
	}),
};

export const smsc: GatewayFacts = {
	documented: `
		sys/send.php rest/send/ sys/status.php sys/balance.php sys/wait_call.php sys/senders.php sys/templates.php
		sys/op_templates.php sys/jobs.php sys/phones.php sys/users.php sys/documents.php sys/ping.php sys/tinyurls.php
		sys/receive_phones.php get_answers get_messages get_stat get_price get_operator get_mega_accounts add_black del_black
		login psw apikey phones mes id sender translit tinyurl time tz period freq flash bin push hlr ping mms mail soc viber
		whatsapp tg bot smsreq call voice param fileurl files subj charset cost fmt list nl valid maxsms userip imgcode err op pp
		cnt balance mccmnc status error phone all del last_date last_timestamp send_date send_timestamp sender_id status_name
		message comment type sms_cnt flag country operator operator_orig region imsi msc mcc mnc cn net rcn rnet cur hour
		after_id to_phone received sent start end email format prev_id int_id crc mycur to waitcall ts md5 sha1 crc32
	`,
	homeCountry: 'RU',
	number,
	parameters: {},
	lacks: [{ testMode: true }, 'Test Mode'],
	// An account has a currency of its own, which the price does not name.
	price: [expect.any(Number), null],
	thousand: [10, 10],
	sheet: 12,
	messageId: '1042',
	hasty: { options: { messageId: 'mine' } },
	interfaces,
	operations,
	replies,
	growth,
	credential,
	trigger: {
		alias: 'delivery report',
		readers: [
			['smsc', (call) => readSmscCall(call, '')],
			['smsc, signed', (call) => readSmscCall(call, 'secret')],
		],
		forged: {
			parameters: { events: ['status'], checkSignature: true },
			body: 'id=1&phone=79161234567&status=1&md5=00',
			secretField: 'callbackSecret',
		},
	},
};
