/**
 * AlphaSMS's sentences behind `errors:` (text interface) and `error` (JSON) in words. The gateway has no codes in either;
 * sentences are matched without regard to case, since only their wording is known.
 *
 * Source: https://docs.alphasms.net/ and recorded replies.
 */
import type { CodeMeaning, StatusMeaning } from '../shared/contract/codes';
import { entryOf, queryFailureOfCode, outcomeOfCode } from '../shared/contract/codes';
import {
	credential,
	money,
	noRoute,
	parameter,
	recipient,
	sender,
	unknownMessage,
	unreachable,
	wrongNumber,
} from '../shared/contract/codeShapes';
import type { QueryFailure, Refused, Unclear } from '../shared/contract/outcome';

export const NAME = 'AlphaSMS';

const KEY_HINT =
	"Open the credential, check it and press 'Retry'. The API can also be disabled, or restricted to certain IP addresses, in your AlphaSMS account.";

export type Sentences = ReadonlyArray<readonly [sentence: string, words: CodeMeaning]>;

/** With any of these as the reply to a text, the gateway cannot have accepted it. The first that is contained counts. */
export const SENDING_SENTENCES: Sentences = [
	['Wrong login/password', credential('AlphaSMS does not accept this login, password or API key', KEY_HINT)],
	['Access denied', credential('AlphaSMS denied access', KEY_HINT)],
	[
		'Unknown command',
		parameter('This address does not respond as AlphaSMS would', "Check 'Site' in the credential."),
	],
	[
		'Not enough money',
		money(
			'The balance of your AlphaSMS account is too low',
			'Top up the account at AlphaSMS, then send this row again.',
		),
	],
	[
		'Please enter valid receiver phone number',
		recipient('AlphaSMS does not accept this phone number', 'Check the number of this row.'),
	],
	['Please enter SMS text', parameter('AlphaSMS received no text', "Fill in 'Message' for this row.")],
	[
		'Sender phone should contain',
		sender(
			'AlphaSMS does not accept this sender name',
			'Use up to 11 Latin letters, digits, dots, dashes and underscores.',
		),
	],
	[
		'Error in Alpha-name',
		sender(
			'AlphaSMS has not approved this sender name',
			'Register it in your AlphaSMS account, or choose another one.',
		),
	],
];

/** The same for queries and commands, and what only they get. */
export const ASKING_SENTENCES: Sentences = [
	...SENDING_SENTENCES,
	['SMS not found', unknownMessage('AlphaSMS does not know this message', 'Check the message ID.')],
];

const LOOK_FIRST = 'Check your AlphaSMS account before you send this text again: it may have gone out.';

/** An undocumented sentence may mean anything, so nothing is claimed. */
const OTHER_SENTENCE: CodeMeaning = {
	kind: 'unknown',
	message: 'AlphaSMS returned an error that its documentation does not list',
	hint: LOOK_FIRST,
	retry: 'check_first',
	mayBeAccepted: true,
};

/** The same where nothing can have been sent. */
const OTHER_REFUSAL: CodeMeaning = {
	kind: 'unknown',
	message: 'AlphaSMS refused this request',
	hint: 'Read what AlphaSMS says, and ask their support if it is unclear.',
	retry: 'after_fix',
};

/** A refusal that refers to a message anyway: no page and no recorded reply has one. */
const NAMES_A_MESSAGE = {
	message: 'AlphaSMS returned an error, but also refers to a message',
	hint: LOOK_FIRST,
	retry: 'check_first',
	mayBeAccepted: true,
} as const;

/** More of a sentence is neither searched nor shown, and more sentences than these are not: a reply may hold anything. */
const LONGEST_SENTENCE = 300;
const MOST_SENTENCES = 20;

interface Reading {
	/** The part of a sentence that was known; else the first sentence stands for its code. */
	readonly code: string;
	/** Null when none is known. */
	readonly words: CodeMeaning | null;
	/** The sentences where the words alone would not tell them all. */
	readonly quote: string | null;
}

/** One refusal may have several sentences. Of those that are known, one that every further request would meet decides. */
function readSentences(all: readonly string[], known: Sentences): Reading {
	const sentences = all.slice(0, MOST_SENTENCES).map((sentence) => sentence.slice(0, LONGEST_SENTENCE));
	const found = sentences.flatMap((sentence) => {
		const lower = sentence.toLowerCase();
		const match = known.find(([part]) => lower.includes(part.toLowerCase()));
		return match === undefined ? [] : [match];
	});
	const decisive = found.find(([, { fatal }]) => fatal === true) ?? found[0];
	const quote = sentences.filter((sentence) => sentence !== '').join('; ');
	if (decisive === undefined) return { code: (sentences[0] ?? '').slice(0, 100), words: null, quote };
	return { code: decisive[0], words: decisive[1], quote: sentences.length === 1 ? null : quote };
}

/**
 * Whether a reply's HTTP status says more than its sentences do: with a status that refuses, a sentence that nobody has
 * written down is a refusal, too.
 */
export function leavesItToStatus(status: number, sentences: readonly string[]): boolean {
	const refuses = status >= 400 && status < 500;
	return refuses && readSentences(sentences, SENDING_SENTENCES).words === null;
}

/**
 * What sentences in answer to a text mean for it.
 * @param beside the id of a message that the same answer names; empty when it names one without a usable id
 */
export function outcomeOfSentences(
	sentences: readonly string[],
	beside: string | null = null,
): Refused | Unclear {
	const { code, words, quote } = readSentences(sentences, SENDING_SENTENCES);
	if (beside === null) return outcomeOfCode(NAME, code, words ?? OTHER_SENTENCE, quote);
	const kind = words?.kind ?? OTHER_SENTENCE.kind;
	const said = quote ?? sentences[0] ?? null;
	return outcomeOfCode(NAME, code, { kind, ...NAMES_A_MESSAGE }, said, beside === '' ? null : beside);
}

/** What sentences in answer to a question or a command mean. */
export function queryFailureOfSentences(sentences: readonly string[]): QueryFailure {
	const { code, words, quote } = readSentences(sentences, ASKING_SENTENCES);
	return queryFailureOfCode(NAME, code, words ?? OTHER_REFUSAL, quote);
}

/**
 * Statuses of the text interface: its codes count where they come, since the words beside them are translated.
 *
 * Source: https://docs.alphasms.net/api/http/status
 */
const STATUSES: Readonly<Record<string, StatusMeaning>> = {
	'0': ['queued', null],
	'1': ['sending', null],
	'2': ['sent', null],
	'3': ['delivered', null],
	// Whether this is the last word is not documented; the operator may still try.
	'5': ['sent', unreachable('The phone is temporarily out of reach', 'Check again later.')],
	'10': ['cancelled', null],
	'50': [
		'undelivered',
		unreachable(
			'Only part of the message was delivered, and it was charged',
			'Send it again only if you have to.',
		),
	],
	'95': [
		'rejected',
		noRoute('The operator of this number is not supported', 'Contact this person another way.'),
	],
	'96': [
		'undelivered',
		unreachable('The network failed during delivery', 'Send the text again if it still matters.'),
	],
	'99': ['undelivered', wrongNumber('The number is wrong or not in service', 'Check the number.')],
	'116': ['read', null],
};

/** The words of the page for the codes above, which its table says without `code` ("3 - Delivered"). */
const CODE_OF_WORD: Readonly<Record<string, string>> = {
	pending: '0',
	sending: '1',
	sent: '2',
	delivered: '3',
	'out of touch': '5',
	deleted: '10',
	'partially delivered': '50',
	'network failure during sms delivery': '96',
	'error in the number': '99',
	'number not in service': '99',
	read: '116',
};

/** The code in a `status` that came without one; null when its words are not those of the page. */
export function codeInStatus(status: string): string | null {
	const shown = status.slice(0, 100).trim().toLowerCase();
	const number = /^\d{1,4}(?!\d)/.exec(shown);
	if (number !== null) return number[0];
	const [word = ''] = shown.split(/[(:]/);
	return entryOf(CODE_OF_WORD, word.trim()) ?? null;
}

/** A message's status by its code; codes that nobody has documented tell nothing. */
export function alphaSmsStatus(code: string): StatusMeaning {
	return entryOf(STATUSES, code) ?? ['unknown', null];
}
