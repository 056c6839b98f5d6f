/** The planner: as few requests as the gateway allows, and never a number twice where a reply could not tell. */
import fc from 'fast-check';
import { advantaSmsGateway } from '../../../../nodes/AdvantaSms/gateway';
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import type { BaseOptions, Message } from '../../../../nodes/shared/contract/message';
import type { Gateway } from '../../../../nodes/shared/contract/gateway';
import type { Sender } from '../../../../nodes/shared/contract/sender';
import { planBatches } from '../../../../nodes/shared/send/plan';
import { facts } from '../../../facts';
import { growsLinearly } from '../../../support/growth';
import { readOptions } from '../../../support/messages';

function messagesFor<O extends BaseOptions>(
	gateway: Gateway<O>,
	rows: ReadonlyArray<readonly [to: number, text: string, from?: string]>,
): Message<O>[] {
	const { options } = readOptions(gateway, {});
	const measure = { encoding: 'GSM-7', segments: 1, characters: 1, remaining: 159 } as const;
	return rows.map(([to, text, from = '']) => ({
		to: `+7${9_000_000_000 + to}`,
		digits: `7${9_000_000_000 + to}`,
		text,
		isNumber: true,
		attachments: [],
		from,
		options,
		optionsKey: '{}',
		measure,
	}));
}

const people = (count: number): Array<readonly [number, string]> =>
	Array.from({ length: count }, (_, n) => [n, 'Hi']);
const texts = (count: number): Array<readonly [number, string]> =>
	Array.from({ length: count }, (_, n) => [n, `Hi ${n}`]);

describe('1,000 rows', () => {
	it.each(GATEWAY_IDS)('%s takes them in as few requests as it allows', (id) => {
		const gateway = gateways[id];
		const [sameText, differentTexts] = facts[id].thousand;
		expect(planBatches(gateway.texts, messagesFor(gateway, people(1000)), null)).toHaveLength(sameText);
		expect(planBatches(gateway.texts, messagesFor(gateway, texts(1000)), null)).toHaveLength(differentTexts);
	});

	it('obey the batch size of the person', () => {
		expect(planBatches(smscGateway.texts, messagesFor(smscGateway, people(1000)), 250)).toHaveLength(4);
		expect(
			planBatches(advantaSmsGateway.texts, messagesFor(advantaSmsGateway, texts(1000)), 500),
		).toHaveLength(2);
	});
});

it('lets a text that fills requests of its own go by the roomier way, and the others share', () => {
	const rows = [...people(150), ...texts(30).map(([n, text]) => [n + 500, text] as const)];
	const batches = planBatches(advantaSmsGateway.texts, messagesFor(advantaSmsGateway, rows), null);
	expect(batches.map(({ style, messages }) => [style, messages.length])).toEqual([
		['differentTexts', 20],
		['differentTexts', 10],
		['sameText', 100],
		['sameText', 50],
	]);
});

it('gives repeated numbers the room that is left in other requests', () => {
	const rows = Array.from({ length: 1000 }, (_, n) => [n % 700, `Hi ${n}`] as const);
	const batches = planBatches(smsRuGateway.texts, messagesFor(smsRuGateway, rows), null);
	expect(batches).toHaveLength(10);
	const placeOf = new Map(
		batches.flatMap(({ messages }, place) => messages.map(({ text }) => [text, place] as const)),
	);
	for (let n = 700; n < 1000; n++)
		expect(placeOf.get(`Hi ${n}`)).toBeGreaterThan(placeOf.get(`Hi ${n - 700}`) ?? Infinity);
});

it('needs a request for every repetition of one number', () => {
	const rows = Array.from({ length: 50 }, (_, n) => [7, `Hi ${n}`] as const);
	expect(planBatches(smsRuGateway.texts, messagesFor(smsRuGateway, rows), null)).toHaveLength(50);
});

it('keeps a text out of a list that would change it', () => {
	const batches = planBatches(
		smscGateway.texts,
		messagesFor(smscGateway, [
			[1, 'a'],
			[2, 'b\\n'],
			[3, 'c'],
		]),
		null,
	);
	expect(batches.map(({ style, messages }) => [style, messages.map(({ text }) => text)])).toEqual([
		['differentTexts', ['a', 'c']],
		['sameText', ['b\\n']],
	]);
});

describe.each(GATEWAY_IDS)('whatever the rows, %s', (id) => {
	const gateway = gateways[id];
	const row = fc.tuple(
		fc.integer({ min: 0, max: 40 }),
		fc.constantFrom('a', 'b', 'c\\n', 'd', 'e'),
		fc.constantFrom('', 'ACME', 'SHOP:1'),
	);

	it('gets every message once, no number twice in a request, and no request over its limit', () => {
		fc.assert(
			fc.property(
				fc.array(row, { maxLength: 200 }),
				fc.option(fc.integer({ min: 1, max: gateway.maxBatchSize })),
				(rows, batchSize) => {
					const messages = messagesFor(gateway, rows);
					const batches = planBatches(gateway.texts, messages, batchSize);
					const planned = batches.flatMap((batch) => batch.messages);
					expect(planned).toHaveLength(messages.length);
					expect(new Set(planned)).toEqual(new Set(messages));
					for (const { style, messages: together } of batches) {
						const limits = gateway.texts.batchLimits(together[0].options, batchSize);
						expect(together.length).toBeLessThanOrEqual(limits[style]);
						expect(new Set(together.map(({ to }) => to)).size).toBe(together.length);
						if (style === 'sameText') {
							expect(new Set(together.map(({ text, from }) => JSON.stringify([text, from]))).size).toBe(1);
						} else {
							expect(new Set(together.map((message) => gateway.texts.differentTextsKey(message))).size).toBe(
								1,
							);
							expect(gateway.texts.differentTextsKey(together[0])).not.toBeNull();
						}
					}
					expect(new Set(batches.map(({ reference }) => reference)).size).toBe(batches.length);
				},
			),
			{ numRuns: 150 },
		);
	});
});

describe('of a gateway with other limits', () => {
	/** What each request carries: its style, and number and text of each message. */
	const plan = (
		changes: Partial<Sender>,
		rows: ReadonlyArray<readonly [to: number, text: string, from?: string]>,
		optionsKeys: readonly string[] = [],
	): Array<readonly [style: string, ...messages: string[]]> => {
		const sender: Sender = { ...smscGateway.texts, ...changes } as Sender;
		const messages = messagesFor(smscGateway, rows).map((message, index) => ({
			...message,
			optionsKey: optionsKeys[index] ?? '{}',
		}));
		return planBatches(sender, messages, null).map(({ style, messages: together }) => [
			style,
			...together.map(({ digits, text }) => `${Number(digits.slice(1)) - 9_000_000_000} ${text}`),
		]);
	};
	const limits = (sameText: number, differentTexts: number): Partial<Sender> => ({
		batchLimits: () => ({ sameText, differentTexts }),
		differentTextsKey: () => '',
		tellsRepeatsApart: false,
	});

	it.each([0, 1])('different texts %d a request go alone, equal ones together', (differentTexts) => {
		expect(
			plan(limits(10, differentTexts), [
				[1, 'a'],
				[2, 'b'],
				[3, 'a'],
			]),
		).toEqual([
			['sameText', '1 a', '3 a'],
			['sameText', '2 b'],
		]);
	});

	it('equal texts go as one text for many, even where as many different ones could share', () => {
		expect(
			plan(limits(2, 2), [
				[1, 'a'],
				[2, 'a'],
			]),
		).toEqual([['sameText', '1 a', '2 a']]);
	});

	it.each([
		[2, 2],
		[1, 2],
	])('with room for %d and %d all different texts share', (sameText, differentTexts) => {
		expect(
			plan(limits(sameText, differentTexts), [
				[1, 'a'],
				[2, 'a'],
				[3, 'a'],
				[4, 'b'],
			]),
		).toEqual([
			['differentTexts', '1 a', '2 a'],
			['differentTexts', '3 a', '4 b'],
		]);
	});

	it('a text that fills just one request shares, with one more it goes by the roomier way', () => {
		const rows = [1, 2].map((n) => [n, 'a'] as const);
		expect(plan(limits(5, 2), [...rows, [3, 'b']])).toEqual([
			['differentTexts', '1 a', '2 a'],
			['differentTexts', '3 b'],
		]);
		expect(plan(limits(5, 2), [...rows, [3, 'a'], [4, 'b']])).toEqual([
			['differentTexts', '4 b'],
			['sameText', '1 a', '2 a', '3 a'],
		]);
	});

	it('a further text to a number shares its request only where the reply can tell them apart', () => {
		const rows = [
			[1, 'a'],
			[1, 'b'],
			[2, 'c'],
		] as const;
		expect(plan(limits(5, 5), rows)).toEqual([
			['differentTexts', '1 a', '2 c'],
			['differentTexts', '1 b'],
		]);
		const tellsApart = { ...limits(5, 5), tellsRepeatsApart: true };
		expect(plan(tellsApart, rows)).toEqual([['differentTexts', '1 a', '1 b', '2 c']]);
		// One text for many numbers says nothing twice.
		expect(
			plan(tellsApart, [
				[1, 'a'],
				[1, 'a'],
				[2, 'a'],
			]),
		).toEqual([
			['sameText', '1 a', '2 a'],
			['sameText', '1 a'],
		]);
	});

	it('requests that fill up in between keep the order of a person and leave no room unused', () => {
		expect(
			plan(limits(2, 2), [
				[1, 'a'],
				[2, 'b'],
				[3, 'c'],
				[1, 'd'],
				[4, 'e'],
				[3, 'f'],
				[5, 'g'],
				[1, 'h'],
			]),
		).toEqual([
			['differentTexts', '1 a', '2 b'],
			['differentTexts', '3 c', '1 d'],
			['differentTexts', '4 e', '3 f'],
			['differentTexts', '5 g', '1 h'],
		]);
	});

	it('texts that cannot travel together, and other senders and options, go apart', () => {
		const none: Partial<Sender> = { ...limits(5, 5), differentTextsKey: () => null };
		expect(
			plan(
				none,
				[
					[1, 'a'],
					[2, 'a', 'ACME'],
					[3, 'a'],
					[4, 'a'],
					[5, 'b'],
				],
				['{}', '{}', '{"x":1}', '{}', '{}'],
			),
		).toEqual([
			['sameText', '1 a', '4 a'],
			['sameText', '2 a'],
			['sameText', '3 a'],
			['sameText', '5 b'],
		]);
		const byText: Partial<Sender> = { ...limits(5, 5), differentTextsKey: ({ text }) => text.slice(0, 1) };
		expect(
			plan(byText, [
				[1, 'a1'],
				[2, 'b1'],
				[3, 'a2'],
				[4, 'b2'],
			]),
		).toEqual([
			['differentTexts', '1 a1', '3 a2'],
			['differentTexts', '2 b1', '4 b2'],
		]);
	});

	it('a sender does not run into the text', () => {
		expect(
			plan({ ...limits(5, 0) }, [
				[1, 'b', 'a'],
				[2, 'ab', ''],
			]),
		).toHaveLength(2);
	});
});

it('gives each request a reference that a gateway can take as an id', () => {
	const batches = planBatches(smsRuGateway.texts, messagesFor(smsRuGateway, people(1000)), null);
	for (const { reference } of batches) expect(reference).toMatch(/^n8n-[0-9a-f]{22}$/);
	expect(batches.length).toBeGreaterThan(1);
});

it('plans nothing where there is nothing to send', () => {
	expect(planBatches(smscGateway.texts, [], null)).toStrictEqual([]);
});

it.each([
	['each to somebody else', (n: number) => n],
	// The worst case for the order of batches: everybody a few times.
	['everybody a few times', (n: number) => n % 1000],
])('plans 100,000 rows, %s, in about ten times the time of 10,000', (_, numberOf) => {
	expect(
		growsLinearly((times) => {
			const rows = Array.from({ length: 10_000 * times }, (__, n) => [numberOf(n), `Hi ${n}`] as const);
			const messages = messagesFor(smscGateway, rows);
			return () => planBatches(smscGateway.texts, messages, null);
		}),
	).toBe(true);
	const repeated = Array.from({ length: 100_000 }, (__, n) => [n % 1000, `Hi ${n}`] as const);
	expect(planBatches(smscGateway.texts, messagesFor(smscGateway, repeated), null)).toHaveLength(1000);
});
