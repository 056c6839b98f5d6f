/** How the work of a function grows with its input: counted where the input can be watched, timed where it is text. */

export interface Reads {
	count: number;
}

/** The same value, every look at a property of it (or of anything within) counted. */
export function watched<T>(value: T, reads: Reads): T {
	const known = new WeakMap<object, object>();
	const watch = (inner: unknown): unknown => {
		if (typeof inner !== 'object' || inner === null) return inner;
		const before = known.get(inner);
		if (before !== undefined) return before;
		const proxy = new Proxy(inner, {
			get(target, key) {
				reads.count++;
				return watch(Reflect.get(target, key));
			},
			has(target, key) {
				reads.count++;
				return Reflect.has(target, key);
			},
			getOwnPropertyDescriptor(target, key) {
				reads.count++;
				return Reflect.getOwnPropertyDescriptor(target, key);
			},
		});
		known.set(inner, proxy);
		return proxy;
	};
	return watch(value) as T;
}

/** Ten times the input is ten times the work, and a little for what comes once; a hundred times would be quadratic. */
export const MOST_WORK_FOR_TEN_TIMES = 15;

/** The same for times, which other programs and the collection of garbage stretch: the best of several tries. */
const LONGEST_FOR_TEN_TIMES = 40;
const TRIES = 6;
/** What takes no longer than this is measured in the noise, and is no danger. */
const SOON_MS = 30;
/** What takes so long is not tried again. */
const HOPELESS_MS = 5000;

/**
 * Whether ten times the input takes about ten times as long.
 * @param prepare makes the work for an input of so many times the usual size
 */
export function growsLinearly(prepare: (times: number) => () => unknown): boolean {
	const time = (work: () => unknown): number => {
		const start = performance.now();
		work();
		return performance.now() - start;
	};
	const [small, large] = [prepare(1), prepare(10)];
	let [shortest, longest] = [Infinity, Infinity];
	for (let round = 0; round < TRIES; round++) {
		shortest = Math.min(shortest, time(small));
		longest = Math.min(longest, time(large));
		if (longest < SOON_MS || longest < LONGEST_FOR_TEN_TIMES * shortest) return true;
		if (longest > HOPELESS_MS) return false;
	}
	return false;
}
