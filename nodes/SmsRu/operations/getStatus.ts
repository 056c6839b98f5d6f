/** SMS.RU: the status of messages. Source: https://sms.ru/api/status and its table of codes. */
import { sentMessageIdField } from '../../shared/panel/operationFields';
import type { QueryAnswer, MessageQuery } from '../../shared/contract/operation';
import {
	STATUS,
	defineOperation,
	messageNotMentioned,
	messageQueries,
	statusRow,
} from '../../shared/contract/operation';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { NAME, smsRuStatus } from '../codes';
import type { JsonObject } from './request';
import { readSmsRu, smsRuRequest } from './request';

export const getStatus = defineOperation<MessageQuery>({
	...STATUS,
	fields: [sentMessageIdField],
	// "sms_id: up to 100, separated by comma".
	perRequest: 100,
	queriesIn: messageQueries(/^[\w.-]{1,64}$/),
	build: (queries) =>
		smsRuRequest('/sms/status', { sms_id: queries.map(({ messageId }) => messageId).join(',') }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const entries = asRecord(pick(json, 'sms'));
			return queries.map(({ messageId }) => statusAnswer(messageId, asRecord(pick(entries, messageId))));
		}),
});

/** The entry's own `status` is OK for every message that exists, failed ones too: the code decides. */
function statusAnswer(messageId: string, entry: JsonObject | null): QueryAnswer {
	const code = asText(pick(entry, 'status_code'));
	if (code === null) return messageNotMentioned(NAME);
	const cost = asNumber(pick(entry, 'cost'));
	const { status, reason } = smsRuStatus(code);
	const row = { messageId, to: null, status, reason, code, cost, currency: 'RUB', occurredAt: null };
	return { rows: [statusRow(row)] };
}
