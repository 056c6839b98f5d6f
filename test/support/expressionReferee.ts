/** n8n's own engine as the referee of what is evaluated without it. */
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INode, INodeExecutionData, INodeType, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { ASK_N8N, compileParameter } from '../../nodes/shared/input/expressions';

const node: INode = { id: 'n', name: 'SMS', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };
const type = { description: { properties: [] } } as unknown as INodeType;
const nodeTypes: INodeTypes = {
	getByName: () => type,
	getByNameAndVersion: () => type,
	getKnownTypes: () => ({}),
};

/** A workflow of one node, for expressions. */
export const workflow = new Workflow({
	nodes: [node],
	connections: {},
	active: false,
	nodeTypes,
	settings: { timezone: 'Europe/Moscow' },
});

type Answer = { readonly value: unknown } | { readonly error: string };

function askN8n(typed: string, items: INodeExecutionData[], index: number): Answer {
	try {
		return {
			value: workflow.expression.getParameterValue(typed, null, 0, index, 'SMS', items, 'trigger', {}),
		};
	} catch (error) {
		return { error: String(error) };
	}
}

export interface Tally {
	readonly cases: number;
	/** Answered without n8n. */
	readonly ours: number;
	/** Answered without n8n, and not empty. */
	readonly full: number;
	/** Where n8n gives something else. */
	readonly differences: readonly string[];
}

/** Every expression for every row. */
export function compare(
	expressions: readonly string[],
	rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
): Tally {
	const items = rows.map((json): INodeExecutionData => ({ json: json as IDataObject }));
	let [ours, full] = [0, 0];
	const differences: string[] = [];
	for (const typed of expressions) {
		const evaluate = compileParameter(typed);
		if (evaluate === null) continue;
		for (const [index, { json }] of items.entries()) {
			const value = evaluate(json);
			if (value === ASK_N8N) continue;
			ours++;
			if (value !== undefined && value !== '') full++;
			const answer = askN8n(typed, items, index);
			if ('value' in answer && isDeepStrictEqual(value, answer.value)) continue;
			differences.push(
				`${JSON.stringify(typed)}, row ${index}: ${JSON.stringify({ value })} is not ${JSON.stringify(answer)}`,
			);
		}
	}
	return { cases: expressions.length * rows.length, ours, full, differences };
}
