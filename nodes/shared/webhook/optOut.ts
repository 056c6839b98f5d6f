/** Words with which people opt out of texts. */

/** Shown in the panel, where people can change them. */
export const OPT_OUT_WORDS =
	'STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, OPTOUT, СТОП, ОТПИСКА, ОТПИСАТЬСЯ, ОТПИШИ, ВІДПИСКА, ВІДПИСАТИСЯ, ACHA, SITAKI';

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

/** Whether a reply opts out: the word alone, or followed by one more word (the sender's name). */
export function isOptOut(text: string, words: ReadonlySet<string>): boolean {
	const said = plain(text.slice(0, 200));
	if (words.has(said)) return true;
	const [first = '', ...rest] = said.split(' ');
	return rest.length === 1 && words.has(first);
}
