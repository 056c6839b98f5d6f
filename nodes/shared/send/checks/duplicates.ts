import type { Check } from './check';

/** What an earlier row of this run has already for the same number. */
export const duplicates: Check = {
	ofMessages:
		({ guard }) =>
		({ message, result }) =>
			guard.inThisRun(result.row, message),
};
