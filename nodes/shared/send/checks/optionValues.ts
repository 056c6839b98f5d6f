import type { Check } from './check';

/** An option's value that cannot be used. */
export const optionValues: Check = {
	ofMessages:
		() =>
		({ options }) =>
			options.problem,
};
