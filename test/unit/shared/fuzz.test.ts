/**
 * Reply readers under rubbish: arbitrary bytes, arbitrary JSON, and true replies with something changed. They never
 * throw, never say "accepted" without the vendor's own sign of it, and take linear time. FUZZ_RUNS=… for a long run.
 */
import fc from 'fast-check';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import type { GatewayReply } from '../../../nodes/shared/contract/request';
import { ERROR_KINDS, MESSAGE_STATUSES } from '../../../nodes/shared/contract/outcome';
import { compileParameter } from '../../../nodes/shared/input/expressions';
import { decodeBody } from '../../../nodes/shared/contract/charset';
import { parseJson } from '../../../nodes/shared/contract/json';
import { countSegments, measureSegments } from '../../../nodes/shared/segments/segments';
import { facts, senderOf } from '../../facts';
import { growsLinearly } from '../../support/growth';
import { batch, message, reply } from '../../support/messages';

const numRuns = Number(process.env.FUZZ_RUNS ?? 3000);

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
	const {
		acceptance,
		layouts = [{ options: {} }],
		otherLayouts = [],
		toSending,
		toOperations,
	} = facts[id].replies;
	const batches = [...layouts.map(({ options }) => options), ...otherLayouts].flatMap((options) => {
		const to = (number: string) => message(gateway, { to: number, from: senderOf(id), options });
		const [first, second] = [to('+79161234567'), to('+79161234568')];
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
				if (outcome.accepted === true && !acceptance.test(text))
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
			fc.property(mutated(toSending), (text) => check(text, 200)),
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
			fc.assert(fc.property(mutated(toOperations), fc.constantFrom(200, 404), read), { numRuns });
		});

		it('takes any value in the place of any other', () => {
			const odd = fc.oneof(
				fc.constantFrom(null, [], {}, '', 'constructor', '__proto__', -1, 1e308, true, 'x'.repeat(5000)),
				fc.jsonValue({ maxDepth: 2 }),
			);
			const replies = toOperations.filter((text) => /^[[{]/.test(text));
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
	['dragged fields', '{{ $json.a }}'],
	['braces that are never closed', '{{ '],
	['paths', '{{ $json.a.b[0] ?? $json.a }}'],
])('counts and fills texts of 100,000 %s in linear time', (_, piece) => {
	expect(
		growsLinearly((times) => {
			const text = piece.repeat(10_000 * times);
			return () => {
				measureSegments(text);
				countSegments(text);
				compileParameter(`=${text}`)?.({ a: 1 });
			};
		}),
	).toBe(true);
});
