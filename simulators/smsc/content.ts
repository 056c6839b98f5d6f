import { countParts, transliterate, truncateToParts } from '../parts';
import type { Parameters } from './parameters';

/** What a phone gets, and for how many SMS. */
export interface Content {
	/** A binary message is shown as hexadecimal digits. */
	readonly text: string;
	readonly parts: number;
	/** What stays with the sender: see splitComment(). */
	readonly comment: string;
}

/** SMSC send page: "The maximum size is 1000 characters." */
const MAX_CHARACTERS = 1000;
const COMMENT = '\n~~~\n';
const BINARY_SINGLE = 140;
const BINARY_PART = 134;
const BINARY_TAIL = /\n~~~\npid: \w{1,4}, dcs: \w{1,4}$/;

/** A user data header is information elements end to end: identifier, length, data (3GPP TS 23.040, 9.2.3.24). */
function hasSaneHeader(payload: Buffer): boolean {
	const length = payload[0];
	if (length === undefined || length + 1 > payload.length || length >= BINARY_SINGLE) return false;
	let at = 1;
	while (at < length + 1) at += 2 + (payload[at + 1] ?? Infinity);
	return at === length + 1;
}

function binary(mes: string, raw: Buffer, mode: '1' | '2'): Content | null {
	let payload: Buffer;
	if (mode === '2') {
		const hex = mes.replace(BINARY_TAIL, '');
		if (!/^([0-9a-f]{2})+$/i.test(hex)) return null;
		payload = Buffer.from(hex, 'hex');
	} else {
		const bytes = raw.toString('latin1').replace(BINARY_TAIL, '');
		payload = Buffer.from(bytes, 'latin1');
	}
	if (!hasSaneHeader(payload)) return null;
	return {
		text: payload.toString('hex').toUpperCase(),
		parts: payload.length <= BINARY_SINGLE ? 1 : Math.ceil(payload.length / BINARY_PART),
		comment: '',
	};
}

function isPush(text: string): boolean {
	const feed = text.indexOf('\n');
	return feed > 0 && text.slice(feed + 1).trim() !== '' && URL.canParse(text.slice(0, feed));
}

/**
 * SMSC page on comments (https://smscentre.com/api/smpp/send/, "Comments in SMS messages"): after "\n~~~\n" at the end of a
 * text comes what "will not be sent to subscribers and will not affect the cost".
 */
export function splitComment(mes: string): readonly [text: string, comment: string] {
	const at = mes.indexOf(COMMENT);
	return at < 0 ? [mes, ''] : [mes.slice(0, at), mes.slice(at + COMMENT.length)];
}

/**
 * Null when SMSC would refuse the text for its form. `tinyurl` leaves the text as it is here: the short links are made by
 * the vendor and their length is not published.
 */
export function contentOf(mes: string, raw: Buffer, parameters: Parameters): Content | null {
	if (mes === '' || [...mes].length > MAX_CHARACTERS) return null;
	const mode = parameters.text('bin');
	if (mode === '1' || mode === '2') return binary(mes, raw, mode);
	const [sent, comment] = splitComment(mes);
	if (sent === '') return null;
	// The link and its title are one `mes`, and share its 1000 characters.
	if (parameters.text('push') === '1' && !isPush(sent)) return null;
	const counted = (text: string): number =>
		countParts((parameters.text('translit') ?? '0') === '0' ? text : transliterate(text));
	const max = parameters.text('maxsms') ?? '';
	if (max === '') return { text: sent, parts: counted(sent), comment };
	// SMSC send page: "Messages that are too long will be truncated".
	const text = truncateToParts(sent, Number(max), counted);
	return { text, parts: counted(text), comment };
}
