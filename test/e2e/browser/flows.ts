/** Small workflows to open in the editor. */
import type { WorkflowJson, WorkflowNode } from '../real-n8n/n8n';

export const startNode: WorkflowNode = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** Nodes in a row. */
export function chain(name: string, nodes: readonly WorkflowNode[]): WorkflowJson {
	const connections: Record<string, unknown> = {};
	nodes.forEach((node, index) => {
		const next = nodes[index + 1];
		if (next !== undefined)
			connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return {
		name,
		nodes: nodes.map((node, index) => ({
			typeVersion: 1,
			parameters: {},
			...node,
			id: `${index}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
			position: [index * 220, 0],
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
