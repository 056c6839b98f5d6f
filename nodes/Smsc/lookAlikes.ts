/** Letters written with characters that look like them, as "mpaHc/Ium" for "транслит": the longest way for each. */
import type { LongestReadings } from '../shared/segments/transliterated';
import { longestReadings } from '../shared/segments/transliterated';

export const LOOK_ALIKES: LongestReadings = longestReadings({
	...{ б: '6_', г: '|~', д: '/_\\', ё: '"e', ж: '}|{', й: '"u', к: '|<', л: '/\\', м: '/\\/\\', н: '|-|' },
	...{ п: '|~|', т: '"|"', у: "'/", ф: '(|)', х: '}{', ц: '|_|,', ч: "'-|", ш: '|_|_|', щ: '|_|_|,' },
	...{ ъ: "'b", ы: 'b|', ь: '|o', э: '-)', ю: '|-O', я: '9|' },
});
