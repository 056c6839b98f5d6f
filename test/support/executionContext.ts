import type { IExecutionContext } from 'n8n-workflow';

/** What n8n 2 knows of an execution that a trigger started; its Retry has the same. */
export const executionContext = (establishedAt = Date.now()): IExecutionContext => ({
	version: 1,
	establishedAt,
	source: 'webhook',
	triggerNode: { name: 'Rows', type: 'rows' },
});
