import type { ResourceId } from './operation';

/** What a node does with texts while somebody tries the workflow in n8n's editor: values that saved workflows have. */
export const TEST_RUN_CHOICES = ['preview', 'send', 'oneNumber', 'sendAgain'] as const;

export type TestRunChoice = (typeof TEST_RUN_CHOICES)[number];

/** How people see them. */
export const TEST_RUN_LABELS: Readonly<Record<TestRunChoice, string>> = {
	preview: 'Preview Only',
	send: 'Send',
	oneNumber: 'Send All to One Number',
	sendAgain: 'Send Every Time',
};

export const TEST_RUN_FIELDS = {
	choice: { name: 'inTestRuns', label: 'In Test Runs' },
	number: { name: 'testNumber', label: 'Test Number' },
} as const;

/** A lookup is made for its answer, and reaches nobody. */
export function reachesSomebody({ resource }: { readonly resource: ResourceId }): boolean {
	return resource !== 'number';
}

/** So long a test run does not repeat a text to a number. */
export const REPEAT_MINUTES = 10;
