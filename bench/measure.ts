/** How often a second something can be called, by tinybench, and tables of it. */
import { Bench } from 'tinybench';

/** Reading the clock takes about as long as one call: so many are measured at a time. */
const CALLS = 100;
const MILLISECONDS = 1_000;
/** Of what takes longer than that. */
const LEAST = { iterations: 5, warmupIterations: 1 };

/** Results end up here, so that no work can be optimised away. */
let sink = 0;

/** In the fastest of many samples: what a busy machine disturbs least. */
export function bestOf(run: () => number): number {
	const bench = new Bench({ ...LEAST, time: MILLISECONDS, warmupTime: MILLISECONDS / 10 });
	bench.add('calls', () => {
		for (let call = 0; call < CALLS; call++) sink ^= run();
	});
	const [task] = bench.runSync();
	const result = task?.result;
	if (result?.error !== undefined) throw result.error;
	return (CALLS / (result?.latency.min ?? Infinity)) * 1000;
}

export function grouped(value: number): string {
	return Math.round(value).toLocaleString('en');
}

/** The first row is the heading; all columns but the first are numbers. */
export function printTable(rows: readonly (readonly string[])[]): void {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	for (const row of rows) {
		const cells = row.map((cell, i) =>
			i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
		);
		console.log(cells.join('  '));
	}
	if (sink === 0.5) console.log(sink);
}
