/** What to write instead of characters outside GSM-7, so that a text fits that cheaper alphabet. */
import { isGsm7 } from './gsm7';

/** `from` holds single characters; each is replaced by `to`. */
const SAME_MEANING: ReadonlyArray<readonly [from: string, to: string]> = [
	['‘’‚‛′‵ʹʻʼʽˈ´`', "'"],
	['“”„‟″‶«»〝〞', '"'],
	['‹', '<'],
	['›', '>'],
	['‐‑‒–—―−⁃﹣', '-'],
	['•‣∙●▪■◦', '*'],
	['·‧⋅・', '.'],
	['…', '...'],
	['→➔➜➝➞➡', '->'],
	['←⬅', '<-'],
	['↔', '<->'],
	['⇒', '=>'],
	['⇐', '<='],
	['⇔', '<=>'],
	['×✕✖', 'x'],
	['÷∕⁄', '/'],
	['±', '+/-'],
	['≤', '<='],
	['≥', '>='],
	['≠', '!='],
	['≈∼', '~'],
	['©', '(c)'],
	['®', '(R)'],
	['™', 'TM'],
	['¦', '|'],
	['¢', 'c'],
	['µμ', 'u'],
	['₽', 'RUB'],
	['₴', 'UAH'],
	['₸', 'KZT'],
	['\t\u2028\u2029', ' '],
	// Latin letters that Unicode does not take apart into a base letter and an accent.
	['ł', 'l'],
	['Ł', 'L'],
	['đð', 'd'],
	['ĐÐ', 'D'],
	['ħ', 'h'],
	['Ħ', 'H'],
	['ŧ', 't'],
	['Ŧ', 'T'],
	['ı', 'i'],
	['œ', 'oe'],
	['Œ', 'OE'],
	['þ', 'th'],
	['Þ', 'Th'],
	['ẞ', 'ß'],
];

let table: Map<string, string> | null = null;

function sameMeaning(): Map<string, string> {
	table ??= new Map(
		SAME_MEANING.flatMap(([from, to]) => Array.from(from, (character) => [character, to] as const)),
	);
	return table;
}

/** Format characters (zero-width, direction marks, soft hyphen, BOM), accents on their own, variation selectors. */
const UNSEEN = /^[\p{Cf}\u0300-\u036f\ufe00-\ufe0f]$/u;
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * What can stand in a GSM-7 text in place of one character (a whole code point), or null when nothing says the same, as
 * for Cyrillic letters and emoji. The empty string means that it can be left out: nobody sees it.
 */
export function suggestReplacement(character: string): string | null {
	const known = sameMeaning().get(character);
	if (known !== undefined) return known;
	if (UNSEEN.test(character)) return '';
	// Accented letters become their base letter; compatibility forms (ﬁ, ², №, full-width, NBSP) what they stand for.
	const base = character.normalize('NFKD').replace(ACCENTS, '');
	return base !== '' && base !== character && isGsm7(base) ? base : null;
}
