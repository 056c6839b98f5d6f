/** Readers for what came over the wire: they take anything and never throw on odd types. */
import { parse } from 'lossless-json';

/** The value as a plain object; null for everything else (arrays too). */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: null;
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
 * A number, or text that is a decimal number (`3.50`, `-7`, and PHP's `2.84E-14`, which is what is left of a balance that
 * was spent in full); null for everything else.
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

/** What bytes may be that are no UTF-8. */
export type FallbackCharset = 'windows-1251' | 'windows-1252';

/** What windows-1252 has at 0x80 to 0x9F (https://encoding.spec.whatwg.org/#windows-1252). */
const WINDOWS_1252_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** @throws when there is no such character set, or the bytes do not fit */
function decodeWith(charset: string, bytes: Uint8Array): string {
	const decoder = new TextDecoder(charset, { fatal: true });
	if (decoder.encoding !== 'windows-1252') return decoder.decode(bytes);
	// Node 20.20 takes windows-1252 for ISO 8859-1, and makes control characters of € and “ ”.
	return Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252_SIGNS.charAt(sign.charCodeAt(0) - 0x80));
}

/**
 * Decodes bytes: strict UTF-8, else `fallback`. SMSC answers in windows-1251 whatever the request asked for, and its
 * header cannot be trusted either.
 */
export function decodeBody(bytes: Uint8Array, fallback: FallbackCharset = 'windows-1251'): string {
	try {
		return decodeWith('utf-8', bytes);
	} catch {
		return fallback === 'windows-1252'
			? decodeWith(fallback, bytes)
			: new TextDecoder(fallback).decode(bytes);
	}
}

/**
 * Decodes bytes by the character set that their Content-Type names, where `TextDecoder` knows it and the bytes fit;
 * otherwise like `decodeBody`. For senders whose header can be trusted.
 */
export function decodeAs(contentType: string, bytes: Uint8Array, fallback: FallbackCharset): string {
	const named = /;\s{0,9}charset\s{0,9}=\s{0,9}"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
	if (named !== undefined) {
		try {
			return decodeWith(named, bytes);
		} catch {
			// Not a character set, or not the one of these bytes.
		}
	}
	return decodeBody(bytes, fallback);
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
 * lossless-json hands us the digits of each number as they came, which `JSON.parse` does only from Node 21 on (n8n 1.x
 * runs on Node 20). It is kept up, needs no other package and is 10 kB. It is five times slower than `JSON.parse`, so it
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

export type Charset = 'utf-8' | 'windows-1251' | 'koi8-r';

const encoders = new Map<Charset, ReadonlyMap<string, number>>();

/** The bytes of a text; null when the character set lacks one of its characters. */
export function encodeText(text: string, charset: Charset): Uint8Array | null {
	if (charset === 'utf-8') return new TextEncoder().encode(text);
	let encoder = encoders.get(charset);
	if (encoder === undefined) {
		const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
		encoder = new Map(
			[...new TextDecoder(charset).decode(everyByte)].map((character, byte) => [character, byte]),
		);
		encoders.set(charset, encoder);
	}
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const byte = encoder.get(text.charAt(index));
		if (byte === undefined) return null;
		bytes[index] = byte;
	}
	return bytes;
}

function percentEncoded(bytes: Uint8Array): string {
	let encoded = '';
	for (const byte of bytes) {
		const character = String.fromCharCode(byte);
		encoded += /[A-Za-z0-9*._-]/.test(character)
			? character
			: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}
	return encoded;
}

/** Field values of a form: text travels as UTF-8, bytes as they are. */
export type FormFields = Readonly<Record<string, string | Uint8Array>>;

/** The body of a form (application/x-www-form-urlencoded, WHATWG URL §5), fields in the order given. */
export function encodeForm(fields: FormFields): string {
	return Object.entries(fields)
		.map(([name, value]) =>
			typeof value === 'string'
				? new URLSearchParams([[name, value]]).toString()
				: `${new URLSearchParams([[name, '']]).toString()}${percentEncoded(value)}`,
		)
		.join('&');
}

/** The name of a file as a header field may have it: no line breaks, no quotes. */
function headerSafe(name: string): string {
	return name.replace(/[\r\n"\\]/g, '_');
}

/** One field of a multipart body (RFC 7578). */
export function multipartField(boundary: string, name: string, value: string | Uint8Array): Uint8Array {
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="${headerSafe(name)}"\r\n\r\n`;
	return Buffer.concat([Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]);
}

/** The body of a form with files; `boundary` must not occur in it. The files are named file1, file2 … */
export function encodeMultipart(
	boundary: string,
	fields: FormFields,
	files: ReadonlyArray<{
		readonly fileName: string;
		readonly contentType: string;
		readonly data: Uint8Array;
	}>,
): Uint8Array {
	const parts = Object.entries(fields).map(([name, value]) => multipartField(boundary, name, value));
	files.forEach(({ fileName, contentType, data }, index) => {
		const disposition = `form-data; name="file${index + 1}"; filename="${headerSafe(fileName)}"`;
		const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${headerSafe(contentType)}\r\n\r\n`;
		parts.push(Buffer.concat([Buffer.from(head), data, Buffer.from('\r\n')]));
	});
	return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}
