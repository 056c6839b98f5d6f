/**
 * VoIP Communications: the message log. The vendor's documentation does not have it; its own apps use it, and it may
 * change without notice. Only the fields named here are handed on, so that nothing else of the account leaves.
 */
import type { ResultRow } from '../../shared/contract/resultKeys';
import { defineOperation } from '../../shared/contract/operation';
import type { MessageStatus } from '../../shared/contract/outcome';
import { rowStatus } from '../codes';
import { asNumber, asText, pick, recordsIn } from '../../shared/contract/json';
import type { Row } from '../reply';
import { readVoipCommunications, voipCommunicationsRequest } from './request';

function rowOf(entry: Row): ResultRow {
	const text = (key: string): string | null => asText(pick(entry, key));
	const isIncoming = text('sms_inout') === 'IN';
	const own = text('sms_internal');
	const other = text('sms_external');
	const word = text('sms_status');
	return {
		messageId: text('sms_id'),
		direction: isIncoming ? 'in' : 'out',
		from: isIncoming ? other : own,
		to: isIncoming ? own : other,
		text: text('sms_msg'),
		status: statusOf(word),
		state: word,
		// In the account's own zone, which is not told.
		reportedAt: text('sms_status_date'),
		cost: asNumber(pick(entry, 'sms_sale')),
		currency: null,
	};
}

/** Null for what came in, which has no status. */
function statusOf(word: string | null): MessageStatus | null {
	if (word === null || word === '') return null;
	const status = rowStatus(word);
	return status === 'failed' ? 'undelivered' : (status ?? 'unknown');
}

export const getLog = defineOperation({
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many messages of the log',
	description:
		'Get the log of sent and received messages. The vendor does not document this request: it may stop working.',
	keys: ['to', 'status', 'state', 'direction', 'cost', 'currency', 'messageId', 'from', 'text', 'reportedAt'],
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
