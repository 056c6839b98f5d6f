/** A message's state, from the two codes of the status page and of callbacks. */
import type { CodeMeaning } from '../shared/contract/codes';
import { entryOf } from '../shared/contract/codes';
import type { MessageStatus } from '../shared/contract/outcome';
import type { ResultRow } from '../shared/contract/resultKeys';
import { REASONS, STATUSES, STATUS_WORDS, UNKNOWN_REASON } from './codes';

/** Whether SMSC's page of statuses has this one. */
export function isKnownStatus(status: string): boolean {
	return entryOf(STATUSES, status) !== undefined;
}

/** What else a status or reason says, as keys of an item. */
function marksOf(status: string, cause: string | null): Pick<ResultRow, 'paused' | 'clicked' | 'testMode'> {
	return {
		...(status === '-2' ? { paused: true } : {}),
		...(status === '4' ? { clicked: true } : {}),
		...(cause === '200' ? { testMode: true } : {}),
	};
}

/** The vendor's `type` of messages that nobody reads. */
const HLR = '4';
const PING = '5';

/** Whether this kind of message has a text; null for a kind that was not named. */
export function hasText(type: string | null): boolean | null {
	return type === null ? null : type !== HLR && type !== PING;
}

export interface SmscStatus {
	readonly status: MessageStatus;
	/** Null where there is nothing to say. */
	readonly reason: CodeMeaning | null;
	/** The one of the two codes that says most. */
	readonly code: string;
	readonly marks: Pick<ResultRow, 'paused' | 'clicked' | 'testMode'>;
}

/**
 * A message's state by `status` and `err` of the status page or a callback. `err` is missing where there is no reason, or
 * none yet. `type` is the kind of message; null where it was not told.
 */
export function smscStatus(status: string, err: string | null, type: string | null = null): SmscStatus {
	const cause = err === null || err === '0' ? null : err;
	const reason =
		(cause === null ? undefined : entryOf(REASONS, cause)) ?? entryOf(STATUS_WORDS, status) ?? null;
	const known = { reason, code: cause ?? status, marks: marksOf(status, cause) };
	const state = entryOf(STATUSES, status) ?? 'unknown';
	if (status === '20' && cause === '220') return { ...known, status: 'queued' };
	// Some parts have gone out, or the operator never told: it may have been delivered.
	if (cause === '245' || (status === '20' && cause === '241')) return { ...known, status: 'unknown' };
	if (state !== 'delivered' || cause === '200') return { ...known, status: state };
	// A lookup without a result yet is told as delivered, without `err`.
	if (type === HLR && err === null) return { ...known, status: 'sent' };
	if (cause === null) return { ...known, status: 'delivered' };
	// A lookup or a ping is "delivered" with a reason when the phone was not reached. A message has arrived.
	if (hasText(type) === true) return { ...known, status: 'delivered', reason: null };
	return { ...known, status: 'undelivered', reason: reason ?? UNKNOWN_REASON };
}
