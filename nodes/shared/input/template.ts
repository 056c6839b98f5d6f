/** Texts with `{column}` placeholders, filled from a row without n8n's expressions (about 1 ms a row each). */

/** A row's cells, by the names of its columns. */
export type Cells = Readonly<Record<string, unknown>>;

export type FilledTemplate =
	| { readonly ok: true; readonly text: string }
	| { readonly ok: false; readonly missing: string };

export interface Template {
	fill(cells: Cells): FilledTemplate;
}

/** A column's value: the name as it stands first, then read as a path (`address.city`). Undefined when there is none. */
export function readColumn(cells: Cells, name: string): unknown {
	if (Object.prototype.hasOwnProperty.call(cells, name)) return cells[name];
	let value: unknown = cells;
	for (const key of name.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.prototype.hasOwnProperty.call(value, key)) {
			return undefined;
		}
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}

function printed(value: unknown): string {
	if (value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Prepares a template once for all rows. `{name}` is the column of that name (blanks around it do not count), `{{` and
 * `}}` are the braces themselves, and a lone brace stays as it is.
 */
export function compileTemplate(source: string): Template {
	const pieces: Array<{ readonly text: string } | { readonly column: string }> = [];
	let last = 0;
	for (const match of source.matchAll(/\{\{|\}\}|\{([^{}\n]+)\}/g)) {
		pieces.push({ text: source.slice(last, match.index) });
		const column = match[1]?.trim();
		// Braces around nothing are no placeholder.
		if (column === undefined) pieces.push({ text: match[0][0] ?? '' });
		else pieces.push(column === '' ? { text: match[0] } : { column });
		last = match.index + match[0].length;
	}
	pieces.push({ text: source.slice(last) });
	return {
		fill(cells) {
			let text = '';
			for (const piece of pieces) {
				if ('text' in piece) {
					text += piece.text;
					continue;
				}
				const value = readColumn(cells, piece.column);
				if (value === undefined) return { ok: false, missing: piece.column };
				text += printed(value);
			}
			return { ok: true, text };
		},
	};
}
