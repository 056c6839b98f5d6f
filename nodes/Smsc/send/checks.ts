/** What SMSC would refuse in a message, found before it costs anything. */
import { encodeText } from '../../shared/contract/charset';
import type { Message } from '../../shared/contract/message';
import type { ErrorKind, Refused } from '../../shared/contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../shared/contract/outcome';
import type { SmscOptions } from '../options';
import type { Kind } from '../options/kind';
import { isEmail } from '../recipients';
import { bodyText } from './content';

/** Null when there is nothing to refuse. */
type MessageCheck = (message: Message<SmscOptions>) => Refused | null;

function refuse(kind: ErrorKind, message: string, fix: string): Refused {
	return refuseInput(kind, `${message} ${NOTHING_SENT}`, fix);
}

/** "Sending an SMS", `mes`: at most 1000 characters. */
const MAX_CHARACTERS = 1000;
/** A call with this text says a code of SMSC's making: https://smscentre.com/api/http/send/voice/phone_code/ */
export const CODE_WORD = 'code';
/** Beginnings that switch the kind of message, and its price (one public client lists them; confidence low). */
const KIND_PREFIX = /^__(?:CALL|VIBER|SOC|PING|HLR|MMS|MAIL)__/i;
const SENDER = /^(?:[\x20-\x7e]{1,11}|\d{1,15})$/;
const HEX_BYTES = /^(?:[0-9a-f]{2})+$/i;
const NO_BYTE = /[^\x00-\xff]/;

const checkLength: MessageCheck = (message) => {
	const { length } = bodyText(message);
	if (length <= MAX_CHARACTERS) return null;
	const what = length === message.text.length ? 'This text has' : 'The text and its additions have';
	return refuse(
		'invalid_parameter',
		`${what} ${length} characters, and SMSC allows ${MAX_CHARACTERS}.`,
		'Shorten the text.',
	);
};

const checkPrefix: MessageCheck = ({ text }) =>
	KIND_PREFIX.test(text)
		? refuse(
				'content_rejected',
				'This text starts with a word that SMSC may take for a command to call or look up the number.',
				'Start the text with something else.',
			)
		: null;

/** Here as it may stand in a list as well, where other line breaks become `\n`. */
const COMMENT_LINE = /(?:[\n\r\u2028\u2029]|\\n)~~~(?:[\n\r\u2028\u2029]|\\n|$)/;

/** "Comments in SMS messages", https://smscentre.com/api/smpp/send/. A WAP push has its link in the line above the text. */
const checkComment: MessageCheck = ({ text, options: { wapPushUrl } }) =>
	COMMENT_LINE.test(wapPushUrl === null ? text : `\n${text}`)
		? refuse(
				'content_rejected',
				'This text has a line that is just "~~~". SMSC treats what follows as a comment and does not send it.',
				'Change or remove that line.',
			)
		: null;

const checkSender: MessageCheck = ({ from }) =>
	from === '' || SENDER.test(from)
		? null
		: refuse(
				'invalid_sender',
				`"${from}" cannot be used as a sender name on SMSC.`,
				'Use up to 11 Latin letters, digits and symbols, or up to 15 digits.',
			);

/** Whether the characters can travel as what they are meant to be: bytes, or a text in a character set. */
const checkCharacters: MessageCheck = (message) => {
	const { text, options } = message;
	if (options.binary === 0) return checkCharset(message);
	if (options.binary === 2) {
		if (HEX_BYTES.test(text)) return null;
		const fix = "Use pairs of 0–9 and A–F, or set 'Binary Message' to No.";
		return refuse('invalid_parameter', 'The message is not written in hexadecimal digits.', fix);
	}
	if (!NO_BYTE.test(text)) return null;
	const fix = "Use characters up to U+00FF only, or set 'Binary Message' to Hexadecimal.";
	return refuse('invalid_parameter', 'The message contains characters that do not fit into one byte.', fix);
};

/** Subject and text, in the character set that the request names. */
const checkCharset: MessageCheck = ({ text, options: { charset, subject } }) =>
	encodeText(text + (subject ?? ''), charset) === null
		? refuse(
				'invalid_parameter',
				`The text contains characters that ${charset} does not have.`,
				"Set 'Character Set' to UTF-8.",
			)
		: null;

const checkEmail: MessageCheck = ({ to, from, options, isNumber }) => {
	if (isNumber) {
		const fix = "Set 'To' to an email address, or choose another message type.";
		return refuse('invalid_recipient', `"${to}" is not an email address.`, fix);
	}
	if (!isEmail(from)) {
		const fix = "Set 'From' to one of your email addresses.";
		return refuse('invalid_sender', 'An email needs a sender address.', fix);
	}
	if (options.subject !== null) return null;
	return refuse('invalid_parameter', 'An email needs a subject.', "Fill in 'Subject'.");
};

const checkMms: MessageCheck = ({ text, options }) =>
	text.trim() === '' && options.subject === null
		? refuse('invalid_parameter', 'An MMS needs a subject or a text.', "Fill in 'Subject' or 'Message'.")
		: null;

/** A file may go without a text, but not in an email. */
const checkText: MessageCheck = ({ text, options: { kind, fileUrl }, attachments }) => {
	const hasFile = fileUrl !== null || attachments.length > 0;
	if (text.trim() !== '' || (hasFile && kind !== 'email')) return null;
	return refuse('invalid_parameter', 'The text is empty.', "Fill in 'Message' for this row.");
};

/** Several people of a request would get one code, or nobody knows which. */
const checkCodeWord: MessageCheck = ({ text }) =>
	text.trim() === CODE_WORD
		? refuse(
				'content_rejected',
				'SMSC does not read out this word: it reads out a code of its own.',
				"Use 'Call With Code' under Verification, whose result has the code, or change the text.",
			)
		: null;

/** An empty text message is refused for every gateway alike. */
const TEXT_MESSAGE = [checkLength, checkPrefix, checkComment, checkSender, checkCharacters];
const OTHER_MESSAGE = [checkText, checkCharset, ...TEXT_MESSAGE];

/** In the order in which they apply. */
const CHECKS: Readonly<Record<Kind, readonly MessageCheck[]>> = {
	sms: TEXT_MESSAGE,
	mms: [checkMms, checkCharset, ...TEXT_MESSAGE],
	email: [checkEmail, checkText, checkComment, checkCharset],
	social: OTHER_MESSAGE,
	viber: OTHER_MESSAGE,
	whatsapp: OTHER_MESSAGE,
	telegram: OTHER_MESSAGE,
	call: [checkCodeWord, ...OTHER_MESSAGE],
};

export function checkSmscMessage(message: Message<SmscOptions>): Refused | null {
	for (const check of CHECKS[message.options.kind]) {
		const refusal = check(message);
		if (refusal !== null) return refusal;
	}
	return null;
}
