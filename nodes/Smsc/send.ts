/** SMSC: a batch to `send.php`, its four reply layouts to outcomes, and `status.php` to find out what got lost. */
import type { CodeWords } from '../shared/contract/codes';
import { outcomeOfCode, outcomeOfUnknownCode, entryOf } from '../shared/contract/codes';
import type { Batch, Message } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest, JsonRecord, FormFields } from '../shared/contract/request';
import type { Reconciliation } from '../shared/contract/sender';
import type { Outcome, Refused } from '../shared/contract/outcome';
import { refuseInput, unclear } from '../shared/contract/outcome';
import type { BinaryMeasure } from '../shared/contract/segmentMeasure';
import { measureBinary } from '../shared/segments/segments';
import { asNumber, asRecord, asText, pick } from '../shared/contract/json';
import { encodeText } from '../shared/contract/charset';
import {
	BUSY_WORDS,
	DUPLICATE_OR_BUSY,
	DUPLICATE_REQUEST,
	DUPLICATE_WORDS,
	REASONS,
	REASONS_BEFORE_SENDING,
	REFUSING_STATUSES,
	REQUEST_CODES,
	TOO_MANY_PRICES,
	isKnownStatus,
	smscStatus,
} from './codes';
import type { SmscList } from './list';
import { composeList } from './list';
import type { SmscOptions } from './options';
import type { NumberDetails, NumbersTold, SmscError, SmscTold } from './reply';
import { readReply, recipientKey } from './reply';
import { rowsFor } from './statusRows';

export const NAME = 'SMSC';

/** "Sending an SMS", `mes`: at most 1000 characters. */
const MAX_CHARACTERS = 1000;
/** Beginnings that switch the kind of message, and its price (one public client lists them; confidence low). */
const KIND_PREFIX = /^__(?:CALL|VIBER|SOC|PING|HLR|MMS|MAIL)__/i;

/** What the kinds besides text messages need. */
function checkKind({ to, text, from, options, isNumber, attachments }: Message<SmscOptions>): Refused | null {
	const { kind, subject, fileUrl } = options;
	const hasFile = fileUrl !== null || attachments.length > 0;
	const isEmpty = text.trim() === '';
	const refuse = (message: string, fix: string): Refused =>
		refuseInput('invalid_parameter', `${message} Nothing was sent.`, fix);
	if (kind === 'email') {
		if (isNumber) {
			const message = `"${to}" is not an e-mail address. Nothing was sent.`;
			return refuseInput(
				'invalid_recipient',
				message,
				"Give 'To' an e-mail address, or choose another kind.",
			);
		}
		if (!EMAIL.test(from)) {
			const message = 'An e-mail needs the address of its sender. Nothing was sent.';
			return refuseInput('invalid_sender', message, "Give 'From' an e-mail address of yours.");
		}
		if (subject === null) return refuse('An e-mail needs a subject.', "Fill in 'Subject'.");
	}
	if (kind === 'mms') {
		const isMissing = isEmpty && subject === null;
		return isMissing ? refuse('An MMS needs a subject or a text.', "Fill in 'Subject' or 'Message'.") : null;
	}
	// An e-mail needs a text beside its files, too.
	const mayBeEmpty = hasFile && kind !== 'email';
	return isEmpty && !mayBeEmpty ? refuse('The text is empty.', "Fill in 'Message' for this row.") : null;
}

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}\.[^\s@,;<>".]{2,63}$/;
const GROUP = /^G\d{1,12}$/i;

/** A group of the address book (`G` and its number), or an e-mail address where e-mails are sent. */
export function readSmscRecipient(typed: string, { kind }: SmscOptions): string | null {
	if (GROUP.test(typed)) return typed.toUpperCase();
	return kind === 'email' && EMAIL.test(typed) ? typed : null;
}

export function checkSmscMessage(message: Message<SmscOptions>): Refused | null {
	const { text, from, options } = message;
	if (options.kind !== 'sms') {
		const refusal = checkKind(message) ?? checkCharset(message);
		if (refusal !== null || options.kind === 'email') return refusal;
	}
	const length = bodyText(message).length;
	if (length > MAX_CHARACTERS) {
		const what = length === text.length ? 'This text has' : 'The text and what goes with it have';
		return refuseInput(
			'invalid_parameter',
			`${what} ${length} characters, and SMSC takes ${MAX_CHARACTERS}. Nothing was sent.`,
			'Shorten the text.',
		);
	}
	if (KIND_PREFIX.test(text)) {
		return refuseInput(
			'content_rejected',
			'This text begins with a word that SMSC may take for a command to call or look up the number. Nothing was sent.',
			'Begin the text with something else.',
		);
	}
	if (from !== '' && !/^(?:[\x20-\x7e]{1,11}|\d{1,15})$/.test(from)) {
		return refuseInput(
			'invalid_sender',
			`"${from}" cannot be a sender name at SMSC. Nothing was sent.`,
			'Use up to 11 Latin letters, digits and signs, or up to 15 digits.',
		);
	}
	if (options.binary === 2 && !/^(?:[0-9a-f]{2})+$/i.test(text)) {
		return refuseInput(
			'invalid_parameter',
			'The message is not written in hexadecimal digits. Nothing was sent.',
			"Use pairs of 0–9 and A–F, or set 'Binary Message' to No.",
		);
	}
	if (options.binary === 1 && /[^\x00-\xff]/.test(text)) {
		return refuseInput(
			'invalid_parameter',
			'The message has characters that do not stand for one byte. Nothing was sent.',
			"Use characters up to U+00FF only, or set 'Binary Message' to Hexadecimal.",
		);
	}
	return options.binary === 0 ? checkCharset(message) : null;
}

/** Subject and text, in the character set that the request names. */
function checkCharset({ text, options: { charset, subject } }: Message<SmscOptions>): Refused | null {
	if (encodeText(text + (subject ?? ''), charset) !== null) return null;
	return refuseInput(
		'invalid_parameter',
		`The text has characters that ${charset} lacks. Nothing was sent.`,
		"Set 'Character Set' to UTF-8.",
	);
}

/** What travels as `mes`: a WAP push is its link, a line break and its title. */
function bodyText({ text, options: { wapPushUrl, binarySuffix } }: Message<SmscOptions>): string {
	const body = wapPushUrl === null ? text : `${wapPushUrl}\n${text}`;
	return body === '' ? '' : body + binarySuffix;
}

/** The field in the request's character set; bytes above 7 bits must not become UTF-8 on the way. */
function encoded(text: string, options: SmscOptions): string | Uint8Array {
	if (options.binary === 1) return Uint8Array.from(text, (character) => character.charCodeAt(0));
	return inCharset(text, options);
}

function inCharset(text: string, { charset }: SmscOptions): string | Uint8Array {
	return charset === 'utf-8' ? text : (encodeText(text, charset) ?? text);
}

export function buildSmscSend(batch: Batch<SmscOptions>): GatewayRequest {
	const [first] = batch.messages;
	const { options } = first;
	const fields: Record<string, string | Uint8Array> = {};
	let shared: SmscList['shared'] = { sender: first.from, tz: options.tz };
	if (batch.style === 'sameText') {
		// With the + SMSC takes the number as it is; without it, it might "correct" it.
		fields.phones = batch.messages.map(({ to }) => to).join(',');
		const text = bodyText(first);
		if (text !== '') fields.mes = encoded(text, options);
	} else {
		const composed = composeList(batch.messages);
		fields.list = encoded(composed.list, options);
		({ shared } = composed);
	}
	fields.id = options.messageId ?? batch.reference;
	if (shared !== null && shared.sender !== '') fields.sender = shared.sender;
	for (const [name, value] of Object.entries(options.parameters)) fields[name] = inCharset(value, options);
	if (shared !== null && shared.tz !== null) fields.tz = String(shared.tz);
	fields.charset = options.charset;
	fields.fmt = String(options.replyFormat);
	const files = first.attachments;
	const body =
		files.length === 0
			? ({ kind: 'form', fields: fields as FormFields } as const)
			: ({ kind: 'multipart', fields: fields as FormFields, files } as const);
	return { method: 'POST', path: '/sys/send.php', body };
}

/** What an error 9 means where a text, or something else that is paid for, was to go out. */
function errorNine(text: string | null, duplicate: CodeWords): CodeWords | undefined {
	if (DUPLICATE_WORDS.test(text ?? '')) return duplicate;
	return BUSY_WORDS.test(text ?? '') ? entryOf(REQUEST_CODES, '9') : DUPLICATE_OR_BUSY;
}

function outcomeOfError({ code, text, id }: SmscError, priceOnly: boolean, duplicate: CodeWords): Outcome {
	const nine = priceOnly ? TOO_MANY_PRICES : errorNine(text, duplicate);
	const known = code === '9' ? nine : entryOf(REQUEST_CODES, code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, text)
		: outcomeOfCode(NAME, code, known, text, id);
}

/** The text's segments where SMSC cuts it; null where it goes out whole. */
function cutSegments({ measure, options: { maxSms } }: Message<SmscOptions>): number | null {
	return maxSms !== null && measure.segments > maxSms ? maxSms : null;
}

/** The vendor's own count, for one recipient; null where it counts nothing. */
function countOf(count: number | null): number | null {
	return count !== null && Number.isInteger(count) && count > 0 ? count : null;
}

function withId<T extends Outcome>(outcome: T, id: string | null): T {
	return id === null ? outcome : { ...outcome, messageId: id };
}

/** Null where the details of this number name no error. */
function refusalOfNumber({ status, error }: NumberDetails, id: string | null): Outcome | null {
	const cause = error === '0' ? null : error;
	const refusing = status === null ? undefined : entryOf(REFUSING_STATUSES, status);
	const reason = cause === null ? undefined : entryOf(REASONS, cause);
	if (refusing !== undefined && status !== null) {
		// 20 is the operator's: with a reason that nobody knows it may not be its last word.
		if (status === '20' && cause !== null && reason === undefined)
			return withId(outcomeOfUnknownCode(NAME, cause, null), id);
		return outcomeOfCode(NAME, cause ?? status, reason ?? refusing, null, id);
	}
	if (status !== null || cause === null) return null;
	if (reason === undefined) return withId(outcomeOfUnknownCode(NAME, cause, null), id);
	const mayBeAccepted = !REASONS_BEFORE_SENDING.has(cause);
	return outcomeOfCode(NAME, cause, mayBeAccepted ? { ...reason, mayBeAccepted } : reason, null, id);
}

function outcomeOfNumber(
	details: NumberDetails,
	message: Message<SmscOptions>,
	id: string | null,
	balance: BalanceTold,
): Outcome {
	const refusal = refusalOfNumber(details, id);
	if (refusal !== null) return refusal;
	const { status, cost } = details;
	const segments = cutSegments(message);
	if (message.options.priceOnly) return { accepted: false, quoted: true, cost, segments };
	if (status !== null && !isKnownStatus(status)) return outcomeOfUnknownCode(NAME, status, null);
	return { accepted: true, messageId: id, status: 'queued', cost, segments, ...balance };
}

type BalanceTold = { readonly details?: JsonRecord };

/** What is left on the account after the request, as a key of each of its results. */
function balanceTold({ balance }: SmscTold): BalanceTold {
	return balance === null ? {} : { details: { balance } };
}

/** How the vendor names an e-mail's recipient in its details is not documented: what has no address is no help. */
function hasAddress(numbers: NumbersTold | null): boolean {
	return [...(numbers?.keys() ?? [])].some((key) => key.includes('@'));
}

/** A group is taken when anybody in it is; the details tell of its members. */
function outcomeOfGroup(
	reply: SmscTold,
	members: NumbersTold,
	id: string | null,
	message: Message<SmscOptions>,
): Outcome {
	const { cost } = reply;
	const segments = countOf(reply.count);
	const outcomes = [...members.values()].map((member) =>
		member === 'contradiction' ? null : outcomeOfNumber(member, message, id, {}),
	);
	const refused = outcomes.filter(
		(outcome): outcome is Refused => outcome?.accepted === false && !('quoted' in outcome),
	);
	const [refusal] = refused;
	if (refusal !== undefined && refused.length === outcomes.length) return refusal;
	if (message.options.priceOnly) return { accepted: false, quoted: true, cost, segments };
	if (!outcomes.some((outcome) => outcome?.accepted === true)) {
		return withId(unclear(NAME, 'SMSC took this request, and does not tell what became of this group.'), id);
	}
	const details = {
		members: outcomes.length,
		membersRefused: refused.length,
		...balanceTold(reply).details,
	};
	return { accepted: true, messageId: id, status: 'queued', cost, segments, details };
}

/** Outcomes where the reply has no details of the numbers. */
function outcomesWithoutDetails(read: SmscTold, id: string | null, batch: Batch<SmscOptions>): Outcome[] {
	const { messages } = batch;
	const { cost } = read;
	const alone = messages.length === 1;
	const partsOf = (message: Message<SmscOptions>): number => cutSegments(message) ?? message.measure.segments;
	const expected = messages.reduce((sum, message) => sum + partsOf(message), 0);
	return messages.map((message): Outcome => {
		const segments = alone ? countOf(read.count) : partsOf(message);
		if (read.kind === 'price') {
			return { accepted: false, quoted: true, cost: alone ? cost : null, segments: alone ? segments : null };
		}
		// Only the number of parts can show that none of several numbers was left out.
		const isCounted = alone ? read.count !== 0 || message.options.kind !== 'sms' : read.count === expected;
		if (!isCounted) {
			const what = alone
				? 'SMSC took this request, and counts no text in it.'
				: 'SMSC took this request, and does not tell which of its numbers it accepted.';
			return withId(unclear(NAME, what), id);
		}
		return {
			accepted: true,
			messageId: id,
			status: 'queued',
			cost: alone ? cost : null,
			segments,
			...balanceTold(read),
		};
	});
}

/** A plain reply may be cut off within its id, which is the one that the request gave. */
function wholeId(told: string, given: string): string {
	return given.startsWith(told) ? given : told;
}

/** @param duplicate what it means that an earlier, identical request was taken */
export function readSmscSend(
	reply: GatewayReply,
	batch: Batch<SmscOptions>,
	duplicate: CodeWords = DUPLICATE_REQUEST,
): Outcome[] | null {
	const [first, ...others] = batch.messages;
	const { options } = first;
	const read = readReply(reply, options);
	if (read === null) return null;
	if (read.kind === 'error') {
		return batch.messages.map(() => outcomeOfError(read, options.priceOnly, duplicate));
	}
	const id = read.kind === 'sent' ? wholeId(read.id, options.messageId ?? batch.reference) : null;
	// Without op=1, err=1 lists the numbers that were refused and no others.
	const tellsOfAll = options.parameters.op === '1';
	// Groups and addresses have a request of their own each.
	if (GROUP.test(first.to) && tellsOfAll && read.numbers !== null && read.numbers.size > 0) {
		const members = read.numbers;
		return batch.messages.map(() => outcomeOfGroup(read, members, id, first));
	}
	const numbers = first.isNumber || hasAddress(read.numbers) ? read.numbers : null;
	const isListed = tellsOfAll || batch.messages.some(({ to }) => numbers?.has(recipientKey(to)) === true);
	if (numbers === null || !isListed) return outcomesWithoutDetails(read, id, batch);
	return batch.messages.map((message) => {
		const details = numbers.get(recipientKey(message.to));
		if (details === undefined || details === 'contradiction') {
			const why =
				details === undefined ? 'does not mention this number' : 'contradicts itself about this number';
			return withId(unclear(NAME, `SMSC took this request, and its answer ${why}.`), id);
		}
		const outcome = outcomeOfNumber(details, message, id, balanceTold(read));
		if (others.length > 0 || outcome.accepted === null || !('segments' in outcome)) return outcome;
		return { ...outcome, cost: outcome.cost ?? read.cost, segments: countOf(read.count) ?? outcome.segments };
	});
}

/** Binary messages are counted in octets; null for texts. */
export function measureSmsc(text: string, { binary }: SmscOptions): BinaryMeasure | null {
	if (binary === 0) return null;
	return measureBinary(binary === 2 ? Math.ceil(text.length / 2) : text.length);
}

/** The price without sending: `cost=1`, in the same request. */
export function buildSmscPrice(batch: Batch<SmscOptions>): GatewayRequest {
	return buildSmscSend(asPrice(batch));
}

export function readSmscPrice(reply: GatewayReply, batch: Batch<SmscOptions>): Outcome[] | null {
	return readSmscSend(reply, asPrice(batch));
}

/** Prices are asked in JSON and for every number, whatever the options say of sending. */
function asPrice({ style, messages: [first, ...others], reference }: Batch<SmscOptions>): Batch<SmscOptions> {
	const priced = (message: Message<SmscOptions>): Message<SmscOptions> => ({
		...message,
		options: {
			...message.options,
			priceOnly: true,
			replyFormat: 3,
			perNumberDetails: true,
			parameters: { ...message.options.parameters, cost: '1', op: '1' },
		},
	});
	return { style, messages: [priced(first), ...others.map(priced)], reference };
}

/** `status.php` for the numbers of a request, by the id that we gave it: -3 means that SMSC does not know it. */
export const smscReconciliation: Reconciliation<SmscOptions> = {
	// Status may be asked five times a minute; a request on its way is filed within a minute or two.
	delaysMs: [3_000, 15_000, 45_000, 90_000],
	build(batch, outcomes = []) {
		const [{ options }] = batch.messages;
		// An id of the person's own may belong to an older message: asking could find the wrong one.
		if (options.messageId !== null || options.priceOnly) return null;
		// Error 9 took nothing under this id, and "not found" would hide that an earlier request had the same text.
		if (outcomes.some((outcome) => 'code' in outcome && outcome.code === '9')) return null;
		if (batch.messages.some(({ isNumber }) => !isNumber)) return null;
		return {
			method: 'POST',
			path: '/sys/status.php',
			body: {
				kind: 'form',
				fields: {
					// With the +, as it was sent: "corrected", the number would read as unknown.
					phone: batch.messages.map(({ to }) => to).join(','),
					id: batch.messages.map(() => batch.reference).join(','),
					// The price, and the kind: without it a look-up that waits for its result looks like a text delivered.
					all: '1',
					fmt: '3',
					charset: 'utf-8',
				},
			},
		};
	},
	read(reply, batch) {
		const list: readonly unknown[] = Array.isArray(reply.json) ? (reply.json as unknown[]) : [reply.json];
		const rows = list.map(asRecord).filter((row) => row !== null);
		const asked = batch.messages.map(({ to }) => ({ messageId: batch.reference, to }));
		return rowsFor(rows, asked).map((row): Outcome | 'notFound' | null => {
			const status = asText(pick(row ?? null, 'status'));
			if (row === undefined || status === null || pick(row, 'error_code') !== undefined) return null;
			if (status === '-3') return 'notFound';
			const error = asText(pick(row, 'err'));
			// 20 comes from the operator: SMSC had taken the text.
			if (status !== '20' && entryOf(REFUSING_STATUSES, status) !== undefined) {
				return refusalOfNumber({ status, error, cost: null }, batch.reference);
			}
			if (!isKnownStatus(status)) return null;
			return {
				accepted: true,
				messageId: batch.reference,
				status: smscStatus(status, error, asText(pick(row, 'type'))).status,
				cost: asNumber(pick(row, 'cost')),
				segments: countOf(asNumber(pick(row, 'sms_cnt'))),
			};
		});
	},
};
