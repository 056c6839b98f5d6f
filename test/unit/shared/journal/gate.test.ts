/** How large blocks get: against a simulated gateway and database, on a clock of its own. */
import fc from 'fast-check';
import { Gate, largestBlock } from '../../../../nodes/shared/journal/gate';
import { virtualTime } from '../../../support/virtualTime';

interface Played {
	readonly requests: number;
	readonly requestsInFlight?: number;
	/** Null: as fast as the gateway answers. */
	readonly requestsPerSecond?: number | null;
	/** How long the gateway takes. */
	readonly answerMs: number;
	/** How long the database takes, at that time. */
	readonly writeMs: (now: number) => number;
}

interface Seen {
	readonly blocks: readonly number[];
	/** Requests that nobody could tell anything of, had the process died then; at the worst moment. */
	readonly mostInDoubt: number;
	readonly milliseconds: number;
	/** Of the requests, in order. */
	readonly left: readonly number[];
}

/** Sends as the nodes do: turns are handed out at the pace asked for, and a request leaves when it is written down. */
async function play({
	requests,
	requestsInFlight = 4,
	requestsPerSecond = null,
	answerMs,
	writeMs,
}: Played): Promise<Seen> {
	const { clock, pass } = virtualTime();
	const blocks: number[] = [];
	const left: number[] = [];
	const open = new Set<number>();
	const answered = new Set<number>();
	let mostInDoubt = 0;
	const gate = new Gate<number, 'mine'>({
		parcels: Array.from({ length: requests }, (_, n) => n),
		enter: async (block) => {
			blocks.push(block.length);
			const told = [...answered];
			for (const one of block) open.add(one);
			mostInDoubt = Math.max(mostInDoubt, open.size);
			await clock.sleep(writeMs(clock.now()));
			for (const one of told) {
				open.delete(one);
				answered.delete(one);
			}
			return new Map();
		},
		largestBlock: largestBlock(requests),
		paceMs: requestsPerSecond === null ? 0 : 1000 / requestsPerSecond,
		now: clock.now,
	});
	let nextTurn = 0;
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < requests) {
			const parcel = next++;
			if (requestsPerSecond !== null) {
				const turn = Math.max(clock.now(), nextTurn);
				nextTurn = turn + 1000 / requestsPerSecond;
				await clock.sleep(turn - clock.now());
			}
			await gate.admit(parcel);
			left.push(parcel);
			await clock.sleep(answerMs);
			answered.add(parcel);
		}
	};
	await pass(Promise.all(Array.from({ length: requestsInFlight }, worker)));
	return { blocks, mostInDoubt, milliseconds: clock.now(), left };
}

const always = (ms: number) => (): number => ms;

describe('a run that has a pace', () => {
	it('writes each request by itself where the database keeps up with the pace', async () => {
		const { blocks, mostInDoubt } = await play({
			requests: 100,
			requestsPerSecond: 5,
			answerMs: 150,
			writeMs: always(40),
		});
		expect(new Set(blocks)).toEqual(new Set([1]));
		// The one that is written down, and the one before it.
		expect(mostInDoubt).toBe(2);
	});

	it('writes more together where the database is slower than the pace, and is not held up', async () => {
		const slow = { requests: 400, requestsPerSecond: 5, answerMs: 150 };
		const free = await play({ ...slow, writeMs: always(0) });
		const { blocks, milliseconds } = await play({ ...slow, writeMs: always(700) });
		expect(Math.max(...blocks)).toBeGreaterThan(2);
		expect(milliseconds).toBeLessThan(free.milliseconds * 1.1);
	});

	it('goes back to one at a time when the database is fast again', async () => {
		const { blocks } = await play({
			requests: 800,
			requestsPerSecond: 5,
			answerMs: 150,
			writeMs: (now) => (now < 10_000 ? 900 : 20),
		});
		expect(Math.max(...blocks)).toBeGreaterThan(2);
		expect(blocks.slice(-100)).toEqual(Array.from({ length: 100 }, () => 1));
	});
});

describe('a run without a pace', () => {
	it.each([
		['a gateway that answers at once', 10, 4],
		['a gateway that answers fast', 20, 8],
		['a slow database', 100, 60],
	])('%s: is less than a tenth longer, and writes seldom', async (_, answerMs, writeMs) => {
		const long = { requests: 4_000, requestsInFlight: 8, answerMs };
		const free = await play({ ...long, writeMs: always(0) });
		const { blocks, milliseconds } = await play({ ...long, writeMs: always(writeMs) });
		expect(milliseconds).toBeLessThan(free.milliseconds * 1.1);
		expect(blocks.length).toBeLessThan(4_000 / 4);
	});

	it('writes each by itself where that takes next to nothing of the time', async () => {
		const { blocks } = await play({ requests: 200, answerMs: 400, writeMs: always(4) });
		expect(new Set(blocks)).toEqual(new Set([1]));
	});
});

it('whatever takes long: all leave, once and in order, and a block is an eighth of the run at most', async () => {
	const played = fc.record({
		requests: fc.integer({ min: 1, max: 120 }),
		requestsInFlight: fc.integer({ min: 1, max: 8 }),
		requestsPerSecond: fc.option(fc.integer({ min: 1, max: 50 })),
		answerMs: fc.integer({ min: 0, max: 500 }),
		writes: fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 8 }),
	});
	await fc.assert(
		fc.asyncProperty(played, async ({ writes, ...one }) => {
			let n = 0;
			const writeMs = (): number => writes[n++ % writes.length] ?? 0;
			const { blocks, left, mostInDoubt } = await play({ ...one, writeMs });
			expect(left).toEqual(Array.from({ length: one.requests }, (_, index) => index));
			const largest = Math.max(1, one.requests / 8);
			expect(Math.max(...blocks)).toBeLessThanOrEqual(largest);
			expect(mostInDoubt).toBeLessThanOrEqual(2 * largest + one.requestsInFlight);
		}),
		{ numRuns: 200 },
	);
});

it('a block has 64 requests at most', () => {
	expect([1, 15, 16, 80, 512, 100_000].map(largestBlock)).toEqual([1, 1, 2, 10, 64, 64]);
});
