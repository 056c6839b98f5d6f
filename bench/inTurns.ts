/** Two ways to do the same, in turns: what else the machine does hits both. */
import { log } from '../test/e2e/real-n8n/mortal';
import type { Active, MortalN8n, Rows } from '../test/e2e/real-n8n/mortal';
import { processorSeconds } from './process';

export interface Cost {
	readonly milliseconds: number;
	/** Milliseconds of n8n's own processor time. */
	readonly processor: number;
}

/** In the order in which they are compared: the second against the first. */
export type Measured<Way extends string> = Readonly<Record<Way, Cost[]>>;

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export const rowsOf = (count: number): Rows =>
	Array.from({ length: count }, (_, n) => ({ phone: `+79${160_000_000 + n}` }));

/** The node alone, as n8n times it. @param texts how many have arrived: a run that sends nothing costs something else */
export async function timed(
	mortal: MortalN8n,
	active: Active,
	rows: Rows,
	texts: () => number,
): Promise<Cost> {
	const { pid } = mortal.n8n;
	const before = processorSeconds(pid);
	const execution = await mortal.run(active, rows);
	if (texts() !== rows.length) throw new Error(`${texts()} texts arrived instead of ${rows.length}`);
	const [run] = execution.data.resultData.runData.SMS ?? [];
	if (run === undefined || execution.status !== 'success')
		throw new Error(`The run ended as ${execution.status}`);
	return { milliseconds: run.executionTime, processor: (processorSeconds(pid) - before) * 1000 };
}

export async function inTurns<Way extends string>(
	what: string,
	ways: readonly [Way, Way],
	rounds: number,
	measure: (way: Way) => Promise<Cost>,
): Promise<Measured<Way>> {
	const all = Object.fromEntries(ways.map((way) => [way, [] as Cost[]])) as Record<Way, Cost[]>;
	for (let round = 0; round < rounds; round++) {
		for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
			const cost = await measure(way);
			log(
				`${what}, ${way}: ${cost.milliseconds.toFixed(0)} ms, ${cost.processor.toFixed(0)} ms of processor`,
			);
			all[way].push(cost);
		}
	}
	return all;
}

export const HEADING = ['ratio', 'of the fastest', 'of the processor'] as const;

/** Medians of both, and the second's ratios to the first. */
export function line<Way extends string>(
	what: string,
	[first, second]: readonly [Way, Way],
	measured: Measured<Way>,
): string[] {
	const of = (way: Way, key: keyof Cost): number => median(measured[way].map((cost) => cost[key]));
	const least = (way: Way): number => Math.min(...measured[way].map(({ milliseconds }) => milliseconds));
	const ratio = (value: (way: Way) => number): string => (value(second) / value(first)).toFixed(2);
	return [
		what,
		of(first, 'milliseconds').toFixed(0),
		of(second, 'milliseconds').toFixed(0),
		ratio((way) => of(way, 'milliseconds')),
		ratio(least),
		ratio((way) => of(way, 'processor')),
	];
}
