/**
 * n8n dies once, while every gateway sends: the process is killed, n8n is started again on the same folder, and people do
 * what docs/never-twice.md says. `npm run test:crash` does the same at many moments, and on other databases.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Active } from './mortal';
import { MortalN8n, sms, until } from './mortal';
import type { After, Case } from './mortalCases';
import { type Pair, allPairs, repairPair } from './mortalPairs';
import { PEOPLE, allCases, count, had, itemsOf, parametersOf, repair, textsTo } from './mortalCases';

const LATENCY_MS = 150;
const TEXT = { to: '={{ $json.phone }}', message: 'Your order is ready' };

let mortal: MortalN8n;
/** They were under way. */
let results: readonly After[];
/** It had ended. */
let ended: Active;
/** SMSC, with an ID from each row. */
let withIds: Active;
/** Over two gateways, each held where the backup has its first texts. */
let pairs: readonly Pair[] = [];
let pairFaults: readonly string[];

const people = (start: number) =>
	Array.from({ length: PEOPLE }, (_, n) => ({ phone: `+7917${start + n}`, order: `order-${n}` }));
const ENDED = people(1_000_000);
const WITH_IDS = people(2_000_000);
const rowsOf = ({ rows }: Case) => rows('today', 0);

beforeAll(async () => {
	mortal = await MortalN8n.start({ latencyMs: LATENCY_MS });
	const { smsRu, smsc } = mortal.gateways;
	ended = await mortal.activate(sms('smsRu', 'SMS', { ...parametersOf('smsRu', 'again'), options: {} }));
	const options = { messageId: '={{ $json.order }}', requestsPerSecond: 10 };
	withIds = await mortal.activate(sms('smsc', 'SMS', { ...TEXT, options }));
	const cases = await allCases(mortal);
	pairs = await allPairs(mortal, LATENCY_MS);
	await mortal.run(ended, ENDED);
	expect(had(smsRu, ENDED)).toBe(PEOPLE);

	await Promise.all(pairs.map(async (one) => await one.active.call(one.rows)));
	await until(() => pairs.every((one) => one.isAtSwitch()));
	await Promise.all(cases.map(async (one) => await one.active.call(rowsOf(one))));
	await withIds.call(WITH_IDS);
	const share = (one: Case): number => had(mortal.gateways[one.gateway], rowsOf(one)) / PEOPLE;
	await until(() => cases.every((one) => share(one) > 0.25) && had(smsc, WITH_IDS) > 0);
	await mortal.die();
	await new Promise((done) => setTimeout(done, 2 * LATENCY_MS));
	const before = new Map(cases.map((one) => [one, had(mortal.gateways[one.gateway], rowsOf(one))]));
	for (const one of pairs) one.letGo();
	await mortal.comeBack();
	[results, pairFaults] = await Promise.all([
		Promise.all(cases.map(async (one) => await repair(mortal, one, rowsOf(one), before.get(one) ?? 0))),
		Promise.all(pairs.map(async (one) => await repairPair(mortal, one))).then((faults) => faults.flat()),
	]);
});
afterAll(async () => {
	await mortal?.stop();
	await Promise.all(pairs.map((one) => one.close()));
});

it.each(['Retry', 'again'] as const)(
	'a run that n8n died in, then %s: nobody has two texts, nobody is missing, and few are in doubt',
	(way) => {
		const some = results.filter(({ one }) => one.way === way);
		expect(some.flatMap(({ faults }) => faults)).toEqual([]);
		// It was in the middle, for most.
		const inTheMiddle = some.filter(({ status, had: texts }) => status === 'crashed' && texts < PEOPLE);
		expect(inTheMiddle.length).toBeGreaterThan(some.length / 2);
	},
);

it('after a Retry at SMSC, which can be asked, nobody is in doubt', () => {
	const asked = results.filter(({ one }) => one.way === 'Retry' && one.sender === 'smsc');
	expect(asked.map(({ inDoubt }) => inDoubt)).toEqual([0]);
});

it('Retry once more, for those who press it twice: nobody gets another text', async () => {
	const retried = results.filter(({ one, status }) => one.way === 'Retry' && status === 'crashed');
	expect(retried.length).toBeGreaterThan(0);
	const texts = (): number[] => retried.map(({ one }) => mortal.gateways[one.gateway].texts.length);
	const before = texts();
	await Promise.all(
		retried.map(async ({ one }) => await mortal.pressRetry(one.active).catch(() => undefined)),
	);
	expect(texts()).toEqual(before);
});

it('the money of the first gateway ends in mid-run, n8n dies at the switch to the backup, then Retry: nobody has two texts over both, and all are accounted for', () => {
	expect(pairs.length).toBeGreaterThan(0);
	expect(pairFaults).toEqual([]);
});

it('Across Runs, a run that had ended before n8n died: the same rows again give nobody a second text', async () => {
	const items: readonly INodeExecutionData[] = itemsOf(mortal, await mortal.run(ended, ENDED));
	const { smsRu } = mortal.gateways;
	expect(count(smsRu, ENDED, items)).toEqual({ twice: 0, missing: 0, inDoubt: 0, wrong: [] });
	expect(items).toHaveLength(PEOPLE);
	for (const { json } of items)
		expect(json.error).toMatchObject({ kind: 'duplicate', accepted: false, retry: 'never' });
});

it('SMSC, each text with an ID from its row: Get Status tells who has it, and the others get theirs', async () => {
	const { smsc } = mortal.gateways;
	const before = had(smsc, WITH_IDS);
	expect(before).toBeLessThan(PEOPLE);
	const status = {
		operation: 'getStatus',
		messageId: '={{ $json.order }}',
		to: '={{ $json.phone }}',
	};
	const condition = {
		id: '1',
		leftValue: '={{ $json.reasonCode }}',
		rightValue: '-3',
		operator: { type: 'string', operation: 'equals' },
	};
	const repairing = await mortal.activate(
		sms('smsc', 'Status', status),
		{
			name: 'Not Known',
			type: 'n8n-nodes-base.filter',
			typeVersion: 2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
					conditions: [condition],
					combinator: 'and',
				},
				options: {},
			},
		},
		sms('smsc', 'SMS', {
			...TEXT,
			to: '={{ $json.to }}',
			options: { messageId: '={{ $json.messageId }}' },
		}),
	);
	const repaired = await mortal.run(repairing, WITH_IDS);
	expect(repaired.status).toBe('success');
	expect(mortal.n8n.nodeItems(repaired, 'SMS')[0]?.[0]).toHaveLength(PEOPLE - before);
	expect(WITH_IDS.map(({ phone }) => textsTo(smsc, phone))).toEqual(WITH_IDS.map(() => 1));
});
