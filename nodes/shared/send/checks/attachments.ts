import type { Check } from './check';

/** A file that cannot be read. */
export const attachments: Check = {
	ofMessages:
		() =>
		({ attached }) =>
			attached.problem,
};
