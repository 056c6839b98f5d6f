/**
 * What it costs to write each text down before it leaves: the same rows in active workflows of one real n8n, with the
 * journal and without (Skip Duplicates: Off), in turns. `npx tsx bench/journal.ts`; JOURNAL_ROWS=1000,10000, JOURNAL_ROUNDS,
 * JOURNAL_SINGLE and JOURNAL_CALLS (0: no PostgreSQL) change it.
 */
import { bodyOf } from '../test/e2e/crash/bodies';
import type { Active, Rows } from '../test/e2e/real-n8n/mortal';
import { MortalN8n, sms, until } from '../test/e2e/real-n8n/mortal';
import { fresh } from '../test/e2e/real-n8n/stage';
import { printTable } from './measure';
import { processorSeconds } from './process';

const wish = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const SIZES = (process.env.JOURNAL_ROWS ?? '10000,100000').split(',').map(Number);
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
	const ratio = (with_: number, without: number): string => (with_ / without).toFixed(2);
	return [
		what,
		of(off, 'milliseconds').toFixed(0),
		of(on, 'milliseconds').toFixed(0),
		ratio(of(on, 'milliseconds'), of(off, 'milliseconds')),
		ratio(least(on), least(off)),
		ratio(of(on, 'processor'), of(off, 'processor')),
	];
}

async function sqlite(): Promise<string[][]> {
	const mortal = await MortalN8n.start({ env: { N8N_PAYLOAD_SIZE_MAX: '200' } });
	try {
		const lines: string[][] = [];
		const actives = {
			off: await mortal.activate(node('off', '=Order {{ $execution.id }} is ready')),
			on: await mortal.activate(node('on', '=Order {{ $execution.id }} is ready')),
		};
		for (const mode of MODES) await timed(mortal, actives[mode], rowsOf(1));
		lines.push(line('one text', await inTurns(SINGLE, (mode) => timed(mortal, actives[mode], rowsOf(1)))));
		for (const size of SIZES) {
			const measured = await inTurns(ROUNDS, async (mode) => {
				fresh(mortal.gateways.smsc);
				const cost = await timed(
					mortal,
					await mortal.activate(node(mode, 'Your order is ready')),
					rowsOf(size),
				);
				console.error(size, mode, cost);
				return cost;
			});
			lines.push(line(`${size} rows, one text`, measured));
		}
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
			console.error('calls', mode, cost);
			return cost;
		});
		return [line(`${CALLS} calls of one text, PostgreSQL`, measured)];
	} finally {
		await mortal.stop();
	}
}

async function main(): Promise<void> {
	const lines = await sqlite();
	if (CALLS > 0) lines.push(...(await postgres()));
	const head = ['', 'off, ms', 'on, ms', 'on / off', 'of the fastest', 'of the processor'];
	printTable([head, ...lines]);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
