/**
 * What it costs to write each text down before it leaves: the same rows in active workflows of one real n8n, with the
 * journal and without (Skip Duplicates: Off), in turns. `npx tsx bench/journal.ts`; `--write` renews docs/benchmarks.md.
 * JOURNAL_ROWS=1000,10000, JOURNAL_LATENCIES=0,50, JOURNAL_ROUNDS, JOURNAL_SINGLE and JOURNAL_CALLS (0: no PostgreSQL)
 * change it.
 */
import { bodyOf } from '../test/e2e/crash/bodies';
import type { Active, Rows } from '../test/e2e/real-n8n/mortal';
import { MortalN8n, log, sms, until } from '../test/e2e/real-n8n/mortal';
import { fresh } from '../test/e2e/real-n8n/stage';
import { grouped } from './measure';
import { markdownTable, publish } from './page';
import { processorSeconds } from './process';

const wish = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const SIZES = (process.env.JOURNAL_ROWS ?? '10000,100000').split(',').map(Number);
const LATENCIES = (process.env.JOURNAL_LATENCIES ?? '0,50').split(',').map(Number);
const ROUNDS = wish('JOURNAL_ROUNDS', 5);
const SINGLE = wish('JOURNAL_SINGLE', 60);
const CALLS = wish('JOURNAL_CALLS', 1_000);
const CALLERS = 20;

const LIMITS = { off: { skipDuplicates: 'off' }, on: {} } as const;
type Mode = keyof typeof LIMITS;
const MODES: readonly Mode[] = ['off', 'on'];

interface Cost {
	readonly milliseconds: number;
	/** n8n's own processor time. */
	readonly processor: number;
}

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const rowsOf = (count: number): Rows =>
	Array.from({ length: count }, (_, n) => ({ phone: `+79${160_000_000 + n}` }));

const node = (mode: Mode, message: string) =>
	sms('smsc', 'SMS', { to: '={{ $json.phone }}', message, limits: LIMITS[mode] });

/** The node alone, as n8n times it. */
async function timed(mortal: MortalN8n, active: Active, rows: Rows): Promise<Cost> {
	const { pid } = mortal.n8n;
	const before = processorSeconds(pid);
	const execution = await mortal.run(active, rows);
	// A run that sends nothing costs something else.
	if (mortal.gateways.smsc.texts.length !== rows.length) throw new Error('The texts did not arrive');
	const [run] = execution.data.resultData.runData.SMS ?? [];
	if (run === undefined || execution.status !== 'success')
		throw new Error(`The run ended as ${execution.status}`);
	return { milliseconds: run.executionTime, processor: (processorSeconds(pid) - before) * 1000 };
}

/** From the first call to the last text. */
async function calls(mortal: MortalN8n, active: Active): Promise<Cost> {
	const { pid } = mortal.n8n;
	const simulator = fresh(mortal.gateways.smsc);
	const [before, start] = [processorSeconds(pid), performance.now()];
	const queue = rowsOf(CALLS).values();
	const caller = async (): Promise<void> => {
		for (const row of queue) await active.call([row]);
	};
	await Promise.all(Array.from({ length: CALLERS }, caller));
	await until(() => simulator.texts.length >= CALLS);
	return {
		milliseconds: performance.now() - start,
		processor: (processorSeconds(pid) - before) * 1000,
	};
}

const progress = (what: string, mode: Mode, { milliseconds, processor }: Cost): void =>
	log(`${what}, ${mode}: ${milliseconds.toFixed(0)} ms, ${processor.toFixed(0)} ms of processor`);

type Measured = Record<Mode, Cost[]>;

/** Both ways in turns, so that what else the machine does hits both. */
async function inTurns(
	rounds: number,
	measure: (mode: Mode, round: number) => Promise<Cost>,
): Promise<Measured> {
	const all: Measured = { off: [], on: [] };
	for (let round = 0; round < rounds; round++) {
		const order = round % 2 === 0 ? MODES : [...MODES].reverse();
		for (const mode of order) all[mode].push(await measure(mode, round));
	}
	return all;
}

function line(what: string, { off, on }: Measured): string[] {
	const of = (costs: readonly Cost[], key: keyof Cost): number => median(costs.map((cost) => cost[key]));
	const least = (costs: readonly Cost[]): number =>
		Math.min(...costs.map(({ milliseconds }) => milliseconds));
	const ratio = (value: (costs: readonly Cost[]) => number): string => (value(on) / value(off)).toFixed(2);
	return [
		what,
		of(off, 'milliseconds').toFixed(0),
		of(on, 'milliseconds').toFixed(0),
		ratio((costs) => of(costs, 'milliseconds')),
		ratio(least),
		ratio((costs) => of(costs, 'processor')),
	];
}

async function oneTextEach(mortal: MortalN8n): Promise<Measured> {
	// Another text in each run, as orders have.
	const message = '=Order {{ $execution.id }} is ready';
	const actives = {
		off: await mortal.activate(node('off', message)),
		on: await mortal.activate(node('on', message)),
	};
	const once = async (mode: Mode): Promise<Cost> => {
		fresh(mortal.gateways.smsc);
		return await timed(mortal, actives[mode], rowsOf(1));
	};
	for (const mode of MODES) await once(mode);
	return await inTurns(SINGLE, once);
}

/** Each time in a new workflow: what earlier ones have written does not count. */
async function campaign(mortal: MortalN8n, size: number): Promise<Measured> {
	return await inTurns(ROUNDS, async (mode) => {
		fresh(mortal.gateways.smsc);
		const active = await mortal.activate(node(mode, 'Your order is ready'));
		const cost = await timed(mortal, active, rowsOf(size));
		progress(`${size} rows`, mode, cost);
		return cost;
	});
}

async function sqlite(latencyMs: number): Promise<string[][]> {
	const mortal = await MortalN8n.start({ latencyMs, env: { N8N_PAYLOAD_SIZE_MAX: '200' } });
	const gateway = `the gateway answers after ${latencyMs} ms`;
	try {
		const lines = [line(`1 row, ${gateway}`, await oneTextEach(mortal))];
		for (const size of SIZES)
			lines.push(line(`${grouped(size)} rows, ${gateway}`, await campaign(mortal, size)));
		return lines;
	} finally {
		await mortal.stop();
	}
}

async function postgres(): Promise<string[][]> {
	const mortal = await MortalN8n.start({ body: await bodyOf('2.41', 'postgres') });
	try {
		const actives = {
			off: await mortal.activate(node('off', 'Your order is ready')),
			on: await mortal.activate(node('on', 'Your order is ready')),
		};
		for (const mode of MODES) await actives[mode].call(rowsOf(1));
		const measured = await inTurns(Math.min(ROUNDS, 3), async (mode) => {
			const cost = await calls(mortal, actives[mode]);
			progress('calls', mode, cost);
			return cost;
		});
		return [line(`${grouped(CALLS)} webhook calls of one text, ${CALLERS} at a time, PostgreSQL`, measured)];
	} finally {
		await mortal.stop();
	}
}

async function main(): Promise<void> {
	const lines: string[][] = [];
	for (const latencyMs of LATENCIES) lines.push(...(await sqlite(latencyMs)));
	if (CALLS > 0) lines.push(...(await postgres()));
	const table = markdownTable([
		['', 'without, ms', 'with, ms', 'ratio', 'of the fastest', 'of the processor'],
		...lines,
	]);
	publish('journal', table);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
