/**
 * SMS.RU's codes in words. Source: the vendor's "send SMS" page, table of codes (5 April 2024). They stand for a whole
 * request as well as for one recipient.
 */
import type { CodeTable, CodeWords } from '../shared/contract/codes';
import { entryOf } from '../shared/contract/codes';
import type { MessageStatus } from '../shared/contract/outcome';

const KEY_HINT = "Open the credential, check it and press 'Retry'.";
const FLOOD_HINT = 'Look at the limits in your SMS.RU settings: somebody may be abusing your form.';

const badKey = (message: string): CodeWords => ({
	kind: 'authentication',
	message,
	hint: KEY_HINT,
	retry: 'after_fix',
	stopsRun: true,
});
const parameter = (message: string, hint: string): CodeWords => ({
	kind: 'invalid_parameter',
	message,
	hint,
	retry: 'after_fix',
});
const flood = (message: string): CodeWords => ({
	kind: 'rate_limited',
	message,
	hint: FLOOD_HINT,
	retry: 'never',
});

export const SMS_RU_CODES: CodeTable = {
	'200': badKey('SMS.RU does not know this API ID'),
	'201': {
		kind: 'insufficient_funds',
		message: 'There is not enough money on your SMS.RU account',
		hint: 'Top up the account at SMS.RU, then send this row again.',
		retry: 'after_fix',
		stopsRun: true,
	},
	'202': {
		kind: 'invalid_recipient',
		message: 'SMS.RU does not accept this phone number, or has no route to it',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
	'203': parameter('SMS.RU received no text', "Fill in 'Message' for this row."),
	'204': {
		kind: 'invalid_sender',
		message: 'This operator is not connected for your sender name at SMS.RU',
		hint: 'Apply for the operator in your SMS.RU account under Senders, or choose another sender name.',
		retry: 'after_fix',
	},
	'205': parameter('The text is longer than the 8 segments that SMS.RU takes', 'Shorten the text.'),
	'206': {
		kind: 'rate_limited',
		message: 'The daily limit of your SMS.RU account is used up, or would be by this text',
		hint: 'Send this row again tomorrow, or raise the limit in your SMS.RU account.',
		retry: 'later',
	},
	'207': {
		kind: 'no_route',
		message: 'SMS.RU has no route to this phone number',
		hint: 'Ask SMS.RU whether this country and operator are open for your account.',
		retry: 'never',
	},
	'208': parameter('SMS.RU does not accept the time to send at', "Check 'Send At' of this row."),
	'209': {
		kind: 'blocked_recipient',
		message: 'You have put this number on your own stop list at SMS.RU',
		hint: 'Take it off the stop list, if this person wants to be texted again.',
		retry: 'after_fix',
	},
	'210': parameter('SMS.RU wants another kind of request', "Check 'Base URL' in the credential."),
	'211': parameter('SMS.RU does not know this request', "Check 'Base URL' in the credential."),
	'212': parameter(
		'SMS.RU could not read the characters of the text',
		'Remove unusual characters from the text.',
	),
	'213': parameter('There are too many recipients in one request', "Lower 'Batch Size' in the options."),
	'214': {
		kind: 'no_route',
		message: 'This number is abroad, and your SMS.RU account sends to Russian numbers only',
		hint: 'Change this setting in your SMS.RU account.',
		retry: 'after_fix',
	},
	'215': {
		kind: 'blocked_recipient',
		message: 'This number is on the stop list of SMS.RU, since its owner complained about spam',
		hint: 'This person does not want to be texted.',
		retry: 'never',
	},
	'216': {
		kind: 'content_rejected',
		message: 'The text has a word that SMS.RU forbids',
		hint: 'Change the text.',
		retry: 'after_fix',
	},
	'217': {
		kind: 'content_rejected',
		message: 'The text advertises credit without the sentence that the law asks for',
		hint: 'Add the sentence that SMS.RU names in its news, or change the text.',
		retry: 'after_fix',
	},
	'220': {
		kind: 'temporary',
		message: 'SMS.RU is not available at the moment',
		hint: 'Send this row again later.',
		retry: 'later',
		again: true,
	},
	'221': {
		kind: 'invalid_sender',
		message: 'Your SMS.RU account needs a sender name of its own before it can send',
		hint: 'Create a sender name in your SMS.RU account under Senders.',
		retry: 'after_fix',
	},
	'230': {
		kind: 'rate_limited',
		message: 'The daily limit of texts to this number is used up',
		hint: 'Send this row again tomorrow, or raise the limit in your SMS.RU account.',
		retry: 'later',
	},
	'231': {
		kind: 'duplicate',
		message: 'SMS.RU took the same text for this number less than a minute ago, and did not take it again',
		hint: 'Nothing needs to be done: the earlier text counts.',
		retry: 'never',
	},
	'232': {
		kind: 'duplicate',
		message: 'SMS.RU took the same text for this number today, and did not take it again',
		hint: 'Nothing needs to be done: the earlier text counts.',
		retry: 'never',
	},
	'233': {
		kind: 'rate_limited',
		message: 'SMS.RU holds back repeated codes to one number within a short time',
		hint: 'Send this row again later, or change this protection in your SMS.RU settings.',
		retry: 'later',
	},
	'300': badKey('The token of this SMS.RU request is not valid'),
	'301': badKey('SMS.RU does not accept this API ID, login or password'),
	'302': badKey('This SMS.RU account has not been confirmed yet'),
	'303': badKey('The confirmation code of this SMS.RU account is not right'),
	'304': {
		kind: 'rate_limited',
		message: 'Too many confirmation codes were asked for',
		hint: 'Wait a while.',
		retry: 'later',
	},
	'305': {
		kind: 'rate_limited',
		message: 'Too many wrong confirmation codes were typed',
		hint: 'Wait a while.',
		retry: 'later',
	},
	'500': {
		kind: 'temporary',
		message: 'SMS.RU broke down while handling this text, and does not say whether it took it',
		hint: 'Look into your SMS.RU account before you send this text again: it may have gone out.',
		retry: 'check_first',
		mayBeAccepted: true,
	},
	'501': flood('SMS.RU held this text back: too many for visitors from the TOR network'),
	'502': flood(
		"SMS.RU held this text back: too many for visitors whose address is not from the number's country",
	),
	'503': flood('SMS.RU held this text back: too many to this country within a short time'),
	'504': flood('SMS.RU held this text back: too many codes to foreign numbers within a short time'),
	'505': flood('SMS.RU held this text back: too many for one IP address'),
	'506': flood("SMS.RU held this text back: too many for visitors from a hosting company's network"),
	'507': parameter(
		"SMS.RU does not accept the visitor's IP address",
		"Give 'User IP' the public address of your visitor, or add the network to the exceptions in your SMS.RU settings.",
	),
	'508': {
		kind: 'rate_limited',
		message: 'Too many calls were asked for within five minutes',
		hint: 'Try again in five minutes.',
		retry: 'later',
	},
	'550': {
		kind: 'no_route',
		message: 'SMS.RU has closed this country for safety',
		hint: 'Ask SMS.RU to open it for your account.',
		retry: 'never',
	},
	'901': parameter(
		'SMS.RU does not accept this callback URL',
		'Use a URL that starts with http:// or https://.',
	),
	'902': parameter('SMS.RU does not know this callback', 'It may have been deleted before.'),
};

/** Message states that can stand in a reply to sending; 100 means that it waits in SMS.RU's queue. */
export const SMS_RU_STATUSES: Readonly<Record<string, MessageStatus>> = {
	'100': 'queued',
	'101': 'sending',
	'102': 'sent',
	'103': 'delivered',
	'110': 'read',
};

const undelivered = (kind: CodeWords['kind'], message: string, hint: string): CodeWords => ({
	kind,
	message,
	hint,
	retry: 'never',
});

const NO_ROUTE = '150';

/** Why a message was not delivered, by its status. */
const SMS_RU_REASONS: Readonly<Record<string, readonly [MessageStatus, CodeWords]>> = {
	'-1': [
		'unknown',
		{
			kind: 'invalid_parameter',
			message: 'SMS.RU does not know this message',
			hint: 'Check the message ID, and whether it was sent through this account.',
			retry: 'never',
		},
	],
	'104': [
		'expired',
		undelivered(
			'temporary',
			'The phone could not be reached within the time to live',
			'Send the text again if it still matters.',
		),
	],
	'105': [
		'undelivered',
		undelivered(
			'unknown',
			'The operator removed the message',
			'Ask SMS.RU why, and change the text or the sender name.',
		),
	],
	'106': [
		'undelivered',
		undelivered('temporary', 'The phone could not take the message', 'Send the text again later.'),
	],
	'107': [
		'undelivered',
		undelivered(
			'unknown',
			'The message was not delivered, for an unknown reason',
			'Ask SMS.RU about this message.',
		),
	],
	'108': [
		'rejected',
		undelivered(
			'unknown',
			'The operator rejected the message',
			'Ask SMS.RU why, and change the text or the sender name.',
		),
	],
	[NO_ROUTE]: [
		'undelivered',
		undelivered('no_route', 'SMS.RU has no route to this number', 'Reach this person another way.'),
	],
};

/** The words of a code that is no success, wherever it stands. */
export function smsRuWords(code: string): CodeWords | undefined {
	return entryOf(SMS_RU_CODES, code) ?? entryOf(SMS_RU_REASONS, code)?.[1];
}

/**
 * The words of a code that answers a request to send. The vendor's table has the states of a message among its codes:
 * without a route nothing goes out, and in the other states an operator has had the text.
 */
export function smsRuSendWords(code: string): CodeWords | undefined {
	const words = smsRuWords(code);
	if (words === undefined || code === NO_ROUTE || entryOf(SMS_RU_REASONS, code) === undefined) return words;
	return {
		...words,
		hint: 'Check your SMS.RU account before you send this text again: it may have gone out.',
		retry: 'check_first',
		mayBeAccepted: true,
	};
}

/** A message's status by its code, and why it was not delivered. Codes of the table above mean "rejected". */
export function smsRuStatus(code: string): { status: MessageStatus; reason: CodeWords | null } {
	const known = entryOf(SMS_RU_STATUSES, code);
	if (known !== undefined) return { status: known, reason: null };
	const [status, reason] = entryOf(SMS_RU_REASONS, code) ?? [];
	if (status !== undefined && reason !== undefined) return { status, reason };
	const refusal = entryOf(SMS_RU_CODES, code);
	return refusal === undefined
		? { status: 'unknown', reason: null }
		: { status: 'rejected', reason: refusal };
}
