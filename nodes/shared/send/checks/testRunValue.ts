import type { Check } from './check';

/** In Test Runs, or the number for it, cannot be used. */
export const testRunValue: Check = {
	ofRun: ({ testRun }) => (testRun?.does === 'nothing' ? testRun.problem : null),
};
