/** Readers for what came over the wire: they take anything and never throw on odd types. */
import { parse } from 'lossless-json';

/** The value as a plain object; null for everything else (arrays too). */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: null;
}

/** The plain objects of a list. */
export function recordsIn(list: readonly unknown[]): ReadonlyArray<Readonly<Record<string, unknown>>> {
	return list.map(asRecord).filter((record) => record !== null);
}

/** An own key's value: `__proto__` and friends from a reply read as absent. */
export function pick(record: Readonly<Record<string, unknown>> | null, key: string): unknown {
	return record !== null && Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}

/** Text or number as text; null for everything else and for the empty text. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return null;
}

/**
 * A number, or text that is a decimal number (`3.50`, `-7`, and PHP's `2.84E-14`, which is what remains of a balance that
 * was fully spent); null for everything else.
 */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string') return null;
	if (!/^\s*[+-]?\d{1,18}(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?\s*$/.test(value)) return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

export function digitsOf(value: unknown): string {
	return (asText(value) ?? '').replace(/\D/g, '');
}

/** A digit run too long for a double that begins a number, or looks like it: `0.036000000000000004` does not. */
const MAY_BE_LONG_INTEGER = /(?:^|[\s:,[-])\d{16}/;

/** Whether the digits of a JSON number are those of an integer too long for a double. */
function isLongInteger(digits: string): boolean {
	return digits.length - (digits.startsWith('-') ? 1 : 0) >= 16 && !/[.eE]/.test(digits);
}

/**
 * No gateway nests deeper than five levels. Node's own parser reads any depth, but whatever walks over the values
 * afterwards (ourselves, n8n) would exhaust the stack.
 */
const DEEPEST = 200;

function isDeeperThan(limit: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (limit === 0) return true;
	const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
	return inner.some((one) => isDeeperThan(limit - 1, one));
}

/**
 * lossless-json gives us the digits of each number as they came, which `JSON.parse` does only from Node 21 on (n8n 1.x
 * runs on Node 20). It is maintained, has no dependencies and is 10 kB. It is five times slower than `JSON.parse`, so it
 * reads only what may hold a long integer. Of two equal keys the last one counts, as in `JSON.parse` (but for `[]`
 * and `{}`, which it takes for the same: then the first stays).
 */
function parseWithLongIntegers(text: string): unknown {
	return parse(text, undefined, {
		parseNumber: (digits) => (isLongInteger(digits) ? digits : Number(digits)),
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

/**
 * JSON to values, integers of 16 digits and more as text (ids would lose digits), fractions of any length as numbers;
 * undefined when it is not JSON. Linear, and never throws.
 */
export function parseJson(text: string): unknown {
	const trimmed = text.trim();
	if (!/^[[{"\d-]/.test(trimmed)) return undefined;
	try {
		const value: unknown = MAY_BE_LONG_INTEGER.test(trimmed)
			? parseWithLongIntegers(trimmed)
			: JSON.parse(trimmed);
		return isDeeperThan(DEEPEST, value) ? undefined : value;
	} catch {
		// No JSON, or nested so deeply that the stack ran out.
		return undefined;
	}
}
