/** n8n's items to rows: the only place that reads what to send to whom. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { asRecord } from '../contract/json';
import { OPTION_COLLECTIONS } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { OptionValues } from './fields';
import { countryReader, perRow, pickedValue, textOf } from './parameters';
import type { Cells } from './cells';
import { readColumn } from './cells';
import { unreadableRow } from './unreadable';

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

/** Reads all rows; one that cannot be read gives its problem, and the others go on. */
export function readRows(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	extraFields: readonly string[] = [],
): RowReading[] {
	const readTo = perRow(context, 'to', '');
	const readText = perRow(context, 'message', '');
	const readFrom = perRow(context, 'from', '');
	const readOptions = optionReader(context, extraFields);
	const readCountry = countryReader(context);

	return items.map(({ json }, index): RowReading => {
		let shownTo = '';
		try {
			const to = readTo(index);
			shownTo = textOf(to) ?? '';
			const text = textOf(readText(index));
			if (text === null) return { problem: noText(), to: shownTo };
			const options = readOptions(index);
			const row: Row = {
				to,
				text,
				from: (textOf(pickedValue(readFrom(index))) ?? '').trim(),
				defaultCountry: countryInColumn(options, json) || readCountry(index),
				options,
			};
			return { row };
		} catch (error) {
			return { problem: unreadableRow(error), to: shownTo };
		}
	});
}

function noText(): Refused {
	return refuseInput(
		'invalid_parameter',
		"'Message' is not text.",
		"Have the expression in 'Message' return text.",
	);
}

function countryInColumn(options: OptionValues, json: Cells): string {
	const column = textOf(options.defaultCountryField) ?? '';
	return column === '' ? '' : (textOf(readColumn(json, column)) ?? '').trim();
}

/** The options with a gateway's own fields among them: one object for all rows as long as nothing differs. */
function optionReader(
	context: IExecuteFunctions,
	fieldNames: readonly string[],
): (row: number) => OptionValues {
	const fields = fieldNames.map((name) => perRow(context, name, ''));
	const collections = Object.values(OPTION_COLLECTIONS).map((name) => perRow(context, name, {}));
	const readers = [...fields, ...collections];
	let last: { values: readonly unknown[]; merged: OptionValues } | null = null;
	return (row) => {
		const values = readers.map((read) => read(row));
		const known = last;
		if (known !== null && values.every((value, index) => value === known.values[index])) return known.merged;
		const own = Object.fromEntries(fieldNames.map((name, index) => [name, values[index]]));
		const merged = values.slice(fields.length).reduce<OptionValues>((all, one) => {
			return { ...all, ...(asRecord(one) ?? {}) };
		}, own);
		last = { values, merged };
		return merged;
	};
}
