/** What was counted: at the gateways, in n8n's database and in what executions say. */
import type { Simulator } from '../../../simulators/simulator';
import { type Execution, nodeItems } from '../real-n8n/executions';
import type { Person } from './campaigns';
import type { Postgres } from './servers';

/** How many texts each number got, by number (E.164). */
export function textsByNumber({ texts }: Pick<Simulator, 'texts'>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { to } of texts) counts.set(`+${to}`, (counts.get(`+${to}`) ?? 0) + 1);
	return counts;
}

export interface Tally {
	readonly people: number;
	readonly texts: number;
	/** People who got none. */
	readonly none: number;
	/** People who got more than one. */
	readonly twice: number;
	/** Texts to somebody else. */
	readonly strangers: number;
}

export function tally(simulator: Pick<Simulator, 'texts'>, people: readonly Person[]): Tally {
	const counts = textsByNumber(simulator);
	const wanted = new Set(people.map(({ phone }) => phone));
	const got = people.map(({ phone }) => counts.get(phone) ?? 0);
	return {
		people: people.length,
		texts: got.reduce((sum, count) => sum + count, 0),
		none: got.filter((count) => count === 0).length,
		twice: got.filter((count) => count > 1).length,
		strangers: [...counts.keys()].filter((number) => !wanted.has(number)).length,
	};
}

export interface Verdict {
	readonly accepted: unknown;
	/** Of a failed text. */
	readonly message: string;
}

/** What an execution's output says of each number. */
export function verdictsOf(execution: Execution): Map<string, Verdict> {
	const verdicts = new Map<string, Verdict>();
	for (const { json } of nodeItems(execution, 'SMS').flat(2)) {
		const told = (json.error ?? json) as Readonly<Record<string, unknown>>;
		verdicts.set(String(told.to), { accepted: told.accepted, message: String(told.message ?? '') });
	}
	return verdicts;
}

/** Sentences; empty when the output speaks of everybody, and says of nobody what is not so. */
export function untruths(
	verdicts: ReadonlyMap<string, Verdict>,
	simulator: Pick<Simulator, 'texts'>,
	people: readonly Person[],
): string[] {
	const counts = textsByNumber(simulator);
	return people.flatMap(({ phone }) => {
		const verdict = verdicts.get(phone);
		const got = counts.has(phone);
		if (verdict === undefined) return [`${phone} is not in the output`];
		if (verdict.accepted === true && !got) return [`${phone} is said to be accepted, and got nothing`];
		if (verdict.accepted === false && got) return [`${phone} is said not to be accepted, and got a text`];
		return [];
	});
}

export interface StoredExecution {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
}

export async function executionsOf(postgres: Postgres, workflowId: string): Promise<StoredExecution[]> {
	const rows = await postgres.query(
		`SELECT id, status, mode FROM execution_entity WHERE "workflowId" = '${workflowId}' ORDER BY id`,
	);
	return rows.map(([id = '', status = '', mode = '']) => ({ id, status, mode }));
}

/** "3 success, 1 error" */
export function states(executions: readonly StoredExecution[]): string {
	const counts = new Map<string, number>();
	for (const { status } of executions) counts.set(status, (counts.get(status) ?? 0) + 1);
	return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
