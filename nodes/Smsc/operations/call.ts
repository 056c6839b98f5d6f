/** How every question to SMSC is asked and answered. HTTP 200 in every case; JSON, or plain `ERROR = N (text)`. */
import type { CodeTable } from '../../shared/contract/codes';
import { noAnswerOfCode, entryOf } from '../../shared/contract/codes';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { NoAnswer } from '../../shared/contract/outcome';
import { asRecord, asText, pick } from '../../shared/contract/json';
import { REQUEST_CODES } from '../codes';
import { NAME } from '../send';

export function smscRequest(page: string, fields: Readonly<Record<string, string>> = {}): GatewayRequest {
	const body = { kind: 'form', fields: { ...fields, charset: 'utf-8', fmt: '3' } } as const;
	return { method: 'POST', path: `/sys/${page}.php`, body };
}

export interface SmscError {
	readonly code: string;
	readonly text: string | null;
}

/** The refusal in a reply, null when there is none. With `fmt=3` some pages still answer in plain text. */
export function errorIn({ json, text }: GatewayReply): SmscError | null {
	const record = asRecord(json);
	const code = asText(pick(record, 'error_code'));
	if (code !== null) return { code, text: asText(pick(record, 'error')) };
	const plain = /^\s*ERROR = (\d+)(?: \(([^)]*)\))?/.exec(text);
	return plain === null ? null : { code: plain[1] ?? '', text: plain[2] ?? null };
}

/** @param own what a code means on this page, where it differs from sending */
export function smscRefusal({ code, text }: SmscError, own: CodeTable = {}): NoAnswer {
	const known = entryOf(own, code) ?? entryOf(PAGE_CODES, code) ?? entryOf(REQUEST_CODES, code);
	return noAnswerOfCode(NAME, code, known, text);
}

/** Codes that sending has other words for. */
const PAGE_CODES: CodeTable = {
	'9': {
		kind: 'rate_limited',
		message: 'SMSC was asked too often within a minute',
		hint: 'Run this step again in a minute.',
		retry: 'later',
	},
};

/** Whether a command's reply says `OK`, plain or as the result in JSON. */
export function isOk({ json, text }: GatewayReply): boolean {
	const said = asText(pick(asRecord(json), 'result')) ?? text;
	return /^\s*"?OK\b/i.test(said);
}

/** Whether a reply says that something was changed or made: `OK`, or the id of what was made. */
export function isDone(reply: GatewayReply): boolean {
	return isOk(reply) || asText(pick(asRecord(reply.json), 'id')) !== null;
}

type Row = Readonly<Record<string, unknown>>;

/** The rows of a list, a single one as well; null when the reply is none: no row has the key that all rows have. */
export function rowsIn({ json }: GatewayReply, key: string): readonly Row[] | null {
	const list: readonly unknown[] = Array.isArray(json) ? (json as unknown[]) : [json];
	const rows = list.map(asRecord).filter((row) => row !== null);
	const isList =
		rows.some((row) => pick(row, key) !== undefined) || (Array.isArray(json) && list.length === 0);
	return isList ? rows : null;
}
