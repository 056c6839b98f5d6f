/** A gateway's own sentence, made safe to show: short, on one line and in plain text, whatever came. */
import type { GatewayReply } from './request';
import { asRecord, pick } from './json';

const LONGEST = 200;
/** Enough to find a sentence in, however long a reply is. */
const LOOKED_AT = 2_000;

/**
 * One line, at most so long, without control characters and invisible marks. It ends with a whole word: half of a
 * secret would get past the redactor.
 */
export function oneLine(text: string, longest = LONGEST): string {
	const line = text
		.slice(0, LOOKED_AT)
		.replace(/\p{Cf}+/gu, '')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
	if (line.length <= longest && text.length <= LOOKED_AT) return line;
	const end = line.slice(0, longest + 1).lastIndexOf(' ');
	return end <= 0 ? '' : `${line.slice(0, end)} …`;
}

/** The gateway's own sentence, in parentheses after ours; empty if it adds nothing readable. */
export function vendorQuote(gatewayName: string, vendorText: string | null): string {
	const text = oneLine(vendorText ?? '');
	return text === '' ? '' : ` (${gatewayName}: "${text}")`;
}

/** Keys under which web services put a sentence, the most telling first. */
const SENTENCE_KEYS = [
	'error_message',
	'errormessage',
	'message',
	'error_description',
	'description',
	'detail',
	'details',
	'reason',
	'msg',
	'error',
	'errors',
	'error_text',
	'status_text',
	'response-description',
	'text',
	'title',
];

/** What every web server says of a status (RFC 9110 §15, and 422 in its older name), in letters only. */
const STATUS_PHRASES = new Set([
	'badrequest',
	'unauthorized',
	'paymentrequired',
	'forbidden',
	'notfound',
	'methodnotallowed',
	'notacceptable',
	'conflict',
	'gone',
	'contenttoolarge',
	'unsupportedmediatype',
	'unprocessablecontent',
	'unprocessableentity',
	'toomanyrequests',
	'internalservererror',
	'badgateway',
	'serviceunavailable',
	'gatewaytimeout',
]);

/** Whether a text has letters, and more than a status in words. */
function isTelling(text: string): boolean {
	const letters = text
		.slice(0, LOOKED_AT)
		.replace(/\P{L}+/gu, '')
		.toLowerCase();
	return letters !== '' && !STATUS_PHRASES.has(letters) && !STATUS_PHRASES.has(letters.replace(/^error/, ''));
}

const DEEPEST = 5;
const MOST_LOOKED_AT = 200;

/** How many values may still be looked at: a reply may contain anything, and any amount of it. */
interface Budget {
	left: number;
}

/** The values of a record, the most telling first, or those of a list. */
function innerOf(value: object, anyText: boolean): Array<readonly [unknown, boolean]> {
	if (Array.isArray(value)) return value.slice(0, MOST_LOOKED_AT).map((one: unknown) => [one, anyText]);
	const record = asRecord(value);
	const keys = Object.keys(value).slice(0, MOST_LOOKED_AT);
	const rank = (key: string): number => {
		const place = SENTENCE_KEYS.indexOf(key.toLowerCase());
		return place < 0 ? SENTENCE_KEYS.length : place;
	};
	return keys
		.map((key) => ({ key, place: rank(key) }))
		.sort((a, b) => a.place - b.place)
		.map(({ key, place }) => [pick(record, key), anyText || place < SENTENCE_KEYS.length]);
}

/** `anyText`: below such a key, whatever is text counts: `{errors: {to: {required: "…"}}}`. */
function findSentence(value: unknown, anyText: boolean, depth: number, budget: Budget): string | null {
	if (budget.left-- <= 0) return null;
	if (typeof value === 'string') return anyText && isTelling(value) ? value : null;
	if (typeof value !== 'object' || value === null || depth === 0) return null;
	for (const [inner, counts] of innerOf(value, anyText)) {
		const found = findSentence(inner, counts, depth - 1, budget);
		if (found !== null) return found;
	}
	return null;
}

/**
 * The sentence in a reply that is not in the gateway's own layout; null when there is none, as in a web page. What every
 * web server says does not count either.
 */
export function sentenceOf({ json, text }: GatewayReply): string | null {
	const isData = typeof json === 'object' && json !== null;
	const found = isData ? findSentence(json, false, DEEPEST, { left: MOST_LOOKED_AT }) : text;
	if (found === null || (!isData && (found.length > 500 || /<[a-z!?/]/i.test(found)))) return null;
	const line = oneLine(found).replace(/^"(.*)"$/, '$1');
	return isTelling(line) ? line : null;
}

/** How web servers and frameworks say that they have no such page. */
const NO_SUCH_PAGE =
	/^\W*(?:error\W*)?(?:40[45]\W*)?(?:(?:file|page|path|resource|route|url|endpoint)\s+)?not found\W*$|^cannot (?:get|post)\b|\b(?:url|uri|route|page|resource|endpoint|path|method)\b.{0,100}\bnot\b.{0,20}\b(?:found|supported|allowed|exist)/i;

/** Whether a sentence that came with "404 Not Found" or 405 is the gateway's, rather than that of any web server. */
export function isAboutTheRequest({ json }: GatewayReply, sentence: string): boolean {
	return typeof json === 'object' && json !== null && !NO_SUCH_PAGE.test(sentence);
}
