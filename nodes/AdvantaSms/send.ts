/**
 * The Advanta platform: one text for many numbers to `sendsms`, individual texts to `sendbulk`, and the replies of its many
 * brands to outcomes. Sources: the vendor's "SEND SMS" page and the pages of its brands.
 */
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../shared/contract/codes';
import { unclear, refuseInput } from '../shared/contract/outcome';
import type { Batch, Message } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest, JsonValue } from '../shared/contract/request';
import type { Outcome, Refused } from '../shared/contract/outcome';
import type { ReplyRow } from '../shared/contract/replyRows';
import { notMentioned } from '../shared/contract/replyRows';
import { asRecord } from '../shared/contract/json';
import {
	ACCEPTED_CODE,
	ADVANTA_CODES,
	INVALID_FIELDS,
	NAME,
	NO_REPORT_CODE,
	isNoReport,
	open,
} from './codes';
import type { AdvantaSmsOptions } from './options';
import { ownId, rowFinder } from './rows';
import {
	codeOf,
	fieldErrorsOf,
	hasCode,
	listOf,
	messageIdOf,
	networkOf,
	numberOf,
	vendorTextOf,
} from './reply';

/** Kenya's mobile numbers begin with 7 or 1 (the vendor's pages have no others); its landlines get code 1003. */
const KENYAN_LANDLINE = /^254[^71]/;

export function checkAdvantaSmsMessage({
	to,
	digits,
	from,
	isNumber,
}: Message<AdvantaSmsOptions>): Refused | null {
	if (isNumber && KENYAN_LANDLINE.test(digits)) {
		return refuseInput(
			'invalid_recipient',
			`${to} is a landline in Kenya, which cannot receive texts. Nothing was sent.`,
			'Use a mobile number: it starts with +2547 or +2541.',
		);
	}
	if (from.length <= 20) return null;
	return refuseInput(
		'invalid_sender',
		`"${from}" is too long for a sender ID. Nothing was sent.`,
		"Use the sender ID as the gateway gave it to you, or leave 'From' empty for the Shortcode of the credential.",
	);
}

/** What `sendsms` and a row of `sendbulk` have in common. The credential adds key, partner and default sender. */
export function wireFields({ text, from, options }: Message<AdvantaSmsOptions>): Record<string, JsonValue> {
	return {
		message: options.passType === 'bm5' ? Buffer.from(text).toString('base64') : text,
		...(from === '' ? {} : { shortcode: from }),
		pass_type: options.passType,
		// A Unix time leaves no doubt about the time zone, which the vendor does not name for dates.
		...(options.scheduledFor === null ? {} : { timeToSend: String(Math.floor(options.scheduledFor / 1000)) }),
	};
}

/** `sendsms` is documented without an ID, and one client sends it: only where the person wants it. */
function ownIdOf({ options: { messageId } }: Message<AdvantaSmsOptions>): Record<string, JsonValue> {
	return messageId === null ? {} : { clientsmsid: messageId };
}

/**
 * Texts that may share a `sendbulk`: its rows have to have one sender. Those for later travel by `sendsms`, the only
 * request that `timeToSend` is documented for (vendor-pages of "SEND SMS"): a brand that ignores it here would text
 * everybody at once.
 */
export function bulkKey({ from, options }: Message<AdvantaSmsOptions>): string | null {
	return options.scheduledFor === null ? from : null;
}

export function buildAdvantaSmsSend(batch: Batch<AdvantaSmsOptions>): GatewayRequest {
	const { style, messages } = batch;
	if (style === 'sameText') {
		const mobile = messages.map(({ digits }) => digits).join(',');
		return {
			method: 'POST',
			path: '/api/services/sendsms',
			body: { kind: 'json', value: { mobile, ...wireFields(messages[0]), ...ownIdOf(messages[0]) } },
		};
	}
	const smslist = messages.map((message, index) => ({
		// Echoed in the reply: the surest way to tell the rows apart.
		clientsmsid: ownId(batch, index),
		mobile: message.digits,
		...wireFields(message),
	}));
	return {
		method: 'POST',
		path: '/api/services/sendbulk',
		body: { kind: 'json', value: { count: smslist.length, smslist } },
	};
}

/** It is unclear whether the text was accepted; the gateway's words follow the sentence. */
function openOutcome(message: string, vendorText: string | null): Outcome {
	return { ...outcomeOfCode(NAME, '', open(message), vendorText), code: null };
}

function outcomeOfRow(row: ReplyRow): Outcome {
	const code = codeOf(row);
	const vendorText = vendorTextOf(row);
	if (code === null)
		return openOutcome("The gateway's reply for this number has no readable code", vendorText);
	if (code === ACCEPTED_CODE) {
		const messageId = messageIdOf(row);
		if (fieldErrorsOf(row) !== null)
			return openOutcome(
				'The gateway reports that it accepted this text, and also what is wrong with it',
				vendorText,
			);
		if (messageId !== null) {
			const network = networkOf(row);
			const details = network === null ? {} : { details: { network } };
			return { accepted: true, messageId, status: 'queued', cost: null, segments: null, ...details };
		}
		return unclear(
			NAME,
			'The gateway says that it accepted this text, but gives no message ID for it.',
			code,
		);
	}
	// TextSMS has "No dlr" under 1009, which is another code's words: it says no more of a text than 1008 does.
	const known = entryOf(ADVANTA_CODES, isNoReport(code, vendorText) ? NO_REPORT_CODE : code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, vendorText)
		: outcomeOfCode(NAME, code, known, vendorText);
}

export function readAdvantaSmsSend(
	{ json, status }: GatewayReply,
	batch: Batch<AdvantaSmsOptions>,
): Outcome[] | null {
	const list = listOf(json);
	const whole = asRecord(json);
	if (list === null || (list.length === 0 && whole !== null && hasCode(whole))) {
		const outcome = whole === null ? null : outcomeOfWhole(whole, status);
		if (outcome === null) return null;
		// A success without rows tells of one number at the most, and not of another's.
		const [{ digits }] = batch.messages;
		const isOurs = batch.messages.length === 1 && ['', digits].includes(numberOf(whole ?? {}));
		if (outcome.accepted === true && !isOurs) return batch.messages.map(() => notMentioned(NAME));
		return batch.messages.map(() => outcome);
	}
	const find = rowFinder(list, batch);
	return batch.messages.map((message, index) => {
		const row = find(message, index);
		return row === null ? notMentioned(NAME) : outcomeOfRow(row);
	});
}

/** What an answer without rows says of the whole request; null when it is not in the platform's layout. */
function outcomeOfWhole(whole: ReplyRow, status: number): Outcome | null {
	if (hasCode(whole)) return outcomeOfRow(whole);
	const errors = fieldErrorsOf(whole);
	if (errors === null) return null;
	// A check of fields comes before anything is stored, and the HTTP status says so, too. Other statuses have a meaning of
	// their own.
	if (status === 400 || status === 422)
		return outcomeOfCode(NAME, `HTTP ${status}`, INVALID_FIELDS, vendorTextOf(whole));
	if (status > 400 && status < 500) return null;
	return openOutcome('The gateway reports a problem with this request', vendorTextOf(whole));
}
