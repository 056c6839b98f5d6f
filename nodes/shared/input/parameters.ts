/** Values of n8n's parameters, as they are typed. */
import type { IExecuteFunctions, IWorkflowDataProxyData } from 'n8n-workflow';
import { asRecord } from '../contract/json';
import { NO_COUNTRY } from '../contract/countries';
import { valueAt } from './cells';
import type { Paired } from './expressions';
import { ASK_N8N, compileParameter } from './expressions';

export function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}

/**
 * Whether `$json` in an expression is what the input rows hold. In a tool of an AI agent it is the agent's own input
 * (2.41), while the rows are what the model filled in.
 */
export function readsInputRows(context: IExecuteFunctions): boolean {
	const known = knownToReadRows.get(context) ?? seesInputRows(context);
	knownToReadRows.set(context, known);
	return known;
}

/** Asked for every parameter of a run, and each question costs n8n two proxies. */
const knownToReadRows = new WeakMap<IExecuteFunctions, boolean>();

function seesInputRows(context: IExecuteFunctions): boolean {
	const items = context.getInputData();
	const isRow = (index: number): boolean => context.getWorkflowDataProxy(index).$json === items[index]?.json;
	try {
		return items.length > 0 && isRow(0) && isRow(items.length - 1);
	} catch {
		return false;
	}
}

type FindItem = (row: number) => unknown;

/**
 * The items of other nodes that a row comes from, as n8n itself finds them for `$('Node').item`: only the evaluation is
 * left out. Where it finds none, or more than one, it is asked to evaluate, and says why. For all rows from one proxy:
 * making another takes n8n as long as its older engine takes for the whole expression.
 */
function pairedReader(context: IExecuteFunctions): (row: number) => Paired {
	const proxy = context.getWorkflowDataProxy(0);
	const known = new Map<string, FindItem | null>();
	return (row) => (node) => {
		const found = known.get(node);
		const find = found === undefined ? findIn(proxy, node) : found;
		if (found === undefined) known.set(node, find);
		if (find === null) return ASK_N8N;
		try {
			return asRecord(asRecord(find(row))?.json) ?? ASK_N8N;
		} catch {
			return ASK_N8N;
		}
	};
}

/** Null where n8n refuses the node: it says why when it evaluates. */
function findIn(proxy: IWorkflowDataProxyData, node: string): FindItem | null {
	try {
		const output: unknown = proxy.$(node);
		const find = asRecord(output)?.itemMatching;
		return typeof find === 'function' ? (row) => find(row) as unknown : null;
	} catch {
		return null;
	}
}

/**
 * A parameter's value row by row. Evaluating an expression costs n8n 2.x about half a millisecond, and even a fixed
 * value is copied at each reading: what is the same for all rows is read once, and dragged fields are read from the rows.
 * @param name a path where the value is within another
 */
export function perRow(
	context: IExecuteFunctions,
	name: string,
	fallback: unknown,
): (row: number) => unknown {
	const read = (row: number): unknown => context.getNodeParameter(name, row, fallback);
	const typed = valueAt(context.getNode().parameters, name.split('.'));
	if (!holdsExpression(typed)) {
		const fixed = read(0);
		return () => fixed;
	}
	const evaluate = compileParameter(typed);
	if (evaluate === null || !readsInputRows(context)) return read;
	const items = context.getInputData();
	let paired: ReturnType<typeof pairedReader> | null = null;
	return (row) => {
		const json = items[row]?.json;
		const pairedWith: Paired = (node) => (paired ??= pairedReader(context))(row)(node);
		const value = json === undefined ? ASK_N8N : evaluate(json, pairedWith);
		return value === ASK_N8N ? read(row) : value;
	};
}

/** The country of a row's numbers that do not say theirs: ISO 3166-1 alpha-2, or empty. */
export function countryReader(context: IExecuteFunctions): (row: number) => string {
	const country = perRow(context, 'defaultCountry', '');
	return (row) => {
		const typed = (textOf(country(row)) ?? '').trim();
		return typed.toLowerCase() === NO_COUNTRY ? '' : typed;
	};
}

/** The value of a field that can be picked from a list or typed (n8n's resource locator); others as they are. */
export function pickedValue(value: unknown): unknown {
	const record = asRecord(value);
	return record !== null && '__rl' in record ? record.value : value;
}

/** Null for what is no text and cannot be written as one. */
export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
		return String(value);
	return null;
}
