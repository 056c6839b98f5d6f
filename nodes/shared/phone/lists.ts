/** Splits a text with several numbers. A space is never a separator: numbers are written with spaces. */

/** Comma, semicolon, bar and line break, also in the forms of other scripts. */
const SEPARATOR = /([,;|\n\r\v\f\u0085\u2028\u2029،؛、，；｜]+)/;

/** What follows a decimal comma: `7,9161234567E+10`, `79161234567,0`. */
const AFTER_DECIMAL_COMMA = /^(?:\d+e\+?\d{1,2}|0{1,2})\s*$/i;
const BEFORE_DECIMAL_COMMA = /^\s*['"=]*\+?\d{1,15}$/;

/** The pieces between separators, blank ones too. */
export function splitList(text: string): string[] {
	if (!SEPARATOR.test(text)) return [text];
	const tokens = text.split(SEPARATOR);
	const pieces: string[] = [];
	for (let i = 0; i < tokens.length; i += 2) {
		const piece = tokens[i] ?? '';
		const before = pieces[pieces.length - 1];
		if (
			before !== undefined &&
			tokens[i - 1] === ',' &&
			AFTER_DECIMAL_COMMA.test(piece) &&
			BEFORE_DECIMAL_COMMA.test(before)
		) {
			pieces[pieces.length - 1] = `${before},${piece}`;
		} else {
			pieces.push(piece);
		}
	}
	return pieces;
}

/** A slash, but for those of a link such as `tel://`. */
const SLASH = /(?<!^\s*(?:tel|sms|smsto|callto):\/{0,2})[/／]/i;

/** The pieces between slashes, blank ones too. */
export function splitSlashes(piece: string): string[] {
	// No digit, no list: `n/a`.
	return /\p{Nd}/u.test(piece) ? piece.split(SLASH) : [piece];
}
