/**
 * VoIP Communications' page names two codes, 200 and 401, and no list for the rows of its log: any other refusal is a
 * sentence. It is believed only where its words leave no doubt.
 *
 * Source: https://voip-communications.net/vcw/sms/sms-api/
 */
import type { CodeMeaning } from '../shared/contract/codes';
import { codeShape } from '../shared/contract/codes';
import { content, credential, money, parameter, recipient, sender } from '../shared/contract/codeShapes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = 'VoIP Communications';

/** "200: Success", for the request and for a row of its log. */
export const ACCEPTED_CODE = 200;

/** "401: Invalid api credentials". */
export const WRONG_KEY = credential(
	'VoIP Communications does not accept this API Key and API Password',
	"Open the credential, check both and press 'Retry'.",
);

/**
 * CodeIgniter's REST server, on which the gateway runs (its path and its apps show it), answers 401 as well when a key
 * has used up its requests (https://github.com/chriskacerguis/codeigniter-restserver).
 */
export const TOO_MANY_REQUESTS = codeShape('rate_limited', 'later', { fatal: true })(
	'VoIP Communications accepts no more requests with this API Key for now',
	'Send this row again later, or ask their support for a higher limit.',
);

/** Nothing about the text follows from such an answer. */
export const NOBODY_KNOWS = codeShape('unknown', 'check_first', { mayBeAccepted: true })(
	'VoIP Communications reports a problem, and does not say whether it accepted this text',
	'Check your VoIP Communications account before you send this text again: it may have gone out.',
);

/** The server broke down on the way. */
export const BROKE_DOWN: CodeMeaning = { ...NOBODY_KNOWS, kind: 'temporary' };

/** A query or a command that was refused in words that nobody knows. */
export const REQUEST_REFUSED = codeShape('unknown', 'after_fix')(
	'VoIP Communications refused this request',
	'Read what the gateway says, and ask their support if it is unclear.',
);

/** Searched in this order. */
const SENTENCES: ReadonlyArray<readonly [pattern: RegExp, words: CodeMeaning]> = [
	[
		/\b(?:balance|credit|funds|money)\b/i,
		money(
			'The balance of your VoIP Communications account is too low',
			'Top up the account, then send this row again.',
		),
	],
	[/\bcredentials?\b|\bapi.?(?:key|password)\b|^\W*(?:un|not )authori[sz]ed\W*$/i, WRONG_KEY],
	[
		/\bfrom\b|sms.enabled|\bbelong|\bsender\b|\bsource\b/i,
		sender(
			'VoIP Communications does not accept this sender number',
			"Set 'From' to a number of your account that can send texts, or leave it empty.",
		),
	],
	[
		/delivery.?date|\bdate\b|\bschedule\b/i,
		parameter('VoIP Communications does not accept the scheduled time', "Check 'Send At' of this row."),
	],
	[
		/\bdestination\b|\brecipient\b|\bnumber\b|\bphone\b|\b(?:parameter|field|invalid|missing) ["']?to\b|^\W*to\b/i,
		recipient('VoIP Communications does not accept this phone number', 'Check the number of this row.'),
	],
	[
		/\b(?:message|msg|text)\b.*\b(?:long|short|empty|required|missing|invalid|allowed|characters?|content)\b|\b(?:invalid|missing|empty) (?:message|msg|text)\b/i,
		content('VoIP Communications does not accept this text', 'Change the text.'),
	],
];

/** Without one of these words a sentence refuses nothing. */
const SAYS_NO =
	/\b(?:not|no|cannot|can't|invalid|incorrect|wrong|unknown|insufficient|unauthori[sz]ed|missing|required|empty|exceeds?|exceeded|low|too|blocked|denied|forbidden|disabled|unsupported)\b/i;

/** With one of these, the text may be on its way all the same, or an earlier one may be. */
const IN_DOUBT =
	/time.?out|timed.out|\binternal\b|\bexception\b|\bdatabase\b|\bserver\b|unexpected|unavailable|try again|temporar|\balready\b|duplicate|\bpending\b|\bqueued?\b/i;

/** A reply may hold anything, and patterns take their time. */
const LONGEST_SENTENCE = 500;

/** The words of a sentence that refuses beyond doubt; null for every other. */
export function refusalOf(sentence: string | null): CodeMeaning | null {
	const said = (sentence ?? '').slice(0, LONGEST_SENTENCE);
	if (!SAYS_NO.test(said) || IN_DOUBT.test(said)) return null;
	return SENTENCES.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/** What a 401 means: the request was not handled, whatever its sentence says. */
export function refusalOfSignIn(sentence: string | null): CodeMeaning {
	if (/\blimit\b/i.test(sentence ?? '')) return TOO_MANY_REQUESTS;
	const known = refusalOf(sentence);
	return known?.kind === 'insufficient_funds' ? known : WRONG_KEY;
}

/** A row's own word for how far its text is; only SCHEDULED is published (the sample of the vendor's page). */
const ROW_STATUSES: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
	['SCHEDULED', 'queued'],
	['QUEUED', 'queued'],
	['PENDING', 'queued'],
	['SENDING', 'sending'],
	['SENT', 'sent'],
	['DELIVERED', 'delivered'],
]);

const FAILED =
	/FAIL|ERROR|REJECT|REFUSED|UNDELIV|NOT.?(?:SENT|DELIVERED)|INVALID|BLOCK|DENIED|EXPIRED|CANCEL|DELETED/;

/** `failed` for a word that says so; null for one that nobody knows. */
export function rowStatus(word: string | null): MessageStatus | 'failed' | null {
	const said = (word ?? '').trim().slice(0, 100).toUpperCase();
	return FAILED.test(said) ? 'failed' : (ROW_STATUSES.get(said) ?? null);
}
