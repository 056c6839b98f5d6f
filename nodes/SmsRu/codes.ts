/**
 * SMS.RU's codes in words. They stand for a whole request as well as for one recipient.
 *
 * Source: https://sms.ru/api/send, table of codes (5 April 2024).
 */
import type { CodeTable, CodeMeaning } from '../shared/contract/codes';
import { codeShape, entryOf } from '../shared/contract/codes';
import {
	blocked,
	inDoubt,
	content,
	credential,
	limit,
	money,
	noRoute,
	parameter,
	recipient,
	sender,
	undelivered,
	unknownMessage,
	unreachable,
} from '../shared/contract/codeShapes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = 'SMS.RU';

const key = (message: string): CodeMeaning =>
	credential(message, "Open the credential, check it and press 'Retry'.");
const closed = codeShape('no_route', 'after_fix');
const ownStopList = codeShape('blocked_recipient', 'after_fix');
const repeated = codeShape('duplicate', 'never');
const busy = codeShape('temporary', 'later', { retryable: true });
const protection = codeShape('rate_limited', 'never');
const flood = (message: string): CodeMeaning =>
	protection(message, 'Check the limits in your SMS.RU settings: somebody may be abusing your form.');

export const SMS_RU_CODES: CodeTable = {
	'200': key('SMS.RU does not know this API ID'),
	'201': money(
		'The balance of your SMS.RU account is too low',
		'Top up the account at SMS.RU, then send this row again.',
	),
	'202': recipient(
		'SMS.RU does not accept this phone number, or has no route to it',
		'Check the number of this row.',
	),
	'203': parameter('SMS.RU received no text', "Fill in 'Message' for this row."),
	'204': sender(
		'Your sender name is not enabled for this operator at SMS.RU',
		'Apply for the operator in your SMS.RU account under Senders, or choose another sender name.',
	),
	'205': parameter('The text is longer than the 8 segments that SMS.RU allows', 'Shorten the text.'),
	'206': limit(
		'The daily limit of your SMS.RU account has been reached, or this text would exceed it',
		'Send this row again tomorrow, or raise the limit in your SMS.RU account.',
	),
	'207': noRoute(
		'SMS.RU has no route to this phone number',
		'Ask SMS.RU whether this country and operator are open for your account.',
	),
	'208': parameter('SMS.RU does not accept the scheduled time', "Check 'Send At' of this row."),
	'209': ownStopList(
		'You have put this number on your own stop list at SMS.RU',
		'Remove it from the stop list if this person wants to be texted again.',
	),
	'210': parameter('SMS.RU expects another kind of request', "Check 'Site' in the credential."),
	'211': parameter('SMS.RU does not know this request', "Check 'Site' in the credential."),
	'212': parameter(
		'SMS.RU could not read the characters of the text',
		'Remove unusual characters from the text.',
	),
	'213': parameter('There are too many recipients in one request', "Lower 'Batch Size' in the options."),
	'214': closed(
		'This number is not Russian, and your SMS.RU account sends to Russian numbers only',
		'Change this setting in your SMS.RU account.',
	),
	'215': blocked(
		'This number is on the stop list of SMS.RU, because its owner complained about spam',
		'This person does not want to be texted.',
	),
	'216': content('The text contains a word that SMS.RU does not allow', 'Change the text.'),
	'217': content(
		'The text advertises credit without the sentence that the law requires',
		'Add the sentence that SMS.RU names in its news, or change the text.',
	),
	'220': busy('SMS.RU is temporarily unavailable', 'Send this row again later.'),
	'221': sender(
		'Your SMS.RU account needs a sender name of its own before it can send',
		'Create a sender name in your SMS.RU account under Senders.',
	),
	'230': limit(
		'The daily limit of texts to this number has been reached',
		'Send this row again tomorrow, or raise the limit in your SMS.RU account.',
	),
	'231': repeated(
		'SMS.RU accepted the same text to this number less than a minute ago, and did not accept it again',
		'Nothing needs to be done: the earlier text counts.',
	),
	'232': repeated(
		'SMS.RU accepted the same text to this number today, and did not accept it again',
		'Nothing needs to be done: the earlier text counts.',
	),
	'233': limit(
		'SMS.RU blocks repeated codes to one number within a short time',
		'Send this row again later, or change this protection in your SMS.RU settings.',
	),
	'300': key('The token of this request to SMS.RU is invalid'),
	'301': key('SMS.RU does not accept this API ID, login or password'),
	'302': key('This SMS.RU account has not been confirmed yet'),
	'303': key('The confirmation code of this SMS.RU account is wrong'),
	'304': limit('Too many confirmation codes were requested', 'Wait a while.'),
	'305': limit('Too many wrong confirmation codes were entered', 'Wait a while.'),
	'500': inDoubt(
		'SMS.RU had an internal error while handling this text, and does not say whether it accepted it',
		'Check your SMS.RU account before you send this text again: it may have gone out.',
	),
	'501': flood('SMS.RU blocked this text: too many for visitors from the Tor network'),
	'502': flood(
		"SMS.RU blocked this text: too many for visitors whose IP address is not from the number's country",
	),
	'503': flood('SMS.RU blocked this text: too many to this country within a short time'),
	'504': flood('SMS.RU blocked this text: too many codes to foreign numbers within a short time'),
	'505': flood('SMS.RU blocked this text: too many for one IP address'),
	'506': flood("SMS.RU blocked this text: too many for visitors from a hosting company's network"),
	'507': parameter(
		"SMS.RU does not accept the visitor's IP address",
		"Set 'User IP' to the public address of your visitor, or add the network to the exceptions in your SMS.RU settings.",
	),
	'508': limit('Too many calls were requested within five minutes', 'Try again in five minutes.'),
	'550': noRoute(
		'SMS.RU has blocked this country for security reasons',
		'Ask SMS.RU to enable it for your account.',
	),
	'901': parameter(
		'SMS.RU does not accept this callback URL',
		'Use a URL that starts with http:// or https://.',
	),
	'902': parameter('SMS.RU does not know this callback', 'It may already have been deleted.'),
};

/** Message states that can stand in a reply to sending; 100 means that it waits in SMS.RU's queue. */
export const SMS_RU_STATUSES: Readonly<Record<string, MessageStatus>> = {
	'100': 'queued',
	'101': 'sending',
	'102': 'sent',
	'103': 'delivered',
	'110': 'read',
};

const NO_ROUTE = '150';

/** Why a message was not delivered, by its status. Source: the same table, and https://sms.ru/api/status. */
const SMS_RU_REASONS: Readonly<Record<string, readonly [MessageStatus, CodeMeaning]>> = {
	'-1': [
		'unknown',
		unknownMessage(
			'SMS.RU does not know this message',
			'Check the message ID, and whether it was sent through this account.',
		),
	],
	'104': [
		'expired',
		unreachable(
			'The phone could not be reached within the time to live',
			'Send the text again if it still matters.',
		),
	],
	'105': [
		'undelivered',
		undelivered(
			'The operator removed the message',
			'Ask SMS.RU why, and change the text or the sender name.',
		),
	],
	'106': [
		'undelivered',
		unreachable('The phone could not receive the message', 'Send the text again later.'),
	],
	'107': [
		'undelivered',
		undelivered('The message was not delivered, for an unknown reason', 'Ask SMS.RU about this message.'),
	],
	'108': [
		'rejected',
		undelivered(
			'The operator rejected the message',
			'Ask SMS.RU why, and change the text or the sender name.',
		),
	],
	[NO_ROUTE]: [
		'undelivered',
		noRoute('SMS.RU has no route to this number', 'Contact this person another way.'),
	],
};

/** The words of a code that is no success, wherever it stands. */
export function smsRuWords(code: string): CodeMeaning | undefined {
	return entryOf(SMS_RU_CODES, code) ?? entryOf(SMS_RU_REASONS, code)?.[1];
}

/**
 * The words of a code that answers a request to send. The vendor's table has the states of a message among its codes:
 * without a route nothing goes out, and in the other states an operator has had the text.
 */
export function smsRuSendWords(code: string): CodeMeaning | undefined {
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
export function smsRuStatus(code: string): { status: MessageStatus; reason: CodeMeaning | null } {
	const known = entryOf(SMS_RU_STATUSES, code);
	if (known !== undefined) return { status: known, reason: null };
	const [status, reason] = entryOf(SMS_RU_REASONS, code) ?? [];
	if (status !== undefined && reason !== undefined) return { status, reason };
	const refusal = entryOf(SMS_RU_CODES, code);
	return refusal === undefined
		? { status: 'unknown', reason: null }
		: { status: 'rejected', reason: refusal };
}

const CHECK_STATES: Readonly<Record<string, string>> = {
	'400': 'waiting',
	'401': 'confirmed',
	'402': 'expired',
};

/** What a state of a call check is called; `unknown` for codes that nobody has documented. */
export function checkState(code: string | null): string {
	return entryOf(CHECK_STATES, code ?? '') ?? 'unknown';
}
