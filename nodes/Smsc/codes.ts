/**
 * SMSC's codes in words. Sources: the vendor's "Sending an SMS" page (codes 1–9), its status page (statuses and
 * delivery reasons), and public clients for 10.
 */
import type { CodeTable, CodeWords } from '../shared/contract/codes';
import { entryOf } from '../shared/contract/codes';
import type { JsonRecord } from '../shared/contract/request';
import type { MessageStatus } from '../shared/contract/outcome';

/** Codes of a whole request. None of them lets a message leave because of this very call. */
export const REQUEST_CODES: CodeTable = {
	'1': {
		kind: 'invalid_parameter',
		message: 'SMSC found a parameter it does not accept',
		hint: 'Check the options of this node against what your SMSC account allows.',
		retry: 'after_fix',
	},
	'2': {
		kind: 'authentication',
		message:
			'SMSC does not accept this login, password or API key, or this IP address is not on the list of your account',
		hint: "Open the credential, check it and press 'Retry'. If your SMSC account lists allowed IP addresses, add the one of your n8n.",
		retry: 'after_fix',
		stopsRun: true,
	},
	'3': {
		kind: 'insufficient_funds',
		message: 'There is not enough money on your SMSC account',
		hint: 'Top up the account at SMSC, then send this row again.',
		retry: 'after_fix',
		stopsRun: true,
	},
	'4': {
		kind: 'rate_limited',
		message: 'SMSC has blocked this IP address for a while, after many requests it could not accept',
		hint: 'Wait until SMSC lifts the block, and find out which rows it kept refusing before.',
		retry: 'later',
		stopsRun: true,
	},
	'5': {
		kind: 'invalid_parameter',
		message: 'SMSC does not accept the date or time to send at',
		hint: "Check 'Send At' and the other time options of this row.",
		retry: 'after_fix',
	},
	'6': {
		kind: 'content_rejected',
		message: 'SMSC forbids this text or this sender name, or mass sending without a contract',
		hint: 'Change the text, choose an approved sender name, or ask SMSC about your contract.',
		retry: 'after_fix',
	},
	'7': {
		kind: 'invalid_recipient',
		message: 'SMSC does not accept this phone number',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
	'8': {
		kind: 'no_route',
		message: 'SMSC cannot deliver to this phone number',
		hint: 'Ask SMSC whether this country and operator are open for your account, or whether the number is on a stop list.',
		retry: 'never',
	},
	'9': {
		kind: 'rate_limited',
		message: 'SMSC received too many requests at once',
		hint: "Send this row again in a minute, or lower 'Requests per Second' in the options.",
		retry: 'later',
	},
	'10': {
		kind: 'rate_limited',
		message: 'The sending limit of your SMSC account is used up',
		hint: 'Send this row again later, or raise the limit in your SMSC account.',
		retry: 'later',
	},
};

/**
 * Code 9 has three meanings ("Sending an SMS", error codes): the same text was taken within the last minute, the same
 * price was asked for too often, or too many requests came at once. The text beside it tells which.
 */
export const DUPLICATE_WORDS = /duplicate|одинаков|повтор|дубл/i;
export const BUSY_WORDS = /too many|concurrent|много|одновременн/i;

/** Code 9 where an earlier, identical text was taken. */
export const DUPLICATE_REQUEST: CodeWords = {
	kind: 'duplicate',
	message: 'SMSC took the same text for this number less than a minute ago, and did not take it again',
	hint: 'Look into your SMSC account: the earlier text has probably gone out.',
	retry: 'check_first',
};

/** Code 9 without words (Numbers format has none) or with strange ones. */
export const DUPLICATE_OR_BUSY: CodeWords = {
	kind: 'rate_limited',
	message:
		'SMSC took the same text for this number less than a minute ago, or received too many requests at once, and does not say which',
	hint: "Look into your SMSC account before you send this row again. With 'Response Format' set to JSON, SMSC says which.",
	retry: 'check_first',
	mayBeAccepted: true,
};

/** Code 9 to a question for a price: nothing is sent there. */
export const TOO_MANY_PRICES: CodeWords = {
	kind: 'rate_limited',
	message: 'SMSC was asked for the same price more than five times within a minute, or for too many at once',
	hint: 'Ask again in a minute.',
	retry: 'later',
};

/** Code 9 to a look-up of a number. */
export const DUPLICATE_LOOK_UP: CodeWords = {
	kind: 'duplicate',
	message: 'SMSC took the same look-up of this number less than a minute ago, and did not take it again',
	hint: 'Its result is in your SMSC account. To look the number up again, wait a minute.',
	retry: 'later',
};

/** Statuses of one number that mean "this number got nothing" in a reply with per-number details. */
export const REFUSING_STATUSES: CodeTable = {
	'20': {
		kind: 'no_route',
		message: 'SMSC cannot deliver to this phone number',
		hint: 'Check the number of this row.',
		retry: 'never',
	},
	'22': {
		kind: 'invalid_recipient',
		message: 'SMSC says that this phone number is wrong',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
	'23': {
		kind: 'content_rejected',
		message: 'SMSC forbids this text to this number',
		hint: 'Repeated texts, stop lists, spam filters and unregistered senders cause this: see your SMSC account.',
		retry: 'never',
	},
	'24': {
		kind: 'insufficient_funds',
		message: 'There was not enough money on your SMSC account for this text',
		hint: 'Top up the account at SMSC, then send this row again.',
		retry: 'after_fix',
	},
	'25': {
		kind: 'no_route',
		message: 'SMSC has no route to this phone number',
		hint: 'Ask SMSC whether this country and operator are open for your account.',
		retry: 'never',
	},
};

/**
 * Reasons (`err`, `error`) that say more than the status they come with. Source: "Error codes in the status",
 * https://smsc.ru/api/http/status_messages/errors/. 220, 241 and 245 come with status 20 and are not the last word: SMSC
 * keeps trying, or some parts have gone out, or the operator never told.
 */
export const REASONS: CodeTable = {
	'1': {
		kind: 'invalid_recipient',
		message: 'There is no such subscriber',
		hint: 'Check the number of this row.',
		retry: 'never',
	},
	'2': {
		kind: 'invalid_recipient',
		message: 'The mailbox does not accept this e-mail',
		hint: 'Check the e-mail address of this row.',
		retry: 'never',
	},
	'3': {
		kind: 'invalid_recipient',
		message: 'The mail server of this address was not found',
		hint: 'Check the e-mail address of this row.',
		retry: 'never',
	},
	'4': {
		kind: 'invalid_recipient',
		message: 'This mailbox is blocked',
		hint: 'Reach this person another way.',
		retry: 'never',
	},
	'6': {
		kind: 'temporary',
		message: 'The phone is switched off or out of reach',
		hint: 'Send this row again later.',
		retry: 'later',
	},
	'11': {
		kind: 'no_route',
		message: 'This subscriber has no text message service',
		hint: 'Reach this person another way.',
		retry: 'never',
	},
	'12': {
		kind: 'temporary',
		message: 'The phone or its SIM card could not take the text',
		hint: 'Send this row again later.',
		retry: 'later',
	},
	'13': {
		kind: 'blocked_recipient',
		message: 'This subscriber is blocked by the operator',
		hint: 'Reach this person another way.',
		retry: 'never',
	},
	'21': {
		kind: 'no_route',
		message: 'This phone does not support text messages',
		hint: 'Reach this person another way.',
		retry: 'never',
	},
	'200': {
		kind: 'unknown',
		message: 'Your SMSC account is in its test mode: nothing really left',
		hint: 'Switch virtual sending off in your SMSC account.',
		retry: 'after_fix',
	},
	'219': {
		kind: 'temporary',
		message: 'The SIM card was replaced; texts from sender names are held for 24 hours',
		hint: 'Send this row again in a day.',
		retry: 'later',
	},
	'220': {
		kind: 'temporary',
		message: "The operator's queue is full; SMSC keeps trying by itself",
		hint: 'Wait for its delivery report before you send anything again.',
		retry: 'check_first',
		mayBeAccepted: true,
	},
	'237': {
		kind: 'temporary',
		message: 'The call was not answered',
		hint: 'Call again later.',
		retry: 'later',
	},
	'238': {
		kind: 'content_rejected',
		message: 'This text has no approved template',
		hint: 'Register the text as a template in your SMSC account.',
		retry: 'after_fix',
	},
	'239': {
		kind: 'authentication',
		message: 'Sending from this IP address is forbidden',
		hint: 'Add the IP address of your n8n in your SMSC account.',
		retry: 'after_fix',
	},
	'240': { kind: 'temporary', message: 'The line was busy', hint: 'Call again later.', retry: 'later' },
	'241': {
		kind: 'temporary',
		message: 'The recording could not be converted, or not all parts were sent',
		hint: 'Look into your SMSC account before you send it again.',
		retry: 'check_first',
		mayBeAccepted: true,
	},
	'242': {
		kind: 'temporary',
		message: 'An answering machine took the call',
		hint: 'Call again later.',
		retry: 'later',
	},
	'243': {
		kind: 'content_rejected',
		message: 'This kind of text needs a contract with SMSC',
		hint: 'Ask SMSC for a contract.',
		retry: 'after_fix',
	},
	'244': {
		kind: 'content_rejected',
		message: 'Mass sending or a link in this text is forbidden',
		hint: 'Change the text, or ask SMSC to allow it.',
		retry: 'after_fix',
	},
	'245': {
		kind: 'unknown',
		message: 'The operator gave no final status within a day',
		hint: 'It may have been delivered: check before you send it again.',
		retry: 'check_first',
		mayBeAccepted: true,
	},
	'246': {
		kind: 'rate_limited',
		message: 'It is outside of the hours in which your account may send',
		hint: 'Send this row again within the allowed hours.',
		retry: 'later',
	},
	'247': {
		kind: 'rate_limited',
		message: 'The limit of messages of your account is used up',
		hint: 'Send this row again tomorrow, or raise the limit in your SMSC account.',
		retry: 'later',
	},
	'248': {
		kind: 'no_route',
		message: 'SMSC has no route to this phone number',
		hint: 'Ask SMSC whether this country and operator are open for your account.',
		retry: 'never',
	},
	'249': {
		kind: 'invalid_recipient',
		message: 'SMSC does not accept the format of this number',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
	'250': {
		kind: 'blocked_recipient',
		message: 'The settings of your SMSC account forbid this number',
		hint: 'Change the restrictions in your SMSC account.',
		retry: 'after_fix',
	},
	'251': {
		kind: 'rate_limited',
		message: 'The limit of messages to this number is used up',
		hint: 'Send this row again later.',
		retry: 'later',
	},
	'252': {
		kind: 'blocked_recipient',
		message: 'SMSC sends nothing to this number, as to those of its own service',
		hint: 'Check the number of this row, or ask SMSC why it is barred.',
		retry: 'never',
	},
	'253': {
		kind: 'content_rejected',
		message: 'The spam filter of SMSC stopped this text',
		hint: 'Change the text, or ask SMSC to allow it.',
		retry: 'after_fix',
	},
	'254': {
		kind: 'invalid_sender',
		message: 'This sender name is not registered',
		hint: 'Register it in your SMSC account, or leave From empty.',
		retry: 'after_fix',
	},
	'255': {
		kind: 'unknown',
		message: 'The operator rejected this text',
		hint: 'Ask SMSC for the reason.',
		retry: 'never',
	},
};

/** Reasons for which SMSC itself refuses a number, before any operator hears of the text. */
export const REASONS_BEFORE_SENDING: ReadonlySet<string> = new Set([
	'238',
	'239',
	'243',
	'244',
	'246',
	'247',
	'248',
	'249',
	'250',
	'251',
	'252',
	'253',
	'254',
]);

/** States of a message that SMSC took, by its status page. 0 is a real status: handed to the operator. */
const STATUSES: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
	// Held back: the mailing was paused.
	['-2', 'queued'],
	['-1', 'queued'],
	['0', 'sent'],
	['1', 'delivered'],
	['2', 'read'],
	['3', 'expired'],
	// The link in it was clicked.
	['4', 'read'],
	['6', 'rejected'],
	['20', 'undelivered'],
	['22', 'rejected'],
	['23', 'rejected'],
	['24', 'rejected'],
	['25', 'undelivered'],
]);

/** Statuses that need words where no reason comes with them, besides the refusing ones. */
const STATUS_WORDS: CodeTable = {
	...REFUSING_STATUSES,
	'-3': {
		kind: 'invalid_parameter',
		message: 'SMSC does not know this message for this number',
		hint: 'Check that the message ID and the number belong together. SMSC also forgets messages that are deleted or old.',
		retry: 'never',
	},
	'3': {
		kind: 'temporary',
		message: 'The phone could not be reached within the time to live',
		hint: 'Send the text again if it still matters.',
		retry: 'never',
	},
	'6': {
		kind: 'blocked_recipient',
		message: 'The recipient called this e-mail spam',
		hint: 'Do not write to this address again.',
		retry: 'never',
	},
};

/** Whether SMSC's page of statuses has this one. */
export function isKnownStatus(status: string): boolean {
	return STATUSES.has(status);
}

const UNKNOWN_REASON: CodeWords = {
	kind: 'unknown',
	message: 'SMSC gives a reason that is not in its documentation',
	hint: 'Ask the support of SMSC what this code means.',
	retry: 'never',
};

/** What else a status or reason says, as keys of an item. */
function marksOf(status: string, cause: string | null): JsonRecord {
	return {
		...(status === '-2' ? { paused: true } : {}),
		...(status === '4' ? { clicked: true } : {}),
		...(cause === '200' ? { testMode: true } : {}),
	};
}

/** The vendor's `type` of messages that nobody reads. */
const HLR = '4';
const PING = '5';

export interface SmscStatus {
	readonly status: MessageStatus;
	/** Null where there is nothing to say. */
	readonly reason: CodeWords | null;
	/** The one of the two codes that says most. */
	readonly code: string;
	readonly marks: JsonRecord;
}

/**
 * A message's state by `status` and `err` of the status page or a callback. `err` is missing where there is no reason, or
 * none yet. `type` is the kind of message; null where it was not told.
 */
export function smscStatus(status: string, err: string | null, type: string | null = null): SmscStatus {
	const cause = err === null || err === '0' ? null : err;
	const reason =
		(cause === null ? undefined : entryOf(REASONS, cause)) ?? entryOf(STATUS_WORDS, status) ?? null;
	const told = { reason, code: cause ?? status, marks: marksOf(status, cause) };
	const state = STATUSES.get(status) ?? 'unknown';
	if (status === '20' && cause === '220') return { ...told, status: 'queued' };
	// Some parts have gone out, or the operator never told: it may have been delivered.
	if (cause === '245' || (status === '20' && cause === '241')) return { ...told, status: 'unknown' };
	if (state !== 'delivered' || cause === '200') return { ...told, status: state };
	// A look-up without a result yet is told as delivered, without `err`.
	if (type === HLR && err === null) return { ...told, status: 'sent' };
	if (cause === null) return { ...told, status: 'delivered' };
	// A look-up or a ping is "delivered" with a reason when the phone was not reached. A message has arrived.
	const isMessage = type !== null && type !== HLR && type !== PING;
	if (isMessage) return { ...told, status: 'delivered', reason: null };
	return { ...told, status: 'undelivered', reason: reason ?? UNKNOWN_REASON };
}
