/** Counts at every boundary, worked out by hand. */
import { countSegments, measureBinary, measureSegments } from '../../../../nodes/shared/segments/segments';
import type { SegmentOptions } from '../../../../nodes/shared/segments/segments';

type Row = readonly [name: string, text: string, segments: number, characters: number, remaining: number];

/** Both functions say the same, and the parts are the text. */
function expectCount(
	text: string,
	options: SegmentOptions | undefined,
	expected: { encoding: string; segments: number; characters: number; remaining: number },
): void {
	expect(measureSegments(text, options)).toEqual(expected);
	const { parts, forcesUnicode, ...measure } = countSegments(text, options);
	expect(measure).toEqual(expected);
	expect(parts).toHaveLength(expected.segments);
	expect(parts.join('')).toBe(text);
	if (expected.encoding === 'GSM-7') expect(forcesUnicode).toEqual([]);
}

describe('GSM-7', () => {
	it.each<Row>([
		['nothing', '', 1, 0, 160],
		...([1, 69, 70, 71, 134, 135, 152, 153, 159, 160] as const).map(
			(length): Row => [`${length} × a`, 'a'.repeat(length), 1, length, 160 - length],
		),
		['161 × a', 'a'.repeat(161), 2, 161, 145],
		['306 × a', 'a'.repeat(306), 2, 306, 0],
		['307 × a', 'a'.repeat(307), 3, 307, 152],
		['459 × a', 'a'.repeat(459), 3, 459, 0],
		['460 × a', 'a'.repeat(460), 4, 460, 152],
		['one €', '€', 1, 2, 158],
		['80 × €', '€'.repeat(80), 1, 160, 0],
		// 76 pairs fill a part but for one septet.
		['81 × €', '€'.repeat(81), 2, 162, 143],
		['152 × €', '€'.repeat(152), 2, 304, 1],
		['153 × ]', ']'.repeat(153), 3, 306, 151],
		['158 × a, €', `${'a'.repeat(158)}€`, 1, 160, 0],
		['159 × a, €', `${'a'.repeat(159)}€`, 2, 161, 145],
		// A pair at the boundary goes to the next part whole.
		['152 × a, €, 152 × a', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3, 306, 152],
		['151 × a, €, 153 × a', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 2, 306, 0],
		['153 × a, €, 151 × a', `${'a'.repeat(153)}€${'a'.repeat(151)}`, 2, 306, 0],
		['every extension character', '\f^{}\\[~]|€', 1, 20, 140],
		['line breaks', 'one\r\ntwo\n', 1, 9, 151],
	])('%s', (_, text, segments, characters, remaining) => {
		expectCount(text, undefined, { encoding: 'GSM-7', segments, characters, remaining });
	});

	it('never splits an escape pair', () => {
		expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`).parts).toEqual([
			'a'.repeat(152),
			`€${'a'.repeat(151)}`,
			'a',
		]);
	});

	it.each<Row>([
		['160 × a', 'a'.repeat(160), 1, 160, 0],
		['161 × a', 'a'.repeat(161), 2, 161, 143],
		['304 × a', 'a'.repeat(304), 2, 304, 0],
		['305 × a', 'a'.repeat(305), 3, 305, 151],
		['306 × a', 'a'.repeat(306), 3, 306, 150],
		['81 × €', '€'.repeat(81), 2, 162, 142],
		['151 × a, €, 151 × a', `${'a'.repeat(151)}€${'a'.repeat(151)}`, 3, 304, 151],
	])('16-bit references: %s', (_, text, segments, characters, remaining) => {
		expectCount(text, { references: '16-bit' }, { encoding: 'GSM-7', segments, characters, remaining });
	});
});

describe('UCS-2', () => {
	const emoji = '😀';

	it.each<Row>([
		...([1, 69, 70] as const).map(
			(length): Row => [`${length} × я`, 'я'.repeat(length), 1, length, 70 - length],
		),
		['71 × я', 'я'.repeat(71), 2, 71, 63],
		['134 × я', 'я'.repeat(134), 2, 134, 0],
		['135 × я', 'я'.repeat(135), 3, 135, 66],
		['152 × я', 'я'.repeat(152), 3, 152, 49],
		['153 × я', 'я'.repeat(153), 3, 153, 48],
		['159 × я', 'я'.repeat(159), 3, 159, 42],
		['160 × я', 'я'.repeat(160), 3, 160, 41],
		['161 × я', 'я'.repeat(161), 3, 161, 40],
		['201 × я', 'я'.repeat(201), 3, 201, 0],
		['202 × я', 'я'.repeat(202), 4, 202, 66],
		['306 × я', 'я'.repeat(306), 5, 306, 29],
		['307 × я', 'я'.repeat(307), 5, 307, 28],
		['35 × emoji', emoji.repeat(35), 1, 70, 0],
		// 33 pairs fill a part but for one unit.
		['36 × emoji', emoji.repeat(36), 2, 72, 61],
		['66 × emoji', emoji.repeat(66), 2, 132, 1],
		['67 × emoji', emoji.repeat(67), 3, 134, 65],
		['66 × я, emoji, 66 × я', `${'я'.repeat(66)}${emoji}${'я'.repeat(66)}`, 3, 134, 66],
		['65 × я, emoji, 67 × я', `${'я'.repeat(65)}${emoji}${'я'.repeat(67)}`, 2, 134, 0],
		['67 × я, emoji, 65 × я', `${'я'.repeat(67)}${emoji}${'я'.repeat(65)}`, 2, 134, 0],
		['68 × я, emoji', `${'я'.repeat(68)}${emoji}`, 1, 70, 0],
		['69 × я, emoji', `${'я'.repeat(69)}${emoji}`, 2, 71, 63],
		// In UCS-2 an extension character is one unit like any other.
		['я, 69 × €', `я${'€'.repeat(69)}`, 1, 70, 0],
		['69 × a, я', `${'a'.repeat(69)}я`, 1, 70, 0],
		['159 × a, я', `${'a'.repeat(159)}я`, 3, 160, 41],
		// Halves of surrogate pairs with nothing to keep together
		['67 × я, lone low, 66 × я', `${'я'.repeat(67)}\udc00${'я'.repeat(66)}`, 2, 134, 0],
		['66 × я, lone high, 67 × я', `${'я'.repeat(66)}\ud800${'я'.repeat(67)}`, 2, 134, 0],
	])('%s', (_, text, segments, characters, remaining) => {
		expectCount(text, undefined, { encoding: 'UCS-2', segments, characters, remaining });
	});

	it('never splits a surrogate pair', () => {
		expect(countSegments(`${'я'.repeat(66)}${emoji}${'я'.repeat(66)}`).parts).toEqual([
			'я'.repeat(66),
			`${emoji}${'я'.repeat(65)}`,
			'я',
		]);
	});

	it.each<Row>([
		['70 × я', 'я'.repeat(70), 1, 70, 0],
		['71 × я', 'я'.repeat(71), 2, 71, 61],
		['132 × я', 'я'.repeat(132), 2, 132, 0],
		['133 × я', 'я'.repeat(133), 3, 133, 65],
		['134 × я', 'я'.repeat(134), 3, 134, 64],
		['66 × emoji', emoji.repeat(66), 2, 132, 0],
	])('16-bit references: %s', (_, text, segments, characters, remaining) => {
		expectCount(text, { references: '16-bit' }, { encoding: 'UCS-2', segments, characters, remaining });
	});

	it.each<Row>([
		['nothing', '', 1, 0, 70],
		['70 × a', 'a'.repeat(70), 1, 70, 0],
		['71 × a', 'a'.repeat(71), 2, 71, 63],
		['70 × €', '€'.repeat(70), 1, 70, 0],
	])('asked for: %s', (_, text, segments, characters, remaining) => {
		expectCount(text, { encoding: 'UCS-2' }, { encoding: 'UCS-2', segments, characters, remaining });
	});
});

describe('forcesUnicode', () => {
	it('names each character once, in order, with its places and what could stand there', () => {
		expect(countSegments('It’s “5 − 3” 😀 isn’t it 😀').forcesUnicode).toEqual([
			{ character: '’', positions: [2, 19], replacement: "'" },
			{ character: '“', positions: [5], replacement: '"' },
			{ character: '−', positions: [8], replacement: '-' },
			{ character: '”', positions: [11], replacement: '"' },
			{ character: '😀', positions: [13, 25], replacement: null },
		]);
	});

	it('counts positions in UTF-16 code units and keeps code points whole', () => {
		const text = 'a😀я€\ud83dя';
		const { forcesUnicode } = countSegments(text);
		expect(forcesUnicode).toEqual([
			{ character: '😀', positions: [1], replacement: null },
			{ character: 'я', positions: [3, 6], replacement: null },
			{ character: '\ud83d', positions: [5], replacement: null },
		]);
		for (const { character, positions } of forcesUnicode) {
			for (const position of positions) expect(text.startsWith(character, position)).toBe(true);
		}
	});

	it('takes the last code point of two bytes for one code unit', () => {
		expect(countSegments('\uffffя').forcesUnicode.map(({ positions }) => positions)).toEqual([[0], [1]]);
	});

	it('is empty where nothing forces it', () => {
		expect(countSegments('plain').forcesUnicode).toEqual([]);
		expect(countSegments('plain', { encoding: 'UCS-2' }).forcesUnicode).toEqual([]);
	});

	it('an empty text is one empty part', () => {
		expect(countSegments('')).toEqual({
			encoding: 'GSM-7',
			segments: 1,
			characters: 0,
			remaining: 160,
			parts: [''],
			forcesUnicode: [],
		});
	});
});

/** 3GPP TS 23.040, 9.2.3.24.1: 140 octets alone; the header that numbers a segment takes 6, or 7 with a 16-bit reference. */
describe('a binary message', () => {
	it.each([
		[0, 1, 140],
		[1, 1, 139],
		[140, 1, 0],
		[141, 2, 127],
		[268, 2, 0],
		[269, 3, 133],
		[1400, 11, 74],
	])('of %d octets takes %d segments and leaves %d', (octets, segments, remaining) => {
		expect(measureBinary(octets)).toEqual({ encoding: 'binary', segments, characters: octets, remaining });
	});

	it('has 133 octets a segment with 16-bit references', () => {
		expect(measureBinary(266, { references: '16-bit' }).segments).toBe(2);
		expect(measureBinary(267, { references: '16-bit' }).segments).toBe(3);
	});
});
