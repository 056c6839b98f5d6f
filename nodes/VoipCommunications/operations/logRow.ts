/** VoIP Communications: an entry of the message log. Only the fields named here are handed on, so that nothing else leaves. */
import { asNumber, asText, pick } from '../../shared/contract/json';
import type { MessageStatus } from '../../shared/contract/outcome';
import type { ResultKey, ResultRow } from '../../shared/contract/resultKeys';
import { rowStatus } from '../codes';
import type { ReplyRow } from '../../shared/contract/replyRows';

export const LOG_KEYS = [
	'to',
	'status',
	'state',
	'direction',
	'cost',
	'currency',
	'messageId',
	'from',
	'text',
	'reportedAt',
] as const satisfies readonly ResultKey[];

/** The two numbers of a conversation, where its entries do not repeat them. */
export interface Conversation {
	readonly internal: string | null;
	readonly external: string | null;
}

export function logRow(
	entry: ReplyRow,
	{ internal, external }: Conversation = { internal: null, external: null },
): ResultRow {
	const text = (key: string): string | null => asText(pick(entry, key));
	const isIncoming = text('sms_inout') === 'IN';
	const own = text('sms_internal') ?? internal;
	const other = text('sms_external') ?? external;
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
