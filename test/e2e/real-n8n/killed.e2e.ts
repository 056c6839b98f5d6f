/**
 * n8n dies: the process of an active workflow is killed, n8n is started again on the same folder, and the same rows
 * come again. What the node can know then, and what nobody can: docs/never-twice.md says the same.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Simulator } from '../../../simulators/simulator';
import { judge } from '../../support/referee';
import type { Active } from './mortal';
import { MortalN8n, isOver, log, sms, until } from './mortal';
import { fresh } from './stage';

const PEOPLE = 60;

let mortal: MortalN8n;

beforeAll(async () => {
	mortal = await MortalN8n.start();
});
afterAll(async () => {
	await mortal?.stop();
});

const ROWS = Array.from({ length: PEOPLE }, (_, n) => ({
	phone: `+7916${String(1_000_000 + n)}`,
	order: `order-${n}`,
}));

/** Calls the workflow and kills n8n when a part of the texts has gone out. Returns who had got one by then. */
async function runAndDie(active: Active, simulator: Simulator): Promise<string[]> {
	await active.call();
	await until(() => simulator.texts.length >= PEOPLE / 3);
	await mortal.dieAndComeBack();
	const had = simulator.texts.map(({ to }) => `+${to}`);
	expect(had.length).toBeLessThan(PEOPLE);
	log(`n8n was killed after ${had.length} of ${PEOPLE} texts`);
	return had;
}

/** How many texts each person of the sheet has. */
const textsEach = (simulator: Simulator): number[] =>
	ROWS.map(({ phone }) => simulator.texts.filter(({ to }) => `+${to}` === phone).length);

/** Half a second a request, ten people in each: slow enough to be killed in the middle. */
const SLOWLY = { batchSize: 10, requestsPerSecond: 2 };
const TEXT = { to: '={{ $json.phone }}', message: 'Your order is ready' };
const ACROSS = {
	skipDuplicates: 'acrossRuns',
	skipDuplicatesScope: { scope: { oncePer: 'value', value: '={{ $json.order }}' } },
};

it('Across Runs, a run that had ended before n8n died: the same rows again give nobody a second text', async () => {
	const simulator = fresh(mortal.gateways.smsRu);
	const active = await mortal.activate(ROWS, sms('smsRu', 'SMS', { ...TEXT, limits: ACROSS }));
	expect((await mortal.run(active)).status).toBe('success');
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));

	await mortal.dieAndComeBack();
	const again = await mortal.run(active);
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));
	const [sent = [], failed = []] = mortal.n8n.nodeItems(again, 'SMS')[0] ?? [];
	expect(sent).toEqual([]);
	expect(failed).toHaveLength(PEOPLE);
	for (const { json } of failed)
		expect(json.error).toMatchObject({ kind: 'duplicate', accepted: false, retry: 'never' });
});

it('Across Runs, a run that n8n died in: n8n does not take it up again, and the same rows again give nobody a second text', async () => {
	const simulator = fresh(mortal.gateways.smsRu);
	const active = await mortal.activate(
		ROWS,
		sms('smsRu', 'SMS', { ...TEXT, limits: ACROSS, options: SLOWLY }),
	);
	const had = new Set(await runAndDie(active, simulator));
	await until(async () => isOver((await active.executions())[0]?.status));
	const [broken] = await active.executions();
	expect(broken?.status).toBe('crashed');
	await new Promise((done) => setTimeout(done, 3_000));
	expect(simulator.texts).toHaveLength(had.size);

	const [sent = [], failed = []] = mortal.n8n.nodeItems(await mortal.run(active), 'SMS')[0] ?? [];
	const kinds = failed.map(({ json }) => (json.error as { kind: string }).kind);
	const unclear = kinds.filter((kind) => kind === 'unknown').length;
	log(
		`${had.size} had a text; the run knew ${kinds.length - unclear}, doubts ${unclear}, and sent ${sent.length}`,
	);
	expect(kinds.filter((kind) => !['unknown', 'duplicate'].includes(kind))).toEqual([]);
	expect(unclear).toBeLessThanOrEqual(2 * SLOWLY.batchSize);
	expect(sent.length + failed.length).toBe(PEOPLE);
	expect(simulator.texts).toHaveLength(had.size + sent.length);
	expect(Math.max(...textsEach(simulator))).toBe(1);
});

it('Retry of a run that n8n died in: nobody gets a second text, nobody is missing, and few are in doubt', async () => {
	const simulator = fresh(mortal.gateways.smsRu);
	const active = await mortal.activate(ROWS, sms('smsRu', 'SMS', { ...TEXT, options: SLOWLY }));
	const had = new Set(await runAndDie(active, simulator));
	await until(async () => isOver((await active.executions())[0]?.status));

	const [success = [], failed = []] = mortal.n8n.nodeItems(await mortal.pressRetry(active), 'SMS')[0] ?? [];
	const items = [...success, ...failed] as INodeExecutionData[];
	const { misses, unclear } = judge(simulator, items, PEOPLE, (row) => ROWS[row]?.phone ?? null);
	expect(misses).toEqual([]);
	const known = success.filter(({ json }) => json.alreadySent === true);
	log(`${had.size} had a text; the Retry knew ${known.length}, doubts ${unclear}, and sent the others`);
	// A request that was under way, and one more where the database is slow.
	expect(unclear).toBeLessThanOrEqual(2 * SLOWLY.batchSize);
	expect(known.length).toBeGreaterThan(0);
	expect(success.length).toBe(PEOPLE - unclear);

	// And once more, for those who press it twice.
	const texts = simulator.texts.length;
	await mortal.pressRetry(active).catch(() => undefined);
	expect(simulator.texts).toHaveLength(texts);
});

it('SMSC, each text with an ID from its row: Get Status tells who has it, and the others get theirs', async () => {
	const simulator = fresh(mortal.gateways.smsc);
	const options = { messageId: '={{ $json.order }}', requestsPerSecond: 15 };
	const sending = await mortal.activate(ROWS, sms('smsc', 'SMS', { ...TEXT, options }));
	const had = await runAndDie(sending, simulator);

	const repair = await mortal.activate(
		ROWS,
		sms('smsc', 'Status', {
			operation: 'getStatus',
			messageId: '={{ $json.order }}',
			to: '={{ $json.phone }}',
		}),
		{
			name: 'Not Known',
			type: 'n8n-nodes-base.filter',
			typeVersion: 2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
					conditions: [
						{
							id: '1',
							leftValue: '={{ $json.reasonCode }}',
							rightValue: '-3',
							operator: { type: 'string', operation: 'equals' },
						},
					],
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
	const repaired = await mortal.run(repair);
	expect(repaired.status).toBe('success');
	expect(mortal.n8n.nodeItems(repaired, 'SMS')[0]?.[0]).toHaveLength(PEOPLE - had.length);
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));
});
