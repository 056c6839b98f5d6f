import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n names the node for an agent's tool after the node that it is made from. "Human review" (2.x) is no tool. */
export function isAgentTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return /(?<!Hitl)Tool$/.test(context.getNode().type);
}
