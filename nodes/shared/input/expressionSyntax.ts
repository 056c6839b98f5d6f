/**
 * The expressions that n8n's editor writes when a field is dragged, taken apart: `={{ $json.phone }}`,
 * `=Hello {{ $json['First Name'] }}, order {{ $json.orders[0].id }} is ready`, from a node further up
 * `={{ $('Get Orders').item.json.phone }}`. With them what people add by hand: `?.`,
 * `.trim()`, `?? 'there'` and `|| 'there'`. All else is left to n8n, and so is what one of its engines might read in
 * another way or forbids.
 */

export interface Step {
	readonly key: string | number;
	/** Reached by `?.`. */
	readonly isOptional: boolean;
}

export interface Field {
	/** The node whose paired item has it; null for the row itself. */
	readonly node: string | null;
	readonly steps: readonly Step[];
	readonly trim: 'plain' | 'optional' | null;
	/** As it is typed, without `.trim()`. */
	readonly source: string;
}

export type Operand = { readonly field: Field } | { readonly text: string };

/** What stands between `{{` and `}}`. */
export interface Code {
	readonly first: Field;
	/** Used in turn when there is nothing before them; `??` and `||` differ in what is nothing. */
	readonly otherwise: { readonly operator: '??' | '||'; readonly operands: readonly Operand[] } | null;
}

/** Code is null where it is left to n8n. */
export type TemplatePart = { readonly text: string } | { readonly code: Code | null };

/** n8n refuses these names, or what it gives for them depends on the engine. */
const LEFT_TO_N8N = new Set([
	...Object.getOwnPropertyNames(Object.prototype),
	...(
		'prototype getPrototypeOf setPrototypeOf getOwnPropertyDescriptor getOwnPropertyDescriptors defineProperty ' +
		'defineProperties mainModule binding _linkedBinding _load prepareStackTrace caller callee arguments ' +
		'getBuiltinModule dlopen execve loadEnvFile globalThis window global this $ __sanitize ___n8n_data'
	).split(' '),
]);

/** Letters that every engine's parser takes in a name: Latin, Greek, Cyrillic, kana and the common Chinese characters. */
const LETTER = 'A-Za-z$_À-ÖØ-öø-ʯΑ-ΡΣ-Ωα-ωЀ-ҁҊ-ԯぁ-ゖァ-ヺ一-龥';
const NAME = new RegExp(`(\\?)?\\.([${LETTER}][${LETTER}0-9]*)`, 'y');
const INDEX =
	/(\?\.)?\[[ \t]*(?:(0|[1-9]\d{0,8})|'((?:[^'\\\n\r\u2028\u2029]|\\['"])*)'|"((?:[^"\\\n\r\u2028\u2029]|\\['"])*)")[ \t]*\]/y;
const JSON_OF_ROW = /\$json/y;
/** As the editor writes it: any other way to a node's item is left to n8n. */
const JSON_OF_NODE =
	/\$\((?:'((?:[^'\\\n\r\u2028\u2029]|\\['"])+)'|"((?:[^"\\\n\r\u2028\u2029]|\\['"])+)")\)\.item\.json/y;
const TRIM = /(\?)?\.trim\(\)/y;
const TEXT = /'([^'\\\n\r\u2028\u2029]*)'|"([^"\\\n\r\u2028\u2029]*)"/y;
const OPERATOR = /\?\?|\|\|/y;
const BLANK = /[ \t\r\n]*/y;

class Reader {
	private at = 0;

	constructor(private readonly code: string) {}

	take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const match = pattern.exec(this.code);
		if (match !== null) this.at = pattern.lastIndex;
		return match;
	}

	get isAtEnd(): boolean {
		return this.at === this.code.length;
	}

	get position(): number {
		return this.at;
	}

	from(start: number): string {
		return this.code.slice(start, this.at);
	}
}

function readStep(reader: Reader): Step | null {
	const name = reader.take(NAME);
	if (name !== null) return { key: name[2] ?? '', isOptional: name[1] !== undefined };
	const index = reader.take(INDEX);
	if (index === null) return null;
	const [, optional, digits, single, double] = index;
	const key = digits === undefined ? unescaped(single ?? double ?? '') : Number(digits);
	return { key, isOptional: optional !== undefined };
}

const unescaped = (inQuotes: string): string => inQuotes.replace(/\\/g, '');

/** Undefined where neither the row nor a node begins; null for the row. */
function readSource(reader: Reader): string | null | undefined {
	if (reader.take(JSON_OF_ROW) !== null) return null;
	const [, single, double] = reader.take(JSON_OF_NODE) ?? [];
	const inQuotes = single ?? double;
	return inQuotes === undefined ? undefined : unescaped(inQuotes);
}

function readField(reader: Reader): Field | null {
	const start = reader.position;
	const node = readSource(reader);
	if (node === undefined) return null;
	const steps: Step[] = [];
	for (;;) {
		const source = reader.from(start);
		const trim = reader.take(TRIM);
		const step = trim === null ? readStep(reader) : null;
		if (step === null) {
			if (steps.length === 0) return null;
			return {
				node,
				steps,
				trim: trim === null ? null : trim[1] === undefined ? 'plain' : 'optional',
				source,
			};
		}
		if (LEFT_TO_N8N.has(String(step.key))) return null;
		steps.push(step);
	}
}

function readCode(code: string): Code | null {
	const reader = new Reader(code);
	reader.take(BLANK);
	const first = readField(reader);
	if (first === null) return null;
	reader.take(BLANK);
	const operands: Operand[] = [];
	let operator: '??' | '||' | null = null;
	while (!reader.isAtEnd) {
		const [sign] = reader.take(OPERATOR) ?? [];
		if (sign !== '??' && sign !== '||') return null;
		// The two together need brackets.
		if (operator !== null && operator !== sign) return null;
		operator = sign;
		reader.take(BLANK);
		const text = reader.take(TEXT);
		const field = text === null ? readField(reader) : null;
		if (text !== null) operands.push({ text: text[1] ?? text[2] ?? '' });
		else if (field !== null) operands.push({ field });
		else return null;
		reader.take(BLANK);
	}
	return { first, otherwise: operator === null ? null : { operator, operands } };
}

/** The parts of an expression, as n8n splits it; null where that is left to n8n. @param expression without its `=` */
export function readExpression(expression: string): readonly TemplatePart[] | null {
	// n8n takes this for an attack, also in the text.
	if (/\.\s*constructor/.test(expression)) return null;
	const parts: TemplatePart[] = [];
	let rest = expression;
	for (;;) {
		const open = rest.indexOf('{{');
		const text = open === -1 ? rest : rest.slice(0, open);
		// Engines differ in what a backslash before braces means.
		if (text.includes('\\')) return null;
		parts.push({ text });
		if (open === -1) return parts;
		const close = rest.indexOf('}}', open + 2);
		if (close === -1) return null;
		parts.push({ code: readCode(rest.slice(open + 2, close)) });
		rest = rest.slice(close + 2);
		if (rest === '') return parts;
	}
}
