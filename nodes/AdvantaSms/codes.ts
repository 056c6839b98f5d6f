/** Codes of the Advanta platform in words. Sources: the vendor's code page and TextSMS's (they agree). */
import type { CodeTable, CodeWords } from '../shared/contract/codes';
import type { MessageStatus } from '../shared/contract/outcome';

const KEY_HINT =
	"Open the credential, check API Key and Partner ID and press 'Retry'. The API key is not the App Key.";

/** An answer that leaves it open whether a text was taken. */
export const OPEN = {
	kind: 'unknown',
	hint: 'Look into your account at the gateway before you send this text again: it may have gone out.',
	retry: 'check_first',
	mayBeAccepted: true,
} as const satisfies Partial<CodeWords>;

const brokeDown: CodeWords = {
	...OPEN,
	kind: 'temporary',
	message: 'The gateway broke down while handling this text, and does not say whether it took it',
};
const badKey = (message: string): CodeWords => ({
	kind: 'authentication',
	message,
	hint: KEY_HINT,
	retry: 'after_fix',
	stopsRun: true,
});
const tooMany = (message: string): CodeWords => ({
	kind: 'invalid_parameter',
	message,
	hint: "Lower 'Batch Size' in the options.",
	retry: 'after_fix',
});

export const ACCEPTED_CODE = '200';
export const NO_REPORT_CODE = '1008';

/** The gateway names fields that it does not accept, and no code of its own. */
export const INVALID_FIELDS: CodeWords = {
	kind: 'invalid_parameter',
	message: 'The gateway does not accept this request',
	hint: 'Mend what the gateway names, then run this row again.',
	retry: 'after_fix',
};

export const ADVANTA_CODES: CodeTable = {
	'1001': {
		kind: 'invalid_sender',
		message: 'This sender ID is not assigned to your account',
		hint: 'Check From, or the Shortcode in the credential: capital and small letters count.',
		retry: 'after_fix',
	},
	'1002': {
		kind: 'no_route',
		message: 'Your account may not send to this network',
		hint: 'Ask the gateway to open this network for your account.',
		retry: 'never',
	},
	'1003': {
		kind: 'invalid_recipient',
		message: 'The gateway does not accept this phone number',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
	'1004': {
		kind: 'insufficient_funds',
		message: 'There are not enough SMS units on your account',
		hint: 'Top up the account, then send this row again.',
		retry: 'after_fix',
		stopsRun: true,
	},
	'1005': brokeDown,
	'1006': badKey('The gateway does not accept this API Key and Partner ID'),
	'1007': brokeDown,
	// "No Delivery Report": to a send it does not say that the text was refused, and a public client counts it as sent.
	'1008': {
		...OPEN,
		message: 'The gateway has no delivery report for this text, and does not say whether it took it',
	},
	'1009': {
		kind: 'invalid_parameter',
		message: 'The gateway does not accept the kind of data in this request',
		hint: 'Check the options of this node.',
		retry: 'after_fix',
	},
	'1010': {
		kind: 'invalid_parameter',
		message: 'The gateway does not accept this kind of request',
		hint: "Check 'Base URL' in the credential.",
		retry: 'after_fix',
	},
	'1012': tooMany('There are more texts in one request than this gateway takes'),
	'1104': tooMany('There are more numbers in one request than this gateway takes'),
	'4090': {
		...brokeDown,
		message: 'The gateway had an internal fault, and asks to wait five minutes',
	},
	'4091': badKey('The request has no Partner ID'),
	'4092': badKey('The request has no API Key'),
	'4093': badKey('The gateway does not find an account for this API Key and Partner ID'),
};

type Told = readonly [MessageStatus, CodeWords | null];
const lost = (kind: CodeWords['kind'], message: string, hint: string): CodeWords => ({
	kind,
	message,
	hint,
	retry: 'never',
});

export const NO_REPORT_YET: CodeWords = {
	kind: 'temporary',
	message: 'The operator has sent no delivery report yet',
	hint: 'Ask again later.',
	retry: 'later',
};

/** Two codes for it by two pages of the vendor, and the words alone at TextSMS. */
export function isNoReport(code: string, description: string | null): boolean {
	return code === NO_REPORT_CODE || (description !== null && NO_REPORT_WORDS.test(description.slice(0, 100)));
}
const NO_REPORT_WORDS = /\bno\s(?:dlr|delivery report)\b/i;

const wrongNumber = lost(
	'invalid_recipient',
	'The number is inactive or not valid',
	'Check the number with this person.',
);

/**
 * The words of delivery reports, letters only and in small letters: brands spell them differently. Searched in this
 * order, whole words first and failures before "deliver", which "undelivered" and "deliveryimpossible" hold as well.
 * InvalidMsisdn, UserNotExist, NOT_DELIVERED and MessageWaiting are words of sister platforms; the last is Parlay X's
 * for "still queued" (3GPP TS 29.199-4, as is DeliveryUncertain). ENROUTE, ACCEPTD and DELETED are SMPP's.
 */
const REPORT_WORDS: ReadonlyArray<readonly [word: RegExp, told: Told]> = [
	[/^(?:scheduled|queued|pending|messagewaiting)$/, ['queued', null]],
	[/^(?:senttonetwork|deliveredtonetwork|submitted|sent|enroute|acceptd|accepted)$/, ['sent', null]],
	[/^deleted$/, ['cancelled', null]],
	[/absentsubscriber|(?:subscriber|user)absent/, ['undelivered', wrongNumber]],
	[
		/invalidmsisdn|invalid(?:mobile|phone)?number|(?:user|subscriber)(?:does)?notexist/,
		['undelivered', wrongNumber],
	],
	[
		/impossible/,
		[
			'undelivered',
			lost('unknown', 'The number is inactive or blocked at the operator', 'Reach this person another way.'),
		],
	],
	[
		/blacklist/,
		[
			'undelivered',
			lost(
				'blocked_recipient',
				'This person has blocked your sender ID, or all advertising messages',
				'This person does not want to be texted.',
			),
		],
	],
	[
		/invalidsource|sourceaddress/,
		[
			'rejected',
			lost('invalid_sender', 'The operator does not accept this sender ID', 'Ask the gateway about it.'),
		],
	],
	[
		/expired/,
		[
			'expired',
			lost('temporary', 'The phone could not be reached in time', 'Send the text again if it still matters.'),
		],
	],
	[/reject/, ['rejected', lost('unknown', 'The operator rejected the message', 'Ask the gateway about it.')]],
	[
		/undeliv|notdeliv|fail/,
		['undelivered', lost('unknown', 'The message was not delivered', 'Ask the gateway about this message.')],
	],
	[/^deliver(?:ed)?(?:toterminal)?$|^delivredtoterminal$|^delivrd$/, ['delivered', null]],
	[/^nodlr$|^nodeliveryreport$/, ['unknown', NO_REPORT_YET]],
	// Airtel and Telkom say so of numbers that are unreachable, inactive or wrong: it tells nothing for sure.
	[
		/^unknown$/,
		[
			'unknown',
			lost(
				'unknown',
				'The operator does not say what became of the message',
				'Airtel and Telkom often answer so for numbers that cannot be reached.',
			),
		],
	],
	[
		/^deliveryuncertain$/,
		[
			'unknown',
			lost(
				'unknown',
				'The operator does not say what became of the message',
				'Ask the gateway about this message.',
			),
		],
	],
];

/** A report's word without what brands spell differently. */
export function plainWord(word: string): string {
	return word
		.slice(0, 200)
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}

/** What a delivery report's word means; a word that nobody has documented tells nothing. */
export function advantaReport(word: string): Told {
	const plain = plainWord(word);
	return REPORT_WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? ['unknown', null];
}
