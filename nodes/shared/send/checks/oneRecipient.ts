import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import type { Check } from './check';

/** n8n waits once an execution, for one answer. */
export const oneRecipient: Check = {
	ofRun: ({ wait, items }, results) => {
		if (wait === null) return null;
		if (wait.problem !== null) return wait.problem;
		const recipients = Math.max(items.length, results.length);
		if (recipients <= 1) return null;
		return refuseInput(
			'invalid_parameter',
			`n8n waits for one answer per execution, and this run has ${recipients} recipients. ${NOTHING_SENT}`,
			"To ask several people, put this node in a separate workflow and call it with 'Execute Sub-workflow': set Mode to 'Run once for each item', and turn off 'Wait For Sub-Workflow Completion'.",
		);
	},
};
