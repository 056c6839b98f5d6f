/** What a gateway's transliteration can make of a text: never more than is counted. */
import fc from 'fast-check';
import { LOOK_ALIKES } from '../../../../nodes/Smsc/lookAlikes';
import { isGsm7 } from '../../../../nodes/shared/segments/gsm7';
import { countSegments } from '../../../../nodes/shared/segments/segments';
import { LATIN_LETTERS, measureTransliterated } from '../../../../nodes/shared/segments/transliterated';
import { transliterate } from '../../../../simulators/parts';

const RUSSIAN = Array.from({ length: 32 }, (_, n) => String.fromCodePoint(0x430 + n)).concat('ё');

/** Published tables, in the alphabet's order: each is one that a gateway might use. */
const TABLES = Object.entries({
	icao: 'a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia e',
	'iso 9:1968': "a b v g d e zh z i j k l m n o p r s t u f h c ch sh shh '' y ' e' yu ya yo",
	'gost 16876-71': 'a b v g d e zh z i jj k l m n o p r s t u f kh c ch sh shh " y \' eh ju ja jo',
	'gost r 52535.1': 'a b v g d e zh z i i k l m n o p r s t u f kh tc ch sh shch  y  e iu ia e',
	'gost 7.79 b': "a b v g d e zh z i j k l m n o p r s t u f x cz ch sh shh '' y' ' e' yu ya yo",
	'bgn/pcgn': 'a b v g d ye zh z i y k l m n o p r s t u f kh ts ch sh shch " y \' e yu ya ye',
	'of habit': "a b v g d e zh z i j k l m n o p r s t u f h c ch sh w # y ' e ju ja jo",
}).map(([name, letters]) => [name, letters.split(' ')] as const);

const written = (text: string, table: ReadonlyMap<string, string>): string =>
	Array.from(text, (letter) => table.get(letter.toLowerCase()) ?? letter).join('');
const asMap = (letters: readonly string[]): ReadonlyMap<string, string> =>
	new Map(RUSSIAN.map((letter, index) => [letter, letters[index] ?? '']));

const inRussian = fc.stringOf(fc.constantFrom(...RUSSIAN, 'Щ', 'Ё', ' ', '.', '€', '7', 'z'), {
	maxLength: 500,
});

it.each(TABLES)('no text written by %s takes more', (_, letters) => {
	expect(letters).toHaveLength(33);
	const table = asMap(letters);
	fc.assert(
		fc.property(inRussian, (text) => {
			const { encoding, segments } = countSegments(written(text, table));
			expect(encoding).toBe('GSM-7');
			expect(measureTransliterated(text, LATIN_LETTERS).segments).toBeGreaterThanOrEqual(segments);
		}),
	);
});

it('no text of the simulated gateways takes more, in any language', () => {
	const any = fc.stringOf(
		fc.oneof(fc.fullUnicode(), fc.constantFrom(...RUSSIAN, 'ї', 'є', 'ґ', 'і', '“', '😀')),
		{
			maxLength: 300,
		},
	);
	fc.assert(
		fc.property(any, (text) => {
			const { segments } = countSegments(transliterate(text));
			expect(measureTransliterated(text, LATIN_LETTERS).segments).toBeGreaterThanOrEqual(segments);
		}),
	);
});

it.each([
	['Latin letters', LATIN_LETTERS],
	['look-alikes', LOOK_ALIKES],
])(
	'%s: a table may be shorter in any letter, and leave any text of another alphabet alone',
	(_, readings) => {
		const letters = fc.stringOf(fc.constantFrom(...RUSSIAN, 'a', '~', 'қ', '😀'), { maxLength: 400 });
		fc.assert(
			fc.property(letters, fc.infiniteStream(fc.nat({ max: 6 })), (text, cuts) => {
				const cut = cuts[Symbol.iterator]();
				const shorter = Array.from(text, (letter) => {
					const reading = readings.get(letter);
					return reading?.slice(0, reading.length - (cut.next().value ?? 0)) ?? letter;
				}).join('');
				const most = measureTransliterated(text, readings);
				expect(most.segments).toBeGreaterThanOrEqual(countSegments(shorter).segments);
			}),
		);
	},
);

it.each([
	['Latin letters', LATIN_LETTERS],
	['look-alikes', LOOK_ALIKES],
])('%s: every Russian letter has a reading in GSM-7, and nothing else has', (_, readings) => {
	expect([...readings.keys()].sort()).toEqual([...RUSSIAN].sort());
	for (const reading of readings.values()) {
		expect(reading).not.toBe('');
		expect(isGsm7(reading)).toBe(true);
	}
});

it("the vendor's own example of look-alikes fits", () => {
	const [word, example] = ['транслит', ['m', 'p', 'a', 'H', 'c', '/I', 'u', 'm']] as const;
	[...word].forEach((letter, index) => {
		expect(LOOK_ALIKES.get(letter)?.length).toBeGreaterThanOrEqual(example[index]?.length ?? Infinity);
	});
});

it.each<readonly [text: string, encoding: string, segments: number]>([
	// 160 letters of one character each: one segment, where Unicode takes three.
	['а'.repeat(160), 'GSM-7', 1],
	// 40 letters of four.
	['щ'.repeat(40), 'GSM-7', 1],
	['щ'.repeat(41), 'GSM-7', 2],
	['Щ'.repeat(41), 'GSM-7', 2],
	// A letter that may stay makes all of it Unicode: 17 letters of four characters, and one that counts as two.
	[`${'щ'.repeat(17)}ї`, 'UCS-2', 1],
	[`${'щ'.repeat(18)}ї`, 'UCS-2', 2],
	[`${'щ'.repeat(17)}😀`, 'UCS-2', 1],
	[`${'щ'.repeat(18)}😀`, 'UCS-2', 2],
	['Plain', 'GSM-7', 1],
	['', 'GSM-7', 1],
])('%s', (text, encoding, segments) => {
	expect(measureTransliterated(text, LATIN_LETTERS)).toMatchObject({ encoding, segments });
});
