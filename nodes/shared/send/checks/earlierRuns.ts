import type { Check } from './check';

/** What earlier runs have sent, where it is looked up before anything leaves. */
export const earlierRuns: Check = {
	ofMessages:
		({ sentBefore }) =>
		({ message }) =>
			sentBefore.get(message) ?? null,
};
