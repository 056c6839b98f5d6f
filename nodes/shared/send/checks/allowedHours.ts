import type { Check } from './check';

/** A text that would arrive at a time at which nobody should be texted. */
export const allowedHours: Check = {
	ofMessages:
		() =>
		({ hoursProblem }) =>
			hoursProblem,
};
