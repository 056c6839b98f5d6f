/** Dragged fields that no row has: a name that is typed wrongly, or a step that gives other fields than it did. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { Cells } from './cells';
import { valueAt } from './cells';
import type { Field, TemplatePart } from './expressionSyntax';
import { readExpression } from './expressionSyntax';
import { readsInputRows } from './parameters';

/** A field that a value needs: nothing is said for the case that it is missing. */
interface Needed {
	readonly keys: ReadonlyArray<string | number>;
	readonly source: string;
}

const isOptional = ({ steps, trim }: Field): boolean =>
	trim === 'optional' || steps.some((step) => step.isOptional);

function neededIn(part: TemplatePart): Needed[] {
	const code = 'code' in part ? part.code : null;
	if (code === null || code.otherwise !== null || isOptional(code.first)) return [];
	// What other nodes gave is not among the rows.
	if (code.first.node !== null) return [];
	return [{ keys: code.first.steps.map(({ key }) => key), source: code.first.source }];
}

function neededBy(typed: unknown): Needed[] {
	if (typeof typed === 'string') {
		return typed.startsWith('=') ? (readExpression(typed.slice(1)) ?? []).flatMap(neededIn) : [];
	}
	return typeof typed === 'object' && typed !== null ? Object.values(typed).flatMap(neededBy) : [];
}

const MOST_NAMES = 10;

/** What there is instead: the names beside the missing one, where something has them. */
function whatThereIs(keys: Needed['keys'], rows: readonly Cells[]): string {
	for (let depth = keys.length - 1; depth >= 0; depth--) {
		const path = keys.slice(0, depth);
		const names = new Set<string>();
		for (const row of rows) {
			const parent = valueAt(row, path);
			if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) continue;
			for (const name of Object.keys(parent)) names.add(name);
		}
		if (names.size === 0) continue;
		const listed = [...names].slice(0, MOST_NAMES).join(', ');
		const where = depth === 0 ? 'there are' : `in ${path.join('.')} there are`;
		return `${where}: ${listed}${names.size > MOST_NAMES ? ' …' : ''}`;
	}
	return 'the rows are empty';
}

export interface LabelledValue {
	readonly label: string;
	/** The parameter as it is saved. */
	readonly value: unknown;
}

/**
 * Refuses a run whose fields need something that no row has. That holds for a single row, too: whether its field was
 * misspelt or left out by a form cannot be told, and a text with a hole in it costs as much as a whole one. `?? ''` says
 * that a field may be missing.
 * @param consequence a sentence behind the first one
 */
export function refuseMissing(
	context: IExecuteFunctions,
	fields: readonly LabelledValue[],
	consequence = '',
): Refused | null {
	const needed = fields.flatMap(({ label, value }) => neededBy(value).map((one) => ({ label, ...one })));
	if (needed.length === 0 || !readsInputRows(context)) return null;
	const rows = context.getInputData().map(({ json }) => json);
	const missing = needed.find(({ keys }) => !rows.some((row) => valueAt(row, keys) !== undefined));
	if (missing === undefined) return null;
	const { label, keys, source } = missing;
	const what = `${label} uses {{ ${source} }}, and no input row has it (${whatThereIs(keys, rows)}).`;
	return refuseInput(
		'invalid_parameter',
		consequence === '' ? what : `${what} ${consequence}`,
		`Correct the name, or drag the field again. If it may be missing, write {{ ${source} ?? '' }}.`,
	);
}
