/** How every query to SMSC is made and read. HTTP 200 in every case; JSON, or plain `ERROR = N (text)`. */
import type { CodeTable } from '../../shared/contract/codes';
import { entryOf, queryFailureOfCode } from '../../shared/contract/codes';
import { limit } from '../../shared/contract/codeShapes';
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { QueryAnswer } from '../../shared/contract/operation';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import { NAME, REQUEST_CODES } from '../codes';
import { recordsOf } from '../statusRows';
import type { ReplyRow } from '../../shared/contract/replyRows';

export function smscRequest(page: string, fields: Readonly<Record<string, string>> = {}): GatewayRequest {
	const body = { kind: 'form', fields: { ...fields, charset: 'utf-8', fmt: '3' } } as const;
	return { method: 'POST', path: `/sys/${page}.php`, body };
}

interface PageError {
	readonly code: string;
	readonly text: string | null;
}

/** The error in a reply, null when there is none. With `fmt=3` some pages still answer in plain text. */
function errorIn({ json, text }: GatewayReply): PageError | null {
	const record = asRecord(json);
	const code = asText(pick(record, 'error_code'));
	if (code !== null) return { code, text: asText(pick(record, 'error')) };
	const plain = /^\s*ERROR = (\d+)(?: \(([^)]*)\))?/.exec(text);
	return plain === null ? null : { code: plain[1] ?? '', text: plain[2] ?? null };
}

/** Codes that sending has other words for. */
const PAGE_CODES: CodeTable = {
	'9': limit('SMSC was asked too often within a minute', 'Run this step again in a minute.'),
};

function failureOf({ code, text }: PageError, own: CodeTable): QueryAnswer {
	const known = entryOf(own, code) ?? entryOf(PAGE_CODES, code) ?? entryOf(REQUEST_CODES, code);
	return { failure: queryFailureOfCode(NAME, code, known, text) };
}

/**
 * An error answers every query alike; anything else is left to `read`.
 * @param own what a code means on this page, where it differs from sending
 */
export function readSmsc(
	reply: GatewayReply,
	queries: readonly unknown[],
	read: () => readonly QueryAnswer[] | null,
	own: CodeTable = {},
): readonly QueryAnswer[] | null {
	const error = errorIn(reply);
	return error === null ? read() : queries.map(() => failureOf(error, own));
}

/**
 * A page of rows, a single one as well.
 * @param key what every row has: a reply without it is no list
 */
export function readList(
	reply: GatewayReply,
	queries: readonly unknown[],
	key: string,
	answer: (rows: readonly ReplyRow[]) => QueryAnswer,
): readonly QueryAnswer[] | null {
	// 3: nothing was found.
	if (errorIn(reply)?.code === '3') return [{ rows: [] }];
	return readSmsc(reply, queries, () => {
		const rows = rowsIn(reply, key);
		return rows === null ? null : [answer(rows)];
	});
}

export function rowsIn({ json }: GatewayReply, key: string): readonly ReplyRow[] | null {
	const rows = recordsOf(json);
	const isEmptyList = Array.isArray(json) && json.length === 0;
	return isEmptyList || rows.some((row) => pick(row, key) !== undefined) ? rows : null;
}

/** Whether a command's reply says `OK`, plain or as the result in JSON. */
export function isOk({ json, text }: GatewayReply): boolean {
	const result = asText(pick(asRecord(json), 'result')) ?? text;
	return /^\s*"?OK\b/i.test(result);
}
