/**
 * How a text travels: its encoding, and how many segments are billed.
 *
 * A segment holds 140 octets (3GPP TS 23.040): 160 septets of GSM-7 or 70 UTF-16 code units. In a text of several
 * segments each starts with a header that numbers it, so that less is left. Some gateways split otherwise (at whole
 * emoji, say), so this is an estimate until the gateway reports its own count.
 */
import type { BinaryMeasure, SegmentMeasure } from '../contract/segmentMeasure';
import { septetWidths } from './gsm7';
import { suggestReplacement } from './replacements';

export interface SegmentOptions {
	/**
	 * Size of the reference number in the concatenation header (3GPP TS 23.040, 9.2.3.24.1 and .8): with `8-bit` (the
	 * usual one) 153 septets or 67 code units are left in each segment, with `16-bit` 152 or 66.
	 */
	readonly references?: '8-bit' | '16-bit';
	/** `auto` is GSM-7 wherever the text allows it. */
	readonly encoding?: 'auto' | 'UCS-2';
}

export interface UnicodeCharacter {
	/** A whole code point. */
	readonly character: string;
	/** Where it stands in the text, in UTF-16 code units. */
	readonly positions: readonly number[];
	/** What GSM-7 text can stand instead: '' when it can be left out unseen, null when nothing says the same. */
	readonly replacement: string | null;
}

export interface SegmentCount extends SegmentMeasure {
	/** The text of each segment; together they are the text. */
	readonly parts: readonly string[];
	/** Each distinct character that GSM-7 does not have, in order of appearance. */
	readonly forcesUnicode: readonly UnicodeCharacter[];
}

export const SEPTETS_ALONE = 160;

export const CODE_UNITS_ALONE = 70;

const OCTETS_ALONE = 140;

export function septetsInPart(options?: SegmentOptions): number {
	return options?.references === '16-bit' ? 152 : 153;
}

export function codeUnitsInPart(options?: SegmentOptions): number {
	return options?.references === '16-bit' ? 66 : 67;
}

/** The header that numbers a segment is 6 octets with an 8-bit reference, 7 with a 16-bit one. */
function octetsInPart(options: Pick<SegmentOptions, 'references'> | undefined): number {
	return options?.references === '16-bit' ? 133 : 134;
}

function isHighSurrogate(unit: number): boolean {
	return (unit & 0xfc00) === 0xd800;
}

function isLowSurrogate(unit: number): boolean {
	return (unit & 0xfc00) === 0xdc00;
}

/** Where the part ends that begins at `start`: a code unit earlier than it could where a surrogate pair would break. */
function endOfUcs2Part(text: string, start: number, perPart: number): number {
	const end = start + perPart;
	if (end >= text.length) return text.length;
	return isHighSurrogate(text.charCodeAt(end - 1)) && isLowSurrogate(text.charCodeAt(end)) ? end - 1 : end;
}

/** Jumps from boundary to boundary: what stands between them makes no difference to the count. */
function measureUcs2(text: string, perPart: number): SegmentMeasure {
	const { length } = text;
	if (length <= CODE_UNITS_ALONE) {
		return { encoding: 'UCS-2', segments: 1, characters: length, remaining: CODE_UNITS_ALONE - length };
	}
	let segments = 1;
	let start = 0;
	while (length - start > perPart) {
		start = endOfUcs2Part(text, start, perPart);
		segments++;
	}
	return { encoding: 'UCS-2', segments, characters: length, remaining: perPart - (length - start) };
}

/** Null when a character of the text is not in GSM-7. */
function measureGsm7(text: string, perPart: number): SegmentMeasure | null {
	const widths = septetWidths();
	const { length } = text;
	let characters = 0;
	let segments = 1;
	let used = 0;
	for (let i = 0; i < length; i++) {
		const width = widths[text.charCodeAt(i)] as number;
		if (width === 0) return null;
		characters += width;
		used += width;
		if (used > perPart) {
			segments++;
			used = width;
		}
	}
	if (characters <= SEPTETS_ALONE) {
		return { encoding: 'GSM-7', segments: 1, characters, remaining: SEPTETS_ALONE - characters };
	}
	return { encoding: 'GSM-7', segments, characters, remaining: perPart - used };
}

/** Counts segments: one pass at most and no allocation per character, fit for every row of a large sheet. */
export function measureSegments(text: string, options?: SegmentOptions): SegmentMeasure {
	const gsm7 = options?.encoding === 'UCS-2' ? null : measureGsm7(text, septetsInPart(options));
	return gsm7 ?? measureUcs2(text, codeUnitsInPart(options));
}

/**
 * Measures a binary message. `octets` counts all of its user data, with the header that it brings along; hexadecimal
 * text has two digits an octet.
 */
export function measureBinary(octets: number, options?: Pick<SegmentOptions, 'references'>): BinaryMeasure {
	const perPart = octetsInPart(options);
	const segments = octets <= OCTETS_ALONE ? 1 : Math.ceil(octets / perPart);
	const room = segments === 1 ? OCTETS_ALONE : segments * perPart;
	return { encoding: 'binary', segments, characters: octets, remaining: room - octets };
}

function splitGsm7(text: string, perPart: number): string[] {
	const widths = septetWidths();
	const parts: string[] = [];
	let start = 0;
	let used = 0;
	for (let i = 0; i < text.length; i++) {
		const width = widths[text.charCodeAt(i)] as number;
		used += width;
		if (used > perPart) {
			parts.push(text.slice(start, i));
			start = i;
			used = width;
		}
	}
	parts.push(text.slice(start));
	return parts;
}

function splitUcs2(text: string, perPart: number): string[] {
	const parts: string[] = [];
	let start = 0;
	do {
		const end = endOfUcs2Part(text, start, perPart);
		parts.push(text.slice(start, end));
		start = end;
	} while (start < text.length);
	return parts;
}

function split(text: string, measure: SegmentMeasure, options: SegmentOptions | undefined): string[] {
	if (measure.segments === 1) return [text];
	return measure.encoding === 'GSM-7'
		? splitGsm7(text, septetsInPart(options))
		: splitUcs2(text, codeUnitsInPart(options));
}

function findUnicode(text: string): UnicodeCharacter[] {
	const widths = septetWidths();
	const positionsOf = new Map<number, number[]>();
	for (let i = 0; i < text.length; i++) {
		if (widths[text.charCodeAt(i)] !== 0) continue;
		const codePoint = text.codePointAt(i) as number;
		const positions = positionsOf.get(codePoint);
		if (positions === undefined) positionsOf.set(codePoint, [i]);
		else positions.push(i);
		if (codePoint > 0xffff) i++;
	}
	return Array.from(positionsOf, ([codePoint, positions]) => {
		const character = String.fromCodePoint(codePoint);
		return { character, positions, replacement: suggestReplacement(character) };
	});
}

/** Counts like `measureSegments`, and says what each segment holds and which characters rule GSM-7 out. */
export function countSegments(text: string, options?: SegmentOptions): SegmentCount {
	const measure = measureSegments(text, options);
	return {
		...measure,
		parts: split(text, measure, options),
		forcesUnicode: measure.encoding === 'GSM-7' ? [] : findUnicode(text),
	};
}
