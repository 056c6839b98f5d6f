/** Words by which people say that they want no more texts. */

/** Shown in the panel, for people to change. */
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

/** Whether a reply says no: the word alone, or with one more word (the sender's name) after it. */
export function isOptOut(text: string, words: ReadonlySet<string>): boolean {
	const said = plain(text.slice(0, 200));
	if (words.has(said)) return true;
	const [first = '', ...rest] = said.split(' ');
	return rest.length === 1 && words.has(first);
}
