/**
 * Placeholders that nobody would fill in: `{{ $json.name }}` in a fixed field, `{name}` in a plain text, a brace that is
 * not closed, an expression of a bare column name. They are looked for in what the person typed into the node, never in
 * what an expression takes from a row: a cell may hold what it likes.
 */
import type { Cells } from './cells';
import { readColumn } from './cells';

/** What is wrong with a field, and what to press. */
export interface Unfilled {
	/** A sentence; begins with the field's label in quotes. */
	readonly what: string;
	readonly fix: string;
}

export interface FieldText {
	/** As the person sees it. */
	readonly label: string;
	/** The parameter as it is saved; an expression begins with `=`. */
	readonly typed: string;
}

/** The columns of all rows. */
export interface Columns {
	/** In the order in which they were first met. */
	readonly names: readonly string[];
	/** The column that is meant by a name, with capitals, blanks and underscores aside; null when there is none. */
	find(name: string): string | null;
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

export function columnsOf(rows: readonly Cells[]): Columns {
	const byPlainName = new Map<string, string>();
	const names = new Set<string>();
	for (const row of rows) for (const name of Object.keys(row)) names.add(name);
	for (const name of names) if (!byPlainName.has(plain(name))) byPlainName.set(plain(name), name);
	return {
		names: [...names],
		find(name) {
			if (names.has(name)) return name;
			const known = byPlainName.get(plain(name));
			if (known !== undefined) return known;
			// Of a path, its first part is enough: a row may lack the rest.
			const [first = ''] = name.split(/[.[]/);
			if (first !== name && names.has(first)) return name;
			return rows.some((row) => readColumn(row, name) !== undefined) ? name : null;
		},
	};
}

/** Variables of n8n's expressions that take a row's values, where they are used, and not only named. */
const VARIABLE = /\$(?:json|input|node|item|items|binary|fromAI)\s*[.[(]|\$\(\s*['"`]/;
/** Double braces with a `$` in them, closed or not. */
const EXPRESSION = /\{\{[^{}]*\$[^{}]*(?:\}{1,2})?/;
const BRACES = /\{+([^{}\n]*)(\}*)/g;

/** The name in the way that n8n wants it. */
function written(column: string): string {
	const path = column.replace(/^json\./, '');
	return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(path)
		? `{{ $json.${path} }}`
		: `{{ $json[${JSON.stringify(column)}] }}`;
}

function shown(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** The column whose name the text begins with, followed by no further letter of a name. */
function columnInFront(text: string, { names }: Columns): string | null {
	const start = text.trimStart();
	return (
		names.find(
			(name) =>
				name.trim() !== '' &&
				start.toLowerCase().startsWith(name.toLowerCase()) &&
				!/^[\p{L}\p{N}_]/u.test(start.slice(name.length)),
		) ?? null
	);
}

const useExpression = "Click 'Expression' above the field";

/** In a text that is sent as it is typed. `isFixed`: n8n evaluates nothing in it. */
function inText(label: string, text: string, columns: Columns, isFixed: boolean): Unfilled | null {
	const found = EXPRESSION.exec(text)?.[0];
	if (found !== undefined) {
		const isClosed = found.endsWith('}}');
		const close = 'Close it with }}, as in {{ $json.name }}.';
		return {
			what: `'${label}' has ${shown(found)} in it, which n8n would not fill in.`,
			fix: isFixed
				? `${useExpression}: then n8n fills it in for every row.${isClosed ? '' : ` ${close}`}`
				: close,
		};
	}
	const variable = VARIABLE.exec(text);
	if (variable !== null) {
		return {
			what: `'${label}' has ${shown(text.slice(variable.index))} in it, which n8n would not fill in.`,
			fix: `${isFixed ? `${useExpression} and put` : 'Put'} it in double braces, as in {{ $json.name }}.`,
		};
	}
	for (const [braces, content = '', closing = ''] of text.matchAll(BRACES)) {
		const column = closing === '' ? columnInFront(content, columns) : columns.find(content.trim());
		const isDouble = braces.startsWith('{{') && closing.startsWith('}}') && isName(content);
		if (content.trim() === '' || (column === null && !isDouble)) continue;
		const name = column ?? content.trim();
		const piece = closing === '' ? `{${name} (not closed)` : shown(braces);
		return {
			what: `'${label}' has ${piece} in it, which would be sent as it is.`,
			fix: `${isFixed ? `${useExpression} and write` : 'Write'} ${written(name)} in its place, or drag the column there.`,
		};
	}
	return null;
}

function isName(content: string): boolean {
	return /^\s*[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(content);
}

/** Names in an expression that stand for something without a `$`. */
const KNOWN = new Set(
	(
		'undefined null true false this new typeof void in of instanceof await async function return let const var if else ' +
		'NaN Infinity globalThis Array BigInt Boolean Date DateTime Duration Error Interval Intl JSON Map Math Number Object ' +
		'Promise RegExp Set String Symbol TypeError URL URLSearchParams WeakMap WeakSet Buffer ' +
		'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN parseFloat parseInt ' +
		'extend extendOptional'
	).split(' '),
);

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\s*(?:\?\.|\.)\s*[\p{L}_][\p{L}\p{N}_]*|\[[^\]]*\])*$/u;

/** Without the texts in it; what a template literal evaluates stays. */
function withoutTexts(code: string): string {
	return code
		.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
		.replace(/`((?:[^`\\]|\\.)*)`/g, (_, text: string) => {
			const inner = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, part = '']) => `(${part})`);
			return `''${inner.map((part) => `+${part}`).join('')}`;
		});
}

/**
 * A name that n8n knows nothing of: it gives nothing, without a word (n8n 1.123 and 2.41). Either the whole expression is
 * such a name, or one of its names is a column's.
 */
function bareName(code: string, columns: Columns): string | null {
	const bare = code.trim();
	const [first = ''] = bare.split(/[^\p{L}\p{N}_]/u);
	if (PATH.test(bare) && !KNOWN.has(first)) return bare;
	const logic = withoutTexts(bare);
	// Names may be declared in here.
	if (/=>|\b(?:function|let|const|var)\b/.test(logic)) return null;
	for (const match of logic.matchAll(/(?<![\p{L}\p{N}_$.])([\p{L}_][\p{L}\p{N}_]*)(?!\s*:(?!:))/gu)) {
		const name = match[1] ?? '';
		if (!KNOWN.has(name) && columns.names.includes(name)) return name;
	}
	return null;
}

/**
 * An expression taken apart as n8n does it (2.41, `splitExpression`): `\{{` is no beginning, and code that nobody closes
 * is code to its end.
 */
function takeApart(expression: string): {
	readonly texts: readonly string[];
	readonly codes: readonly string[];
} {
	const texts: string[] = [];
	const codes: string[] = [];
	let rest = expression;
	for (;;) {
		const open = /(?<!\\)\{\{/.exec(rest);
		texts.push(open === null ? rest : rest.slice(0, open.index));
		if (open === null) return { texts, codes };
		const inside = rest.slice(open.index + 2);
		const close = /(?<!\\)\}\}/.exec(inside);
		codes.push(close === null ? inside : inside.slice(0, close.index));
		if (close === null) return { texts, codes };
		rest = inside.slice(close.index + 2);
	}
}

function inExpression({ label, typed }: FieldText, columns: Columns): Unfilled | null {
	const { texts, codes } = takeApart(typed.slice(1));
	for (const code of codes) {
		const name = bareName(code, columns);
		if (name === null) continue;
		return {
			what: `The expression {{ ${shown(code)} }} in '${label}' gives nothing: n8n does not know "${shown(name)}".`,
			fix: `Write ${written(columns.find(name) ?? name)}, or drag the column into the field.`,
		};
	}
	for (const text of texts) {
		const found = inText(label, text, columns, false);
		if (found !== null) return found;
	}
	return null;
}

/** The first placeholder of a field that would not be filled in; null when there is none. */
export function findUnfilled(field: FieldText, columns: () => Columns): Unfilled | null {
	const { label, typed } = field;
	if (!/[{$]/.test(typed)) return null;
	if (typed.startsWith('=')) return inExpression(field, columns());
	return inText(label, typed, columns(), true);
}
