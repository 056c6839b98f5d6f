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

/** Blanks and marks that come along unseen when a text is pasted. */
const PASTED = '\u00a0\u00ad\u200b\u200c\u200d\u202f\u2060\ufeff';

/** What word processors and web pages put into a text, and what can stand instead. Letters are not among them. */
export function typographic(): ReadonlyArray<readonly [character: string, replacement: string]> {
	return [...sameMeaning().keys(), ...PASTED]
		.filter((character) => !/\p{L}/u.test(character))
		.map((character) => [character, suggestReplacement(character) ?? character]);
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
