/**
 * Expressions evaluated without n8n, whose 2.x line takes about half a millisecond for each. The result is n8n's to the
 * character; where it might not be, for an expression or for a row of it, n8n is asked.
 */
import type { Cells } from './cells';
import type { Code, Field, TemplatePart } from './expressionSyntax';
import { readExpression } from './expressionSyntax';

/** Instead of a value: only n8n can tell. */
export const ASK_N8N = Symbol('ask n8n');

/** The fields of the item of another node that a row comes from, or `ASK_N8N`. */
export type Paired = (node: string) => Cells | typeof ASK_N8N;

/** What an expression may look at. */
interface Seen {
	readonly json: Cells;
	readonly paired: Paired;
}

const unpaired: Paired = () => ASK_N8N;

/** A parameter's value for a row, or `ASK_N8N`. */
export type Evaluate = (json: Cells, paired?: Paired) => unknown;

/** The same, within this file. */
type Evaluated = (seen: Seen) => unknown;

/** An expression that fails is empty (n8n 1.123 and 2.41), also with `?? 'there'` behind it. */
const FAILED = Symbol('failed');

/** Neither a date nor another object that the engines take along in ways of their own. */
function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function readKey(value: object, key: string | number): unknown {
	if (Object.prototype.hasOwnProperty.call(value, key)) {
		const isReadable = Array.isArray(value) ? typeof key === 'number' : isPlain(value);
		return isReadable ? (value as Record<string, unknown>)[key] : ASK_N8N;
	}
	return key in value || !(Array.isArray(value) || isPlain(value)) ? ASK_N8N : undefined;
}

function trimmed(value: unknown): unknown {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'object' && value !== null ? ASK_N8N : FAILED;
}

function readField({ node, steps, trim }: Field, { json, paired }: Seen): unknown {
	let value: unknown = node === null ? json : paired(node);
	if (value === ASK_N8N) return ASK_N8N;
	for (const { key, isOptional } of steps) {
		if (value === undefined || value === null) return isOptional ? undefined : FAILED;
		if (typeof value !== 'object') return ASK_N8N;
		value = readKey(value, key);
		if (value === ASK_N8N) return ASK_N8N;
	}
	if (trim === null) return value;
	return trim === 'optional' && (value === undefined || value === null) ? undefined : trimmed(value);
}

function readCode({ first, otherwise }: Code, seen: Seen): unknown {
	let value = readField(first, seen);
	if (otherwise !== null) {
		for (const operand of otherwise.operands) {
			if (value === ASK_N8N || value === FAILED) break;
			const isNothing = otherwise.operator === '??' ? value === undefined || value === null : !value;
			if (!isNothing) break;
			value = 'text' in operand ? operand.text : readField(operand.field, seen);
		}
	}
	return value === FAILED ? undefined : value;
}

function isPrimitive(value: unknown): boolean {
	return value === undefined || value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The value of an expression that is nothing else. A list is copied, as n8n 2.x does. */
function alone(value: unknown): unknown {
	if (isPrimitive(value)) return value;
	if (!Array.isArray(value) || !Array.from<unknown>(value).every((one) => isPrimitive(one))) return ASK_N8N;
	return Object.keys(value).length === value.length ? [...(value as readonly unknown[])] : ASK_N8N;
}

/** A value between other texts. */
function printed(value: unknown): string | typeof ASK_N8N {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null || Number.isNaN(value)) return '';
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ASK_N8N;
}

type OwnPart = { readonly text: string } | { readonly code: Code };

const isOwn = (part: TemplatePart): part is OwnPart => 'text' in part || part.code !== null;

function evaluateParts(parts: readonly OwnPart[], seen: Seen): unknown {
	let text = '';
	for (const part of parts) {
		const piece = 'text' in part ? part.text : printed(readCode(part.code, seen));
		if (piece === ASK_N8N) return ASK_N8N;
		text += piece;
	}
	return text;
}

function compileText(typed: string): Evaluated | null {
	if (!typed.startsWith('=')) return () => typed;
	const parts = readExpression(typed.slice(1));
	if (parts === null || !parts.every(isOwn)) return null;
	const [before, only] = parts;
	const isAlone = parts.length === 2 && before !== undefined && 'text' in before && before.text === '';
	if (isAlone && only !== undefined && 'code' in only) return (seen) => alone(readCode(only.code, seen));
	return (seen) => evaluateParts(parts, seen);
}

function compile(typed: unknown): Evaluated | null {
	if (typeof typed === 'string') return compileText(typed);
	if (typeof typed !== 'object' || typed === null) return () => typed;
	const entries: Array<readonly [string, Evaluated]> = [];
	for (const [key, value] of Object.entries(typed)) {
		const evaluate = compile(value);
		if (evaluate === null) return null;
		entries.push([key, evaluate]);
	}
	return (seen) => {
		const values = entries.map(([key, evaluate]) => [key, evaluate(seen)] as const);
		if (values.some(([, value]) => value === ASK_N8N)) return ASK_N8N;
		return Array.isArray(typed) ? values.map(([, value]) => value) : Object.fromEntries(values);
	};
}

/** A parameter as it is saved, with the expressions in it; null when one of them is left to n8n. */
export function compileParameter(typed: unknown): Evaluate | null {
	const evaluate = compile(typed);
	return evaluate === null ? null : (json, paired = unpaired) => evaluate({ json, paired });
}
