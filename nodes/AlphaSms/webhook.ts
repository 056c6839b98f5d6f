/**
 * AlphaSMS calls the address that came with a message (`hook`) when its status changes, and documents nothing of what it
 * sends. The address itself says which message it is about, as Status URL made it; what became of it, AlphaSMS is asked.
 */
import { clock } from '../shared/time/clock';
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import type { QueryAnswer, MessageQuery } from '../shared/contract/operation';
import type { MessageStatus } from '../shared/contract/outcome';
import { MESSAGE_STATUSES } from '../shared/contract/outcome';
import type { JsonRecord, JsonValue } from '../shared/contract/request';
import { isOwnId } from './jsonItems';

/** The call may overtake the gateway's own records by a moment. */
const AGAIN_AFTER_MS = 1000;

/** Our number of the message; null when the address has none, or something that none of ours is. */
export function messageIdIn(url: string): string | null {
	const start = url.indexOf('?');
	const query = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
	// The address that people typed may have one of its own; ours is behind it.
	const id = query.getAll('messageId').at(-1) ?? '';
	return isOwnId(id) ? id : null;
}

/**
 * What became of the message, as AlphaSMS itself tells it.
 *
 * @param queryStatus asks for its status
 */
export async function reportOf(
	queryStatus: (query: MessageQuery) => Promise<QueryAnswer>,
	messageId: string,
	raw: JsonRecord,
): Promise<GatewayEvent | 'later'> {
	const first = await queryStatus({ messageId });
	const answer = 'rows' in first ? first : await queryAgain(queryStatus, messageId);
	const [row] = 'rows' in answer ? answer.rows : [];
	if (row === undefined) return 'later';
	return gatewayEvent({
		event: 'status',
		gateway: 'alphaSms',
		messageId,
		status: statusIn(row.status),
		error: errorIn(row),
		raw,
	});
}

async function queryAgain(
	queryStatus: (query: MessageQuery) => Promise<QueryAnswer>,
	messageId: string,
): Promise<QueryAnswer> {
	await clock.sleep(AGAIN_AFTER_MS);
	return await queryStatus({ messageId });
}

function statusIn(word: JsonValue | undefined): MessageStatus {
	return MESSAGE_STATUSES.find((status) => status === word) ?? 'unknown';
}

/** Why it was not delivered, as Get Status tells it; null when there is nothing to say. */
function errorIn({ reason, hint, reasonKind, reasonCode }: JsonRecord): JsonRecord | null {
	if (reason === undefined || reason === null) return null;
	return { kind: reasonKind ?? null, code: reasonCode ?? null, message: reason, hint: hint ?? null };
}
