/**
 * The Advanta platform: one text for many numbers to `sendsms`, a text each to `sendbulk`, and the replies of its many
 * brands to outcomes. Sources: the vendor's "SEND SMS" page and the pages of its brands.
 */
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../shared/codes';
import { unclear } from '../shared/faults';
import type { Batch, GatewayReply, GatewayRequest, JsonValue, Message } from '../shared/gateway';
import type { Outcome, Refused } from '../shared/outcome';
import { refuseInput } from '../shared/outcome';
import { asRecord, asText, digitsOf, pick } from '../shared/wire';
import { ACCEPTED_CODE, ADVANTA_CODES } from './codes';
import type { AdvantaSmsOptions } from './options';

export const NAME = 'Advanta SMS';

/** Kenya's mobile numbers begin with 7 or 1 (the vendor's pages have no others); its land lines get code 1003. */
const KENYAN_LANDLINE = /^254[^71]/;

export function checkAdvantaSmsMessage({ to, digits, from }: Message<AdvantaSmsOptions>): Refused | null {
	if (KENYAN_LANDLINE.test(digits)) {
		return refuseInput(
			'invalid_recipient',
			`${to} is a land line in Kenya, which cannot receive texts. Nothing was sent.`,
			'Use a mobile number: it begins with +2547 or +2541.',
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
export function messageFields({
	text,
	from,
	options,
}: Message<AdvantaSmsOptions>): Record<string, JsonValue> {
	return {
		message: options.passType === 'bm5' ? Buffer.from(text).toString('base64') : text,
		...(from === '' ? {} : { shortcode: from }),
		pass_type: options.passType,
		// A Unix time leaves no doubt about the time zone, which the vendor does not name for dates.
		...(options.scheduledFor === null ? {} : { timeToSend: String(Math.floor(options.scheduledFor / 1000)) }),
	};
}

export function buildAdvantaSmsSend({ style, messages }: Batch<AdvantaSmsOptions>): GatewayRequest {
	if (style === 'sameText') {
		const mobile = messages.map(({ digits }) => digits).join(',');
		return {
			method: 'POST',
			path: '/api/services/sendsms',
			body: { kind: 'json', value: { mobile, ...messageFields(messages[0]) } },
		};
	}
	const smslist = messages.map((message, index) => ({
		// Echoed in the reply: the surest way to tell the rows apart.
		clientsmsid: String(index + 1),
		mobile: message.digits,
		...messageFields(message),
	}));
	return {
		method: 'POST',
		path: '/api/services/sendbulk',
		body: { kind: 'json', value: { count: smslist.length, smslist } },
	};
}

export type Row = Readonly<Record<string, unknown>>;

/** The vendor's key, or its misspelling, which TextSMS, Celcom and others really send. */
export function codeOf(row: Row): string | null {
	const code = asText(pick(row, 'response-code') ?? pick(row, 'respose-code'));
	return code === null ? null : code.trim();
}

function outcomeOfRow(row: Row): Outcome {
	const code = codeOf(row);
	const vendorText = asText(pick(row, 'response-description'));
	const messageId = asText(pick(row, 'messageid'));
	if (code === ACCEPTED_CODE) {
		if (messageId !== null)
			return { accepted: true, messageId, status: 'queued', cost: null, segments: null };
		return unclear(NAME, 'The gateway says that it took this text, and gives no message ID for it.', code);
	}
	if (code === null) return unclear(NAME, "The gateway's answer for this number has no code.");
	const known = entryOf(ADVANTA_CODES, code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, vendorText)
		: outcomeOfCode(NAME, code, known, vendorText);
}

/** The reply's number may be written in the national form (07…) where we sent 2547…. */
function sameNumber(mobile: string, digits: string): boolean {
	if (mobile === digits) return true;
	const national = mobile.replace(/^0+/, '');
	return mobile.startsWith('0') && national.length >= 8 && digits.endsWith(national);
}

/** The row when all rows agree, null when there is none or they contradict each other (a row may come twice). */
function agreeing(rows: readonly Row[]): Row | null {
	const [first, ...others] = rows;
	if (first === undefined) return null;
	const said = JSON.stringify(first);
	return others.every((row) => JSON.stringify(row) === said) ? first : null;
}

/** Rows by what tells them apart: our own id, else the number; position only where a row names neither. */
function findRow(
	rows: readonly Row[],
	message: Message<AdvantaSmsOptions>,
	index: number,
	batch: Batch<AdvantaSmsOptions>,
): Row | null {
	const ownId = (row: Row): string | null => asText(pick(row, 'clientsmsid'));
	const mobile = (row: Row): string => digitsOf(pick(row, 'mobile'));
	if (batch.style === 'differentTexts') {
		const byId = rows.filter((row) => ownId(row) === String(index + 1));
		if (byId.length > 0) {
			const row = agreeing(byId);
			return row === null || mobile(row) === '' || sameNumber(mobile(row), message.digits) ? row : null;
		}
	}
	const byNumber = rows.filter((row) => sameNumber(mobile(row), message.digits));
	if (byNumber.length > 0) return agreeing(byNumber);
	const atPlace = rows[index];
	const anonymous = atPlace !== undefined && mobile(atPlace) === '' && ownId(atPlace) === null;
	return anonymous && rows.length === batch.messages.length ? atPlace : null;
}

export function readAdvantaSmsSend(
	{ json }: GatewayReply,
	batch: Batch<AdvantaSmsOptions>,
): Outcome[] | null {
	const whole = asRecord(json);
	const list = Array.isArray(json) ? (json as unknown[]) : pick(whole, 'responses');
	if (!Array.isArray(list)) {
		if (whole === null || codeOf(whole) === null) return null;
		const outcome = outcomeOfRow(whole);
		// A success without rows tells of one number at the most.
		if (outcome.accepted === true && batch.messages.length > 1) return batch.messages.map(notMentioned);
		return batch.messages.map(() => outcome);
	}
	const rows = list.map(asRecord).filter((row): row is Row => row !== null);
	return batch.messages.map((message, index) => {
		const row = findRow(rows, message, index, batch);
		return row === null ? notMentioned() : outcomeOfRow(row);
	});
}

function notMentioned(): Outcome {
	return unclear(NAME, 'The gateway took this request, and its answer does not mention this number.');
}
