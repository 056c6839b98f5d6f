/**
 * The Advanta platform: one text for many numbers to `sendsms`, a text each to `sendbulk`, and the replies of its many
 * brands to outcomes. Sources: the vendor's "SEND SMS" page and the pages of its brands.
 */
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../shared/contract/codes';
import { unclear, refuseInput } from '../shared/contract/outcome';
import type { Batch, Message } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest, JsonValue } from '../shared/contract/request';
import type { Outcome, Refused } from '../shared/contract/outcome';
import { asRecord } from '../shared/contract/json';
import { ACCEPTED_CODE, ADVANTA_CODES, INVALID_FIELDS, NO_REPORT_CODE, OPEN, isNoReport } from './codes';
import type { AdvantaSmsOptions } from './options';
import type { Row } from './reply';
import {
	NAME,
	codeOf,
	fieldErrorsOf,
	hasCode,
	listOf,
	messageIdOf,
	numberOf,
	ownIdOf,
	vendorTextOf,
} from './reply';

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

/** Our ID of a text within its request. */
function ownId(index: number): string {
	return String(index + 1);
}

/**
 * Texts that may share a `sendbulk`: its rows have to have one sender. Those for later travel by `sendsms`, the only
 * request that `timeToSend` is documented for (vendor-pages of "SEND SMS"): a brand that ignores it here would text
 * everybody at once.
 */
export function bulkKey({ from, options }: Message<AdvantaSmsOptions>): string | null {
	return options.scheduledFor === null ? from : null;
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
		clientsmsid: ownId(index),
		mobile: message.digits,
		...messageFields(message),
	}));
	return {
		method: 'POST',
		path: '/api/services/sendbulk',
		body: { kind: 'json', value: { count: smslist.length, smslist } },
	};
}

/** Whether the text was taken stays open; the gateway's words follow the sentence. */
function open(message: string, vendorText: string | null): Outcome {
	return { ...outcomeOfCode(NAME, '', { ...OPEN, message }, vendorText), code: null };
}

function outcomeOfRow(row: Row): Outcome {
	const code = codeOf(row);
	const vendorText = vendorTextOf(row);
	if (code === null)
		return open("The gateway's answer for this number has no code that can be read", vendorText);
	if (code === ACCEPTED_CODE) {
		const messageId = messageIdOf(row);
		if (fieldErrorsOf(row) !== null)
			return open('The gateway says both that it took this text and what is wrong with it', vendorText);
		if (messageId !== null)
			return { accepted: true, messageId, status: 'queued', cost: null, segments: null };
		return unclear(NAME, 'The gateway says that it took this text, and gives no message ID for it.', code);
	}
	// TextSMS has "No dlr" under 1009, which is another code's words: it says no more of a text than 1008 does.
	const known = entryOf(ADVANTA_CODES, isNoReport(code, vendorText) ? NO_REPORT_CODE : code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, vendorText)
		: outcomeOfCode(NAME, code, known, vendorText);
}

/** The rows that name one text: one may come twice, and two that differ tell nothing. */
interface Told {
	readonly row: Row;
	readonly code: string | null;
	readonly messageId: string | null;
	agreed: boolean;
}

/** The rows of a reply by what tells them apart, read once however many texts ask. */
class Rows {
	private readonly byId = new Map<string, Told>();
	private readonly byNumber = new Map<string, Told>();
	private readonly inOrder: boolean;

	constructor(
		private readonly list: readonly unknown[],
		private readonly batch: Batch<AdvantaSmsOptions>,
	) {
		const { messages } = batch;
		const numbers = new Set(messages.map(({ digits }) => digits));
		let inOrder = list.length === messages.length;
		list.forEach((entry, index) => {
			const row = asRecord(entry);
			if (row === null) return;
			const id = ownIdOf(row);
			const number = numberOf(row);
			if (id === null && number === '') return;
			if (id !== null && this.isOurs(id)) tell(this.byId, id, row);
			if (numbers.has(number)) tell(this.byNumber, number, row);
			if (number === '' ? id !== ownId(index) : number !== messages[index]?.digits) inOrder = false;
		});
		this.inOrder = inOrder;
	}

	/** Our own ID first, then the number; the place only where a row names neither and no other row is out of place. */
	find({ digits }: Message<AdvantaSmsOptions>, index: number): Row | null {
		const sendsIds = this.batch.style === 'differentTexts';
		const byId = sendsIds ? this.byId.get(ownId(index)) : undefined;
		if (byId !== undefined) {
			const number = numberOf(byId.row);
			return byId.agreed && (number === '' || number === digits) ? byId.row : null;
		}
		const byNumber = this.byNumber.get(digits);
		if (byNumber !== undefined) {
			const isOthers = sendsIds && this.isOurs(ownIdOf(byNumber.row));
			return byNumber.agreed && !isOthers ? byNumber.row : null;
		}
		if (!this.inOrder) return null;
		const atPlace = asRecord(this.list[index]);
		return atPlace !== null && numberOf(atPlace) === '' && ownIdOf(atPlace) === null ? atPlace : null;
	}

	private isOurs(id: string | null): boolean {
		return id !== null && /^[1-9]\d{0,5}$/.test(id) && Number(id) <= this.batch.messages.length;
	}
}

function tell(told: Map<string, Told>, key: string, row: Row): void {
	const known = told.get(key);
	if (known?.agreed === false) return;
	const code = codeOf(row);
	const messageId = messageIdOf(row);
	if (known === undefined) told.set(key, { row, code, messageId, agreed: true });
	else if (known.code !== code || known.messageId !== messageId) known.agreed = false;
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
		if (outcome.accepted === true && !isOurs) return batch.messages.map(notMentioned);
		return batch.messages.map(() => outcome);
	}
	const rows = new Rows(list, batch);
	return batch.messages.map((message, index) => {
		const row = rows.find(message, index);
		return row === null ? notMentioned() : outcomeOfRow(row);
	});
}

/** What an answer without rows says of the whole request; null when it is not in the platform's layout. */
function outcomeOfWhole(whole: Row, status: number): Outcome | null {
	if (hasCode(whole)) return outcomeOfRow(whole);
	const errors = fieldErrorsOf(whole);
	if (errors === null) return null;
	// A check of fields comes before anything is stored, and the HTTP status says so, too. Other statuses have a meaning of
	// their own.
	if (status === 400 || status === 422)
		return outcomeOfCode(NAME, `HTTP ${status}`, INVALID_FIELDS, vendorTextOf(whole));
	if (status > 400 && status < 500) return null;
	return open('The gateway says what is wrong with this request', vendorTextOf(whole));
}

function notMentioned(): Outcome {
	return unclear(NAME, 'The gateway took this request, and its answer does not mention this number.');
}
