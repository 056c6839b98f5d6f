/**
 * What reading a reply costs when both are large, the batch and the reply: ten times the texts and ten times the rows are
 * ten times the looks at them. A reader that searches the batch for every row, or the rows for every text, needs a
 * hundred times as many, and blocks n8n for seconds. Counted, not timed.
 */
import { gateways } from '../../../nodes/SendSms/gateways';
import { GATEWAY_IDS } from '../../../nodes/SendSms/gateways';
import type { Batch, Message } from '../../../nodes/shared/contract/message';
import type { Gateway } from '../../../nodes/shared/contract/gateway';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import type { GatewayReply, JsonRecord } from '../../../nodes/shared/contract/request';
import { planBatches } from '../../../nodes/shared/send/plan';
import type { Operation } from '../../../nodes/shared/contract/operation';
import { MOST_WORK_FOR_TEN_TIMES, growsLinearly, watched } from '../../support/growth';
import type { Reads } from '../../support/growth';
import { batch, message, reply } from '../../support/messages';

const TEXTS = 60;
/** Rows that nobody asked for, beside each that somebody did. */
const STRANGERS = 4;

const HOME: Readonly<Record<GatewayId, (n: number) => string>> = {
	smsc: (n) => `+79${161_000_000 + n}`,
	smsRu: (n) => `+79${161_000_000 + n}`,
	alphaSms: (n) => `+38050${1_000_000 + n}`,
	advantaSms: (n) => `+2547${12_000_000 + n}`,
	voipCommunications: (n) => `+1281${2_340_000 + n}`,
};

/** With its key, AlphaSMS speaks JSON. */
const jsonGateway = (id: GatewayId): Gateway => {
	const gateway = gateways[id];
	return { ...gateway, texts: gateway.textsFor?.('apiKey') ?? gateway.texts };
};

type Row = Record<string, unknown>;

/** Replies as the vendors' pages have them: `rows` are numbers and their ids, ours behind those of others. */
const SENT: Readonly<
	Record<GatewayId, (rows: ReadonlyArray<{ digits: string; id: number }>, batch: Batch) => object>
> = {
	smsc: (rows, { reference }) => ({
		id: reference,
		cnt: rows.length,
		phones: rows.map(({ digits }) => ({ phone: digits, cost: '1.40', status: '', error: '' })),
	}),
	smsRu: (rows) => ({
		status: 'OK',
		status_code: 100,
		sms: Object.fromEntries(
			rows.map(({ digits, id }) => [digits, { status: 'OK', status_code: 100, sms_id: `000000-${id}` }]),
		),
		balance: 1,
	}),
	alphaSms: (rows) => ({
		success: true,
		data: rows.map(({ id }) => ({ success: true, data: { id, msg_id: id, parts: 1 } })),
	}),
	advantaSms: (rows) => ({
		responses: rows.map(({ digits, id }) => ({
			'response-code': 200,
			'response-description': 'Success',
			mobile: digits,
			messageid: id,
		})),
	}),
	voipCommunications: (rows) => ({
		send_log: rows.map(({ digits, id }) => ({ code: 200, code_desc: '', to: digits, sale: 0.01, smsid: id })),
	}),
};

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
				to: HOME[id](n),
				from: id === 'alphaSms' ? 'ACME' : '',
				text: style === 'sameText' ? 'Hi' : `Hi ${n}`,
			}),
	);
	if (first === undefined) throw new Error('no messages');
	return batch(style, first, ...others);
}

const rowsFor = (id: GatewayId, together: Batch): Array<{ digits: string; id: number }> => {
	const ids = idsOf(jsonGateway(id), together);
	const count = together.messages.length;
	return [
		...Array.from({ length: count * STRANGERS }, (_, n) => ({
			digits: HOME[id](500_000 + n).slice(1),
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
	const styles = (['sameText', 'differentTexts'] as const).filter((style) => {
		const { messages } = batchOf(id, style, 1);
		return gateway.texts.batchLimits(messages[0].options, null)[style] > 1;
	});

	describe.each(styles.map((style) => [style] as const))('sending, %s', (style) => {
		const small = batchOf(id, style, TEXTS);
		const large = batchOf(id, style, TEXTS * 10);

		it('reads every row: all are accepted, each with an ID', () => {
			const outcomes = gateway.texts.read(reply(SENT[id](rowsFor(id, large), large)), large);
			expect(outcomes?.map(({ accepted }) => accepted)).toEqual(large.messages.map(() => true));
		});

		it('among five times as many rows', () => {
			const work = (together: Batch): number =>
				looks(SENT[id](rowsFor(id, together), together), together, gateway.texts.read);
			expectLinear(work(small), work(large));
		});

		it('when all rows speak of one number', () => {
			const work = (together: Batch): number => {
				const [first] = rowsFor(id, together).slice(-together.messages.length);
				const rows = Array.from(
					{ length: together.messages.length * 5 },
					() => first ?? { digits: '', id: 0 },
				);
				return looks(SENT[id](rows, together), together, gateway.texts.read);
			};
			// SMS.RU's map has a number once: there is one row then, whatever came.
			if (id !== 'smsRu') expectLinear(work(small), work(large));
			else expect(work(large) / work(small)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
		});

		it('when no row speaks of ours', () => {
			const work = (together: Batch): number => {
				const rows = rowsFor(id, together).slice(0, -together.messages.length);
				return looks(SENT[id](rows, together), together, gateway.texts.read);
			};
			expectLinear(work(small), work(large));
		});

		const {
			prices,
			texts: { reconciliation },
		} = gateway;
		if (prices !== null && id !== 'alphaSms')
			it('prices', () => {
				const work = (together: Batch): number =>
					looks({ ...SENT[id](rowsFor(id, together), together), cost: '1.00' }, together, prices.read);
				expectLinear(work(small), work(large));
			});

		if (reconciliation !== null)
			it('looking up what became of them', () => {
				const answer = (together: Batch): object =>
					rowsFor(id, together).map(({ digits }) => ({ phone: digits, status: '1', id: together.reference }));
				expect(reconciliation.read(reply(answer(large)), large)).toHaveLength(large.messages.length);
				const work = (together: Batch): number => looks(answer(together), together, reconciliation.read);
				expectLinear(work(small), work(large));
			});
	});

	const asksFor = (count: number): Array<Record<string, string>> =>
		Array.from({ length: count }, (_, n) => ({
			messageId: String(n + 1),
			to: HOME[id](n),
			checkId: String(n + 1),
			url: `https://a.example/${n}`,
			note: 'x',
			all: '1',
		}));

	/** One reply for every operation of a gateway: all its lists, so long. */
	const ANSWERS: Readonly<Record<GatewayId, (count: number) => object>> = {
		smsc: (count) =>
			Array.from({ length: count }, (_, n) => ({
				...{
					id: n + 1,
					int_id: n + 1,
					phone: HOME.smsc(n).slice(1),
					status: 1,
					sender: 'ACME',
					message: 'x',
				},
				...{ received: '28.12.2024 12:00:00', to_phone: '79037672215', cost: '1', balance: '1' },
			})),
		smsRu: (count) => {
			const numbers = Array.from({ length: count }, (_, n) => n + 1);
			return {
				...{ status: 'OK', status_code: 100, balance: '1', total_limit: 1, used_today: 0, total_free: 5 },
				sms: Object.fromEntries(numbers.map((n) => [n, { status: 'OK', status_code: 103, cost: '1' }])),
				senders: numbers.map((n) => `ACME${n}`),
				callback: numbers.map((n) => `https://a.example/${n}`),
				stoplist: Object.fromEntries(numbers.map((n) => [HOME.smsRu(n).slice(1), 'x'])),
			};
		},
		alphaSms: () => ({}),
		advantaSms: (count) => ({
			'response-code': 200,
			'message-id': '1',
			credit: '1',
			responses: Array.from({ length: count }, () => ({ 'response-code': 200, credit: '1' })),
		}),
		voipCommunications: (count) => ({
			summary: Array.from({ length: count }, (_, n) => ({ sms_id: n, sms_inout: 'OUT', sms_msg: 'x' })),
		}),
	};

	const { operations } = gateways[id];
	// AlphaSMS answers them in text, which cannot be watched: see below.
	if (id !== 'alphaSms')
		it.each(operations.map((one) => [`${one.resource}.${one.operation}`, one] as const))(
			'%s',
			(_, operation: Operation) => {
				const work = (count: number): number => {
					const reads: Reads = { count: 0 };
					const answer = reply(ANSWERS[id](count));
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
	const repeated = (line: string, times: number): string => line.repeat(1000 * times);

	it.each<[string, GatewayId, Readonly<Record<string, unknown>>, (times: number) => string]>([
		[
			'SMSC in XML',
			'smsc',
			{ responseFormat: 2 },
			(times) =>
				`<result><id>5</id><cnt>1</cnt><phones>${repeated('<phone status="" error="">79161234567</phone>', times)}</phones></result>`,
		],
		[
			'SMSC in XML without an end',
			'smsc',
			{ responseFormat: 2 },
			(times) => `<result>${repeated('<phones><phone ', times)}`,
		],
		['SMSC in numbers', 'smsc', { responseFormat: 1 }, (times) => repeated('1,', times)],
		['SMSC in words', 'smsc', { responseFormat: 0 }, (times) => `OK - 1 SMS, ID - ${repeated('1.', times)}`],
		[
			'SMS.RU in lines',
			'smsRu',
			{ responseFormat: 'text' },
			(times) => `100\n${repeated('000000-1\n', times)}balance=1`,
		],
		['AlphaSMS', 'alphaSms', {}, (times) => `id:1 ${repeated('errors:x sms_count:1\n', times)}`],
	])('%s', (_, id, options, text) => {
		const sender = gateways[id].textsFor?.('login') ?? gateways[id].texts;
		const together = batch(
			'sameText',
			message(sender, { options: { ...options }, from: id === 'alphaSms' ? 'ACME' : '' }),
		);
		expect(
			growsLinearly((times) => {
				const answer = reply(text(times));
				return () => sender.read(answer, together);
			}),
		).toBe(true);
	});

	it.each(gateways.alphaSms.operations.map((one) => [one.operation, one] as const))(
		'AlphaSMS: %s',
		(_, operation) => {
			expect(
				growsLinearly((times) => {
					const answer = reply(repeated('status:Delivered code:3 status_time:2024/10/12 balance:1\n', times));
					return () => operation.read(answer, [{ messageId: '1' }], null);
				}),
			).toBe(true);
		},
	);
});

it('plans ten times the rows with ten times the looks at them, also where everybody gets several', () => {
	const gateway = gateways.smsc;
	const work = (count: number, people: number): number => {
		const reads: Reads = { count: 0 };
		const [first] = batchOf('smsc', 'differentTexts', 1).messages;
		const messages = Array.from({ length: count }, (_, n) => {
			const to = HOME.smsc(n % people);
			return { ...first, to, digits: to.slice(1), text: `Hi ${n}` };
		});
		expect(planBatches(gateway.texts, watched(messages, reads), null).length).toBeGreaterThan(0);
		return reads.count;
	};
	expect(work(5000, 5000) / work(500, 500)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
	expect(work(5000, 50) / work(500, 5)).toBeLessThan(MOST_WORK_FOR_TEN_TIMES);
});
