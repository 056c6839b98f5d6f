/**
 * The protocol against a simulated store and gateway: a run that is killed at any step, Retries that are killed or run at
 * the same time, refusals, and an equal text of an earlier execution. Nobody gets a text twice, everybody is accounted
 * for, and no more is in doubt than what was under way.
 */
import fc from 'fast-check';
import { Gate } from '../../../../nodes/shared/journal/gate';
import { historyMarks, reachesBack } from '../../../../nodes/shared/journal/history';
import { Journal } from '../../../../nodes/shared/journal/journal';
import type { MarkStore } from '../../../../nodes/shared/journal/marks';
import { Process, World, asMarkStore, storeFor } from '../../../support/journalWorld';

const REQUESTS_IN_FLIGHT = 2;
const LARGEST_BLOCK = 4;

type End = 'accepted' | 'refused' | 'alreadySent' | 'inDoubt';

interface Run {
	readonly process: Process;
	readonly scopes: readonly string[];
	readonly isRetry: boolean;
	readonly texts: readonly string[];
	readonly batchSize: number;
	/** The gateway takes a name for a request, and can be asked about it. */
	readonly canBeAsked?: boolean;
	/** What the process remembers of attempts. */
	readonly latest?: Map<string, number>;
}

/** Sends as the nodes do. The map is complete when the process was not killed. */
function start(
	world: World,
	{ process, scopes, isRetry, texts, batchSize, canBeAsked = false, latest = new Map() }: Run,
): Map<string, End> {
	const ends = new Map<string, End>();
	const journal = new Journal({
		store: storeFor(world, process),
		scopes,
		heedsEarlier: isRetry,
		isComplete: true,
		latest,
	});
	const parcels: Array<readonly string[]> = [];
	for (let n = 0; n < texts.length; n += batchSize) parcels.push(texts.slice(n, n + batchSize));
	let now = 0;
	const named = new Set<string>();
	const nameOf = (scope: string, parcel: readonly string[]): string => `${scope}: ${parcel.join(', ')}`;
	const gate = new Gate({
		parcels,
		enter: async (block: ReadonlyArray<readonly string[]>) => {
			const { standings, names } = await journal.enter(
				block.map((parcel) => ({
					texts: parcel,
					nameIn: canBeAsked ? (scope: string) => nameOf(scope, parcel) : null,
				})),
			);
			for (const name of names) named.add(name);
			return standings;
		},
		largestBlock: LARGEST_BLOCK,
		paceMs: 0,
		// Writing takes all of the time: blocks grow.
		now: () => (now += 100),
	});
	const send = async (parcel: readonly string[]): Promise<void> => {
		const standings = await gate.admit(parcel);
		const mine = parcel.filter((text) => standings.get(text) === 'mine');
		const unsent: string[] = [];
		for (const text of parcel) {
			const standing = standings.get(text);
			if (standing === 'sent') ends.set(text, 'alreadySent');
			if (standing === 'inDoubt') ends.set(text, 'inDoubt');
			if (typeof standing !== 'object') continue;
			await world.step(process);
			const isOut = world.knows(standing.reconcile, text);
			if (isOut) ends.set(text, 'alreadySent');
			else unsent.push(text);
			journal.settle(text, isOut);
		}
		if (mine.length > 0) {
			const name = nameOf(journal.scope, parcel);
			await world.step(process);
			const taken = mine.map((text) => world.gatewayTakes(text, named.has(name) ? name : null));
			await world.step(process);
			for (const [n, text] of mine.entries()) {
				journal.settle(text, taken[n] === true);
				ends.set(text, taken[n] === true ? 'accepted' : 'refused');
			}
		}
		if (unsent.length === 0) return;
		gate.add(unsent);
		await send(unsent);
	};
	const queue = parcels.values();
	const worker = async (): Promise<void> => {
		for (const parcel of queue) await send(parcel);
	};
	void Promise.all(Array.from({ length: REQUESTS_IN_FLIGHT }, worker)).then(() => journal.write());
	return ends;
}

const lives = fc.integer({ min: 0, max: 60 });
const scenario = fc.record({
	people: fc.integer({ min: 1, max: 14 }),
	batchSize: fc.integer({ min: 1, max: 3 }),
	firstLives: lives,
	/** Retries, one after the other or (twice in one group) at the same time; null is not killed. */
	retries: fc.array(fc.array(fc.option(lives), { minLength: 1, maxLength: 2 }), {
		minLength: 1,
		maxLength: 4,
	}),
	refused: fc.array(fc.boolean(), { maxLength: 20 }),
	order: fc.array(fc.nat(), { maxLength: 200 }),
	hadEqualBefore: fc.boolean(),
	canBeAsked: fc.boolean(),
	/** The workflow was changed before a Retry, and other texts share a request. */
	laterSizes: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
	scopes: fc.constantFrom(['execution'], ['yesterday', 'today']),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

const textsOf = (people: number): string[] => Array.from({ length: people }, (_, n) => `text ${n}`);
const chooser = (order: readonly number[]): (() => number) => {
	let n = 0;
	return () => order[n++] ?? 0;
};

/** The texts and the world of a scenario, and the order in which processes take their steps there. */
const setOut = ({ people, refused, order }: Pick<Scenario, 'people' | 'refused' | 'order'>) => ({
	texts: textsOf(people),
	choose: chooser(order),
	world: new World((n) => refused[n] === true),
});

interface FirstRun {
	readonly people: number;
	readonly batchSize: number;
	readonly firstLives: number;
	readonly hadEqualBefore: boolean;
	readonly canBeAsked: boolean;
}

/** A run that may be killed; perhaps the same people had the same texts last week. Returns its process. */
async function runAndDie(
	world: World,
	{ people, batchSize, firstLives, hadEqualBefore, canBeAsked }: FirstRun,
	scopes: readonly string[],
	choose: () => number,
): Promise<Process> {
	const texts = textsOf(people);
	if (hadEqualBefore) {
		start(world, { process: new Process(Infinity), scopes: ['last week'], isRetry: false, texts, batchSize });
		await world.play(choose);
		world.taken.length = 0;
	}
	const process = new Process(firstLives);
	start(world, { process, scopes, isRetry: false, texts, batchSize, canBeAsked });
	await world.play(choose);
	return process;
}

it('nobody gets a text twice, and whoever a Retry ends for is accounted for truly', async () => {
	let doubts = 0;
	let already = 0;
	let late = 0;
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			const { retries, scopes, canBeAsked, laterSizes } = given;
			const { texts, choose, world } = setOut(given);
			await runAndDie(world, given, scopes.slice(-1), choose);

			for (const [n, group] of retries.entries()) {
				const batchSize = laterSizes[n] ?? given.batchSize;
				const runs = group.map((killedAfter) => {
					const retry = new Process(killedAfter ?? Infinity);
					const before = new Set(world.taken);
					const run = { process: retry, scopes, isRetry: true, texts, batchSize, canBeAsked };
					const ends = start(world, run);
					return { retry, ends, before };
				});
				await world.play(choose);
				for (const { retry, ends, before } of runs) {
					if (!retry.isDead) expect([...ends.keys()].sort()).toEqual([...texts].sort());
					for (const [text, end] of ends) {
						const has = world.taken.includes(text);
						if (end === 'accepted' || end === 'alreadySent') expect([text, has]).toEqual([text, true]);
						if (end === 'alreadySent') already++;
						if (end === 'inDoubt') doubts++;
						if (end === 'accepted' && !before.has(text)) late++;
					}
				}
				expect(world.taken.filter((text, n) => world.taken.indexOf(text) !== n)).toEqual([]);
			}
		}),
		{ numRuns: 600 },
	);
	// It came to everything that it is about.
	expect(Math.min(doubts, already, late)).toBeGreaterThan(20);
});

it('after one kill, nobody is in doubt where the gateway can be asked', async () => {
	let askedInVain = 0;
	let asked = 0;
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			const { batchSize } = given;
			const { texts, choose, world } = setOut(given);
			await runAndDie(world, { ...given, canBeAsked: true }, ['execution'], choose);
			const had = new Set(world.taken);
			const run = { scopes: ['execution'], isRetry: true, texts, batchSize, canBeAsked: true };
			const ends = start(world, { ...run, process: new Process(Infinity) });
			await world.play(choose);
			asked += world.questions;
			askedInVain += world.questions - world.found;
			for (const text of texts)
				expect([text, ends.get(text) === 'alreadySent', ends.get(text) === 'inDoubt']).toEqual([
					text,
					had.has(text),
					false,
				]);
		}),
		{ numRuns: 500 },
	);
	expect(askedInVain).toBeGreaterThan(50);
	expect(asked - askedInVain).toBeGreaterThan(50);
});

it('after one kill, no more is in doubt than a block and what was under way; the others are sent or known', async () => {
	let killedInTheMiddle = 0;
	let mostInDoubt = 0;
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			const { batchSize } = given;
			const { texts, choose, world } = setOut(given);
			const process = await runAndDie(world, { ...given, canBeAsked: false }, ['execution'], choose);
			const had = new Set(world.taken);
			if (process.isDead && had.size > 0) killedInTheMiddle++;

			const retry = new Process(Infinity);
			const ends = start(world, { process: retry, scopes: ['execution'], isRetry: true, texts, batchSize });
			await world.play(choose);
			const inDoubt = texts.filter((text) => ends.get(text) === 'inDoubt');
			const most = (LARGEST_BLOCK + REQUESTS_IN_FLIGHT - 1) * batchSize;
			expect(inDoubt.length).toBeLessThanOrEqual(process.isDead ? most : 0);
			mostInDoubt = Math.max(mostInDoubt, inDoubt.length);
			for (const text of texts) {
				if (ends.get(text) === 'inDoubt') continue;
				// Had it, and is told so; or had it not, and it was sent now.
				expect([text, ends.get(text) === 'alreadySent']).toEqual([text, had.has(text)]);
			}
		}),
		{ numRuns: 700 },
	);
	expect(killedInTheMiddle).toBeGreaterThan(20);
	expect(mostInDoubt).toBeGreaterThanOrEqual(LARGEST_BLOCK);
});

it('a run that ended leaves nothing in doubt: a Retry knows all of it, as often as it is pressed', async () => {
	const texts = textsOf(7);
	const world = new World((n) => n === 3);
	start(world, { process: new Process(Infinity), scopes: ['e'], isRetry: false, texts, batchSize: 2 });
	await world.play(() => 0);
	const retry = async (): Promise<End[]> => {
		const ends = start(world, {
			process: new Process(Infinity),
			scopes: ['e'],
			isRetry: true,
			texts,
			batchSize: 2,
		});
		await world.play(() => 0);
		return texts.map((text) => ends.get(text) ?? 'inDoubt');
	};
	const known = texts.map((): End => 'alreadySent');
	expect(await retry()).toEqual(known.map((end, n) => (n === 3 ? 'accepted' : end)));
	expect(await retry()).toEqual(known);
	expect(await retry()).toEqual(known);
	expect(world.taken).toHaveLength(7);
});

it('equal runs in one scope, the last of them killed: no Retry adds a text to what the runs sent', async () => {
	let added = 0;
	let known = 0;
	await fc.assert(
		fc.asyncProperty(
			scenario,
			fc.integer({ min: 1, max: 6 }),
			async ({ people, batchSize, firstLives, order, retries }, runs) => {
				const texts = textsOf(people);
				const choose = chooser(order);
				const world = new World(() => false);
				const latest = new Map<string, number>();
				const scopes = ['today'];
				for (let n = 0; n < runs; n++) {
					const process = new Process(n < runs - 1 ? Infinity : firstLives);
					start(world, { process, scopes, isRetry: false, texts, batchSize, latest });
					await world.play(choose);
				}
				for (const group of retries) {
					for (const killedAfter of group) {
						const process = new Process(killedAfter ?? Infinity);
						const ends = start(world, { process, scopes, isRetry: true, texts, batchSize });
						await world.play(choose);
						for (const end of ends.values()) {
							if (end === 'accepted') added++;
							else known++;
						}
					}
				}
				for (const text of texts)
					expect(world.taken.filter((one) => one === text).length).toBeLessThanOrEqual(runs);
			},
		),
		// Seldom is one run the only one and killed early.
		{ numRuns: 1500 },
	);
	expect(Math.min(added, known)).toBeGreaterThan(10);
});

describe('a history that forgets', () => {
	const HOUR = 3_600_000;
	/** Keeps the latest marks only, as n8n does. */
	function forgetful(kept: number): MarkStore & { readonly marks: string[] } {
		const marks: string[] = [];
		const store = asMarkStore({
			record: async (added) => {
				const earlier = new Set(added.filter((mark) => marks.includes(mark)));
				for (const mark of added) if (!marks.includes(mark)) marks.push(mark);
				marks.splice(0, marks.length - kept);
				return earlier;
			},
			remove: async (gone) => {
				for (const mark of gone) if (marks.includes(mark)) marks.splice(marks.indexOf(mark), 1);
			},
		});
		return { ...store, marks };
	}

	it('says that it reaches back only where no mark from then on is lost', async () => {
		let yes = 0;
		let no = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 30 }),
				fc.integer({ min: 3, max: 40 }),
				fc.nat({ max: 29 }),
				async (pauses, kept, asked) => {
					const store = forgetful(kept);
					let now = 1_800_000_000_000;
					const written: Array<{ at: number; mark: string }> = [];
					for (const [n, minutes] of pauses.entries()) {
						now += minutes * 60_000;
						written.push({ at: now, mark: `mark ${n}` });
						await store.record([...historyMarks(now, n === 0), `mark ${n}`]);
					}
					const since = written[asked % written.length]?.at ?? now;
					const before = [...store.marks];
					const unlimited = asMarkStore({
						record: async (marks) => {
							const earlier = new Set(marks.filter((mark) => store.marks.includes(mark)));
							store.marks.push(...marks.filter((mark) => !earlier.has(mark)));
							return earlier;
						},
						remove: (marks) => store.remove(marks),
					});
					const reaches = await reachesBack(unlimited, since);
					expect(store.marks).toEqual(before);
					const isLost = written.some(({ at, mark }) => at >= since && !before.includes(mark));
					if (reaches) expect(isLost).toBe(false);
					if (reaches) yes++;
					else if (isLost) no++;
				},
			),
			{ numRuns: 500 },
		);
		expect(Math.min(yes, no)).toBeGreaterThan(5);
	});

	it('says no for ever after a question was cut off', async () => {
		const store = forgetful(10_000);
		await store.record(historyMarks(0, true));
		const cutOff = asMarkStore({
			record: (marks) => store.record(marks),
			remove: () => Promise.reject(new Error('killed')),
		});
		expect(await reachesBack(store, 5 * HOUR)).toBe(true);
		await expect(reachesBack(cutOff, 5 * HOUR)).rejects.toThrow('killed');
		expect(await reachesBack(store, 5 * HOUR)).toBe(false);
	});
});
