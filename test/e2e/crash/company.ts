/** What a run can meet besides its end: another of the same rows, a database that is away, a copy of its workflow. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type MortalN8n, type Rows, isOver, log, until } from '../real-n8n/mortal';
import { PEOPLE, caseOf, count, had, itemsOf, textsTo } from '../real-n8n/mortalCases';
import type { WorkflowJson } from '../real-n8n/n8n';
import { fresh } from '../real-n8n/stage';
import type { CrashBody } from './bodies';

const PATIENCE_MS = 300_000;

/** The same rows twice at the same moment, with Across Runs. In one process nobody gets two; between two, that is counted. */
export async function twoAtOnce(mortal: MortalN8n, body: CrashBody): Promise<void> {
	const one = await caseOf(mortal, 'smsRu', 'again');
	const simulator = fresh(mortal.gateways.smsRu);
	const rows = one.rows('at once', 0);
	await Promise.all([one.active.call(rows), one.active.call(rows)]);
	const ended = async () => (await one.active.executions()).filter(({ status }) => isOver(status));
	await until(async () => (await ended()).length === 2, PATIENCE_MS);
	const ids = (await ended()).map(({ id }) => id);
	const executions = await Promise.all(ids.map(async (id) => await mortal.n8n.waitForExecution(id)));
	const items = executions.flatMap((execution) => itemsOf(mortal, execution));
	const { twice, missing } = count(simulator, rows, items);
	const none = PEOPLE - had(simulator, rows);
	const by = new Set(
		ids.map(
			(id) => body.workers().find((worker) => worker.logText().includes(`started execution ${id} `))?.name,
		),
	);
	log(
		`${body.name}: the same ${PEOPLE} rows twice at once, in ${by.size} processes: twice ${twice}, without a text ${none}`,
	);
	expect([missing, items.length]).toEqual([0, 2 * PEOPLE]);
	if (by.size === 1) expect([twice, none]).toEqual([0, 0]);
}

/** PostgreSQL is stopped for three seconds while texts go out. */
export async function withoutDatabase(mortal: MortalN8n, { name, postgres }: CrashBody): Promise<void> {
	if (postgres === null) return;
	const one = await caseOf(mortal, 'smsRu', 'Retry');
	const simulator = fresh(mortal.gateways.smsRu);
	const rows = one.rows('away', 0);
	await one.active.call(rows);
	await until(() => had(simulator, rows) >= PEOPLE / 4);
	await postgres.stop();
	const before = had(simulator, rows);
	await sleep(3_000);
	await postgres.start();
	await until(async () => isOver((await one.active.executions().catch(() => []))[0]?.status), PATIENCE_MS);
	const [latest] = await one.active.executions();
	const execution = await mortal.n8n.waitForExecution(latest?.id ?? '');
	const { twice, missing, inDoubt, wrong } = count(simulator, rows, itemsOf(mortal, execution));
	log(
		`${name}: PostgreSQL away for 3 s, ${before} of ${PEOPLE} had a text: ${execution.status}, twice ${twice}, missing ${missing}, in doubt ${inDoubt}, without a text ${PEOPLE - had(simulator, rows)}`,
	);
	expect(before).toBeLessThan(PEOPLE);
	expect({ twice, missing, wrong }).toEqual({ twice: 0, missing: 0, wrong: [] });
}

/** A workflow that is exported and imported is another one: it knows of no earlier run, and the old one forgets nothing. */
export async function exportedAndImported(mortal: MortalN8n): Promise<void> {
	const one = await caseOf(mortal, 'smsRu', 'again');
	const simulator = fresh(mortal.gateways.smsRu);
	const rows = one.rows('imported', 0);
	const each = (): number[] => rows.map(({ phone = '' }: Rows[number]) => textsTo(simulator, phone));
	await mortal.run(one.active, rows);
	expect(each()).toEqual(rows.map(() => 1));
	const { id } = one.active;
	const {
		name,
		nodes,
		connections,
		settings = {},
	} = await mortal.n8n.rest<WorkflowJson>('GET', `/workflows/${id}`);
	const imported = nodes.map((node) =>
		node.name === 'Webhook'
			? { ...node, webhookId: 'imported', parameters: { ...Object(node.parameters), path: 'imported' } }
			: node,
	);
	const copy = await mortal.publish(
		{ name: `${name} imported`, nodes: imported, connections, settings },
		'imported',
	);
	await mortal.run(copy, rows);
	expect(each()).toEqual(rows.map(() => 2));
	await mortal.run(one.active, rows);
	await mortal.run(copy, rows);
	expect(each()).toEqual(rows.map(() => 2));
}
