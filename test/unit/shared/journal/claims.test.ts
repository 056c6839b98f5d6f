/**
 * Once across runs, against a simulated store and gateway: runs that are killed at any step, repeated, retried, and under
 * way at the same time in other processes, while time passes. Nobody has twice what may be had once, whoever a run ends
 * for is accounted for truly, and without a crash nobody is in doubt.
 */
import fc from 'fast-check';
import { HistoryFull } from '../../../../nodes/shared/journal/claimHistory';
import type { Claim } from '../../../../nodes/shared/journal/claims';
import { Claims } from '../../../../nodes/shared/journal/claims';
import { Gate } from '../../../../nodes/shared/journal/gate';
import { Journal } from '../../../../nodes/shared/journal/journal';
import { Process, World, storeFor } from '../../../support/journalWorld';

const HOUR = 3_600_000;
const PARTS = 4;
const REQUESTS_IN_FLIGHT = 2;

type End = 'accepted' | 'refused' | 'alreadySent' | 'taken' | 'inDoubt' | 'full';

interface Given {
	readonly process: Process;
	readonly texts: readonly string[];
	readonly batchSize: number;
	readonly lastsMs: number | null;
	/** Its name, and whether this is a Retry of it. */
	readonly execution: string;
	readonly isRetry: boolean;
}

interface Run extends Given {
	readonly ends: Map<string, End>;
}

/** When each text was claimed that the gateway took, and by which execution. */
type Takes = Map<string, Array<{ readonly at: number; readonly execution: string }>>;

const claimOf = (text: string, lastsMs: number | null): Claim => ({ name: `claim of ${text}`, lastsMs });

/** Sends as the nodes do: a Retry asks for its execution first, any other run for what may be sent once. */
function start(world: World, takes: Takes, given: Given): Run {
	const { process, texts, batchSize, lastsMs, execution, isRetry } = given;
	const ends = new Map<string, End>();
	const store = storeFor(world, process);
	const claims = new Claims({
		store,
		now: () => world.now,
		looks: new Map(),
		pause: () => world.step(process),
	});
	const latest = new Map<string, number>();
	const scopes = [execution];
	const journal = new Journal({ store, scopes, heedsEarlier: isRetry, isComplete: true, latest });
	const claimedAt = new Map<string, number>();
	const enter = async (
		parcels: ReadonlyArray<readonly string[]>,
	): Promise<ReadonlyMap<string, 'mine' | End>> => {
		const block = parcels.flat();
		const answers = new Map<string, 'mine' | End>(block.map((text) => [text, 'mine']));
		const mine = (): string[] => block.filter((text) => answers.get(text) === 'mine');
		const ofExecution = async (): Promise<void> => {
			const { standings } = await journal.enter([{ texts: mine(), nameIn: null }]);
			for (const [text, standing] of standings) {
				if (typeof standing === 'object') throw new Error('No request has a name');
				answers.set(text, standing === 'sent' ? 'alreadySent' : standing);
			}
		};
		if (isRetry) await ofExecution();
		const at = world.now;
		const wishes = new Map(mine().map((text) => [text, [claimOf(text, lastsMs)]]));
		try {
			for (const [text, { is }] of await claims.enter(wishes)) answers.set(text, is);
		} catch (error) {
			if (!(error instanceof HistoryFull)) throw error;
			for (const text of wishes.keys()) answers.set(text, 'full');
		}
		for (const text of wishes.keys())
			if (['taken', 'full'].includes(answers.get(text) ?? '')) journal.settle(text, false);
		for (const text of mine()) claimedAt.set(text, at);
		if (!isRetry) await ofExecution();
		return answers;
	};
	const parcels: string[][] = [];
	for (let n = 0; n < texts.length; n += batchSize) parcels.push(texts.slice(n, n + batchSize));
	let clock = 0;
	const gate = new Gate({
		parcels,
		enter,
		largestBlock: 4,
		paceMs: 0,
		now: () => (clock += 100),
	});
	const queue = parcels.values();
	const worker = async (): Promise<void> => {
		for (const parcel of queue) {
			const answers = await gate.admit(parcel);
			const mine = parcel.filter((text) => answers.get(text) === 'mine');
			for (const text of parcel) {
				const answer = answers.get(text);
				if (answer !== undefined && answer !== 'mine') ends.set(text, answer);
			}
			if (mine.length === 0) continue;
			await world.step(process);
			const taken = mine.map((text) => world.gatewayTakes(text));
			for (const [n, text] of mine.entries()) {
				if (taken[n] !== true) continue;
				takes.set(text, [...(takes.get(text) ?? []), { at: claimedAt.get(text) ?? 0, execution }]);
			}
			await world.step(process);
			for (const [n, text] of mine.entries()) {
				claims.settle(text, taken[n] === true);
				journal.settle(text, taken[n] === true);
				ends.set(text, taken[n] === true ? 'accepted' : 'refused');
			}
		}
	};
	void Promise.all(Array.from({ length: REQUESTS_IN_FLIGHT }, worker)).then(async () => {
		store.leave(journal.takeUnwritten());
		await claims.write();
	});
	return { ...given, ends };
}

const partOf = (lastsMs: number, at: number): number => Math.floor(at / (lastsMs / PARTS));
const counts = (lastsMs: number | null, at: number, now: number): boolean =>
	lastsMs === null || partOf(lastsMs, now) - partOf(lastsMs, at) < PARTS;

const scenario = fc.record({
	people: fc.integer({ min: 1, max: 8 }),
	batchSize: fc.integer({ min: 1, max: 3 }),
	lastsMs: fc.constantFrom(HOUR, HOUR, null),
	tick: fc.constantFrom(0, 0, HOUR / 40),
	/** Groups of runs that are under way at the same time, and the time that passes before each group, in quarters. */
	groups: fc.array(
		fc.record({
			quarters: fc.constantFrom(0, 0, 0.5, 1, 2.5, 4, 7),
			runs: fc.array(
				fc.record({
					lives: fc.option(fc.integer({ min: 0, max: 40 })),
					retries: fc.option(fc.nat({ max: 3 })),
				}),
				{ minLength: 1, maxLength: 2 },
			),
		}),
		{ minLength: 2, maxLength: 5 },
	),
	refused: fc.array(fc.boolean(), { maxLength: 12 }),
	order: fc.array(fc.nat(), { maxLength: 200 }),
});

const textsOf = (people: number): string[] => Array.from({ length: people }, (_, n) => `text ${n}`);
const chooser = (order: readonly number[]): (() => number) => {
	let n = 0;
	return () => order[n++] ?? 0;
};

it('nobody has it twice while it counts, and whoever a run ends for is accounted for truly', async () => {
	const seen: Record<End, number> = {
		accepted: 0,
		refused: 0,
		alreadySent: 0,
		taken: 0,
		inDoubt: 0,
		full: 0,
	};
	let again = 0;
	let wrong = 0;
	let untrue = 0;
	await fc.assert(
		fc.asyncProperty(scenario, async ({ people, batchSize, lastsMs, tick, groups, refused, order }) => {
			const world = new World((n) => refused[n] === true, tick);
			const takes: Takes = new Map();
			const texts = textsOf(people);
			const choose = chooser(order);
			const executions: string[] = [];
			let deaths = 0;
			let hadCompany = false;
			for (const { quarters, runs } of groups) {
				world.now += quarters * (HOUR / PARTS);
				const started = runs.map(({ lives, retries }) => {
					const earlier = retries === null ? undefined : executions[retries];
					const execution = earlier ?? `execution ${executions.length}`;
					if (earlier === undefined) executions.push(execution);
					const process = new Process(lives ?? Infinity);
					const isRetry = earlier !== undefined;
					return start(world, takes, { process, texts, batchSize, lastsMs, execution, isRetry });
				});
				hadCompany ||= started.length > 1;
				await world.play(choose);
				deaths += started.filter(({ process }) => process.isDead).length;
				for (const { process, ends, execution } of started) {
					if (!process.isDead) expect([...ends.keys()].sort()).toEqual([...texts].sort());
					for (const [text, end] of ends) {
						seen[end]++;
						const taken = takes.get(text) ?? [];
						const own = taken.some((one) => one.execution === execution);
						if (end === 'accepted' || end === 'alreadySent') expect([text, own]).toEqual([text, true]);
						if (end === 'taken') {
							const isTrue = taken.some(({ at }) => counts(lastsMs, at, world.now - tick * 400));
							// A process that dies while another asks can leave what looks like a sign of sending.
							if (deaths > 0 && hadCompany) untrue += isTrue ? 0 : 1;
							else expect(isTrue).toBe(true);
						}
						if (end === 'inDoubt' && deaths === 0 && !hadCompany) wrong++;
						// The history forgets nothing here: only a process that died while another wrote can look like that.
						if (end === 'full') expect(deaths > 0 && hadCompany).toBe(true);
					}
				}
			}
			for (const taken of takes.values()) {
				for (const [n, { at }] of taken.entries()) {
					const next = taken[n + 1];
					if (next === undefined) continue;
					again++;
					expect([at, next.at, counts(lastsMs, at, next.at)]).toEqual([at, next.at, false]);
				}
			}
		}),
		{ numRuns: 1500 },
	);
	expect(wrong).toBe(0);
	// It came to everything that it is about.
	const { full, ...others } = seen;
	expect(Math.min(...Object.values(others), again)).toBeGreaterThan(5);
	expect(full).toBeLessThan(seen.accepted / 100);
	expect(untrue).toBeLessThan(seen.taken / 100);
});
