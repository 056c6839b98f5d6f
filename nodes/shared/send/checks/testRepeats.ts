import type { Check } from './check';

/** What a test run sent a few minutes ago. */
export const testRepeats: Check = {
	ofMessages: ({ testRun, testMemory, gateway }) => {
		if (testMemory === null || testRun?.does === 'sendAgain') return () => null;
		return (draft) => testMemory.recall(draft, gateway.displayName);
	},
};
