/** Operations per second, best of several rounds: what a busy machine disturbs least. */

const ROUNDS = 5;
const ROUND_MS = 200;

/** Results end up here, so that no work can be optimised away. */
let sink = 0;

function callsPerSecond(run: () => number, milliseconds: number): number {
	const start = performance.now();
	let calls = 0;
	let elapsed = 0;
	// The clock is read seldom enough not to be what is measured.
	for (let batch = 1; elapsed < milliseconds; batch *= 2) {
		for (let i = 0; i < batch; i++) sink ^= run();
		calls += batch;
		elapsed = performance.now() - start;
	}
	return (calls / elapsed) * 1000;
}

export function bestOf(run: () => number): number {
	callsPerSecond(run, ROUND_MS / 2);
	let best = 0;
	for (let round = 0; round < ROUNDS; round++) best = Math.max(best, callsPerSecond(run, ROUND_MS));
	return best;
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
