/**
 * VoIP Communications: the message log. The vendor's documentation does not have it; its own apps use it, and it may
 * change without notice. Only the fields named here are handed on, so that nothing else of the account leaves.
 */
import type { JsonRecord } from '../../shared/contract/request';
import { defineOperation } from '../../shared/contract/operation';
import { asNumber, asText, pick, recordsIn } from '../../shared/contract/json';
import type { Row } from '../reply';
import { readVoipCommunications, voipCommunicationsRequest } from './request';

function rowOf(entry: Row): JsonRecord {
	const text = (key: string): string | null => asText(pick(entry, key));
	const isIncoming = text('sms_inout') === 'IN';
	const own = text('sms_internal');
	const other = text('sms_external');
	return {
		messageId: text('sms_id'),
		direction: isIncoming ? 'in' : 'out',
		from: isIncoming ? other : own,
		to: isIncoming ? own : other,
		text: text('sms_msg'),
		status: text('sms_status'),
		statusDate: text('sms_status_date'),
		price: asNumber(pick(entry, 'sms_sale')),
	};
}

export const getLog = defineOperation({
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many messages of the log',
	description:
		'Get the log of sent and received messages. The vendor does not document this request: it may stop working.',
	returnsMany: true,
	build: (_, cursor) => voipCommunicationsRequest('sms/summary', { page: cursor ?? '0' }),
	read: (reply, _, cursor) =>
		readVoipCommunications(reply, (json) => {
			const entries = pick(json, 'summary');
			if (!Array.isArray(entries)) return null;
			const rows = recordsIn(entries).map(rowOf);
			// Pages are counted from 0 until one is empty.
			return { rows, next: entries.length === 0 ? null : String(Number(cursor ?? '0') + 1) };
		}),
});
