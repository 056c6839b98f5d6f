/** What holds back the next code, over a store that knows no times and forgets its processes. */
import fc from 'fast-check';
import type { CodeLimits, Obstacle } from '../../../../nodes/shared/codes/claims';
import { claimCode, forgetFrontiers } from '../../../../nodes/shared/codes/claims';
import type { MarkWriter } from '../../../../nodes/shared/journal/marks';

const NOW = Date.UTC(2026, 10, 25, 9);
const MANY: CodeLimits = { waitSeconds: 0, perNumber: 100, perDay: 0 };

class Marks implements MarkWriter {
	readonly marks = new Set<string>();
	calls = 0;

	async record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		this.calls++;
		await Promise.resolve();
		const earlier = new Set(marks.filter((mark) => this.marks.has(mark)));
		for (const mark of marks) this.marks.add(mark);
		return earlier;
	}

	async remove(marks: readonly string[]): Promise<void> {
		this.calls++;
		await Promise.resolve();
		for (const mark of marks) this.marks.delete(mark);
	}
}

let marks: Marks;
let serial = 0;
beforeEach(() => {
	marks = new Marks();
	forgetFrontiers();
});

interface Ask {
	readonly to?: string;
	readonly now?: number;
	readonly day?: string;
	readonly id?: string;
	readonly executionId?: string;
	readonly isRetry?: boolean;
}

const claim = async (limits: Partial<CodeLimits>, ask: Ask = {}): Promise<Obstacle> => {
	const id = ask.id ?? `id ${serial++}`;
	const usual = { executionId: id, isRetry: false, to: '+79161234567', now: NOW, day: '2026-11-25' };
	return await claimCode(marks, 'w|n', { ...usual, ...ask, id }, { ...MANY, ...limits });
};

describe('the wait', () => {
	const limits = { waitSeconds: 60 };

	it('holds for as long as it says, and a quarter more at most, wherever it begins', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 200_000 }),
				fc.integer({ min: 0, max: 200_000 }),
				async (start, later) => {
					marks = new Marks();
					expect(await claim(limits, { now: NOW + start })).toBeNull();
					const obstacle = await claim(limits, { now: NOW + start + later });
					if (later < 60_000) expect(obstacle).toBe('wait');
					if (later >= 75_000) expect(obstacle).toBeNull();
				},
			),
		);
	});

	it('is not made longer by asking', async () => {
		await claim(limits);
		const size = marks.marks.size;
		for (let second = 1; second < 60; second++) {
			expect(await claim(limits, { now: NOW + second * 1000 })).toBe('wait');
		}
		expect(marks.marks.size).toBe(size);
		expect(await claim(limits, { now: NOW + 75_000 })).toBeNull();
	});

	it('is each number’s own', async () => {
		expect(await claim(limits)).toBeNull();
		expect(await claim(limits, { to: '+79161234568' })).toBeNull();
	});

	it('lets one of many at once through', async () => {
		const obstacles = await Promise.all(Array.from({ length: 50 }, async () => await claim(limits)));
		expect(obstacles.filter((obstacle) => obstacle === null)).toHaveLength(1);
	});

	it('of zero is none', async () => {
		expect([await claim({}), await claim({})]).toEqual([null, null]);
	});
});

describe('so many a day', () => {
	it('for a number', async () => {
		const limits = { perNumber: 3 };
		const obstacles: Obstacle[] = [];
		for (let n = 0; n < 6; n++) obstacles.push(await claim(limits));
		expect(obstacles).toEqual([null, null, null, 'perNumber', 'perNumber', 'perNumber']);
		expect(await claim(limits, { to: '+79161234568' })).toBeNull();
		expect(await claim(limits, { day: '2026-11-26' })).toBeNull();
	});

	it('for all numbers', async () => {
		const limits = { perDay: 4 };
		const obstacles: Obstacle[] = [];
		for (let n = 0; n < 6; n++) obstacles.push(await claim(limits, { to: `+7916123456${n}` }));
		expect(obstacles).toEqual([null, null, null, null, 'perDay', 'perDay']);
		expect(await claim(limits, { day: '2026-11-26' })).toBeNull();
	});

	it('never more, and no fewer, with restarts at any time and any number of them', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 80 }),
				fc.array(fc.boolean(), { maxLength: 100 }),
				async (perDay, restarts) => {
					marks = new Marks();
					forgetFrontiers();
					let through = 0;
					for (const restart of restarts) {
						if (restart) forgetFrontiers();
						if ((await claim({ perDay })) === null) through++;
					}
					expect(through).toBe(Math.min(perDay, restarts.length));
				},
			),
			{ numRuns: 50 },
		);
	});

	it('never more, many at once', async () => {
		const claims = Array.from(
			{ length: 60 },
			async (_, n) => await claim({ perDay: 20 }, { to: `+7916${n}` }),
		);
		const through = (await Promise.all(claims)).filter((obstacle) => obstacle === null).length;
		expect(through).toBeLessThanOrEqual(20);
		expect(through).toBeGreaterThan(0);
	});

	it('is found again after a restart in a few calls', async () => {
		for (let n = 0; n < 300; n++) await claim({ perDay: 5000, perNumber: 1 }, { to: `+7916${n}` });
		forgetFrontiers();
		marks.calls = 0;
		expect(await claim({ perDay: 5000 }, { to: '+79990000000' })).toBeNull();
		expect(marks.calls).toBeLessThan(12);
	});
});

describe('a Retry', () => {
	const limits = { waitSeconds: 60, perNumber: 1, perDay: 1 };

	it('of an execution that has claimed claims nothing again', async () => {
		expect(await claim(limits, { id: 'same', executionId: '1' })).toBeNull();
		expect(await claim(limits, { id: 'same', executionId: '2', isRetry: true })).toBeNull();
	});

	it('is not what another execution of the same millisecond is', async () => {
		expect(await claim(limits, { id: 'same', executionId: '1' })).toBeNull();
		expect(await claim(limits, { id: 'same', executionId: '2' })).toBe('wait');
	});
});

describe('a later try of the same run', () => {
	it('claims nothing again', async () => {
		const limits = { waitSeconds: 60, perNumber: 1, perDay: 1 };
		expect(await claim(limits, { id: 'same' })).toBeNull();
		expect(await claim(limits, { id: 'same' })).toBeNull();
		expect(await claim(limits)).toBe('wait');
	});

	it.each<[Partial<CodeLimits>, Obstacle]>([
		[{ waitSeconds: 60 }, 'wait'],
		[{ perNumber: 1 }, 'perNumber'],
		[{ perDay: 1 }, 'perDay'],
	])('that was refused is refused again: %p', async (limits, obstacle) => {
		expect(await claim(limits)).toBeNull();
		expect(await claim(limits, { id: 'same' })).toBe(obstacle);
		expect(await claim(limits, { id: 'same' })).toBe(obstacle);
	});
});
