/** How every question to SMSC is asked and answered. HTTP 200 in every case; JSON, or plain `ERROR = N (text)`. */
import type { CodeTable } from '../../shared/codes';
import { entryOf, noAnswerOfCode } from '../../shared/codes';
import type { GatewayReply, GatewayRequest } from '../../shared/gateway';
import type { NoAnswer } from '../../shared/outcome';
import { asRecord, asText, pick } from '../../shared/wire';
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
	return noAnswerOfCode(
		NAME,
		code,
		entryOf(own, code) ?? entryOf(PAGE_CODES, code) ?? entryOf(REQUEST_CODES, code),
		text,
	);
}

/** Codes that sending has other words for. */
const PAGE_CODES: CodeTable = {
	'9': {
		kind: 'rate_limited',
		message: 'SMSC was asked the same too often within a minute',
		hint: 'Run this step again in a minute.',
		retry: 'later',
	},
};

/** Whether a command's reply says that it was carried out. */
export function isDone({ json, text }: GatewayReply): boolean {
	const record = asRecord(json);
	return (
		/^\s*OK\b/i.test(text) ||
		/^ok$/i.test(asText(pick(record, 'result')) ?? '') ||
		asText(pick(record, 'id')) !== null
	);
}

/** The rows of a list; null when the reply is none. A single object counts as a list of one. */
export function rowsIn({ json }: GatewayReply): ReadonlyArray<Readonly<Record<string, unknown>>> | null {
	if (Array.isArray(json)) return (json as unknown[]).map(asRecord).filter((row) => row !== null);
	const record = asRecord(json);
	return record === null ? null : [record];
}
