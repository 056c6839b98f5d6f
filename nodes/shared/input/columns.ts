import type { Cells } from './template';
import { readColumn } from './template';

/** Which columns the rows have. */
export interface ColumnLookup {
	/** n8n's Extract From File leaves empty cells out of a row: a column that another row has is not a misspelt one. */
	isAnywhere(column: string): boolean;
	/** A row's columns as a sentence lists them. */
	namesIn(json: Cells): string;
}

export function createColumnLookup(rows: readonly Cells[]): ColumnLookup {
	const known = new Map<string, boolean>();
	return {
		isAnywhere(column) {
			const found = known.get(column) ?? rows.some((json) => readColumn(json, column) !== undefined);
			known.set(column, found);
			return found;
		},
		namesIn: (json) => Object.keys(json).slice(0, 10).join(', '),
	};
}

/** Why a row cannot be read, and how to mend it. */
export class RowProblem extends Error {
	constructor(
		message: string,
		readonly fix: string,
	) {
		super(message);
	}
}
