import type { IExecuteFunctions } from 'n8n-workflow';

/** Names a node among those of all workflows. */
export function nodeName(context: Pick<IExecuteFunctions, 'getWorkflow' | 'getNode'>): string {
	return `${context.getWorkflow().id ?? ''}|${context.getNode().id}`;
}
