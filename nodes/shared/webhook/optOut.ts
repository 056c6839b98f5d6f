/** Words with which people opt out of texts. */

/** Shown in the panel, where people can change them. docs/triggers.md has the source of each. */
export const OPT_OUT_WORDS =
	'STOP, STOPALL, UNSUBSCRIBE, OPTOUT, OPT OUT, CANCEL, END, QUIT, REVOKE, REMOVE, СТОП, ОТПИСКА, ОТПИСАТЬСЯ, ВІДПИСКА, ВІДПИСАТИСЯ, ONDOA';

/** They begin ordinary sentences as well, such as "Cancel tomorrow": they count alone. */
const ONLY_ALONE: ReadonlySet<string> = new Set(['CANCEL', 'END', 'QUIT', 'REVOKE', 'REMOVE', 'ONDOA']);

/** Letters and digits only, in one case: "Stop!" and "stop" are the same word. */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

export function readWords(list: string): ReadonlySet<string> {
	return new Set(
		list
			.split(/[,;\n]/)
			.map(plain)
			.filter((word) => word !== ''),
	);
}

/** Whether a reply opts out: the word alone, or followed by one more word, such as the sender's name. */
export function isOptOut(text: string, words: ReadonlySet<string>): boolean {
	const said = plain(text.slice(0, 200));
	if (words.has(said)) return true;
	const [first = '', ...rest] = said.split(' ');
	return rest.length === 1 && words.has(first) && !ONLY_ALONE.has(first);
}
