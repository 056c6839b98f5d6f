/** Advanta: the delivery report of a message. Source: the vendor's `getdlr` page and replies seen in production. */
import type { CodeTable } from '../../shared/codes';
import { messageIdField, readIds } from '../../shared/operationFields';
import type { Operation } from '../../shared/operations';
import { statusRow } from '../../shared/operations';
import { asText, pick } from '../../shared/wire';
import { NO_REPORT_YET, advantaReport } from '../codes';
import { advantaRequest, readAdvanta } from './call';

interface MessageAsk {
	readonly [key: string]: string;
	readonly messageId: string;
}

/** "No delivery report": two codes for it by two pages of the vendor, TextSMS with HTTP 404. */
const NO_REPORT = new Set(['1008', '1009']);

/** 4093, "details not found": of the account elsewhere, here most likely of the message. */
const NOT_FOUND: CodeTable = {
	'4093': {
		kind: 'invalid_parameter',
		message: 'The gateway does not know this message',
		hint: 'Check the message ID, and whether it was sent through this account.',
		retry: 'never',
	},
};

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
	// Capital "ID": with small letters the gateway finds nothing.
	build: ([{ messageId }]) => advantaRequest('getdlr', { messageID: messageId }),
	read(reply, [{ messageId }]) {
		const read = readAdvanta(reply, NOT_FOUND);
		if (read === null) return null;
		const { row, code, refusal } = read;
		const none = NO_REPORT.has(code) || /no dlr/i.test(asText(pick(row, 'response-description')) ?? '');
		if (refusal !== null && !none) return [{ failure: refusal }];
		// `delivery-status` is 32 for delivered and waiting messages alike: the word decides.
		const word = asText(pick(row, 'delivery-description')) ?? asText(pick(row, 'status')) ?? '';
		const [status, reason] = none ? (['unknown', NO_REPORT_YET] as const) : advantaReport(word);
		const news = { messageId, to: null, status, reason, code: none ? code : word || null };
		// The vendor's time has no zone.
		const reportedAt = asText(pick(row, 'delivery-time'));
		return [{ rows: [statusRow({ ...news, cost: null, currency: null, occurredAt: null }, { reportedAt })] }];
	},
};
