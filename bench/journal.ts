/**
 * What it costs to write each text down before it leaves: the same rows in active workflows of one real n8n, with the
 * journal and without (Skip Duplicates: Off), in turns. `npx tsx bench/journal.ts`; `--write` renews docs/benchmarks.md.
 * JOURNAL_ROWS=1000,10000, JOURNAL_LATENCIES=0,50, JOURNAL_ROUNDS, JOURNAL_SINGLE and JOURNAL_CALLS (0: no PostgreSQL)
 * change it.
 */
import { bodyOf } from '../test/e2e/crash/bodies';
import type { Active } from '../test/e2e/real-n8n/mortal';
import { MortalN8n, sms, until } from '../test/e2e/real-n8n/mortal';
import { fresh } from '../test/e2e/real-n8n/stage';
import type { Cost, Measured } from './inTurns';
import { HEADING, inTurns, line, rowsOf, timed } from './inTurns';
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
const MODES = ['off', 'on'] as const satisfies readonly Mode[];

const node = (mode: Mode, message: string) =>
	sms('smsc', 'SMS', { to: '={{ $json.phone }}', message, limits: LIMITS[mode] });

const arrived = (mortal: MortalN8n) => (): number => mortal.gateways.smsc.texts.length;

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

async function oneTextEach(mortal: MortalN8n): Promise<Measured<Mode>> {
	// Another text in each run, as orders have.
	const message = '=Order {{ $execution.id }} is ready';
	const actives = {
		off: await mortal.activate(node('off', message)),
		on: await mortal.activate(node('on', message)),
	};
	const once = async (mode: Mode): Promise<Cost> => {
		fresh(mortal.gateways.smsc);
		return await timed(mortal, actives[mode], rowsOf(1), arrived(mortal));
	};
	for (const mode of MODES) await once(mode);
	return await inTurns('1 row', MODES, SINGLE, once);
}

/** Each time in a new workflow: what earlier ones have written does not count. */
async function campaign(mortal: MortalN8n, size: number): Promise<Measured<Mode>> {
	return await inTurns(`${size} rows`, MODES, ROUNDS, async (mode) => {
		fresh(mortal.gateways.smsc);
		const active = await mortal.activate(node(mode, 'Your order is ready'));
		return await timed(mortal, active, rowsOf(size), arrived(mortal));
	});
}

async function sqlite(latencyMs: number): Promise<string[][]> {
	const mortal = await MortalN8n.start({ latencyMs, env: { N8N_PAYLOAD_SIZE_MAX: '200' } });
	const gateway = `the gateway answers after ${latencyMs} ms`;
	try {
		const lines = [line(`1 row, ${gateway}`, MODES, await oneTextEach(mortal))];
		for (const size of SIZES)
			lines.push(line(`${grouped(size)} rows, ${gateway}`, MODES, await campaign(mortal, size)));
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
		const measured = await inTurns('calls', MODES, Math.min(ROUNDS, 3), (mode) =>
			calls(mortal, actives[mode]),
		);
		const what = `${grouped(CALLS)} webhook calls of one text, ${CALLERS} at a time, PostgreSQL`;
		return [line(what, MODES, measured)];
	} finally {
		await mortal.stop();
	}
}

async function main(): Promise<void> {
	const lines: string[][] = [];
	for (const latencyMs of LATENCIES) lines.push(...(await sqlite(latencyMs)));
	if (CALLS > 0) lines.push(...(await postgres()));
	const table = markdownTable([['', 'without, ms', 'with, ms', ...HEADING], ...lines]);
	publish('journal', table);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
