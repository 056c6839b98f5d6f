/** SMS.RU, for the tests: see facts.ts. */
import { readSmsRuCall } from '../../nodes/SmsRu/webhook';
import type { GatewayFacts, GrowthFacts } from './facts';
import {
	byId,
	byNumber,
	deleted,
	delivered,
	each,
	hundreds,
	json,
	one,
	people,
	refused,
	texts,
	unclear,
} from './words';

const number = (n: number): string => `+79${161_000_000 + n}`;

const urls = Array.from({ length: 4 }, (_, n) => `https://example.com/reports?n=${n}&a=b+c`);

const interfaces: GatewayFacts['interfaces'] = [
	{
		requestCodes: [
			...refused({
				'200': 'authentication',
				'201': 'insufficient_funds',
				'202': 'invalid_recipient',
				'203': 'invalid_parameter',
				'204': 'invalid_sender',
				'205': 'invalid_parameter',
				'206': 'rate_limited',
				'207': 'no_route',
				'208': 'invalid_parameter',
				'209': 'blocked_recipient',
				'210': 'invalid_parameter',
				'211': 'invalid_parameter',
				'212': 'invalid_parameter',
				'213': 'invalid_parameter',
				'214': 'no_route',
				'215': 'blocked_recipient',
				'216': 'content_rejected',
				'217': 'content_rejected',
				'220': 'temporary',
				'221': 'invalid_sender',
				'230': 'rate_limited',
				'231': 'duplicate',
				'232': 'duplicate',
				'233': 'rate_limited',
				'300': 'authentication',
				'301': 'authentication',
				'302': 'authentication',
				'501': 'rate_limited',
				'502': 'rate_limited',
				'503': 'rate_limited',
				'504': 'rate_limited',
				'505': 'rate_limited',
				'506': 'rate_limited',
				'507': 'invalid_parameter',
				'508': 'rate_limited',
				'550': 'no_route',
			}),
			...unclear('500'),
		],
		recipientCode: ['215', 'blocked_recipient'],
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
		requests: hundreds,
	},
	'account.getBalance': {
		parameters: {},
		expected: (_, { balance }) => [{ balance, currency: 'RUB' }],
		requests: one,
	},
	'account.getLimits': {
		parameters: {},
		expected: () => [
			{ limit: 'numbersToday', total: 10_000, used: 0, remaining: 10_000 },
			{ limit: 'freeTextsToday', total: 5, used: 0, remaining: 5 },
		],
		// A page of the vendor's for each limit.
		requests: () => 2,
	},
	'sender.getAll': {
		parameters: {},
		expected: () => [{ sender: 'MySender' }],
		requests: one,
	},
	'stopList.add': {
		parameters: { ...byNumber, note: 'Отписался + всё' },
		prepare: people(number),
		expected: ({ to }) => [{ to, added: true }],
		requests: each,
	},
	'stopList.remove': {
		parameters: byNumber,
		prepare: people(number),
		expected: deleted,
		requests: each,
	},
	'stopList.getAll': {
		parameters: {},
		prepare: async (workshop) => {
			const numbers = await people(number)(workshop, 4);
			await workshop.run({ resource: 'stopList', operation: 'add', ...byNumber, note: 'Отписался' }, numbers);
			return [];
		},
		expected: () => [0, 1, 2, 3].map((n) => ({ to: number(n), note: 'Отписался' })),
		requests: one,
	},
	'verification.addCheck': {
		parameters: byNumber,
		prepare: people(number),
		expected: ({ to }) => [
			{
				to,
				checkId: expect.stringMatching(/^\d{6}-\d+$/),
				callPhone: '78005008275',
				callPhonePretty: '+7 (800) 500-8275',
			},
		],
		requests: each,
	},
	'verification.getCheck': {
		parameters: { checkId: '={{ $json.checkId }}' },
		prepare: async (workshop, rows) => {
			const numbers = await people(number)(workshop, rows);
			const { success } = await workshop.run(
				{ resource: 'verification', operation: 'addCheck', ...byNumber },
				numbers,
			);
			return success.map(({ json }) => json);
		},
		expected: ({ checkId }) => [{ checkId, state: 'waiting', confirmed: false }],
		requests: each,
	},
	'callback.add': {
		parameters: { url: '={{ $json.url }}' },
		prepare: async (_, rows) =>
			Array.from({ length: rows }, (_row, n) => ({ url: `https://example.com/${n}` })),
		expected: ({ url }) => [{ url, added: true }],
		requests: each,
	},
	'callback.remove': {
		parameters: { url: '={{ $json.url }}' },
		prepare: async (_, rows) =>
			Array.from({ length: rows }, (_row, n) => ({ url: `https://example.com/${n}` })),
		expected: deleted,
		requests: each,
	},
	'callback.getAll': {
		parameters: {},
		prepare: async ({ simulator }) => {
			simulator.callbacks.reportUrls.push(...urls);
			return [];
		},
		expected: () => urls.map((url) => ({ url })),
		requests: one,
	},
};

const replies: GatewayFacts['replies'] = {
	acceptance: /100|101|102|103|110/,
	// "status_code of each number": 100 is the one that took it, and `status` beside it is OK.
	signs: [
		['sms.*.status_code', 'only this'],
		['sms.*.status', 'only this'],
	],
	rows: 'sms',
	refusal: { status: 'ERROR', status_code: 207 },
	failure: { row: { status: 'ERROR' } },
	layouts: [
		{ options: {}, json: true },
		{ options: { responseFormat: 'text' }, json: false },
	],
	toSending: [
		'{"status":"OK","status_code":100,"sms":{"79161234567":{"status":"OK","status_code":100,"sms_id":"000000-10000000","cost":"3.50"},"79161234568":{"status":"ERROR","status_code":207,"status_text":"x"}},"balance":4122.56}',
		'{"status":"ERROR","status_code":200,"status_text":"x"}',
		'100\n000000-10000000\n207\nbalance=4122.56',
	],
	toOperations: [
		'{"status":"OK","status_code":100,"sms":{"1":{"status":"OK","status_code":103,"cost":"3.50"},"2":{"status":"ERROR","status_code":-1,"status_text":"x"}},"balance":1.5}',
		'{"status":"OK","status_code":100,"balance":"1000.00","total_limit":"10","used_today":0,"total_free":5}',
		'{"status":"OK","status_code":100,"senders":["ACME"],"callback":["https:\\/\\/a.example"],"stoplist":{"79161234567":"x"}}',
		'{"status":"OK","status_code":100,"check_id":"201737-542","call_phone":"78005008275","check_status":"401"}',
		'{"status":"ERROR","status_code":902,"status_text":"x"}',
	],
};

const sent: GrowthFacts['sent'] = (rows) => ({
	status: 'OK',
	status_code: 100,
	sms: Object.fromEntries(
		rows.map(({ digits, id }) => [digits, { status: 'OK', status_code: 100, sms_id: `000000-${id}` }]),
	),
	balance: 1,
});

const growth: GrowthFacts = {
	sent,
	prices: (rows, batch) => ({ ...sent(rows, batch), cost: '1.00' }),
	operations: (count) => {
		const numbers = Array.from({ length: count }, (_, n) => n + 1);
		return {
			...{ status: 'OK', status_code: 100, balance: '1', total_limit: 1, used_today: 0, total_free: 5 },
			sms: Object.fromEntries(numbers.map((n) => [n, { status: 'OK', status_code: 103, cost: '1' }])),
			senders: numbers.map((n) => `ACME${n}`),
			callback: numbers.map((n) => `https://a.example/${n}`),
			stoplist: Object.fromEntries(numbers.map((n) => [number(n).slice(1), 'x'])),
		};
	},
	texts: [['in lines', { responseFormat: 'text' }, (repeated) => `100\n${repeated('000000-1\n')}balance=1`]],
};

const credential: GatewayFacts['credential'] = {
	ways: ['apiId', 'login'],
	right: { any: [json({ status: 'OK', status_code: 100 })] },
	wrongKey: {
		any: [200, 300, 301].map((code) => json({ status: 'ERROR', status_code: code, status_text: 'x' })),
	},
	// 220: "service temporarily unavailable", 302: the account is not confirmed.
	otherTrouble: [
		json({ status: 'ERROR', status_code: 220, status_text: 'x' }),
		json({ status: 'OK', status_code: 302 }),
	],
	fields: (first, second) => ({ authentication: 'apiId', apiId: first, login: 'somebody', password: second }),
};

export const smsRu: GatewayFacts = {
	documented: `
		sms/send sms/cost sms/status my/balance my/limit my/free my/senders auth/check auth/get_token stoplist/add stoplist/del
		stoplist/get callback/add callback/del callback/get code/call callcheck/add callcheck/status ucs/sms api_id login password
		to msg multi from ip time ttl daytime translit test partner_id json sms_id cost balance status_code status_text
		total_cost total_sms sms total_limit used_today total_free senders stoplist_phone stoplist_text url phone code call_id
		check_id call_phone call_phone_pretty call_phone_html check_status check_status_text data hash sms_status callcheck_status
	`,
	homeCountry: 'RU',
	number,
	parameters: {},
	lacks: [{ wapPushUrl: 'https://example.com' }, 'WAP Push Link'],
	price: [3.5, 'RUB'],
	thousand: [10, 10],
	sheet: 11,
	messageId: '202647-1000001',
	undelivered: '107',
	interfaces,
	operations,
	replies,
	growth,
	credential,
	trigger: {
		alias: 'delivery report',
		readers: [['smsRu', (call) => readSmsRuCall(call, 'key')]],
		forged: { parameters: { events: ['status'] }, body: 'data[0]=sms_status%0A1%0A103%0A1&hash=00' },
	},
};
