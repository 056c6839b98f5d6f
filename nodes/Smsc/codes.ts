/** SMSC's codes in words. A hint that several codes share is written once. */
import type { CodeTable, CodeMeaning } from '../shared/contract/codes';
import { codeShape } from '../shared/contract/codes';
import {
	blocked,
	inDoubt,
	content,
	credential,
	limit,
	money,
	noRoute,
	notNow,
	parameter,
	recipient,
	sender,
	undelivered,
	unknownMessage,
	unreachable,
	wrongNumber,
} from '../shared/contract/codeShapes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = 'SMSC';

const ANOTHER_WAY = 'Contact this person another way.';
const ASK_ABOUT_COUNTRY = 'Ask SMSC whether this country and operator are open for your account.';
const CALL_LATER = 'Call again later.';
const CHANGE_TEXT = 'Change the text, or ask SMSC to allow it.';
const CHECK_ADDRESS = 'Check the email address of this row.';
const CHECK_NUMBER = 'Check the number of this row.';
const SEND_LATER = 'Send this row again later.';
const TOP_UP = 'Top up the account at SMSC, then send this row again.';

/**
 * Codes of a whole request. None of them lets a message leave because of this very call. Source: "Sending an SMS", error
 * codes, https://smsc.ru/api/http/send/sms/; 10 is in public clients alone.
 */
export const REQUEST_CODES: CodeTable = {
	'1': parameter(
		'SMSC found a parameter it does not accept',
		'Check the options of this node against what your SMSC account allows.',
	),
	'2': credential(
		'SMSC does not accept this login, password or API key, or this IP address is not on the list in your account',
		"Open the credential, check it and press 'Retry'. If your SMSC account lists allowed IP addresses, add that of your n8n.",
	),
	'3': money('The balance of your SMSC account is too low', TOP_UP),
	'4': codeShape('rate_limited', 'later', { fatal: true })(
		'SMSC has temporarily blocked this IP address after many invalid requests',
		'Wait until SMSC lifts the block, and check which rows it kept rejecting.',
	),
	'5': parameter(
		'SMSC does not accept the scheduled date or time',
		"Check 'Send At' and the other time options of this row.",
	),
	'6': content(
		'SMSC does not allow this text or this sender name, or bulk sending without a contract',
		'Change the text, choose an approved sender name, or ask SMSC about your contract.',
	),
	'7': recipient('SMSC does not accept this phone number', CHECK_NUMBER),
	'8': noRoute(
		'SMSC cannot deliver to this phone number',
		'Ask SMSC whether this country and operator are open for your account, or whether the number is on a stop list.',
	),
	'9': limit(
		'SMSC received too many requests at once',
		"Send this row again in a minute, or lower 'Requests per Second' in the options.",
	),
	'10': limit(
		'The sending limit of your SMSC account has been reached',
		'Send this row again later, or raise the limit in your SMSC account.',
	),
};

/** From strings, which the build writes as ASCII: Node reads such a file twice as fast. */
const inAnyCase = (...words: readonly string[]): RegExp => new RegExp(words.join('|'), 'i');

/**
 * Code 9 has three meanings ("Sending an SMS", error codes): the same text was taken within the last minute, the same
 * price was asked for too often, or too many requests came at once. The text beside it tells which.
 */
export const DUPLICATE_WORDS = inAnyCase('duplicate', 'одинаков', 'повтор', 'дубл');
export const BUSY_WORDS = inAnyCase('too many', 'concurrent', 'много', 'одновременн');

/** Code 9 where an earlier, identical text was taken. This request sent nothing. */
export const DUPLICATE_REQUEST: CodeMeaning = {
	kind: 'duplicate',
	message: 'SMSC accepted the same text to this number less than a minute ago, and did not accept it again',
	hint: 'Check your SMSC account: the earlier text has probably gone out.',
	retry: 'check_first',
};

/** Code 9 without words (Numbers format has none) or with strange ones. */
export const DUPLICATE_OR_BUSY = codeShape('rate_limited', 'check_first', { mayBeAccepted: true })(
	'SMSC accepted the same text to this number less than a minute ago, or received too many requests at once, and does not say which',
	"Check your SMSC account before you send this row again. With 'Response Format' set to JSON, SMSC says which.",
);

/** Code 9 to a request for a price, which sends nothing. */
export const TOO_MANY_PRICES = limit(
	'SMSC was asked for the same price more than five times within a minute, or for too many at once',
	'Try again in a minute.',
);

/** Code 9 to a lookup of a number. */
export const DUPLICATE_LOOK_UP = codeShape('duplicate', 'later')(
	'SMSC accepted the same lookup of this number less than a minute ago, and did not accept it again',
	'Its result is in your SMSC account. To look the number up again, wait a minute.',
);

/** Code 9 to a call with a code. */
export const DUPLICATE_CALL = codeShape('duplicate', 'later')(
	'SMSC accepted the same call to this number less than a minute ago, and did not accept it again',
	'The code of that call counts. To call again, wait a minute.',
);

/** States of a message that SMSC took. Source: the status page, https://smsc.ru/api/http/status_messages/. */
export const STATUSES: Readonly<Record<string, MessageStatus>> = {
	// Held back: the mailing was paused.
	'-2': 'queued',
	'-1': 'queued',
	// A real status: handed to the operator.
	'0': 'sent',
	'1': 'delivered',
	'2': 'read',
	'3': 'expired',
	// The link in it was clicked.
	'4': 'read',
	'6': 'rejected',
	'20': 'undelivered',
	'22': 'rejected',
	'23': 'rejected',
	'24': 'rejected',
	'25': 'undelivered',
};

/** Statuses of one number that mean "this number got nothing" in a reply with per-number details. */
export const REFUSING_STATUSES: CodeTable = {
	'20': noRoute('SMSC cannot deliver to this phone number', CHECK_NUMBER),
	'22': recipient('SMSC says that this phone number is wrong', CHECK_NUMBER),
	'23': codeShape('content_rejected', 'never')(
		'SMSC does not allow this text to this number',
		'Repeated texts, stop lists, spam filters and unregistered senders can cause this: check your SMSC account.',
	),
	'24': codeShape('insufficient_funds', 'after_fix')(
		'The balance of your SMSC account was too low for this text',
		TOP_UP,
	),
	'25': noRoute('SMSC has no route to this phone number', ASK_ABOUT_COUNTRY),
};

/** Statuses that need words where no reason comes with them. */
export const STATUS_WORDS: CodeTable = {
	...REFUSING_STATUSES,
	'-3': unknownMessage(
		'SMSC does not know this message for this number',
		'Check that the message ID and the number belong together. SMSC also forgets messages that are deleted or old.',
	),
	'3': unreachable(
		'The phone could not be reached within the time to live',
		'Send the text again if it still matters.',
	),
	'6': blocked('The recipient reported this email as spam', 'Do not write to this address again.'),
};

/**
 * Reasons (`err`, `error`) that say more than the status they come with. Source: "Error codes in the status",
 * https://smsc.ru/api/http/status_messages/errors/. 220, 241 and 245 come with status 20 and are not the last word: SMSC
 * keeps trying, or some parts have gone out, or the operator never told.
 */
export const REASONS: CodeTable = {
	'1': wrongNumber('There is no such subscriber', CHECK_NUMBER),
	'2': wrongNumber('The mailbox does not accept this email', CHECK_ADDRESS),
	'3': wrongNumber('The mail server of this address was not found', CHECK_ADDRESS),
	'4': wrongNumber('This mailbox is blocked', ANOTHER_WAY),
	'6': notNow('The phone is switched off or out of reach', SEND_LATER),
	'11': noRoute('This subscriber has no text message service', ANOTHER_WAY),
	'12': notNow('The phone or its SIM card could not accept the text', SEND_LATER),
	'13': blocked('This subscriber is blocked by the operator', ANOTHER_WAY),
	'21': noRoute('This phone does not support text messages', ANOTHER_WAY),
	'200': codeShape('unknown', 'after_fix')(
		'Your SMSC account is in test mode: nothing was really sent',
		'Turn off virtual sending in your SMSC account.',
	),
	'219': notNow(
		'The SIM card was replaced; texts from sender names are held for 24 hours',
		'Send this row again in a day.',
	),
	'220': inDoubt(
		"The operator's queue is full; SMSC keeps trying",
		'Wait for its delivery report before you send anything again.',
	),
	'237': notNow('The call was not answered', CALL_LATER),
	'238': content(
		'This text has no approved template',
		'Register the text as a template in your SMSC account.',
	),
	'239': codeShape('authentication', 'after_fix')(
		'Sending from this IP address is not allowed',
		'Add the IP address of your n8n in your SMSC account.',
	),
	'240': notNow('The line was busy', CALL_LATER),
	'241': inDoubt(
		'The recording could not be converted, or not all parts were sent',
		'Check your SMSC account before you send it again.',
	),
	'242': notNow('An answering machine took the call', CALL_LATER),
	'243': content('This kind of text needs a contract with SMSC', 'Ask SMSC for a contract.'),
	'244': content('Bulk sending or a link in this text is not allowed', CHANGE_TEXT),
	'245': codeShape('unknown', 'check_first', { mayBeAccepted: true })(
		'The operator gave no final status within a day',
		'It may have been delivered: check before you send it again.',
	),
	'246': limit(
		'It is outside the hours in which your account may send',
		'Send this row again within the allowed hours.',
	),
	'247': limit(
		'The message limit of your account has been reached',
		'Send this row again tomorrow, or raise the limit in your SMSC account.',
	),
	'248': noRoute('SMSC has no route to this phone number', ASK_ABOUT_COUNTRY),
	'249': recipient('SMSC does not accept the format of this number', CHECK_NUMBER),
	'250': codeShape('blocked_recipient', 'after_fix')(
		'The settings of your SMSC account do not allow this number',
		'Change the restrictions in your SMSC account.',
	),
	'251': limit('The limit of messages to this number has been reached', SEND_LATER),
	'252': blocked(
		'SMSC does not send to this number, as to those of its own service',
		'Check the number of this row, or ask SMSC why it is barred.',
	),
	'253': content("SMSC's spam filter blocked this text", CHANGE_TEXT),
	'254': sender(
		'This sender name is not registered',
		'Register it in your SMSC account, or leave From empty.',
	),
	'255': undelivered('The operator rejected this text', 'Ask SMSC for the reason.'),
};

/** Reasons for which SMSC itself refuses a number, before any operator hears of the text. */
export const REASONS_BEFORE_SENDING: ReadonlySet<string> = new Set(
	'238 239 243 244 246 247 248 249 250 251 252 253 254'.split(' '),
);

export const UNKNOWN_REASON = undelivered(
	'SMSC gave a reason that its documentation does not list',
	'Ask SMSC support what this code means.',
);
