/**
 * AlphaSMS's JSON interface: many texts in one request. It signs in with the API key only and knows no time to send at,
 * no flash messages and no WAP push; those go one by one through the text interface. Source: the vendor's JSON pages.
 */
import { createHash } from 'node:crypto';
import { unclear } from '../shared/faults';
import type { Batch, GatewayReply, GatewayRequest } from '../shared/gateway';
import type { Outcome } from '../shared/outcome';
import { asNumber, asRecord, asText, pick } from '../shared/wire';
import type { AlphaSmsOptions } from './options';
import { NAME, outcomeOfSentence } from './send';

/** No page names the largest number of texts a request takes. */
export const JSON_BATCH = 100;

/** Whether a text with these options can travel in JSON. */
export function travelsInJson({ askDate, flash, wapPushUrl }: AlphaSmsOptions): boolean {
	return askDate === null && flash !== true && wapPushUrl === null;
}

/** The vendor wants a number that is unique among all our texts: 44 bits made of the request's own reference. */
function firstId(reference: string): number {
	return Number.parseInt(createHash('sha256').update(reference).digest('hex').slice(0, 11), 16);
}

export function buildAlphaSmsBatch({ messages, reference }: Batch<AlphaSmsOptions>): GatewayRequest {
	const first = firstId(reference);
	const data = messages.map(({ digits, from, text }, index) => ({
		type: 'sms',
		id: first + index,
		phone: Number(digits),
		sms_signature: from,
		sms_message: text,
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
	const messageId = asText(pick(data, 'msg_id'));
	if (isTrue(pick(item, 'success'))) {
		if (sentence !== null || messageId === null) {
			return unclear(NAME, "AlphaSMS's answer for this number contradicts itself.");
		}
		const segments = asNumber(pick(data, 'parts'));
		return { accepted: true, messageId, status: 'queued', cost: null, segments };
	}
	if (messageId !== null || sentence === null) {
		return unclear(NAME, "AlphaSMS's answer for this number cannot be read.");
	}
	return outcomeOfSentence(sentence);
}

/** Two levels of success: the outer one says nothing about the texts. */
export function readAlphaSmsBatch(reply: GatewayReply, batch: Batch<AlphaSmsOptions>): Outcome[] | null {
	const json = asRecord(reply.json);
	if (json === null || pick(json, 'success') === undefined) return null;
	const items = pick(json, 'data');
	const sentence = asText(pick(json, 'error'));
	const isRefusal = !isTrue(pick(json, 'success')) && sentence !== null;
	if (!Array.isArray(items) || (isRefusal && items.length === 0)) {
		return isRefusal ? batch.messages.map(() => outcomeOfSentence(sentence)) : null;
	}
	const byId = new Map<string, Outcome>();
	for (const item of items.map(asRecord)) {
		const id = asText(pick(asRecord(pick(item, 'data')), 'id'));
		if (item === null || id === null) continue;
		const twice = unclear(NAME, 'AlphaSMS tells of this number twice.');
		byId.set(id, byId.has(id) ? twice : outcomeOfItem(item));
	}
	const first = firstId(batch.reference);
	return batch.messages.map(
		(_, index) =>
			byId.get(String(first + index)) ??
			unclear(NAME, 'AlphaSMS took this request, and its answer does not mention this number.'),
	);
}
