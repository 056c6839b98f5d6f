/** n8n's parameters and items to rows: the only place that reads what to send to whom. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NO_COUNTRY } from '../contract/countries';
import type { OptionValues } from './fields';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { Template } from './template';
import { compileTemplate, readColumn } from './template';
import { asRecord } from '../contract/json';

/** One input row as typed; numbers and texts are not yet checked. */
export interface Row {
	/** The value that holds the number or numbers. */
	readonly to: unknown;
	readonly text: string;
	readonly from: string;
	/** ISO 3166-1 alpha-2, or empty. */
	readonly defaultCountry: string;
	/** The same object for all rows when no option is an expression. */
	readonly options: OptionValues;
}

export type RowReading = { readonly row: Row } | { readonly problem: Refused; readonly to: string };

function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}

/**
 * A parameter's value row by row. Evaluating an expression costs n8n 2.x about half a millisecond, and even a fixed
 * value is copied at each reading: what is the same for all rows is read once.
 */
export function perRow(
	context: IExecuteFunctions,
	name: string,
	fallback: unknown,
): (row: number) => unknown {
	const read = (row: number): unknown => context.getNodeParameter(name, row, fallback);
	if (holdsExpression(context.getNode().parameters[name])) return read;
	const fixed = read(0);
	return () => fixed;
}

/** Options that concern the whole run, as people see them. */
const SETTING_LABELS = {
	batchSize: 'Batch Size',
	includeRaw: 'Include Raw Reply',
	requestsPerSecond: 'Requests per Second',
	sendBracesAsTyped: 'Send Braces as Typed',
	skipDuplicates: 'Skip Duplicates',
	skipDuplicatesMinutes: 'Skip Duplicates for (Minutes)',
	timeout: 'Timeout (Milliseconds)',
} as const;
export type SettingName = keyof typeof SETTING_LABELS;

/**
 * What concerns the whole run is read by itself and straight from the parameters: a row that cannot be read, or another
 * option, takes nothing away from it. An expression is evaluated for the first row; one that fails or gives nothing is a
 * problem of the run, since what it was to say is not known.
 */
export function readSettingValues(
	context: IExecuteFunctions,
	names: readonly SettingName[],
): { readonly values: OptionValues; readonly problem: Refused | null } {
	const values: Record<string, unknown> = {};
	const { options } = context.getNode().parameters;
	let problem: Refused | null = null;
	const refuse = (label: string, what: string): void => {
		problem ??= refuseInput(
			'invalid_parameter',
			`'${label}' in the options ${what}. It holds for the whole run, so nothing was done.`,
			`Correct the expression in '${label}' for the first row, or switch the field to Fixed.`,
		);
	};
	const isWhole = holdsExpression(typeof options === 'string' ? options : '');
	const raw = isWhole ? Object.fromEntries(names.map((name) => [name, options])) : (asRecord(options) ?? {});
	for (const name of names) {
		const typed = raw[name];
		if (!holdsExpression(typed)) {
			values[name] = typed;
			continue;
		}
		const label = isWhole ? 'Options' : SETTING_LABELS[name];
		try {
			values[name] = isWhole
				? asRecord(context.getNodeParameter('options', 0, {}))?.[name]
				: context.getNodeParameter(`options.${name}`, 0);
			const isMissing = values[name] === undefined || values[name] === null || values[name] === '';
			if (isMissing && !isWhole) refuse(label, 'is an expression that gives nothing for the first row');
		} catch (error) {
			const why = error instanceof Error ? error.message : 'its expression could not be evaluated';
			refuse(label, `could not be read for the first row: ${why.replace(/\.$/, '')}`);
		}
	}
	return { values, problem };
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

export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
		return String(value);
	return null;
}

/** The options with a gateway's own fields among them: one object for all rows as long as nothing differs. */
function withFields(
	context: IExecuteFunctions,
	options: (row: number) => unknown,
	names: readonly string[],
): (row: number) => OptionValues {
	if (names.length === 0) return (row) => asRecord(options(row)) ?? {};
	const fields = names.map((name) => [name, perRow(context, name, '')] as const);
	let last: { source: unknown; values: readonly unknown[]; merged: OptionValues } | null = null;
	return (row) => {
		const source = options(row);
		const values = fields.map(([, read]) => read(row));
		const known = last;
		if (
			known !== null &&
			known.source === source &&
			values.every((value, index) => value === known.values[index])
		) {
			return known.merged;
		}
		const own = Object.fromEntries(names.map((name, index) => [name, values[index]]));
		last = { source, values, merged: { ...own, ...(asRecord(source) ?? {}) } };
		return last.merged;
	};
}

/** Reads rows one by one; a row that cannot be read gives its problem, and the others go on. */
export function createRowReader(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	extraFields: readonly string[] = [],
): (index: number) => RowReading {
	const recipientSource = perRow(context, 'recipientSource', 'expression');
	const to = perRow(context, 'to', '');
	const toField = perRow(context, 'toField', '');
	const textSource = perRow(context, 'textSource', 'expression');
	const message = perRow(context, 'message', '');
	const messageTemplate = perRow(context, 'messageTemplate', '');
	const from = perRow(context, 'from', '');
	const options = withFields(context, perRow(context, 'options', {}), extraFields);
	const country = countryReader(context);

	let compiled: { readonly source: string; readonly template: Template } | null = null;
	const templateFor = (source: string): Template => {
		if (compiled?.source !== source) compiled = { source, template: compileTemplate(source) };
		return compiled.template;
	};

	// n8n's Extract From File leaves empty cells out of a row: a column that another row has is not a misspelt one.
	const columns = new Map<string, boolean>();
	const isElsewhere = (field: string): boolean => {
		const known = columns.get(field) ?? items.some(({ json }) => readColumn(json, field) !== undefined);
		columns.set(field, known);
		return known;
	};

	const readTo = (index: number): unknown => {
		if (recipientSource(index) !== 'field') return to(index);
		const field = textOf(toField(index))?.trim() ?? '';
		const json = items[index]?.json ?? {};
		const value = readColumn(json, field);
		if (value === undefined && isElsewhere(field)) return '';
		if (value === undefined) {
			throw new RowProblem(
				refuseInput(
					'invalid_parameter',
					field === '' ? "'Phone Number Column' is empty." : `This row has no column "${field}".`,
					`Set 'Phone Number Column' to one of the row's columns: ${Object.keys(json).slice(0, 10).join(', ')}.`,
				),
			);
		}
		return value;
	};

	const readText = (index: number): string => {
		if (textSource(index) === 'template') {
			const json = items[index]?.json ?? {};
			const filled = templateFor(textOf(messageTemplate(index)) ?? '').fill(json);
			if (filled.ok) return filled.text;
			if (isElsewhere(filled.missing)) {
				throw new RowProblem(
					refuseInput(
						'invalid_parameter',
						`'Message Template' names {${filled.missing}}, and this row has nothing in that column.`,
						'Fill in the cell, or send this row with another text.',
					),
				);
			}
			throw new RowProblem(
				refuseInput(
					'invalid_parameter',
					`'Message Template' names {${filled.missing}}, and this row has no such column.`,
					`Use the row's columns: ${Object.keys(json).slice(0, 10).join(', ')}. For a brace itself, write it twice.`,
				),
			);
		}
		const text = textOf(message(index));
		if (text !== null) return text;
		throw new RowProblem(
			refuseInput(
				'invalid_parameter',
				"'Message' is not a text.",
				"Let the expression in 'Message' give a text.",
			),
		);
	};

	return (index) => {
		let shownTo = '';
		try {
			const toValue = readTo(index);
			shownTo = textOf(toValue) ?? '';
			const optionValues = options(index);
			const countryField = textOf(optionValues.defaultCountryField) ?? '';
			const fromColumn =
				countryField === '' ? '' : textOf(readColumn(items[index]?.json ?? {}, countryField));
			return {
				row: {
					to: toValue,
					text: readText(index),
					from: (textOf(pickedValue(from(index))) ?? '').trim(),
					defaultCountry: (fromColumn ?? '').trim() || country(index),
					options: optionValues,
				},
			};
		} catch (error) {
			if (error instanceof RowProblem) return { problem: error.problem, to: shownTo };
			const what = error instanceof Error ? error.message : 'An expression could not be evaluated';
			return {
				problem: refuseInput(
					'invalid_parameter',
					`A field of this row could not be read: ${what}`,
					'Check the expressions in this node for this row.',
				),
				to: shownTo,
			};
		}
	};
}

class RowProblem extends Error {
	constructor(readonly problem: Refused) {
		super(problem.message);
	}
}
