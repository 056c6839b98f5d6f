/** How far along a message is: one order for polling and for delivery reports, so that a status never goes backwards. */
import type { MessageStatus } from './outcome';

/** Higher wins; of equal ranks the first stays. */
const RANK: Readonly<Record<MessageStatus, number>> = {
	unknown: 0,
	scheduled: 1,
	queued: 2,
	sending: 3,
	sent: 4,
	expired: 5,
	undelivered: 5,
	rejected: 5,
	cancelled: 5,
	// Operators do send a late "delivered" after an "expired"; never the reverse.
	delivered: 6,
	read: 7,
};

const FINAL: ReadonlySet<MessageStatus> = new Set<MessageStatus>([
	'delivered',
	'read',
	'expired',
	'undelivered',
	'rejected',
	'cancelled',
]);

/** Whether `next` is progress after `previous`: `unknown` never replaces anything, and nothing goes backwards. */
export function isProgress(previous: MessageStatus | null, next: MessageStatus): boolean {
	return previous === null || RANK[next] > RANK[previous];
}

/** Nothing more is expected, except that a delivered message may still be read. */
export function isFinal(status: MessageStatus): boolean {
	return FINAL.has(status);
}
