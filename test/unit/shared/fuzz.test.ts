/**
 * Reply readers under rubbish: arbitrary bytes, arbitrary JSON, and true replies with something changed. They never
 * throw, never say "accepted" without the vendor's own sign of it, and take linear time. FUZZ_RUNS=… for a long run.
 */
import fc from 'fast-check';
import { gateways } from '../../../nodes/SendSms/gateways';
import { GATEWAY_IDS } from '../../../nodes/SendSms/gateways';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import type { GatewayReply } from '../../../nodes/shared/contract/request';
import { ERROR_KINDS, MESSAGE_STATUSES } from '../../../nodes/shared/contract/outcome';
import { compileTemplate } from '../../../nodes/shared/input/template';
import { decodeBody } from '../../../nodes/shared/contract/charset';
import { parseJson } from '../../../nodes/shared/contract/json';
import { countSegments, measureSegments } from '../../../nodes/shared/segments/segments';
import { growsLinearly } from '../../support/growth';
import { batch, message, reply } from '../../support/messages';

const numRuns = Number(process.env.FUZZ_RUNS ?? 3000);

/** Each vendor's sign that a text was taken, as a test of the reply's text alone, written from the vendors' pages. */
const SIGNS: Readonly<Record<GatewayId, RegExp>> = {
	// An id; a count is not looked at. In numbers: `<id>,<n>`.
	smsc: /"id"|<id>|ID - |^[\w.-]+,\d+/m,
	smsRu: /100|101|102|103|110/,
	alphaSms: /id:\s*\d+/,
	advantaSms: /200/,
	voipCommunications: /200/,
};

/** True replies, as the vendors' pages and recorded traffic have them, for the two numbers below. */
const REPLIES: Readonly<Record<GatewayId, readonly string[]>> = {
	smsc: [
		'{"id":5,"cnt":2,"phones":[{"phone":"79161234567","mccmnc":"25001","cost":"2.10","status":"","error":""},{"phone":"79161234568","mccmnc":"25001","cost":"2.10","status":"22","error":"249"}]}',
		'{"error":"duplicate request, wait a minute","error_code":9}',
		'<result><id>5</id><cnt>2</cnt><phones><phone mccmnc="25001" cost="2.10" status="" error="">79161234567</phone></phones></result>',
		'OK - 1 SMS, ID - 1234, COST - 1.40, BALANCE - 100.50',
		'ERROR = 7 (invalid number), ID - 34',
	],
	smsRu: [
		'{"status":"OK","status_code":100,"sms":{"79161234567":{"status":"OK","status_code":100,"sms_id":"000000-10000000","cost":"3.50"},"79161234568":{"status":"ERROR","status_code":207,"status_text":"x"}},"balance":4122.56}',
		'{"status":"ERROR","status_code":200,"status_text":"x"}',
		'100\n000000-10000000\n207\nbalance=4122.56',
	],
	alphaSms: ['id:84523377 sms_count:1', 'id:84523377\nsms_count:1', 'errors:Wrong login/password'],
	advantaSms: [
		'{"responses":[{"response-code":200,"response-description":"Success","mobile":79161234567,"messageid":8290842,"networkid":"1"},{"respose-code":1003,"response-description":"x","mobile":"79161234568"}]}',
		'{"response-code":1006,"response-description":"Invalid credentials"}',
	],
	voipCommunications: [
		'{"send_log":[{"code":200,"code_desc":"","to":"79161234567","sale":0.01,"status":"SCHEDULED","smsid":"2017559"},{"code":400,"code_desc":"Invalid destination number","to":"79161234568"}]}',
		'{"error":true,"error_message":"Not enough balance"}',
	],
};

/** True replies to questions and commands, for the asks below. */
const ANSWERS: Readonly<Record<GatewayId, readonly string[]>> = {
	smsc: [
		'{"status":1,"last_date":"12.10.2024 12:00:00","last_timestamp":1728723600,"id":1,"phone":"79161234567"}',
		'[{"status":20,"err":13,"id":1,"phone":"79161234567","cost":"2.10"},{"status":-3,"id":2,"phone":"79161234568"}]',
		'{"balance":"100.50","currency":"RUR","credit":"5"}',
		'[{"id":"1","sender":"ACME"}]',
		'{"country":"Россия","operator":"МТС","region":"Москва","mcc":"250","mnc":"01","tz":3}',
		'[{"id":47436134,"received":"28.12.2024 12:00:00","phone":"79161234567","message":"Да","to_phone":"79037672215"}]',
		'{"error":"no records","error_code":3}',
		'ERROR = 2 (authorise error)',
		'OK',
	],
	smsRu: [
		'{"status":"OK","status_code":100,"sms":{"1":{"status":"OK","status_code":103,"cost":"3.50"},"2":{"status":"ERROR","status_code":-1,"status_text":"x"}},"balance":1.5}',
		'{"status":"OK","status_code":100,"balance":"1000.00","total_limit":"10","used_today":0,"total_free":5}',
		'{"status":"OK","status_code":100,"senders":["ACME"],"callback":["https:\\/\\/a.example"],"stoplist":{"79161234567":"x"}}',
		'{"status":"OK","status_code":100,"check_id":"201737-542","call_phone":"78005008275","check_status":"401"}',
		'{"status":"ERROR","status_code":902,"status_text":"x"}',
	],
	alphaSms: [
		'status:Out of touch code:5 status_time:2024/10/12',
		'status:Доставлено\ncode:3\nstatus_time:2011-11-15T15:22:26+0200',
		'status:Deleted code:10',
		'balance:31.168300000000002',
		'errors:SMS not found',
	],
	advantaSms: [
		'{"response-code":200,"message-id":"1","response-description":"Success","delivery-status":32,"delivery-description":"AbsentSubscriber","delivery-tat":null,"delivery-time":"2026-08-14 12:57:42"}',
		'{"respose-code":"1009","response-description":"No dlr"}',
		'{"response-code":200,"credit":"545.00","partner-id":"1"}',
	],
	voipCommunications: [
		'{"summary":[{"sms_id":"7","sms_inout":"IN","sms_status":"","sms_status_date":"2019-10-01 00:00:00","sms_internal":"1","sms_external":"2","sms_sale":"0.01","sms_msg":"x"}]}',
		'{"error":true,"error_message":"Not enough balance"}',
	],
};

/** What every operation finds its own ask in. */
const ASKS = [
	{
		messageId: '1',
		to: '+79161234567',
		checkId: '201737-542',
		url: 'https://a.example',
		note: 'x',
		all: '2',
	},
	{
		messageId: '2',
		to: '+79161234568',
		checkId: '201737-543',
		url: 'https://b.example',
		note: 'x',
		all: '0',
	},
] as const;

function asReply(text: string, status: number): GatewayReply {
	return { status, headers: {}, text, json: parseJson(text) };
}

/** A true reply with a piece cut out, doubled, or put somewhere else. */
const mutated = (replies: readonly string[]): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.constantFrom(...replies),
			fc.nat(),
			fc.nat(),
			fc.nat(),
			fc.constantFrom('cut', 'double', 'move', 'insert'),
			fc.string({ maxLength: 6 }),
		)
		.map(([text, a, b, c, how, extra]) => {
			const from = a % (text.length + 1);
			const to = Math.min(text.length, from + (b % 12));
			const piece = text.slice(from, to);
			const rest = text.slice(0, from) + text.slice(to);
			const place = c % (rest.length + 1);
			switch (how) {
				case 'cut':
					return rest;
				case 'double':
					return text.slice(0, to) + piece + text.slice(to);
				case 'move':
					return rest.slice(0, place) + piece + rest.slice(place);
				default:
					return text.slice(0, from) + extra + text.slice(from);
			}
		});

describe.each(GATEWAY_IDS.map((id) => [id] as const))('%s', (id) => {
	const gateway = gateways[id];
	const options = [
		{},
		...(id === 'smsc'
			? [{ responseFormat: 0 }, { responseFormat: 1 }, { responseFormat: 2 }, { cost: 1 }]
			: []),
	];
	const batches = options.flatMap((values) => {
		const first = message(gateway, {
			to: '+79161234567',
			from: id === 'alphaSms' ? 'ACME' : '',
			options: values,
		});
		const second = message(gateway, {
			to: '+79161234568',
			from: id === 'alphaSms' ? 'ACME' : '',
			options: values,
		});
		return [
			batch('sameText', first),
			batch('sameText', first, second),
			batch('differentTexts', first, second),
		];
	});

	const check = (text: string, status: number): void => {
		const seen = asReply(text, status);
		for (const each of batches) {
			const outcomes = gateway.texts.read(seen, each);
			gateway.texts.reconciliation?.read(seen, each);
			if (outcomes === null) continue;
			expect(outcomes).toHaveLength(each.messages.length);
			for (const outcome of outcomes) {
				if (outcome.accepted === true && !SIGNS[id].test(text))
					throw new Error(`accepted without a sign: ${text}`);
				if (outcome.accepted !== true && 'message' in outcome && outcome.message.length > 1000)
					throw new Error('endless message');
			}
		}
	};

	it('takes arbitrary text and bytes', () => {
		fc.assert(fc.property(fc.string(), fc.integer({ min: 100, max: 599 }), check), { numRuns });
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(200, 500), (bytes, status) =>
				check(decodeBody(bytes), status),
			),
			{ numRuns },
		);
	});

	it('takes arbitrary JSON', () => {
		fc.assert(
			fc.property(fc.json(), (text) => check(text, 200)),
			{ numRuns },
		);
	});

	it('takes its own replies with something changed', () => {
		fc.assert(
			fc.property(mutated(REPLIES[id]), (text) => check(text, 200)),
			{ numRuns },
		);
	});

	describe('besides sending', () => {
		const words: ReadonlySet<string> = new Set(MESSAGE_STATUSES);
		const kinds: ReadonlySet<string> = new Set(ERROR_KINDS);

		const read = (text: string, status: number): void => {
			const seen = asReply(text, status);
			for (const operation of gateway.operations) {
				const asks = operation.perRequest === 1 ? ([ASKS[0]] as const) : ASKS;
				const answers = operation.read(seen, asks, null);
				if (answers === null) continue;
				expect(answers).toHaveLength(asks.length);
				for (const answer of answers) {
					if ('failure' in answer) {
						const { kind, message: sentence, hint } = answer.failure;
						if (!kinds.has(kind)) throw new Error(`kind ${String(kind)}`);
						if (!/^.{5,1000}\.$/su.test(sentence)) throw new Error(`sentence ${sentence}`);
						if (!/^.{5,1000}\.$/su.test(hint)) throw new Error(`hint ${hint}`);
						continue;
					}
					if (operation.tellsStatus === true && !words.has(String(answer.rows[0]?.status))) {
						throw new Error(`status ${JSON.stringify(answer.rows[0])}`);
					}
					// What n8n stores must be JSON.
					expect(JSON.parse(JSON.stringify(answer.rows))).toEqual(answer.rows);
				}
			}
		};
		const runs = { numRuns: Math.ceil(numRuns / 5) };

		it('takes arbitrary text, bytes and JSON', () => {
			const status = fc.constantFrom(200, 302, 401, 404, 500);
			fc.assert(fc.property(fc.string(), status, read), runs);
			fc.assert(
				fc.property(fc.uint8Array({ maxLength: 200 }), status, (bytes, code) =>
					read(decodeBody(bytes), code),
				),
				runs,
			);
			fc.assert(fc.property(fc.json(), status, read), runs);
		});

		it('takes its own replies with something changed', () => {
			fc.assert(fc.property(mutated(ANSWERS[id]), fc.constantFrom(200, 404), read), { numRuns });
		});

		it('takes any value in the place of any other', () => {
			const odd = fc.oneof(
				fc.constantFrom(null, [], {}, '', 'constructor', '__proto__', -1, 1e308, true, 'x'.repeat(5000)),
				fc.jsonValue({ maxDepth: 2 }),
			);
			const replies = ANSWERS[id].filter((text) => /^[[{]/.test(text));
			if (replies.length === 0) return;
			const changed = fc.tuple(fc.constantFrom(...replies), fc.nat(), odd).map(([text, place, value]) => {
				const places = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|-?[\d.]+|null)/g)];
				const match = places[place % places.length];
				if (match === undefined) return text;
				const end = match.index + match[0].length;
				return `${text.slice(0, match.index)}:${JSON.stringify(value)}${text.slice(end)}`;
			});
			fc.assert(fc.property(changed, fc.constant(200), read), { numRuns });
		});
	});

	const row =
		'{"phone":"79161234567","status":"","to":"79161234567","code":200,"mobile":"79161234567","response-code":200,"messageid":1},';
	const rows = (times: number): string => row.repeat(4000 * times).slice(0, -1);

	// The reader of JSON, too: it must not run out of stack on what a regular expression would go back over.
	it.each<[string, (times: number) => string]>([
		['letters', (times) => 'x'.repeat(500_000 * times)],
		['blanks', (times) => ' '.repeat(500_000 * times)],
		['keys', (times) => 'id:'.repeat(170_000 * times)],
		['digits', (times) => '1'.repeat(500_000 * times)],
		['digits in a string', (times) => `{"id":"${'1'.repeat(500_000 * times)}"}`],
		['quotes', (times) => '"'.repeat(500_000 * times)],
		['rows under phones', (times) => `{"id":1,"cnt":1,"phones":[${rows(times)}]}`],
		['rows under responses', (times) => `{"responses":[${rows(times)}]}`],
		['rows under send_log', (times) => `{"send_log":[${rows(times)}]}`],
		['ids in XML', (times) => `<result>${'<id>1</id>'.repeat(40_000 * times)}</result>`],
		['XML without an end', (times) => `<result>${'<phone '.repeat(70_000 * times)}`],
	])('takes a reply of 5 MB of %s in linear time', (_, text) => {
		expect(
			growsLinearly((times) => {
				const body = text(times);
				return () => {
					const seen = reply(body);
					for (const each of batches.slice(0, 3)) gateway.texts.read(seen, each);
				};
			}),
		).toBe(true);
	});
});

it.each([
	['Latin letters', 'x'],
	['Cyrillic letters', 'я'],
	['emoji', '👍'],
	['letters of two septets', '€'],
	['braces', '{'],
	['names that never end', '{a'],
])('counts and fills texts of 100,000 %s in linear time', (_, piece) => {
	expect(
		growsLinearly((times) => {
			const text = piece.repeat(10_000 * times);
			return () => {
				measureSegments(text);
				countSegments(text);
				compileTemplate(text).fill({ a: 1 });
			};
		}),
	).toBe(true);
});
