/** How every query to the Advanta platform is made and read. Its HTTP status says less than its body. */
import type { CodeTable } from '../../shared/contract/codes';
import { entryOf, queryFailureOfCode } from '../../shared/contract/codes';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { QueryFailure } from '../../shared/contract/outcome';
import { asRecord } from '../../shared/contract/json';
import { ACCEPTED_CODE, ADVANTA_CODES, INVALID_FIELDS, NO_REPORT_CODE, NAME, NO_REPORT_YET } from '../codes';
import { codeOf, fieldErrorsOf, listOf, vendorTextOf } from '../reply';
import type { ReplyRow } from '../../shared/contract/replyRows';

export function advantaRequest(path: string, value: Readonly<Record<string, string>> = {}): GatewayRequest {
	return { method: 'POST', path: `/api/services/${path}`, body: { kind: 'json', value } };
}

export interface AdvantaReply {
	readonly row: ReplyRow;
	readonly code: string;
	/** What the gateway refuses with; null when all went well. */
	readonly refusal: QueryFailure | null;
}

/** What codes mean to a query, where nothing can have gone out, and sending reads them otherwise. */
const TO_A_QUERY: CodeTable = { [NO_REPORT_CODE]: NO_REPORT_YET };

/** The object of a reply: bare, or the only one of a list, which its brands put it in at times. */
function rowOf({ json }: GatewayReply): ReplyRow | null {
	const list = listOf(json);
	if (list === null || list.length === 0) return asRecord(json);
	return list.length === 1 ? asRecord(list[0]) : null;
}

/**
 * Null when the reply is not in the platform's layout.
 *
 * @param own what a code means to this query, where it differs from sending
 */
export function readAdvanta(reply: GatewayReply, own: CodeTable = {}): AdvantaReply | null {
	const row = rowOf(reply);
	if (row === null) return null;
	const code = codeOf(row);
	const text = vendorTextOf(row);
	if (code === null) {
		if (fieldErrorsOf(row) === null) return null;
		const status = `HTTP ${reply.status}`;
		return { row, code: status, refusal: queryFailureOfCode(NAME, status, INVALID_FIELDS, text) };
	}
	const known = entryOf(own, code) ?? entryOf(TO_A_QUERY, code) ?? entryOf(ADVANTA_CODES, code);
	const refusal = code === ACCEPTED_CODE ? null : queryFailureOfCode(NAME, code, known, text);
	return { row, code, refusal };
}
