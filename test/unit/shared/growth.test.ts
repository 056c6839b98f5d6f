/**
 * What reading a reply costs when both are large, the batch and the reply: ten times the texts and ten times the rows are
 * ten times the looks at them. A reader that searches the batch for every row, or the rows for every text, needs a
 * hundred times as many, and blocks n8n for seconds. Counted, not timed.
 */
import { GATEWAY_IDS, gateways, type GatewayId } from '../../../nodes/SendSms/gateways';
import type { Batch, Message } from '../../../nodes/shared/contract/message';
import type { Gateway } from '../../../nodes/shared/contract/gateway';
import type { GatewayReply, JsonRecord } from '../../../nodes/shared/contract/request';
import { planBatches } from '../../../nodes/shared/send/plan';
import type { Operation } from '../../../nodes/shared/contract/operation';
import { facts, senderOf } from '../../facts';
import type { SentRow } from '../../facts/facts';
import { valueAt } from '../../support/changes';
import { MOST_WORK_FOR_TEN_TIMES, growsLinearly, watched } from '../../support/growth';
import type { Reads } from '../../support/growth';
import { batch, message, reply } from '../../support/messages';

const TEXTS = 60;
/** Rows that nobody asked for, beside each that somebody did. */
const STRANGERS = 4;

/** With its key, AlphaSMS speaks JSON. */
const jsonGateway = (id: GatewayId): Gateway => {
	const gateway = gateways[id];
	return { ...gateway, texts: gateway.textsFor?.('apiKey') ?? gateway.texts };
};

type Row = Record<string, unknown>;

/** The id by which AlphaSMS tells the texts of a request apart is ours. */
function idsOf(gateway: Gateway, together: Batch): readonly number[] {
	const { body } = gateway.texts.build(together);
	const data = body?.kind === 'json' && Array.isArray(body.value.data) ? (body.value.data as Row[]) : [];
	return together.messages.map((_, index) => Number(data[index]?.id ?? index + 1));
}

function batchOf(id: GatewayId, style: Batch['style'], count: number): Batch {
	const gateway = jsonGateway(id);
	const [first, ...others] = Array.from(
		{ length: count },
		(_, n): Message =>
			message(gateway, {
				to: facts[id].number(n),
				from: senderOf(id),
				text: style === 'sameText' ? 'Hi' : `Hi ${n}`,
			}),
	);
	if (first === undefined) throw new Error('no messages');
	return batch(style, first, ...others);
}

const rowsFor = (id: GatewayId, together: Batch): SentRow[] => {
	const ids = idsOf(jsonGateway(id), together);
	const count = together.messages.length;
	return [
		...Array.from({ length: count * STRANGERS }, (_, n) => ({
			digits: facts[id].number(500_000 + n).slice(1),
			id: 900_000_000 + n,
		})),
		...together.messages.map(({ digits }, index) => ({ digits, id: ids[index] ?? 0 })),
	];
};

/** Looks at the reply and the batch that `read` needs. */
function looks(seen: object, together: Batch, read: (reply: GatewayReply, batch: Batch) => unknown): number {
	const reads: Reads = { count: 0 };
	const answer = reply(seen);
	read({ ...answer, json: watched(answer.json, reads) }, watched(together, reads));
	return reads.count;
}

function expectLinear(small: number, large: number): void {
	expect(small).toBeGreaterThan(TEXTS);
	expect({ ratio: large / small }).toEqual({ ratio: expect.any(Number) });
	expect(large / small).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
}

describe.each(GATEWAY_IDS.map((id) => [id] as const))('%s', (id) => {
	const gateway = jsonGateway(id);
	const { growth, number, replies } = facts[id];
	const styles = (['sameText', 'differentTexts'] as const).filter((style) => {
		const { messages } = batchOf(id, style, 1);
		return gateway.texts.batchLimits(messages[0].options, null)[style] > 1;
	});

	describe.each(styles.map((style) => [style] as const))('sending, %s', (style) => {
		const small = batchOf(id, style, TEXTS);
		const large = batchOf(id, style, TEXTS * 10);

		it('reads every row: all are accepted, each with an ID', () => {
			const outcomes = gateway.texts.read(reply(growth.sent(rowsFor(id, large), large)), large);
			expect(outcomes?.map(({ accepted }) => accepted)).toEqual(large.messages.map(() => true));
		});

		it('among five times as many rows', () => {
			const work = (together: Batch): number =>
				looks(growth.sent(rowsFor(id, together), together), together, gateway.texts.read);
			expectLinear(work(small), work(large));
		});

		it('when all rows speak of one number', () => {
			const work = (together: Batch): number => {
				const [first] = rowsFor(id, together).slice(-together.messages.length);
				const rows = Array.from(
					{ length: together.messages.length * 5 },
					() => first ?? { digits: '', id: 0 },
				);
				return looks(growth.sent(rows, together), together, gateway.texts.read);
			};
			// A map has a number once: there is one row then, whatever came.
			const isList = Array.isArray(valueAt(growth.sent(rowsFor(id, small), small), [replies.rows]));
			if (isList) expectLinear(work(small), work(large));
			else expect(work(large) / work(small)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
		});

		it('when no row speaks of ours', () => {
			const work = (together: Batch): number => {
				const rows = rowsFor(id, together).slice(0, -together.messages.length);
				return looks(growth.sent(rows, together), together, gateway.texts.read);
			};
			expectLinear(work(small), work(large));
		});

		const {
			prices,
			texts: { reconciliation },
		} = gateway;
		const pricesIn = growth.prices;
		if (prices !== null && pricesIn !== undefined)
			it('prices', () => {
				const work = (together: Batch): number =>
					looks(pricesIn(rowsFor(id, together), together), together, prices.read);
				expectLinear(work(small), work(large));
			});

		if (reconciliation !== null)
			it('looking up what became of them', () => {
				const answer = (together: Batch): object => {
					if (growth.reconciled === undefined)
						throw new Error(`test/facts/${id}.ts has no growth.reconciled`);
					return growth.reconciled(rowsFor(id, together), together);
				};
				expect(reconciliation.read(reply(answer(large)), large)).toHaveLength(large.messages.length);
				const work = (together: Batch): number => looks(answer(together), together, reconciliation.read);
				expectLinear(work(small), work(large));
			});
	});

	const asksFor = (count: number): Array<Record<string, string>> =>
		Array.from({ length: count }, (_, n) => ({
			messageId: String(n + 1),
			to: number(n),
			checkId: String(n + 1),
			url: `https://a.example/${n}`,
			note: 'x',
			all: '1',
		}));

	const { operations } = gateways[id];
	const answerTo = growth.operations;
	// Text cannot be watched: see below.
	if (typeof answerTo !== 'string')
		it.each(operations.map((one) => [`${one.resource}.${one.operation}`, one] as const))(
			'%s',
			(_, operation: Operation) => {
				const work = (count: number): number => {
					const reads: Reads = { count: 0 };
					const answer = reply(answerTo(count));
					const asks = asksFor(operation.perRequest === 1 ? 1 : count) as unknown as readonly [JsonRecord];
					const json = watched(answer.json, reads);
					operation.read({ ...answer, json }, watched(asks, reads), null);
					return reads.count;
				};
				// What has a row for each ask, or many, looks at them all; a balance does not look into a list.
				const looksAtRows = operation.returnsMany === true || operation.perRequest > 1;
				expect(work(100)).toBeGreaterThanOrEqual(looksAtRows ? 100 : 0);
				expect(work(1000)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES * Math.max(work(100), 1));
			},
		);
});

/** Text cannot be watched: here it is time, in a wide ratio and the best of several tries. */
describe('replies in plain text', () => {
	const repeated =
		(times: number) =>
		(line: string): string =>
			line.repeat(1000 * times);

	it.each(
		GATEWAY_IDS.flatMap((id) =>
			(facts[id].growth.texts ?? []).map(
				([name, options, text]) => [`${gateways[id].displayName} ${name}`.trim(), id, options, text] as const,
			),
		),
	)('%s', (_, id, options, text) => {
		const sender = gateways[id].textsFor?.('login') ?? gateways[id].texts;
		const together = batch('sameText', message(sender, { options: { ...options }, from: senderOf(id) }));
		expect(
			growsLinearly((times) => {
				const answer = reply(text(repeated(times)));
				return () => sender.read(answer, together);
			}),
		).toBe(true);
	});

	it.each(
		GATEWAY_IDS.flatMap((id) => {
			const line = facts[id].growth.operations;
			if (typeof line !== 'string') return [];
			return gateways[id].operations.map(
				(one) => [`${gateways[id].displayName}: ${one.resource}.${one.operation}`, one, line] as const,
			);
		}),
	)('%s', (_, operation, line) => {
		expect(
			growsLinearly((times) => {
				const answer = reply(repeated(times)(line));
				return () => operation.read(answer, [{ messageId: '1' }], null);
			}),
		).toBe(true);
	});
});

it('plans ten times the rows with ten times the looks at them, also where everybody gets several', () => {
	const gateway = gateways.smsc;
	const work = (count: number, people: number): number => {
		const reads: Reads = { count: 0 };
		const [first] = batchOf('smsc', 'differentTexts', 1).messages;
		const messages = Array.from({ length: count }, (_, n) => {
			const to = facts.smsc.number(n % people);
			return { ...first, to, digits: to.slice(1), text: `Hi ${n}` };
		});
		expect(planBatches(gateway.texts, watched(messages, reads), null).length).toBeGreaterThan(0);
		return reads.count;
	};
	expect(work(5000, 5000) / work(500, 500)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
	expect(work(5000, 50) / work(500, 5)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
});
