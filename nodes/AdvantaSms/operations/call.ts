/** How every question to the Advanta platform is asked and answered. Its HTTP status says less than its body. */
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

/** Null when the reply is not in the platform's layout. */
export function readAdvanta(reply: GatewayReply): AdvantaReply | null {
	const row = asRecord(reply.json);
	const code = row === null ? null : codeOf(row);
	if (row === null || code === null) return null;
	const text = asText(pick(row, 'response-description'));
	const refusal =
		code === ACCEPTED_CODE ? null : noAnswerOfCode(NAME, code, entryOf(ADVANTA_CODES, code), text);
	return { row, code, refusal };
}
