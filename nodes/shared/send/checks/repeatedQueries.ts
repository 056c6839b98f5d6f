import type { Result } from '../result';
import type { Check } from './check';

/**
 * A look-up or a call is paid for, and a number in two rows needs it once: the later row shares the first one's outcome.
 * (A text in two rows is left out the second time, which is told as a failure.)
 */
export const repeatedQueries: Check = {
	ofMessages: ({ billed }) => {
		if (billed === null) return () => null;
		const firsts = new Map<string, Result>();
		return ({ message: { to, from, text, optionsKey }, result }) => {
			const key = JSON.stringify([to, from, text, optionsKey]);
			const first = firsts.get(key);
			if (first !== undefined) return { sharesWith: first };
			firsts.set(key, result);
			return null;
		};
	},
};
