/**
 * n8n is killed at random moments while every gateway sends; then Retry is pressed for one half of the workflows, and the
 * same rows come again to the other half, with Across Runs. Nobody may have two texts, nobody may be missing without being
 * named, and few may be in doubt, also where the same people had the same text an hour, a day and a week before.
 *
 * CRASH_SEED=… repeats a run; CRASH_MOMENTS=30 kills more often; CRASH_DATABASES=sqlite,queue and CRASH_LINES=2.41 leave out
 * the others.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8N_LINES, type N8nLine } from '../real-n8n/lines';
import { MortalN8n, log, until } from '../real-n8n/mortal';
import { type After, type Case, PEOPLE, allCases, had, itemsOf, repair } from '../real-n8n/mortalCases';
import { fresh } from '../real-n8n/stage';
import { DATABASES, type Database, bodyOf } from './bodies';
import { exportedAndImported, twoAtOnce, withoutDatabase } from './company';
import { copiedNode, historyFull } from './histories';

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000_000);
const MOMENTS = Number(process.env.CRASH_MOMENTS ?? 3);
const LATENCY_MS = 150;

const chosen = <T extends string>(all: readonly T[], typed: string | undefined): readonly T[] =>
	typed === undefined ? all : all.filter((one) => typed.split(',').includes(one));

/** n8n 1 with SQLite alone, unless it is asked for: its Retry is the same with each database. */
const PLACES = chosen(N8N_LINES, process.env.CRASH_LINES).flatMap((line) =>
	chosen(DATABASES, process.env.CRASH_DATABASES)
		.filter((database) => line !== '1.123' || database === 'sqlite' || process.env.CRASH_LINES !== undefined)
		.map((database) => [line, database] as const),
);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When the same people got the same text. n8n 1 knows the days of texts alone (docs/never-twice.md). */
const earlier = (line: N8nLine, database: Database): readonly [number, ...number[]] =>
	line === '1.123' || database === 'queue' ? [7 * DAY_MS] : [7 * DAY_MS, DAY_MS, HOUR_MS];

const shiftedBy = (ms: number): Record<string, string> => ({
	NODE_OPTIONS: `--require=${path.join(__dirname, 'shiftedClock.js')}`,
	CLOCK_SHIFT_MS: String(-ms),
});

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const table: string[][] = [
	['where', 'way', 'killed', 'in the middle', 'twice', 'missing', 'in doubt', 'most', 'at SMSC'],
];

function note(where: string, results: readonly After[]): void {
	for (const way of ['Retry', 'again'] as const) {
		const of = results.filter(({ one }) => one.way === way);
		const sum = (value: (after: After) => number): string =>
			String(of.reduce((total, after) => total + value(after), 0));
		table.push([
			where,
			way,
			String(of.length),
			sum(({ had: before }) => (before > 0 && before < PEOPLE ? 1 : 0)),
			sum(({ twice }) => twice),
			sum(({ missing }) => missing),
			sum(({ inDoubt }) => inDoubt),
			String(Math.max(...of.map(({ inDoubt }) => inDoubt))),
			sum(({ inDoubt, one }) => (one.sender === 'smsc' ? inDoubt : 0)),
		]);
	}
}

beforeAll(() => log(`CRASH_SEED=${SEED} CRASH_MOMENTS=${MOMENTS}`));
afterAll(() => {
	const widths = (table[0] ?? []).map((_, column) =>
		Math.max(...table.map((row) => (row[column] ?? '').length)),
	);
	for (const row of table) log(row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  '));
});

/** The same text to the same people, long before. */
async function sendBefore(
	mortal: MortalN8n,
	cases: readonly Case[],
	before: readonly number[],
): Promise<void> {
	for (const [index, ms] of before.entries()) {
		if (index > 0) await mortal.dieAndComeBack(shiftedBy(ms));
		for (const one of cases) fresh(mortal.gateways[one.gateway]);
		const rows = (one: Case) => one.rows(`before ${ms}`, 0);
		await Promise.all(
			cases.map(async (one) => {
				const execution = await mortal.run(one.active, rows(one));
				const people = had(mortal.gateways[one.gateway], rows(one));
				expect([one.sender, one.way, people, itemsOf(mortal, execution)[0]?.json.error]).toEqual([
					one.sender,
					one.way,
					PEOPLE,
					undefined,
				]);
			}),
		);
	}
	await mortal.dieAndComeBack();
}

/** Calls all, kills n8n at that moment, and repairs all. @param share of all texts, from which on it is to die */
async function round(
	mortal: MortalN8n,
	cases: readonly Case[],
	moment: { readonly order: string; readonly people: number; readonly share: number; readonly ms: number },
): Promise<After[]> {
	for (const one of cases) fresh(mortal.gateways[one.gateway]);
	const rowsOf = new Map(cases.map((one) => [one, one.rows(moment.order, moment.people)]));
	const simulators = new Set(cases.map(({ gateway }) => mortal.gateways[gateway]));
	const sent = (): number => [...simulators].reduce((sum, { texts }) => sum + texts.length, 0);
	await Promise.all(cases.map(async (one) => await one.active.call(rowsOf.get(one) ?? [])));
	await until(() => sent() >= moment.share * cases.length * PEOPLE);
	await sleep(moment.ms);
	await mortal.die();
	await sleep(2 * LATENCY_MS);
	const before = new Map(cases.map((one) => [one, had(mortal.gateways[one.gateway], rowsOf.get(one) ?? [])]));
	log(`killed after ${sent()} of ${cases.length * PEOPLE} texts and ${moment.ms} ms more`);
	await mortal.comeBack();
	return await Promise.all(
		cases.map(async (one) => await repair(mortal, one, rowsOf.get(one) ?? [], before.get(one) ?? 0)),
	);
}

async function play(line: N8nLine, database: Database): Promise<void> {
	const random = randomFrom(SEED);
	const before = earlier(line, database);
	const body = await bodyOf(line, database);
	const mortal = await MortalN8n.start({ body, latencyMs: LATENCY_MS, env: shiftedBy(before[0]) });
	try {
		const cases = await allCases(mortal);
		await sendBefore(mortal, cases, before);
		const results: After[] = [];
		for (let n = 0; n < MOMENTS; n++) {
			const share = random();
			const ms = Math.round(random() * 400);
			// n8n 1 takes an equal text of the same day for the same text.
			const people = line === '1.123' ? (n + 1) * PEOPLE : 0;
			results.push(...(await round(mortal, cases, { order: `round ${n}`, people, share, ms })));
		}
		note(body.name, results);
		await twoAtOnce(mortal, body);
		await exportedAndImported(mortal);
		// The same with each database.
		if (database === 'sqlite') {
			await copiedNode(mortal);
			await historyFull(mortal);
		}
		// Last: a worker may take long to find its database again.
		await withoutDatabase(mortal, body);
		expect(results.flatMap(({ faults }) => faults)).toEqual([]);
		expect(results.some(({ had: texts }) => texts > 0 && texts < PEOPLE)).toBe(true);
	} finally {
		await mortal.stop();
	}
}

it.each(PLACES)('n8n %s with %s, killed at random moments', async (line: N8nLine, database: Database) => {
	await play(line, database);
});
