/** How every question to the Advanta platform is asked and answered. Its HTTP status says less than its body. */
import type { CodeTable } from '../../shared/codes';
import { entryOf, noAnswerOfCode } from '../../shared/codes';
import type { GatewayReply, GatewayRequest } from '../../shared/gateway';
import type { NoAnswer } from '../../shared/outcome';
import { asRecord, asText, pick } from '../../shared/wire';
import { ACCEPTED_CODE, ADVANTA_CODES } from '../codes';
import type { Row } from '../send';
import { NAME, codeOf } from '../send';

export function advantaRequest(path: string, value: Readonly<Record<string, string>> = {}): GatewayRequest {
	return { method: 'POST', path: `/api/services/${path}`, body: { kind: 'json', value } };
}

export interface AdvantaReply {
	readonly row: Row;
	readonly code: string;
	/** What the gateway refuses with; null when all went well. */
	readonly refusal: NoAnswer | null;
}

/** The object of a reply: bare, or the only one of a list, which its brands put it in at times. */
function rowOf({ json }: GatewayReply): Row | null {
	const list: unknown = Array.isArray(json) ? json : pick(asRecord(json), 'responses');
	if (!Array.isArray(list)) return asRecord(json);
	return list.length === 1 ? asRecord(list[0]) : null;
}

/**
 * Null when the reply is not in the platform's layout.
 *
 * @param own what a code means to this question, where it differs from sending
 */
export function readAdvanta(reply: GatewayReply, own: CodeTable = {}): AdvantaReply | null {
	const row = rowOf(reply);
	const code = row === null ? null : codeOf(row);
	if (row === null || code === null) return null;
	const text = asText(pick(row, 'response-description'));
	const known = entryOf(own, code) ?? entryOf(ADVANTA_CODES, code);
	const refusal = code === ACCEPTED_CODE ? null : noAnswerOfCode(NAME, code, known, text);
	return { row, code, refusal };
}
