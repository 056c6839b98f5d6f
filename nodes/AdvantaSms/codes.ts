/**
 * Codes of the Advanta platform in words.
 *
 * Sources: https://developers.advantasms.com/, response codes, and https://textsms.co.ke/bulk-sms-api (they agree).
 */
import type { CodeTable, CodeMeaning, StatusMeaning } from '../shared/contract/codes';
import { codeShape } from '../shared/contract/codes';
import {
	blocked,
	inDoubt,
	credential,
	money,
	noRoute,
	notNow,
	parameter,
	recipient,
	sender,
	undelivered,
	unreachable,
	wrongNumber,
} from '../shared/contract/codeShapes';

export const NAME = 'Advanta SMS';

const OPEN_HINT = 'Check your account at the gateway before you send this text again: it may have gone out.';
const openRow = codeShape('unknown', 'check_first', { mayBeAccepted: true });

/** It is unclear whether a text was accepted. */
export const open = (message: string): CodeMeaning => openRow(message, OPEN_HINT);
const broken = (
	message = 'The gateway had an internal error while handling this text, and does not say whether it accepted it',
): CodeMeaning => inDoubt(message, OPEN_HINT);
const key = (message: string): CodeMeaning =>
	credential(
		message,
		"Open the credential, check API Key and Partner ID and press 'Retry'. The API key is not the App Key.",
	);
const tooMany = (message: string): CodeMeaning => parameter(message, "Lower 'Batch Size' in the options.");

export const ACCEPTED_CODE = '200';
export const NO_REPORT_CODE = '1008';

/** The gateway names fields that it does not accept, and no code of its own. */
export const INVALID_FIELDS = parameter(
	'The gateway does not accept this request',
	'Fix what the gateway describes, then run this row again.',
);

export const ADVANTA_CODES: CodeTable = {
	'1001': sender(
		'This sender ID is not assigned to your account',
		"Check 'From', or the sender ID in the credential: it is case-sensitive.",
	),
	'1002': noRoute(
		'Your account may not send to this network',
		'Ask the gateway to open this network for your account.',
	),
	'1003': recipient('The gateway does not accept this phone number', 'Check the number of this row.'),
	'1004': money(
		'Your account does not have enough SMS units',
		'Top up the account, then send this row again.',
	),
	'1005': broken(),
	'1006': key('The gateway does not accept this API Key and Partner ID'),
	'1007': broken(),
	// "No Delivery Report": to a send it does not say that the text was refused, and a public client counts it as sent.
	[NO_REPORT_CODE]: open(
		'The gateway has no delivery report for this text, and does not say whether it accepted it',
	),
	'1009': parameter(
		'The gateway does not accept the type of data in this request',
		'Check the options of this node.',
	),
	'1010': parameter(
		'The gateway does not accept this kind of request',
		"Check 'Provider' in the credential.",
	),
	'1012': tooMany('There are more texts in one request than this gateway accepts'),
	'1104': tooMany('There are more numbers in one request than this gateway accepts'),
	'4090': broken('The gateway had an internal error, and asks you to wait five minutes'),
	'4091': key('The request has no Partner ID'),
	'4092': key('The request has no API Key'),
	'4093': key('The gateway finds no account for this API Key and Partner ID'),
};

const badSender = codeShape('invalid_sender', 'never');

export const NO_REPORT_YET = notNow('The operator has sent no delivery report yet', 'Check again later.');

/** Two codes for it by two pages of the vendor, and the words alone at TextSMS. */
export function isNoReport(code: string, description: string | null): boolean {
	return code === NO_REPORT_CODE || (description !== null && NO_REPORT_WORDS.test(description.slice(0, 100)));
}
const NO_REPORT_WORDS = /\bno\s(?:dlr|delivery report)\b/i;

const noSuchNumber = wrongNumber('The number is inactive or invalid', 'Check the number with this person.');

/**
 * The words of delivery reports, letters only and in small letters: brands spell them differently. Searched in this
 * order, whole words first and failures before "deliver", which "undelivered" and "deliveryimpossible" hold as well.
 * InvalidMsisdn, UserNotExist, NOT_DELIVERED and MessageWaiting are words of sister platforms; the last is Parlay X's
 * for "still queued" (3GPP TS 29.199-4, as is DeliveryUncertain). ENROUTE, ACCEPTD and DELETED are SMPP's.
 */
const REPORT_WORDS: ReadonlyArray<readonly [word: RegExp, status: StatusMeaning]> = [
	[/^(?:scheduled|queued|pending|messagewaiting)$/, ['queued', null]],
	[/^(?:senttonetwork|deliveredtonetwork|submitted|sent|enroute|acceptd|accepted)$/, ['sent', null]],
	[/^deleted$/, ['cancelled', null]],
	[/absentsubscriber|(?:subscriber|user)absent/, ['undelivered', noSuchNumber]],
	[
		/invalidmsisdn|invalid(?:mobile|phone)?number|(?:user|subscriber)(?:does)?notexist/,
		['undelivered', noSuchNumber],
	],
	[
		/impossible/,
		[
			'undelivered',
			undelivered('The number is inactive or blocked at the operator', 'Contact this person another way.'),
		],
	],
	[
		/blacklist/,
		[
			'undelivered',
			blocked(
				'This person has blocked your sender ID, or all advertising messages',
				'This person does not want to be texted.',
			),
		],
	],
	[
		/invalidsource|sourceaddress/,
		['rejected', badSender('The operator does not accept this sender ID', 'Ask the gateway about it.')],
	],
	[
		/expired/,
		[
			'expired',
			unreachable('The phone could not be reached in time', 'Send the text again if it still matters.'),
		],
	],
	[/reject/, ['rejected', undelivered('The operator rejected the message', 'Ask the gateway about it.')]],
	[
		/undeliv|notdeliv|fail/,
		['undelivered', undelivered('The message was not delivered', 'Ask the gateway about this message.')],
	],
	[/^deliver(?:ed)?(?:toterminal)?$|^delivredtoterminal$|^delivrd$/, ['delivered', null]],
	[/^nodlr$|^nodeliveryreport$/, ['unknown', NO_REPORT_YET]],
	// Airtel and Telkom say so of numbers that are unreachable, inactive or wrong: it tells nothing for sure.
	[
		/^unknown$/,
		[
			'unknown',
			undelivered(
				'The operator does not say what happened to the message',
				'Airtel and Telkom often report this for numbers that cannot be reached.',
			),
		],
	],
	[
		/^deliveryuncertain$/,
		[
			'unknown',
			undelivered(
				'The operator does not say what happened to the message',
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
export function advantaReport(word: string): StatusMeaning {
	const plain = plainWord(word);
	return REPORT_WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? ['unknown', null];
}
