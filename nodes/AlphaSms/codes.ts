/**
 * AlphaSMS's sentences behind `errors:` in words. The gateway has no codes in this interface; sentences are matched
 * without regard to case, since only their wording is known (vendor pages and recorded replies).
 */
import type { CodeWords } from '../shared/codes';
import { entryOf } from '../shared/codes';
import type { MessageStatus } from '../shared/outcome';

const KEY_HINT =
	"Open the credential, check it and press 'Retry'. The API can also be switched off, or limited to IP addresses, in your AlphaSMS account.";

/** Searched in this order; the first that is contained counts. */
export const ALPHA_SMS_SENTENCES: ReadonlyArray<readonly [sentence: string, words: CodeWords]> = [
	[
		'Wrong login/password',
		{
			kind: 'authentication',
			message: 'AlphaSMS does not accept this login, password or API key',
			hint: KEY_HINT,
			retry: 'after_fix',
			stopsRun: true,
		},
	],
	[
		'Access denied',
		{
			kind: 'authentication',
			message: 'AlphaSMS denied access',
			hint: KEY_HINT,
			retry: 'after_fix',
			stopsRun: true,
		},
	],
	[
		'Unknown command',
		{
			kind: 'invalid_parameter',
			message: 'This address does not understand the request as AlphaSMS would',
			hint: "Check 'Base URL' in the credential.",
			retry: 'after_fix',
		},
	],
	[
		'Not enough money',
		{
			kind: 'insufficient_funds',
			message: 'There is not enough money on your AlphaSMS account',
			hint: 'Top up the account at AlphaSMS, then send this row again.',
			retry: 'after_fix',
			stopsRun: true,
		},
	],
	[
		'Please enter valid receiver phone number',
		{
			kind: 'invalid_recipient',
			message: 'AlphaSMS does not accept this phone number',
			hint: 'Check the number of this row.',
			retry: 'after_fix',
		},
	],
	[
		'Please enter SMS text',
		{
			kind: 'invalid_parameter',
			message: 'AlphaSMS received no text',
			hint: "Fill in 'Message' for this row.",
			retry: 'after_fix',
		},
	],
	[
		'Sender phone should contain',
		{
			kind: 'invalid_sender',
			message: 'AlphaSMS does not accept this sender name',
			hint: 'Use up to 11 Latin letters, digits, dots, dashes and underscores.',
			retry: 'after_fix',
		},
	],
	[
		'Error in Alpha-name',
		{
			kind: 'invalid_sender',
			message: 'This sender name is not approved at AlphaSMS',
			hint: 'Register it in your AlphaSMS account, or choose another one.',
			retry: 'after_fix',
		},
	],
	[
		'SMS not found',
		{
			kind: 'invalid_parameter',
			message: 'AlphaSMS does not know this message',
			hint: 'Check the message ID.',
			retry: 'never',
		},
	],
];

/** A sentence that nobody has written down. With `errors:` and no id, the gateway took nothing. */
export const OTHER_SENTENCE: CodeWords = {
	kind: 'unknown',
	message: 'AlphaSMS did not take this text',
	hint: 'Read what AlphaSMS says, and ask their support if it is not clear.',
	retry: 'after_fix',
};

/** The words for a sentence, and the part of it that was known; the sentence itself stands for its code. */
export function wordsOfSentence(sentence: string): { code: string; words: CodeWords; isKnown: boolean } {
	const known = ALPHA_SMS_SENTENCES.find(([part]) => sentence.toLowerCase().includes(part.toLowerCase()));
	if (known === undefined) return { code: sentence.slice(0, 100), words: OTHER_SENTENCE, isKnown: false };
	return { code: known[0], words: known[1], isKnown: true };
}

type Told = readonly [MessageStatus, CodeWords | null];
const lost = (kind: CodeWords['kind'], message: string, hint: string): CodeWords => ({
	kind,
	message,
	hint,
	retry: 'never',
});

/** Statuses of the text interface: its codes count, since the words beside them are translated. */
const STATUSES: Readonly<Record<string, Told>> = {
	'0': ['queued', null],
	'1': ['sending', null],
	'2': ['sent', null],
	'3': ['delivered', null],
	// Whether this is the last word is not documented; the operator may still try.
	'5': ['sent', lost('temporary', 'The phone is out of reach at the moment', 'Ask again later.')],
	'10': ['cancelled', null],
	'50': [
		'undelivered',
		lost(
			'temporary',
			'Only a part of the message was delivered, and it was charged',
			'Do not send it again without need.',
		),
	],
	'95': [
		'rejected',
		lost('no_route', 'The operator of this number is not supported', 'Reach this person another way.'),
	],
	'96': [
		'undelivered',
		lost('temporary', 'The network failed during delivery', 'Send the text again if it still matters.'),
	],
	'99': [
		'undelivered',
		lost('invalid_recipient', 'The number is wrong or not in service', 'Check the number.'),
	],
	'116': ['read', null],
};

/** A message's status by its code; codes that nobody has documented tell nothing. */
export function alphaSmsStatus(code: string): Told {
	return entryOf(STATUSES, code) ?? ['unknown', null];
}
