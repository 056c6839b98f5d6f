/** What triggers emit: the same words for every gateway. */
import type { GatewayId } from '../gateway';
import type { JsonRecord } from '../operations';
import type { MessageStatus } from '../outcome';
import { isProgress } from '../statuses';

export const EVENT_KINDS = ['status', 'reply', 'callCheck', 'waitCall'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface GatewayEvent {
	readonly event: EventKind;
	readonly gateway: GatewayId;
	readonly messageId: string | null;
	/** E.164 where the gateway names a number. */
	readonly to: string | null;
	readonly from: string | null;
	readonly text: string | null;
	readonly status: MessageStatus | null;
	/** Why a message was not delivered. */
	readonly error: JsonRecord | null;
	/** ISO 8601, or null where the gateway names no instant. */
	readonly occurredAt: string | null;
	readonly raw: JsonRecord;
	/** What only some events have. */
	readonly details?: JsonRecord;
}

/** How many events are remembered: several days of a busy account. */
const MOST = 50_000;

/**
 * Keeps repeats and old news out. Gateways repeat a call that was not answered in time, and reports overtake each other
 * on the way. It lives in the memory of one process: after a restart, a repeat may come through once more.
 */
export class EventMemory {
	private readonly statuses = new Map<string, MessageStatus>();
	private readonly others = new Set<string>();

	/**
	 * The events of a call that are news, and how to forget them again when n8n could not take them: then the gateway
	 * calls again, and they must come through.
	 */
	take(
		place: string,
		events: readonly GatewayEvent[],
	): { fresh: readonly GatewayEvent[]; forget: () => void } {
		const undo: Array<() => void> = [];
		const fresh = events.filter((event) => {
			const key = `${place}\n${keyOf(event)}`;
			if (event.event !== 'status' || event.status === null) {
				if (this.others.has(key)) return false;
				this.others.add(key);
				undo.push(() => this.others.delete(key));
				dropOldest(this.others);
				return true;
			}
			const known = this.statuses.get(key) ?? null;
			if (!isProgress(known, event.status)) return false;
			this.statuses.delete(key);
			this.statuses.set(key, event.status);
			undo.push(() => (known === null ? this.statuses.delete(key) : this.statuses.set(key, known)));
			dropOldest(this.statuses);
			return true;
		});
		return { fresh, forget: () => undo.forEach((step) => step()) };
	}
}

/** A message is told by its ID and number; anything else by all it says. */
function keyOf({ event, messageId, to, status, raw }: GatewayEvent): string {
	return event === 'status' && status !== null && messageId !== null
		? JSON.stringify([event, messageId, to])
		: JSON.stringify([event, raw]);
}

function dropOldest(memory: Map<string, unknown> | Set<string>): void {
	if (memory.size <= MOST) return;
	const [oldest] = memory.keys();
	if (oldest !== undefined) memory.delete(oldest);
}
