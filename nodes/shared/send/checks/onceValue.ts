import type { Check } from './check';

/** A row without the value by which it is compared with earlier ones. */
export const onceValue: Check = {
	ofMessages:
		({ once }) =>
		({ result }) =>
			once?.problemOf(result.row) ?? null,
};
