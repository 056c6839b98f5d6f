/** Rewrites in plain ASCII what keyboards, spreadsheets and web pages put into phone numbers. */

export interface PlainText {
	readonly text: string;
	/** Whether digits of another script were rewritten. */
	readonly otherDigits: boolean;
	/** Whether invisible characters were removed. */
	readonly unseen: boolean;
}

const ASCII = /^[\x20-\x7e]*$/;
const DIGIT = /\p{Nd}/u;
/** Zero-width characters, direction marks, soft hyphen, BOM; variation selectors and the keycap of emoji digits. */
const UNSEEN = /[\p{Cf}\u034f\u20e3\ufe00-\ufe0f]/u;
const BLANK = /[\s\p{Zs}]/u;
const DASH = /[\p{Pd}\u2043\u207b\u208b\u2212\u30fc]/u;

const SAME_AS: ReadonlyMap<string, string> = new Map(
	(
		[
			['⁺₊﹢➕', '+'],
			['·•∙‧․٫・･', '.'],
			['⁓∼〜', '~'],
			['‘’‛′ʹʼ´', "'"],
			['“”„‟″«»', '"'],
		] as const
	).flatMap(([from, to]) => Array.from(from, (character) => [character, to] as const)),
);

/** Full-width forms of ASCII stand in its order, this far behind it. */
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * Unicode gives each script's digits ten code points in a row from its zero, and keeps it that way (Unicode Standard,
 * 4.6), so that a digit's value is its distance from the start of the run, modulo ten where runs adjoin.
 */
function digitValue(codePoint: number): number {
	let start = codePoint;
	while (DIGIT.test(String.fromCodePoint(start - 1))) start--;
	return (codePoint - start) % 10;
}

export function toPlainText(text: string): PlainText {
	if (ASCII.test(text)) return { text, otherDigits: false, unseen: false };
	let plain = '';
	let otherDigits = false;
	let unseen = false;
	for (const character of text) {
		const codePoint = character.codePointAt(0) as number;
		if (codePoint > 0x7f && DIGIT.test(character)) {
			plain += String(digitValue(codePoint));
			otherDigits = true;
		} else if (BLANK.test(character) && character !== '\ufeff') plain += ' ';
		else if (codePoint < 0x7f) plain += character;
		else if (codePoint >= 0xff01 && codePoint <= 0xff5e) {
			plain += String.fromCodePoint(codePoint - FULL_WIDTH_OFFSET);
		} else if (UNSEEN.test(character)) unseen = true;
		else if (DASH.test(character)) plain += '-';
		else plain += SAME_AS.get(character) ?? character;
	}
	return { text: plain, otherDigits, unseen };
}

/** Whether nothing in the text is visible. */
export function isBlank(text: string): boolean {
	return /^[\s\p{Zs}\p{Cf}]*$/u.test(text);
}
