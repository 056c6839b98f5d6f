import fc from 'fast-check';
import { isGsm7 } from '../../../../nodes/shared/segments/gsm7';
import { suggestReplacement } from '../../../../nodes/shared/segments/replacements';

describe('suggestReplacement', () => {
	it.each([
		['‘', "'"],
		['’', "'"],
		['“', '"'],
		['”', '"'],
		['„', '"'],
		['«', '"'],
		['`', "'"],
		['´', "'"],
		['‐', '-'],
		['–', '-'],
		['—', '-'],
		['−', '-'],
		['…', '...'],
		['\u00a0', ' '],
		['\u202f', ' '],
		['\t', ' '],
		['•', '*'],
		['·', '.'],
		['→', '->'],
		['←', '<-'],
		['⇒', '=>'],
		['≤', '<='],
		['×', 'x'],
		['™', 'TM'],
		['©', '(c)'],
		['®', '(R)'],
		['№', 'No'],
		['₽', 'RUB'],
		['²', '2'],
		['ﬁ', 'fi'],
		['Ａ', 'A'],
		['𝐀', 'A'],
		['ç', 'c'],
		['á', 'a'],
		['Á', 'A'],
		['ê', 'e'],
		['Š', 'S'],
		['ő', 'o'],
		['ạ', 'a'],
		['İ', 'I'],
		['ı', 'i'],
		['ł', 'l'],
		['đ', 'd'],
		['œ', 'oe'],
		// Seen by nobody: left out
		['\u200b', ''],
		['\u200d', ''],
		['\ufeff', ''],
		['\u00ad', ''],
		['\ufe0f', ''],
		['\u0301', ''],
		// Nothing says the same
		['я', null],
		['й', null],
		['ї', null],
		['α', null],
		['你', null],
		['ع', null],
		['😀', null],
		['✅', null],
		['\ud83d', null],
		['\u0000', null],
		['㎡', 'm2'],
	])('%j becomes %j', (character, replacement) => {
		expect(suggestReplacement(character)).toBe(replacement);
	});

	it('always fits GSM-7', () => {
		fc.assert(
			fc.property(fc.fullUnicode(), (character) => {
				const replacement = suggestReplacement(character);
				expect(replacement === null || isGsm7(replacement)).toBe(true);
			}),
			{ numRuns: 5000 },
		);
	});
});
