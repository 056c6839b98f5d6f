/**
 * The most that a text can take once a gateway has written its Cyrillic in Latin letters. No gateway publishes its table,
 * so each letter counts as the longest of the ways in which it is written.
 */
import type { SegmentMeasure } from '../contract/segmentMeasure';
import { measureSegments } from './segments';

/** By small letter: the longest way to write it, in GSM-7. */
export type LongestReadings = ReadonlyMap<string, string>;

const RUSSIAN = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';

/** @param longer letters that can take more than one character, each with its longest reading */
export function longestReadings(longer: Readonly<Record<string, string>>): LongestReadings {
	return new Map(Array.from(RUSSIAN, (letter) => [letter, longer[letter] ?? 'x']));
}

/** Standards and habits put together: ISO 9, GOST 7.79 and 16876, ICAO, BGN/PCGN, and what people type. */
export const LATIN_LETTERS: LongestReadings = longestReadings({
	...{ г: 'gh', е: 'ye', ё: 'yo', ж: 'zh', й: 'jj', х: 'kh', ц: 'ts', ч: 'tch', ш: 'sch' },
	...{ щ: 'shch', ъ: "''", ы: "y'", ь: "'", э: "e'", ю: 'yu', я: 'ya' },
});

const CYRILLIC = /\p{Script=Cyrillic}/gu;

/**
 * Letters of other languages may be left as they are, which makes the whole text Unicode, or take two characters: both
 * are counted. So are all other characters that GSM-7 does not have.
 */
export function measureTransliterated(text: string, readings: LongestReadings): SegmentMeasure {
	return measureSegments(
		text.replace(CYRILLIC, (letter) => readings.get(letter.toLowerCase()) ?? letter.repeat(2)),
	);
}
