import type { Check } from './check';

/** A text that an earlier row of this run has for the same number. */
export const duplicates: Check = {
	ofMessages:
		({ guard }) =>
		({ message, result }) =>
			guard.inThisRun(result.row, message),
};
