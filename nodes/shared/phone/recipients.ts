/**
 * Reads phone numbers out of whatever a form, a sheet or an expression gives: text in any writing, numbers, lists. What
 * is plain stays, what has exactly one reading is corrected, and everything else is refused with a sentence that says
 * what to change.
 */
import { cleanNumber, cleanText, MAX_PIECE_LENGTH } from './cleaning';
import type { Cleaned } from './cleaning';
import { splitList, splitSlashes } from './lists';
import { readNumber } from './reading';
import type { DefaultCountry } from './reading';
import { refusals } from './sentences';
import type { Reason } from './sentences';
import type {
	PhoneLibrary,
	RecipientParser,
	RecipientReader,
	RefusedRecipient,
	ValidRecipient,
} from './types';
import { isBlank } from './unicode';

export type {
	InvalidRecipient,
	ParsedRecipient,
	PhoneLibrary,
	RecipientParser,
	RecipientReader,
	RefusedRecipient,
	ValidRecipient,
} from './types';

type ReadRecipient = ValidRecipient | RefusedRecipient;

/** Most elements of an array that are read. */
const MAX_ELEMENTS = 100_000;

function invalid(input: string, { why, fix }: Reason): RefusedRecipient {
	return { outcome: 'invalid', e164: null, input, reason: `${why} ${fix}`, why, fix };
}

/** Text for a result: without the spaces around it, and not a megabyte of it. */
function shown(text: string): string {
	const trimmed = text.trim();
	return trimmed.length > MAX_PIECE_LENGTH ? `${trimmed.slice(0, MAX_PIECE_LENGTH)}…` : trimmed;
}

function readCountry(library: PhoneLibrary, value: unknown): DefaultCountry {
	if (value === undefined || value === null) return { kind: 'none' };
	const text = typeof value === 'string' ? value.trim() : `(${typeof value})`;
	if (text === '') return { kind: 'none' };
	const code = text.toUpperCase();
	return /^[A-Z]{2}$/.test(code) && library.isSupportedCountry(code)
		? { kind: 'known', code, callingCode: library.getCountryCallingCode(code) }
		: { kind: 'unknown', value: text };
}

class Reader {
	constructor(
		private readonly library: PhoneLibrary,
		private readonly country: DefaultCountry,
	) {}

	readValue(value: unknown): ReadRecipient[] {
		return Array.isArray(value) ? this.readArray(value) : this.readElement(value);
	}

	private readArray(values: readonly unknown[]): ReadRecipient[] {
		if (values.length === 0) return [invalid('', refusals.empty())];
		if (values.length > MAX_ELEMENTS) return [invalid('[list]', refusals.tooLongList(MAX_ELEMENTS))];
		// Not over the values alone: an empty slot is an empty value.
		return Array.from(values, (value) => this.readElement(value)).flat();
	}

	private readElement(value: unknown): ReadRecipient[] {
		switch (typeof value) {
			case 'string':
				return this.readText(value);
			case 'number':
				return [this.finish(cleanNumber(value), String(value))];
			case 'bigint': {
				// Converting a huge integer to text takes more than linear time.
				const isShort = value < 10n ** 30n && value > -(10n ** 30n);
				return [this.finish(cleanNumber(value), isShort ? String(value) : '[number]')];
			}
			case 'undefined':
				return [invalid('', refusals.empty())];
			case 'boolean':
				return [invalid(String(value), refusals.otherType('a yes/no value'))];
			case 'object':
				if (value === null) return [invalid('', refusals.empty())];
				return [invalid('[object]', refusals.otherType('an object'))];
			default:
				return [invalid(`[${typeof value}]`, refusals.otherType('a value of another type'))];
		}
	}

	private readText(text: string): ReadRecipient[] {
		const results: ReadRecipient[] = [];
		for (const piece of splitList(text)) {
			if (!isBlank(piece)) this.readPiece(piece, results);
		}
		return results.length > 0 ? results : [invalid(shown(text), refusals.empty())];
	}

	private readPiece(piece: string, results: ReadRecipient[]): void {
		const parts = splitSlashes(piece).filter((part) => !isBlank(part));
		const joined = parts.length === 2 ? this.readJoined(parts, piece) : null;
		if (joined !== null) results.push(joined);
		else for (const part of parts) results.push(this.readOne(part, part));
	}

	/**
	 * `0171/1234567` is one number, with a slash after the area code. Read as a list, its end could be somebody else's
	 * number, so it is one number if the start alone is not a number and the whole is.
	 */
	private readJoined(parts: readonly string[], piece: string): ReadRecipient | null {
		const [first = '', second = ''] = parts;
		if (/^\s*[+0]/.test(second) || this.readOne(first, first).outcome !== 'invalid') return null;
		const joined = this.readOne(parts.join(' '), piece);
		return joined.outcome === 'invalid' ? null : joined;
	}

	private readOne(text: string, typed: string): ReadRecipient {
		return this.finish(cleanText(text), shown(typed));
	}

	private finish(cleaned: Cleaned, input: string): ReadRecipient {
		if ('refusal' in cleaned) return invalid(input, cleaned.refusal);
		const reading = readNumber(this.library, cleaned, this.country);
		if (reading.e164 === null) return invalid(input, reading.refusal);
		const { e164 } = reading;
		// Nothing is reported as changed exactly when the text was the E.164 number already.
		return reading.change === null
			? { outcome: 'ok', e164, input, reason: null }
			: { outcome: 'corrected', e164, input, reason: reading.change };
	}
}

/** A reader over a given library, without any state of its own. */
function createRecipientReader(library: PhoneLibrary): RecipientReader {
	return (value, defaultCountry) => {
		try {
			return new Reader(library, readCountry(library, defaultCountry)).readValue(value);
		} catch {
			// Only an object that refuses to be looked at (a revoked proxy, a getter that throws) leads here.
			return [invalid('[object]', refusals.otherType('an object'))];
		}
	};
}

/** For scripts: why a number is refused and what to change are one text. */
export function createRecipientParser(library: PhoneLibrary): RecipientParser {
	const read = createRecipientReader(library);
	return (value, defaultCountry) =>
		read(value, defaultCountry).map((recipient) => {
			if (recipient.outcome !== 'invalid') return recipient;
			const { outcome, e164, input, reason } = recipient;
			return { outcome, e164, input, reason };
		});
}

type Loaded = typeof import('./libphonenumber');
let library: Promise<Loaded> | null = null;
let reader: Promise<RecipientReader> | null = null;
let parser: Promise<RecipientParser> | null = null;

function loadLibrary(): Promise<Loaded> {
	library ??= import('./libphonenumber');
	return library;
}

/** The reader with libphonenumber, which is loaded the first time and kept. */
export function loadRecipientReader(): Promise<RecipientReader> {
	reader ??= loadLibrary().then(createRecipientReader);
	return reader;
}

/** The parser of the scripts over the same library. */
export function loadRecipientParser(): Promise<RecipientParser> {
	parser ??= loadLibrary().then(createRecipientParser);
	return parser;
}
