/**
 * What holds for every text, and agreement with two published counters. Where they differ from the code units that
 * networks count, the difference has a rule here, and every text is held to it.
 */
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { split } from 'split-sms';
import { GSM7_BASIC, GSM7_EXTENSION, isGsm7, septetWidths } from '../../../../nodes/shared/segments/gsm7';
import { countSegments, measureSegments } from '../../../../nodes/shared/segments/segments';
import type { SegmentEncoding } from '../../../../nodes/shared/contract/segmentMeasure';
import type { SegmentOptions } from '../../../../nodes/shared/segments/segments';

const ALONE = { 'GSM-7': 160, 'UCS-2': 70 } as const;
const IN_PART = { 'GSM-7': 153, 'UCS-2': 67 } as const;
const IN_PART_16_BIT = { 'GSM-7': 152, 'UCS-2': 66 } as const;

const family = '👨‍👩‍👧';
const gsmCharacter = fc.constantFrom(...GSM7_BASIC, ...GSM7_EXTENSION, ...GSM7_EXTENSION);
const wideCharacter = fc.constantFrom(
	'я',
	'’',
	'😀',
	'✅',
	'🇰🇪',
	family,
	'👍🏽',
	'e\u0301',
	'\u0301',
	'\r\n',
	'€',
	'a',
	' ',
);
const loneHalf = fc.constantFrom('\ud83d', '\ude00');

/** Texts of up to about four segments; `run` makes the long plain stretches that bring a character to a boundary. */
function textOf(character: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const run = fc
		.tuple(character, fc.nat({ max: 160 }))
		.map(([c, times]) => c.repeat(c.length > 2 ? times % 5 : times));
	const piece = fc.oneof({ weight: 3, arbitrary: character }, { weight: 1, arbitrary: run });
	return fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
}

const gsmText = textOf(gsmCharacter);
const wellFormedText = fc.oneof(
	gsmText,
	textOf(wideCharacter),
	textOf(fc.oneof(gsmCharacter, wideCharacter)),
);
const anyText = fc.oneof(
	wellFormedText,
	textOf(fc.oneof(gsmCharacter, wideCharacter, loneHalf)),
	fc.string16bits(),
);
const anyOptions = fc.record(
	{
		references: fc.constantFrom<'8-bit' | '16-bit'>('8-bit', '16-bit'),
		encoding: fc.constantFrom<'auto' | 'UCS-2'>('auto', 'UCS-2'),
	},
	{ requiredKeys: [] },
) as fc.Arbitrary<SegmentOptions>;

function units(text: string, encoding: SegmentEncoding): number {
	if (encoding === 'UCS-2') return text.length;
	return Array.from(text, (character) => septetWidths()[character.charCodeAt(0)] ?? 0).reduce(
		(a, b) => a + b,
		0,
	);
}

/** Fills parts one after the other with pieces that stay whole. The plainest way to say what a split is. */
function pack(pieces: readonly string[], encoding: SegmentEncoding, alone: number, inPart: number): string[] {
	const text = pieces.join('');
	if (units(text, encoding) <= alone) return [text];
	const parts = [''];
	let used = 0;
	for (const piece of pieces) {
		const size = units(piece, encoding);
		if (used + size > inPart) {
			parts.push('');
			used = 0;
		}
		parts[parts.length - 1] += piece;
		used += size;
	}
	return parts;
}

describe('every text', () => {
	it('is cut into parts that make it up again and fit', () => {
		fc.assert(
			fc.property(anyText, anyOptions, (text, options) => {
				const count = countSegments(text, options);
				const { encoding, segments, characters, remaining, parts } = count;
				expect(encoding).toBe(options.encoding !== 'UCS-2' && isGsm7(text) ? 'GSM-7' : 'UCS-2');
				expect(parts).toHaveLength(segments);
				expect(parts.join('')).toBe(text);
				expect(characters).toBe(units(text, encoding));

				const inPart = (options.references === '16-bit' ? IN_PART_16_BIT : IN_PART)[encoding];
				const limit = segments === 1 ? ALONE[encoding] : inPart;
				for (const part of parts) expect(units(part, encoding)).toBeLessThanOrEqual(limit);
				expect(remaining).toBe(limit - units(parts[parts.length - 1] ?? '', encoding));
				expect(parts).toEqual(pack(Array.from(text), encoding, ALONE[encoding], inPart));
			}),
			{ numRuns: 3000 },
		);
	});

	it('is measured as it is counted', () => {
		fc.assert(
			fc.property(anyText, anyOptions, (text, options) => {
				const { encoding, segments, characters, remaining } = countSegments(text, options);
				expect(measureSegments(text, options)).toEqual({ encoding, segments, characters, remaining });
			}),
			{ numRuns: 3000 },
		);
	});

	it('has every character that forces Unicode, and only those', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const expected = Array.from(text).filter((character) => !isGsm7(character));
				const { forcesUnicode } = countSegments(text);
				expect(forcesUnicode.map(({ character }) => character)).toEqual([...new Set(expected)]);
				const found = forcesUnicode.flatMap(({ character, positions }) => {
					for (const position of positions) expect(text.startsWith(character, position)).toBe(true);
					return positions;
				});
				expect(new Set(found).size).toBe(expected.length);
			}),
		);
	});
});

describe('split-sms', () => {
	const NAMES = { 'GSM-7': 'GSM', 'UCS-2': 'Unicode' } as const;

	function expectSame(text: string, seen: string): void {
		const theirs = split(text);
		const ours = countSegments(seen);
		expect(theirs.characterSet).toBe(NAMES[ours.encoding]);
		expect(theirs.parts).toHaveLength(ours.segments);
		expect(theirs.remainingInPart).toBe(ours.remaining);
	}

	it('agrees on well-formed texts, part by part', () => {
		fc.assert(
			fc.property(wellFormedText, (text) => {
				expectSame(text, text);
				expect(split(text).parts.map(({ content }) => content)).toEqual(countSegments(text).parts);
			}),
			{ numRuns: 3000 },
		);
	});

	it('takes whatever follows a lone high surrogate for its other half', () => {
		fc.assert(
			fc.property(anyText, (text) => expectSame(text, text.replace(/[\ud800-\udbff][^]?/g, '😀'))),
			{ numRuns: 3000 },
		);
	});
});

describe('sms-segments-calculator', () => {
	it('agrees on GSM-7 texts', () => {
		fc.assert(
			fc.property(gsmText, (text) => {
				const theirs = new SegmentedMessage(text);
				const ours = countSegments(text);
				expect(theirs.encodingName).toBe(ours.encoding);
				expect(theirs.segmentsCount).toBe(ours.segments);
				expect(theirs.numberOfCharacters).toBe(ours.characters);
			}),
			{ numRuns: 1000 },
		);
	});

	/**
	 * How it fills segments: with whole graphemes, the first as if it were the only one. What its header then leaves no
	 * room for moves on to the second, and the next grapheme with it, without another look at their size.
	 */
	function countWholeGraphemes(graphemes: readonly string[], encoding: SegmentEncoding): number {
		const size = (pieces: readonly string[]): number =>
			pieces.reduce((sum, piece) => sum + units(piece, encoding), 0);
		const parts: string[][] = [[]];
		let part: string[] = parts[0] ?? [];
		for (const grapheme of graphemes) {
			const limit = (parts.length === 1 ? ALONE : IN_PART)[encoding];
			if (size(part) + size([grapheme]) > limit) {
				const moved: string[] = [];
				while (size(part) > IN_PART[encoding] && parts.length === 1) moved.unshift(part.pop() ?? '');
				part = moved;
				parts.push(part);
			}
			part.push(grapheme);
		}
		return parts.length;
	}

	it('keeps graphemes whole, and differs by nothing else', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const theirs = new SegmentedMessage(text);
				const ours = countSegments(text);
				expect(theirs.encodingName).toBe(ours.encoding);
				expect(theirs.segmentsCount).toBe(countWholeGraphemes(theirs.graphemes, ours.encoding));
				// Where each code point is a grapheme of its own, there is no difference.
				if (theirs.graphemes.length === Array.from(text).length) {
					expect(theirs.segmentsCount).toBe(ours.segments);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		['a family', `${'я'.repeat(60)}${family}${'я'.repeat(60)}`, 3, 2],
		['a flag', `${'я'.repeat(65)}🇰🇪${'я'.repeat(65)}`, 3, 2],
		['an accent of its own', `${'я'.repeat(66)}e\u0301${'я'.repeat(66)}`, 3, 2],
		// A grapheme longer than a segment fits none, and is let through; the network cuts it.
		['a heap of accents', `я${'\u0301'.repeat(140)}`, 2, 3],
	])('%s at the boundary', (_, text, there, onTheNetwork) => {
		expect(new SegmentedMessage(text).segmentsCount).toBe(there);
		expect(measureSegments(text).segments).toBe(onTheNetwork);
	});
});
