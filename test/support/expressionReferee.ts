/** n8n's own engine as the referee of what is evaluated without it. */
import { isDeepStrictEqual } from 'node:util';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRunExecutionData,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow, WorkflowDataProxy, createRunExecutionData } from 'n8n-workflow';
import { ASK_N8N, compileParameter } from '../../nodes/shared/input/expressions';
import { perRow } from '../../nodes/shared/input/parameters';

const named = (name: string): INode => {
	return { id: name, name, type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };
};
const node = named('SMS');
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

/** Up the line from the SMS node, one named as people name them; the last is on no way to it. */
export const UPSTREAM = ['Get "Orders"', 'Edit Fields', 'Elsewhere'] as const;

const link = (name: string) => ({ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] });

/** Two nodes before the SMS node, and one beside them. */
export const lineWorkflow = new Workflow({
	nodes: [...UPSTREAM.map(named), node],
	connections: { [UPSTREAM[0]]: link(UPSTREAM[1]), [UPSTREAM[1]]: link('SMS') },
	active: false,
	nodeTypes,
	settings: { timezone: 'Europe/Moscow' },
});

/** What n8n hands to a node: its rows, and what ran before. */
class Upstream {
	private readonly runData: IRunExecutionData;
	private readonly executeData: IExecuteData;
	readonly items: INodeExecutionData[];

	/** @param pairs of each row of the second node with rows of the first; absent where nobody says */
	constructor(
		rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
		pairs: ReadonlyArray<number | readonly number[] | undefined>,
	) {
		const [first, second, elsewhere] = UPSTREAM;
		const itemOf = (json: Readonly<Record<string, unknown>>): INodeExecutionData => ({ json: json as IDataObject });
		const edited = pairs.map((pair, n): INodeExecutionData => {
			const pairedItem = typeof pair === 'object' ? pair.map((item) => ({ item })) : pair;
			return { json: { n }, ...(pairedItem === undefined ? {} : { pairedItem }) };
		});
		// n8n gives every row its place among those of the node before.
		this.items = edited.map(({ json }, item) => ({ json, pairedItem: { item } }));
		const run = (data: INodeExecutionData[], previousNode?: string) => [
			{
				startTime: 0,
				executionTime: 0,
				executionIndex: 0,
				data: { main: [data] },
				source: previousNode === undefined ? [] : [{ previousNode }],
			},
		];
		this.runData = createRunExecutionData({
			resultData: {
				runData: {
					[first]: run(rows.map(itemOf)),
					[second]: run(edited, first),
					[elsewhere]: run(rows.map(itemOf)),
				},
			},
		});
		this.executeData = {
			node,
			data: { main: [this.items] },
			source: { main: [{ previousNode: second }] },
		};
	}

	/** As a node asks n8n for a parameter. */
	parameter(typed: string, row: number): unknown {
		const { expression } = lineWorkflow;
		return expression.getParameterValue(typed, ...this.at(row), 'trigger', {}, this.executeData) as unknown;
	}

	/** As n8n's own context for nodes makes it. */
	proxy(row: number): ReturnType<IExecuteFunctions['getWorkflowDataProxy']> {
		const data = new WorkflowDataProxy(lineWorkflow, ...this.at(row), {}, 'trigger', {}, this.executeData);
		return data.getDataProxy();
	}

	private at(row: number) {
		return [this.runData, 0, row, 'SMS', this.items] as const;
	}
}

function answerOf(read: () => unknown): Answer {
	try {
		return { value: read() };
	} catch (error) {
		return { error: String(error) };
	}
}

/** The same for fields of nodes further up, read as the nodes read them. */
export function comparePaired(
	expressions: readonly string[],
	rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
	pairs: ReadonlyArray<number | readonly number[] | undefined>,
): Tally {
	const line = new Upstream(rows, pairs);
	let [cases, asked, full] = [0, 0, 0];
	const differences: string[] = [];
	for (const typed of expressions) {
		const context = {
			getNode: () => ({ parameters: { message: typed } }),
			getInputData: () => line.items,
			getWorkflowDataProxy: (row: number) => line.proxy(row),
			getNodeParameter(_: string, row: number) {
				asked++;
				return line.parameter(typed, row);
			},
		} as unknown as IExecuteFunctions;
		const read = perRow(context, 'message', '');
		for (const row of line.items.keys()) {
			cases++;
			const [ours, theirs] = [answerOf(() => read(row)), answerOf(() => line.parameter(typed, row))];
			if ('value' in ours && ours.value !== undefined && ours.value !== '') full++;
			if (isDeepStrictEqual(ours, theirs)) continue;
			differences.push(
				`${JSON.stringify(typed)}, row ${row}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`,
			);
		}
	}
	return { cases, ours: cases - asked, full, differences };
}
