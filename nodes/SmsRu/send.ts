/** SMS.RU: a batch to `/sms/send`, and its JSON or plain reply to outcomes. Source: the vendor's "send SMS" page. */
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../shared/contract/codes';
import { unclear, refuseInput } from '../shared/contract/outcome';
import type { Batch, BatchLimits, Message } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome, Refused } from '../shared/contract/outcome';
import { contradiction, notMentioned, outcomesByKey } from '../shared/contract/replyRows';
import { asNumber, asRecord, asText, digitsOf, pick } from '../shared/contract/json';
import { NAME, SMS_RU_STATUSES, smsRuSendWords } from './codes';
import type { SmsRuOptions } from './options';

/** Code 205. */
const MAX_SEGMENTS = 8;

export function checkSmsRuMessage({ measure, from, options }: Message<SmsRuOptions>): Refused | null {
	if (measure.segments > MAX_SEGMENTS && options.parameters.translit === undefined) {
		return refuseInput(
			'invalid_parameter',
			`This text needs ${measure.segments} segments, and SMS.RU allows ${MAX_SEGMENTS}. Nothing was sent.`,
			'Shorten the text.',
		);
	}
	if (from.length > 15) {
		return refuseInput(
			'invalid_sender',
			`"${from}" is too long for a sender name. Nothing was sent.`,
			'Use a sender name that SMS.RU has approved for you, or leave From empty.',
		);
	}
	return null;
}

/** "Up to 100 in one request", for one text as for individual texts. */
export function smsRuBatchLimits(_: SmsRuOptions, batchSize: number | null): BatchLimits {
	return { sameText: batchSize ?? 100, differentTexts: batchSize ?? 100 };
}

export function smsRuDifferentTextsKey({ from, optionsKey }: Message<SmsRuOptions>): string {
	return `${from}\n${optionsKey}`;
}

/** To whom and what, in the map's or the list's form. */
export function recipientFields({ style, messages }: Batch<SmsRuOptions>): Record<string, string> {
	const fields: Record<string, string> = {};
	if (style === 'sameText') {
		fields.to = messages.map(({ digits }) => digits).join(',');
		fields.msg = messages[0].text;
	} else {
		for (const { digits, text } of messages) fields[`to[${digits}]`] = text;
	}
	if (messages[0].from !== '') fields.from = messages[0].from;
	return fields;
}

export function buildSmsRuSend(batch: Batch<SmsRuOptions>): GatewayRequest {
	const fields = { ...recipientFields(batch), ...batch.messages[0].options.parameters };
	return { method: 'POST', path: '/sms/send', body: { kind: 'form', fields } };
}

export function outcomeOf(
	code: string,
	vendorText: string | null,
	messageId: string | null,
	cost: number | null,
): Outcome {
	const status = entryOf(SMS_RU_STATUSES, code);
	if (status !== undefined) return { accepted: true, messageId, status, cost, segments: null };
	const known = smsRuSendWords(code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, vendorText)
		: outcomeOfCode(NAME, code, known, vendorText, messageId);
}

/** With what is left on the account, which the reply tells once, after all that it took. */
function withBalance(outcome: Outcome, balance: number | null): Outcome {
	return outcome.accepted === true && balance !== null ? { ...outcome, details: { balance } } : outcome;
}

/** One recipient's entry. An `sms_id` alone is no success: entries refused with 221 have one, too. */
function outcomeOfEntry(entry: Readonly<Record<string, unknown>>): Outcome {
	const code = asText(pick(entry, 'status_code'));
	const status = asText(pick(entry, 'status'));
	const vendorText = asText(pick(entry, 'status_text'));
	if (code === null) return unclear(NAME, "SMS.RU's reply for this number has no code.");
	const outcome = outcomeOf(code, vendorText, asText(pick(entry, 'sms_id')), asNumber(pick(entry, 'cost')));
	if (outcome.accepted === true && status !== 'OK') {
		return contradiction(NAME, code);
	}
	return outcome;
}

function readJson(
	json: Readonly<Record<string, unknown>>,
	batch: Batch<SmsRuOptions>,
): readonly Outcome[] | null {
	const entries = asRecord(pick(json, 'sms'));
	const code = asText(pick(json, 'status_code'));
	if (code === null) return null;
	if (entries === null) {
		if (entryOf(SMS_RU_STATUSES, code) !== undefined) return batch.messages.map(() => notMentioned(NAME));
		const outcome = outcomeOf(code, asText(pick(json, 'status_text')), null, null);
		return batch.messages.map(() => outcome);
	}
	// Keys may be spelled otherwise than we did (+7…, 7…): only the digits count.
	const rows = Object.entries(entries).flatMap(([number, value]) => {
		const entry = asRecord(value);
		return entry === null ? [] : [[digitsOf(number), entry] as const];
	});
	const digits = batch.messages.map((message) => message.digits);
	const balance = asNumber(pick(json, 'balance'));
	return outcomesByKey(NAME, digits, rows, (entry) => withBalance(outcomeOfEntry(entry), balance));
}

/** First line the code of the request, then for each recipient in our order an id or a code, then the balance. */
function readPlain({ text, status }: GatewayReply, batch: Batch<SmsRuOptions>): readonly Outcome[] | null {
	const [code, ...rest] = text.trim().split(/\r?\n/);
	if (code === undefined || !/^\d{3}$/.test(code)) return null;
	// A proxy may write nothing but the HTTP status.
	if (status >= 400 && code === String(status)) return null;
	if (code !== '100') {
		if (entryOf(SMS_RU_STATUSES, code) !== undefined) return batch.messages.map(() => notMentioned(NAME));
		const outcome = outcomeOf(code, null, null, null);
		return batch.messages.map(() => outcome);
	}
	const filled = rest.map((line) => line.trim()).filter((line) => line !== '');
	const lines = filled.filter((line) => !line.startsWith('balance='));
	// The balance is the last line: without it the reply is cut off, perhaps within an id that then looks like a code.
	const isWhole = filled.at(-1)?.startsWith('balance=') === true;
	if (!isWhole || lines.length !== batch.messages.length) return batch.messages.map(() => notMentioned(NAME));
	const balance = asNumber(filled.at(-1)?.slice('balance='.length));
	return lines.map((line): Outcome => {
		if (/^\d{3}$/.test(line)) return line === '100' ? notMentioned(NAME) : outcomeOf(line, null, null, null);
		if (!/^\d+-\d+$/.test(line)) return notMentioned(NAME);
		return withBalance(outcomeOf('100', null, line, null), balance);
	});
}

export function readSmsRuSend(reply: GatewayReply, batch: Batch<SmsRuOptions>): readonly Outcome[] | null {
	const json = asRecord(reply.json);
	return json === null ? readPlain(reply, batch) : readJson(json, batch);
}
