/**
 * From what people type, paste or export to plain digits. Knows how numbers are written, but not which numbers
 * exist.
 */
import { corrections, refusals } from './sentences';
import type { Reason } from './sentences';
import { toPlainText } from './unicode';

/** A text that can hold one phone number. */
export interface WrittenNumber {
	readonly plus: boolean;
	/** ASCII digits only. */
	readonly digits: string;
	/** The whole text in plain ASCII, for comparing with a country's own way of writing. */
	readonly text: string;
	/** What was changed so far; null when nothing was. */
	readonly change: string | null;
}

export type Cleaned = WrittenNumber | { readonly refusal: Reason };

/** Longest text that is looked at as one number, in UTF-16 code units. */
export const MAX_PIECE_LENGTH = 100;

/** Most digits that E.164 allows. */
const MAX_DIGITS = 15;

/** 15 digits, plus an exit code in front (5 at most) and a trunk prefix inside. */
const MAX_DIGITS_DIALLED = 22;

const LINK = /^(?:tel|sms|smsto|callto):\/{0,3}/i;
const QUOTES = /^=?['"`]+|['"`]+$/g;
const EXPONENT = /^(\+?)(\d+)(?:[.,](\d*))?e\+?(\d{1,2})$/i;
const DECIMAL_ZERO = /^(\+?\d+)[.,]0+$/;
/** A decimal, and not digits in groups: those are shorter in front or longer behind. */
const FRACTION = /^\+?\d{7,}[.,]\d{1,2}$/;
const EXTENSION = /(?<!\p{L})(?:ext|extn|extension|x|х|доб|вн|дод|#)[\s.:=)]*\d{1,6}\W*$/iu;
const LETTER = /\p{L}/u;
/** Apart from digits and the plus: what stands between the digits of a number. */
const NOT_IN_NUMBERS = /[^\d+\s().[\]~-]/u;

function refuse(refusal: Reason): Cleaned {
	return { refusal };
}

/** Digits of `7.9161234567E+10`; null when the spreadsheet has dropped some of them. */
function writeOut(integer: string, decimals: string, exponent: number): string | null {
	// Fewer decimals than the exponent needs: trimmed zeros and rounded digits look the same.
	if (decimals.length < exponent || /[1-9]/.test(decimals.slice(exponent))) return null;
	return integer + decimals.slice(0, exponent);
}

function whyNotANumber(text: string): Reason | null {
	if (text.includes('@')) return refusals.email();
	if (/\d/.test(text) && EXTENSION.test(text)) return refusals.extension();
	if (LETTER.test(text)) return refusals.letters();
	const firstDigit = text.search(/\d/);
	if (firstDigit < 0) return refusals.noDigits();
	const plus = text.indexOf('+');
	if (plus !== text.lastIndexOf('+')) return refusals.twoPlus();
	if (plus > firstDigit) return refusals.plusInside();
	if (/^-\d/.test(text)) return refusals.minusSign();
	const other = NOT_IN_NUMBERS.exec(text);
	return other === null ? null : refusals.otherCharacter(other[0]);
}

/** Reads one piece of text. */
export function cleanText(raw: string): Cleaned {
	const typed = raw.trim();
	if (typed.length > MAX_PIECE_LENGTH) return refuse(refusals.tooLongText());
	if (/^\+\d{8,15}$/.test(typed)) return { plus: true, digits: typed.slice(1), text: typed, change: null };

	const plain = toPlainText(typed);
	let text = plain.text.trim();
	// Only the most telling change is reported; these are in that order.
	const changes: Array<string | null> = [
		plain.otherDigits ? corrections.otherDigits() : null,
		plain.unseen ? corrections.unseen() : null,
	];

	const unquoted = text.replace(QUOTES, '').trim();
	if (unquoted !== text) changes.unshift(corrections.quotes());
	text = unquoted;

	const link = LINK.exec(text);
	if (link !== null) {
		// A link to a text message may have the text after the number.
		text = text.slice(link[0].length).replace(/\?.*$/s, '').trim();
		changes.unshift(corrections.linkPrefix());
	}

	const exponent = EXPONENT.exec(text);
	if (exponent !== null) {
		const digits = writeOut(exponent[2] ?? '', exponent[3] ?? '', Number(exponent[4]));
		if (digits === null) return refuse(refusals.precisionLost());
		text = (exponent[1] ?? '') + digits;
		changes.unshift(corrections.exponent());
	} else if (DECIMAL_ZERO.test(text)) {
		text = text.replace(/[.,]0+$/, '');
		changes.unshift(corrections.decimalZero());
	} else if (FRACTION.test(text)) {
		return refuse(refusals.notWhole());
	}

	const refusal = whyNotANumber(text);
	if (refusal !== null) return refuse(refusal);
	const digits = text.replace(/\D/g, '');
	if (digits.length > MAX_DIGITS_DIALLED) return refuse(refusals.tooManyDigits());
	const plus = text.includes('+');
	if (typed !== (plus ? '+' : '') + digits) changes.push(corrections.punctuation());
	return { plus, digits, text, change: changes.find((change) => change !== null) ?? null };
}

/** Reads a number that is not text: a spreadsheet's. */
export function cleanNumber(value: number | bigint): Cleaned {
	if (typeof value === 'number' ? !Number.isInteger(value) || value <= 0 : value <= 0n) {
		return refuse(refusals.notWhole());
	}
	if (value >= 10 ** MAX_DIGITS) return refuse(refusals.tooManyDigits());
	const digits = String(value);
	return { plus: false, digits, text: digits, change: null };
}
