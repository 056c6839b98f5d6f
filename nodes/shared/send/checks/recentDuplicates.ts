import type { Check } from './check';

/** A text that an earlier run sent to the same number within the last minutes. */
export const recentDuplicates: Check = {
	ofMessages:
		({ guard }) =>
		({ message }) =>
			guard.recently(message),
};
