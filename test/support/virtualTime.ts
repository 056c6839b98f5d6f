/** A clock of its own for what takes one as a parameter: a sleep takes no real time, and sleepers wake in order. */
import type { Clock } from '../../nodes/shared/time/clock';

export interface VirtualTime {
	/** Starts at 0. */
	readonly clock: Clock;
	/** Lets time pass until the work is done. @throws what the work throws, or when it waits for something else */
	pass<T>(work: Promise<T>): Promise<T>;
}

const LONGEST_IDLE = 1_000;

export function virtualTime(): VirtualTime {
	let now = 0;
	const sleepers: Array<{ readonly at: number; readonly wake: () => void }> = [];
	const clock: Clock = {
		now: () => now,
		sleep: async (milliseconds) =>
			await new Promise<void>((wake) => sleepers.push({ at: now + milliseconds, wake })),
	};
	const pass = async <T>(work: Promise<T>): Promise<T> => {
		let isDone = false;
		const end = (): void => {
			isDone = true;
		};
		work.then(end, end);
		for (let idle = 0; !isDone; idle++) {
			if (idle > LONGEST_IDLE) throw new Error(`Nobody sleeps, and the work is not done at ${now} ms`);
			await new Promise(setImmediate);
			sleepers.sort((a, b) => a.at - b.at);
			const next = isDone ? undefined : sleepers.shift();
			if (next === undefined) continue;
			now = Math.max(now, next.at);
			next.wake();
			idle = 0;
		}
		return await work;
	};
	return { clock, pass };
}
