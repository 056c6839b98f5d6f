/**
 * The gateway's own delivery report of a message: what Get Status shows, and what the trigger confirms a report with.
 * Source: the vendor's `getdlr` page and replies seen in production.
 */
import type { CodeTable } from '../../shared/contract/codes';
import { unknownMessage } from '../../shared/contract/codeShapes';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { QueryFailure } from '../../shared/contract/outcome';
import { asText, pick } from '../../shared/contract/json';
import { isNoReport } from '../codes';
import { networkOf, secondsOf } from '../reply';
import { advantaRequest, readAdvanta } from './request';

/** On the page of `getdlr` the code of "No dlr", which TextSMS sends with HTTP 404; the code table has 1008 for it. */
const NO_DLR_CODE = '1009';

/** 4093, "details not found": of the account elsewhere, here most likely of the message. */
const NOT_FOUND: CodeTable = {
	'4093': unknownMessage(
		'The gateway does not know this message',
		'Check the message ID, and whether it was sent through this account.',
	),
};

/** What the gateway itself says of a message. */
export type Dlr =
	| { readonly failure: QueryFailure }
	| {
			readonly failure: null;
			/** Null: there is no report yet, or the message is not known. The gateway does not tell the two apart. */
			readonly word: string | null;
			readonly code: string;
			readonly reportedAt: string | null;
			readonly network: string | null;
			readonly deliverySeconds: number | null;
	  };

export function dlrRequest(messageId: string): GatewayRequest {
	// Capital "ID": with small letters the gateway finds nothing.
	return advantaRequest('getdlr', { messageID: messageId });
}

/** Null when the reply is not in the platform's layout. */
export function readDlr(reply: GatewayReply): Dlr | null {
	const read = readAdvanta(reply, NOT_FOUND);
	if (read === null) return null;
	const { row, code, refusal } = read;
	// The vendor's time has no zone.
	const reportedAt = asText(pick(row, 'delivery-time'));
	const deliverySeconds = secondsOf(asText(pick(row, 'delivery-tat')));
	const known = { reportedAt, network: networkOf(row), deliverySeconds } as const;
	if (code === NO_DLR_CODE || isNoReport(code, asText(pick(row, 'response-description'))))
		return { failure: null, word: null, code, ...known };
	if (refusal !== null) return { failure: refusal };
	// `delivery-status` is 32 for delivered and waiting messages alike: the word decides.
	const word = asText(pick(row, 'delivery-description')) ?? asText(pick(row, 'status')) ?? '';
	return { failure: null, word, code, ...known };
}
