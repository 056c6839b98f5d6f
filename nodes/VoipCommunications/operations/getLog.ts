/**
 * VoIP Communications: the message log. The vendor's documentation does not have it; its own apps use it, and it may
 * change without notice.
 */
import { pick, recordsIn } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { LOG_KEYS, logRow } from './logRow';
import { nextPage, readVoipCommunications, voipCommunicationsRequest } from './request';

export const getLog = defineOperation({
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many messages from the log',
	description:
		'Get the log of sent and received messages. The vendor does not document this request: it may stop working.',
	keys: LOG_KEYS,
	returnsMany: true,
	build: (_, cursor) => voipCommunicationsRequest('sms/summary', { page: cursor ?? '0' }),
	read: (reply, _, cursor) =>
		readVoipCommunications(reply, (json) => {
			const entries = pick(json, 'summary');
			if (!Array.isArray(entries)) return null;
			return { rows: recordsIn(entries).map((entry) => logRow(entry)), next: nextPage(entries, cursor) };
		}),
});
