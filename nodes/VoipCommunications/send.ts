/** VoIP Communications: one text for many numbers to `sms/send`, and its log of each text to outcomes. */
import type { CodeMeaning } from '../shared/contract/codes';
import { outcomeOfCode } from '../shared/contract/codes';
import { unclear, refuseInput } from '../shared/contract/outcome';
import type { Batch, Message } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome, Refused } from '../shared/contract/outcome';
import type { ReplyRow } from '../shared/contract/replyRows';
import { outcomesByKey } from '../shared/contract/replyRows';
import { asNumber, asRecord, asText, digitsOf, pick, recordsIn } from '../shared/contract/json';
import {
	ACCEPTED_CODE,
	BROKE_DOWN,
	NAME,
	NOBODY_KNOWS,
	refusalOf,
	refusalOfSignIn,
	rowStatus,
} from './codes';
import type { VoipCommunicationsOptions } from './options';
import { codeOfRefusal, sentenceOfError } from './reply';

export function checkVoipCommunicationsMessage({ from }: Message<VoipCommunicationsOptions>): Refused | null {
	if (from === '' || /^\+?\d{3,15}$/.test(from)) return null;
	return refuseInput(
		'invalid_sender',
		`"${from}" is not a phone number. Nothing was sent.`,
		"Set 'From' to a number of your VoIP Communications account, digits only, or leave it empty to send as bulk.",
	);
}

export function buildVoipCommunicationsSend({ messages }: Batch<VoipCommunicationsOptions>): GatewayRequest {
	const [first] = messages;
	const fields: Record<string, string> = {};
	// An empty sender means "bulk, at the lower rate": the field is left out then.
	if (first.from !== '') fields.from = first.from.replace('+', '');
	fields.to = messages.map(({ digits }) => digits).join(',');
	fields.msg = first.text;
	if (first.options.deliveryDate !== null) fields.delivery_date = first.options.deliveryDate;
	return { method: 'POST', path: '/api-v2/index.php/sms/send', body: { kind: 'form', fields } };
}

/** What a refusal of the whole request says of each text; null where its HTTP status says more. */
function outcomeOfError(sentence: string, status: number): Outcome | null {
	const code = codeOfRefusal(sentence, status);
	if (status === 401) return outcomeOfCode(NAME, code, refusalOfSignIn(sentence), sentence);
	if (status >= 500) return outcomeOfCode(NAME, code, BROKE_DOWN, sentence);
	const known = refusalOf(sentence);
	if (status === 200) return outcomeOfCode(NAME, code, known ?? NOBODY_KNOWS, sentence);
	return known === null || !isCertain(status) ? null : outcomeOfCode(NAME, code, known, sentence);
}

/** Codes of HTTP that say that a request was refused; not those of time-outs, conflicts and too many requests. */
function isCertain(code: number): boolean {
	return code >= 400 && code < 500 && ![408, 409, 425, 429].includes(code);
}

/** What a row that was not simply taken says. */
function wordsOfRow(
	code: number | null,
	sentence: string | null,
	status: ReturnType<typeof rowStatus>,
	httpStatus: number,
): CodeMeaning {
	if (httpStatus >= 500 || (code !== null && code >= 500 && code < 600)) return BROKE_DOWN;
	// A row that refuses its text and says that it is on its way contradicts itself.
	const isOnItsWay = status !== null && status !== 'failed';
	if (code === null || !isCertain(code) || isOnItsWay) return NOBODY_KNOWS;
	return (code === 401 ? refusalOfSignIn(sentence) : refusalOf(sentence)) ?? NOBODY_KNOWS;
}

function outcomeOfRow(row: ReplyRow, httpStatus: number): Outcome {
	const code = asText(pick(row, 'code'))?.trim().slice(0, 100) ?? null;
	if (code === null) return unclear(NAME, "The gateway's reply for this number has no code.");
	// It may come as text.
	const number = asNumber(code);
	const word = asText(pick(row, 'status'));
	const status = rowStatus(word);
	const messageId = asText(pick(row, 'smsid'));
	const sentence = asText(pick(row, 'code_desc'));
	if (number === ACCEPTED_CODE && status !== 'failed') {
		const cost = asNumber(pick(row, 'sale'));
		return { accepted: true, messageId, status: status ?? 'queued', cost, segments: null };
	}
	const words = wordsOfRow(number, sentence, status, httpStatus);
	return outcomeOfCode(NAME, code, words, sentence ?? word, messageId);
}

const isRow = (row: ReplyRow | null): row is ReplyRow =>
	pick(row, 'to') !== undefined && pick(row, 'code') !== undefined;

/**
 * The log of a reply: `send_log`, or the "JSON array" that the vendor's page speaks of above its sample. A single row
 * may stand for a list of one, and PHP writes a list with a gap as a map of its indexes. Null when there is none.
 */
function logOf(json: unknown): readonly ReplyRow[] | null {
	const whole = asRecord(json);
	const log = whole === null || isRow(whole) ? json : pick(whole, 'send_log');
	const list: readonly unknown[] = Array.isArray(log)
		? log
		: isRow(asRecord(log))
			? [log]
			: Object.values(asRecord(log) ?? {});
	const rows = recordsIn(list);
	return rows.some(isRow) || (Array.isArray(log) && log !== json) ? rows : null;
}

export function readVoipCommunicationsSend(
	{ json, status }: GatewayReply,
	batch: Batch<VoipCommunicationsOptions>,
): readonly Outcome[] | null {
	const sentence = sentenceOfError(asRecord(json));
	const log = logOf(json);
	if (sentence !== null && (log === null || log.length === 0)) {
		const outcome = outcomeOfError(sentence, status);
		return outcome === null ? null : batch.messages.map(() => outcome);
	}
	if (log === null) return null;
	const digits = batch.messages.map((message) => message.digits);
	const rows = log.map((row) => [digitsOf(pick(row, 'to')), row] as const);
	return outcomesByKey(NAME, digits, rows, (row) => outcomeOfRow(row, status));
}
