/**
 * AlphaSMS's JSON interface: many texts in one request. It signs in with the API key only and knows no time to send at,
 * no flash messages and no WAP push; those go one by one through the text interface. Source: the vendor's JSON pages.
 */
import { createHash } from 'node:crypto';
import { unclear } from '../shared/contract/outcome';
import type { Batch } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome } from '../shared/contract/outcome';
import { outcomesByKey } from '../shared/contract/replyRows';
import { asNumber, asRecord, asText, pick, recordsIn } from '../shared/contract/json';
import type { AlphaSmsOptions } from './options';
import { NAME, leavesItToStatus, outcomeOfSentences } from './codes';
import { acceptedOrUnclear, senderOf } from './send';

/** No page names the largest number of texts a request takes. */
export const JSON_BATCH = 100;

/** Whether a text with these options can travel in JSON, which has no parameter for any of them. */
export function travelsInJson({ askDate, flash, version, wapPushUrl }: AlphaSmsOptions): boolean {
	return askDate === null && flash !== true && version === null && wapPushUrl === null;
}

/**
 * The vendor wants a number that is unique among all our texts: 52 bits made of the request's own reference, so that it
 * stays exact in JSON with the index added.
 */
function firstId(reference: string): number {
	return Number.parseInt(createHash('sha256').update(reference).digest('hex').slice(0, 13), 16);
}

export function buildAlphaSmsJson({ messages, reference }: Batch<AlphaSmsOptions>): GatewayRequest {
	const first = firstId(reference);
	const data = messages.map((message, index) => ({
		type: 'sms',
		id: first + index,
		phone: Number(message.digits),
		sms_signature: senderOf(message),
		sms_message: message.text,
	}));
	return { method: 'POST', path: '/api/json.php', body: { kind: 'json', value: { data } } };
}

/** The tables call `success` a number, every sample has a boolean. */
function isTrue(value: unknown): boolean {
	return value === true || value === 1 || value === '1' || value === 'true';
}

function outcomeOfItem(item: Readonly<Record<string, unknown>>): Outcome {
	const data = asRecord(pick(item, 'data'));
	const sentence = asText(pick(item, 'error'));
	const id = asText(pick(data, 'msg_id'));
	const messageId = id === '0' ? null : id;
	if (isTrue(pick(item, 'success')) && sentence === null && messageId !== null) {
		return acceptedOrUnclear(messageId, asNumber(pick(data, 'parts')));
	}
	if (sentence !== null) {
		const contradicts = messageId !== null || isTrue(pick(item, 'success'));
		return outcomeOfSentences([sentence], contradicts ? (messageId ?? '') : null);
	}
	return unclear(NAME, "AlphaSMS's reply for this number is contradictory or empty.");
}

/** Two levels of success: the outer one says nothing about the texts. */
export function readAlphaSmsJson(
	reply: GatewayReply,
	batch: Batch<AlphaSmsOptions>,
): readonly Outcome[] | null {
	const json = asRecord(reply.json);
	if (json === null || pick(json, 'success') === undefined) return null;
	const items = pick(json, 'data');
	const sentence = asText(pick(json, 'error'));
	const isRefusal = !isTrue(pick(json, 'success')) && sentence !== null;
	if (!Array.isArray(items) || (isRefusal && items.length === 0)) {
		if (!isRefusal || leavesItToStatus(reply.status, [sentence])) return null;
		const outcome = outcomeOfSentences([sentence]);
		return batch.messages.map(() => outcome);
	}
	const first = firstId(batch.reference);
	const ids = batch.messages.map((_, index) => String(first + index));
	const isAboutTheOne = ids.length === 1 && items.length === 1;
	const rows = recordsIn(items).flatMap((item) => {
		const id = asText(pick(asRecord(pick(item, 'data')), 'id')) ?? (isAboutTheOne ? (ids[0] ?? null) : null);
		return id === null ? [] : [[id, item] as const];
	});
	// Ids are unique: whatever else a second row says, something went wrong.
	return outcomesByKey(NAME, ids, rows, outcomeOfItem, () => false);
}
