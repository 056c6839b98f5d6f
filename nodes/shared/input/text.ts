import type { IExecuteFunctions } from 'n8n-workflow';
import type { ColumnLookup } from './columns';
import { RowProblem } from './columns';
import { perRow, textOf } from './parameters';
import type { Cells, Template } from './template';
import { compileTemplate } from './template';

/** A row's text, from 'Message' or 'Message Template'. @throws RowProblem */
export function createTextReader(
	context: IExecuteFunctions,
	lookup: ColumnLookup,
): (index: number, json: Cells) => string {
	const textSource = perRow(context, 'textSource', 'expression');
	const message = perRow(context, 'message', '');
	const messageTemplate = perRow(context, 'messageTemplate', '');
	let compiled: { readonly source: string; readonly template: Template } | null = null;
	const templateFor = (source: string): Template => {
		if (compiled?.source !== source) compiled = { source, template: compileTemplate(source) };
		return compiled.template;
	};
	return (index, json) => {
		if (textSource(index) === 'template') {
			const filled = templateFor(textOf(messageTemplate(index)) ?? '').fill(json);
			if (filled.ok) return filled.text;
			throw missingColumn(filled.missing, json, lookup);
		}
		const text = textOf(message(index));
		if (text !== null) return text;
		throw new RowProblem("'Message' is not a text.", "Let the expression in 'Message' give a text.");
	};
}

function missingColumn(column: string, json: Cells, lookup: ColumnLookup): RowProblem {
	if (lookup.isAnywhere(column)) {
		return new RowProblem(
			`'Message Template' names {${column}}, and this row has nothing in that column.`,
			'Fill in the cell, or send this row with another text.',
		);
	}
	return new RowProblem(
		`'Message Template' names {${column}}, and this row has no such column.`,
		`Use the row's columns: ${lookup.namesIn(json)}. For a brace itself, write it twice.`,
	);
}
