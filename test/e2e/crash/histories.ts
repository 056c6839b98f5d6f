/** What a node remembers has an end, and belongs to that node: a history that is full, and a node that is copied. */
import type { INodeExecutionData } from 'n8n-workflow';
import { verdictOf } from '../../support/referee';
import type { MortalN8n, Rows } from '../real-n8n/mortal';
import { log, sms, until } from '../real-n8n/mortal';
import { PEOPLE, caseOf, had, itemsOf, textsTo } from '../real-n8n/mortalCases';
import { fresh } from '../real-n8n/stage';

const TEXT = { to: '={{ $json.phone }}', message: 'Your order is ready' };
const REMEMBERED = 100;
/** Two runs of so many push everything out that was there before (docs/never-twice.md). */
const CROWD = 3_000;
const RATE = { slow: '5', fast: '100' };

const rowsFrom = (first: number, people: number, more: Readonly<Record<string, string>> = {}): Rows =>
	Array.from({ length: people }, (_, n) => ({ phone: `+${first + n}`, ...more }));

/** What a failed row says, and how many rows say it. */
function sayings(items: readonly INodeExecutionData[]): Map<string, number> {
	const found = new Map<string, number>();
	for (const item of items) {
		const { error } = verdictOf(item);
		const says = error === null ? 'sent' : `${String(error.retry)}: ${String(error.message)}`;
		const key = says.replace(/\+\d+/g, '…');
		found.set(key, (found.get(key) ?? 0) + 1);
	}
	return found;
}

/**
 * So much was sent since that the history may have forgotten who has the text. Across Runs sends nothing and says so; a
 * Retry sends nothing and says `check_first`.
 */
export async function historyFull(mortal: MortalN8n): Promise<void> {
	const simulator = fresh(mortal.gateways.advantaSms);
	const across = await mortal.activate(
		sms('advantaSms', 'SMS', {
			...TEXT,
			limits: { skipDuplicates: 'acrossRuns', rememberTexts: REMEMBERED },
		}),
	);
	const known = rowsFrom(254_720_000_000, PEOPLE);
	await mortal.run(across, known);
	expect(had(simulator, known)).toBe(PEOPLE);
	await mortal.run(across, rowsFrom(254_721_000_000, CROWD));

	const pace = { batchSize: '={{ Number($json.batch) }}', requestsPerSecond: '={{ Number($json.rate) }}' };
	const retried = await mortal.activate(sms('advantaSms', 'SMS', { ...TEXT, options: pace }));
	const rows = rowsFrom(254_722_000_000, PEOPLE, { batch: '2', rate: RATE.slow });
	await retried.call(rows);
	await until(() => had(simulator, rows) >= PEOPLE / 4);
	await mortal.dieAndComeBack();
	const { status } = await mortal.latestEnded(retried);
	const crashed = (await retried.executions())[0]?.id ?? '';
	const before = had(simulator, rows);
	expect([status, before < PEOPLE]).toEqual(['crashed', true]);

	for (const first of [254_730_000_000, 254_731_000_000])
		await mortal.run(retried, rowsFrom(first, CROWD, { batch: '500', rate: RATE.fast }));
	const retry = itemsOf(mortal, await mortal.pressRetry(retried, crashed));
	const again = itemsOf(mortal, await mortal.run(across, known));
	log(`History full: Retry ${JSON.stringify([...sayings(retry)])}`);
	log(`History full: Across Runs ${JSON.stringify([...sayings(again)])}`);
	expect(had(simulator, rows)).toBe(before);
	expect([...rows, ...known].filter(({ phone = '' }) => textsTo(simulator, phone) > 1)).toEqual([]);
	expect(retry.map(verdictOf).map(({ error }) => error?.retry)).toEqual(rows.map(() => 'check_first'));
	expect(again.map(verdictOf).map(({ error }) => [error?.kind, error?.accepted])).toEqual(
		known.map(() => ['temporary', false]),
	);
	for (const saying of sayings(again).keys()) expect(saying).toContain(`remembers ${REMEMBERED} texts`);
}

/** A copied node is another node: it knows of nothing that was sent, and the one it was copied from forgets nothing. */
export async function copiedNode(mortal: MortalN8n): Promise<void> {
	const { active, gateway, rows: rowsOf } = await caseOf(mortal, 'smsRu', 'again');
	const simulator = fresh(mortal.gateways[gateway]);
	const rows = rowsOf('copied', 0);
	const each = (): number[] => rows.map(({ phone = '' }) => textsTo(simulator, phone));
	await mortal.run(active, rows);
	expect(each()).toEqual(rows.map(() => 1));
	await mortal.change(active, ({ nodes, connections, ...workflow }) => {
		const node = nodes.find(({ name }) => name === 'SMS');
		if (node === undefined) throw new Error('There is no node to copy');
		// As the editor pastes it: with a name and an id of its own.
		const copy = { ...node, name: 'SMS1', id: '00000000-0000-4000-8000-00000000c0b1' };
		const both = [node, copy].map(({ name }) => ({ node: name, type: 'main', index: 0 }));
		return { ...workflow, nodes: [...nodes, copy], connections: { ...connections, Rows: { main: [both] } } };
	});
	// The copy sends to all, once.
	await mortal.run(active, rows);
	expect(each()).toEqual(rows.map(() => 2));
	await mortal.run(active, rows);
	expect(each()).toEqual(rows.map(() => 2));
}
