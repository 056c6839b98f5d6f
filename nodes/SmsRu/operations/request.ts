/** How every query to SMS.RU is made and read. Source: the vendor's API pages; JSON, HTTP 200 in every case. */
import { queryFailureOfCode } from '../../shared/contract/codes';
import type { GatewayReply, GatewayRequest, JsonRecord } from '../../shared/contract/request';
import type { QueryAnswer } from '../../shared/contract/operation';
import { asRecord, asText, pick } from '../../shared/contract/json';
import { NAME, smsRuWords } from '../codes';

export function smsRuRequest(path: string, fields: Readonly<Record<string, string>> = {}): GatewayRequest {
	return { method: 'POST', path, body: { kind: 'form', fields: { ...fields, json: '1' } } };
}

/**
 * What `read` makes of a reply to a call that went well, null where it misses what every such reply has; `fine` names
 * codes that count as such, besides 100.
 */
export function readSmsRu(
	reply: GatewayReply,
	queries: readonly JsonRecord[],
	read: (json: JsonObject) => readonly QueryAnswer[] | null,
	fine: readonly string[] = [],
): readonly QueryAnswer[] | null {
	const json = asRecord(reply.json);
	const code = asText(pick(json, 'status_code'));
	if (json === null || code === null) return null;
	if (code === '100' || fine.includes(code)) return read(json);
	const failure = queryFailureOfCode(NAME, code, smsRuWords(code), asText(pick(json, 'status_text')));
	return queries.map(() => ({ failure }));
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** An empty map arrives as `[]`, or not at all: the gateway is written in PHP. */
export function entriesOf(json: JsonObject, key: string): ReadonlyArray<readonly [string, unknown]> {
	return Object.entries(asRecord(pick(json, key)) ?? {});
}

/** PHP writes a list with a gap, as it is after a removal, as a map of its indexes. */
export function textsOf(json: JsonObject, key: string): readonly string[] {
	const list = pick(json, key);
	const values: readonly unknown[] = Array.isArray(list) ? list : Object.values(asRecord(list) ?? {});
	return values.flatMap((entry) => asText(entry) ?? []);
}
