/** SMS.RU: the status of messages. Source: the vendor's page of `sms/status` and its table of codes. */
import { messageIdField } from '../../shared/panel/operationFields';
import { readIds } from '../../shared/contract/fields';
import type { Answer, Operation } from '../../shared/contract/operation';
import { statusRow } from '../../shared/contract/operation';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { smsRuStatus } from '../codes';
import { NAME } from '../send';
import type { JsonObject } from './call';
import { readSmsRu, smsRuRequest } from './call';

interface StatusAsk {
	readonly [key: string]: string;
	readonly messageId: string;
}

export const getStatus: Operation<StatusAsk> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	fields: [messageIdField],
	tellsStatus: true,
	// "sms_id: up to 100, separated by comma".
	perRequest: 100,
	readAsks: ({ fields }) =>
		readIds(fields, 'messageId', 'Message ID', /^[\w.-]{1,64}$/, 'Use the messageId of a result of Send').map(
			(messageId) => ({ messageId }),
		),
	build: (asks) => smsRuRequest('/sms/status', { sms_id: asks.map(({ messageId }) => messageId).join(',') }),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => {
			const entries = asRecord(pick(json, 'sms'));
			return asks.map(({ messageId }) => statusAnswer(messageId, asRecord(pick(entries, messageId))));
		}),
};

/** The entry's own `status` is OK for every message that exists, failed ones too: the code decides. */
function statusAnswer(messageId: string, entry: JsonObject | null): Answer {
	const code = asText(pick(entry, 'status_code'));
	if (code === null) {
		const message = `${NAME}'s answer does not mention this message.`;
		const hint = 'Run this step again later.';
		return { failure: { kind: 'unknown', code: null, message, hint, retry: 'later' } };
	}
	const cost = asNumber(pick(entry, 'cost'));
	const { status, reason } = smsRuStatus(code);
	const row = { messageId, to: null, status, reason, code, cost, currency: 'RUB', occurredAt: null };
	return { rows: [statusRow(row)] };
}
