/** After a run that could not write down all that it sent. */
import type { NodeExecutionHint } from 'n8n-workflow';

export function unwrittenHint(problem: unknown): NodeExecutionHint {
	const why = problem instanceof Error ? problem.message : String(problem);
	return {
		message: `Not all texts could be recorded in n8n's database before they were sent. If n8n crashes during this run, do not press Retry: people could get a text twice. Details: ${why}`,
		location: 'outputPane',
		type: 'warning',
	};
}
