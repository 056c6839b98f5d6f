/** Advanta: the delivery report of a message. Source: the vendor's `getdlr` page and replies seen in production. */
import type { CodeTable } from '../../shared/contract/codes';
import { messageIdField } from '../../shared/panel/operationFields';
import { readIds } from '../../shared/contract/fields';
import type { Operation } from '../../shared/contract/operation';
import { statusRow } from '../../shared/contract/operation';
import type { GatewayReply } from '../../shared/contract/request';
import type { NoAnswer } from '../../shared/contract/outcome';
import { asText, pick } from '../../shared/contract/json';
import { NO_REPORT_YET, advantaReport, isNoReport } from '../codes';
import { advantaRequest, readAdvanta } from './call';

interface MessageAsk {
	readonly [key: string]: string;
	readonly messageId: string;
}

/** On the page of `getdlr` the code of "No dlr", which TextSMS sends with HTTP 404; the code table has 1008 for it. */
const NO_DLR_CODE = '1009';

/** 4093, "details not found": of the account elsewhere, here most likely of the message. */
const NOT_FOUND: CodeTable = {
	'4093': {
		kind: 'invalid_parameter',
		message: 'The gateway does not know this message',
		hint: 'Check the message ID, and whether it was sent through this account.',
		retry: 'never',
	},
};

/** What the gateway itself says of a message. */
export type Dlr =
	| { readonly failure: NoAnswer }
	| {
			readonly failure: null;
			/** Null: there is no report yet, or the message is not known. The gateway does not tell the two apart. */
			readonly word: string | null;
			readonly code: string;
			readonly reportedAt: string | null;
	  };

export function dlrRequest(messageId: string): ReturnType<typeof advantaRequest> {
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
	if (code === NO_DLR_CODE || isNoReport(code, asText(pick(row, 'response-description'))))
		return { failure: null, word: null, code, reportedAt };
	if (refusal !== null) return { failure: refusal };
	// `delivery-status` is 32 for delivered and waiting messages alike: the word decides.
	const word = asText(pick(row, 'delivery-description')) ?? asText(pick(row, 'status')) ?? '';
	return { failure: null, word, code, reportedAt };
}

export const getStatus: Operation<MessageAsk> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Get the delivery report of messages',
	fields: [{ ...messageIdField, placeholder: 'e.g. 8290842' }],
	tellsStatus: true,
	perRequest: 1,
	readAsks: ({ fields }) =>
		readIds(fields, 'messageId', 'Message ID', /^[\w.-]{1,64}$/, 'Use the messageId of a result of Send').map(
			(messageId) => ({ messageId }),
		),
	build: ([{ messageId }]) => dlrRequest(messageId),
	read(reply, [{ messageId }]) {
		const dlr = readDlr(reply);
		if (dlr === null) return null;
		if (dlr.failure !== null) return [{ failure: dlr.failure }];
		const { word, reportedAt } = dlr;
		const [status, reason] = word === null ? (['unknown', NO_REPORT_YET] as const) : advantaReport(word);
		const news = { messageId, to: null, status, reason, code: word === null ? dlr.code : word || null };
		return [{ rows: [statusRow({ ...news, cost: null, currency: null, occurredAt: null }, { reportedAt })] }];
	},
};
