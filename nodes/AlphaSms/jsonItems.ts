/** What every request to AlphaSMS's JSON interface has in common: entries with a number of our own, and a reply in rows. */
import { createHash } from 'node:crypto';
import { asRecord, asText, pick, recordsIn } from '../shared/contract/json';
import type { GatewayReply, GatewayRequest, JsonRecord } from '../shared/contract/request';

export type Item = Readonly<Record<string, unknown>>;

export function jsonRequest(data: readonly JsonRecord[]): GatewayRequest {
	return { method: 'POST', path: '/api/json.php', body: { kind: 'json', value: { data } } };
}

const LEAST_ID = 2 ** 52;

/**
 * The vendor wants a number that is unique among all our messages: 51 bits made of the request's own reference, so that it
 * stays exact in JSON with the index added. All have 16 digits, which tells them from the gateway's own shorter ones.
 */
export function idsFor(reference: string, count: number): readonly number[] {
	const bits = Number.parseInt(createHash('sha256').update(reference).digest('hex').slice(0, 13), 16);
	const first = LEAST_ID + Math.floor(bits / 2);
	return Array.from({ length: count }, (_, index) => first + index);
}

/** A message's own number, where the gateway's is not known. */
export const isOwnId = (messageId: string): boolean => /^\d{16}$/.test(messageId);

/** The tables call `success` a number, every sample has a boolean. */
export function isTrue(value: unknown): boolean {
	return value === true || value === 1 || value === '1' || value === 'true';
}

/** The number in a row; it may lack it where there is one row about one message. */
export function idIn(item: Item): string | null {
	return asText(pick(asRecord(pick(item, 'data')), 'id'));
}

/** The sentence of a request that was refused whole, or its rows; null when the reply is neither. */
export type JsonReply =
	| { readonly sentence: string }
	/** `isAlone`: there is one row, readable or not. */
	| { readonly items: readonly Item[]; readonly isAlone: boolean };

/** Two levels of success: the outer one says nothing about the rows. */
export function readJsonReply(reply: GatewayReply): JsonReply | null {
	const json = asRecord(reply.json);
	if (json === null || pick(json, 'success') === undefined) return null;
	const items = pick(json, 'data');
	const sentence = asText(pick(json, 'error'));
	const isRefusal = !isTrue(pick(json, 'success')) && sentence !== null;
	if (Array.isArray(items) && !(isRefusal && items.length === 0)) {
		return { items: recordsIn(items), isAlone: items.length === 1 };
	}
	return isRefusal ? { sentence } : null;
}
