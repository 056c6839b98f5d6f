/** Which events of a gateway's calls are new. */
import { digest } from '../contract/digest';
import type { GatewayEvent } from '../contract/event';
import type { MessageStatus } from '../contract/outcome';
import { isFinal, isProgress } from '../contract/status';
import { clock } from '../time/clock';

/** How many events are remembered: several days of a busy account. */
const MOST = 50_000;

/**
 * How long an event is known that has an id or an instant of its own, so that nothing else can be taken for it. SMS.RU
 * repeats a call for up to five days; the others name no end.
 */
const KNOWN_FOR_MS = 5 * 24 * 60 * 60_000;

/**
 * How long the same message from the same person is a repeat where the gateway gives neither id nor time (Advanta's
 * short codes, VoIP Communications, SMSC without `ts`). No vendor documents when it calls again. A caller that got no
 * answer waits half a minute and then calls at once, or from a queue that runs each minute; who texts JOIN again after
 * two minutes means it. If this is too short, a workflow runs twice; if it is too long, a message is lost, which is worse.
 */
const REPEATED_WITHIN_MS = 90_000;

/**
 * A report that comes after a message's end, so much later by the gateway's own clock, is about another message under the
 * same id. Within it, reports have overtaken each other.
 */
const ANOTHER_MESSAGE_AFTER_MS = 60_000;

interface Entry {
	/** Epoch milliseconds, by our clock. */
	readonly at: number;
	/** Epoch milliseconds, by the gateway's clock; null where it names no instant. */
	readonly occurredAt: number | null;
	/** All that it said; empty for a status, which has a field of its own. */
	readonly what: string;
	/** Null for everything but a message's status. */
	readonly status: MessageStatus | null;
	/** It has an id or an instant of its own. */
	readonly isUnique: boolean;
}

/**
 * Ignores duplicate and out-of-order events. Gateways repeat a call that was not answered in time, and reports overtake
 * each other on the way. It lives in the memory of one process: after a restart, a repeat may come through once more.
 */
export class EventMemory {
	private readonly entries = new Map<string, Entry>();

	/**
	 * The events of a call that are new, and how to forget them if n8n could not take them: the gateway will then call
	 * again, and they must come through.
	 */
	take(
		place: string,
		events: readonly GatewayEvent[],
		now = clock.now(),
	): { fresh: readonly GatewayEvent[]; forget: () => void } {
		const undo: Array<() => void> = [];
		const fresh = events.filter((event) => {
			const key = `${place}\n${keyOf(event)}`;
			const next = entryFor(event, now);
			const known = this.entries.get(key);
			if (known !== undefined && !isNews(known, next)) return false;
			// Deleted first, so that it becomes the youngest.
			this.entries.delete(key);
			this.entries.set(key, next);
			undo.push(() => {
				if (known === undefined) this.entries.delete(key);
				else this.entries.set(key, known);
			});
			dropOldest(this.entries);
			return true;
		});
		return { fresh, forget: () => undo.forEach((step) => step()) };
	}
}

function isStatus({ event, status, messageId }: GatewayEvent): boolean {
	return event === 'status' && status !== null && messageId !== null;
}

function isUnique({ messageId, occurredAt }: GatewayEvent): boolean {
	return messageId !== null || occurredAt !== null;
}

/**
 * What one entry is about: a message and its status; a person and what they wrote last, so that STOP, START, STOP is
 * three messages however fast they come; anything else by all that it says.
 */
function keyOf(event: GatewayEvent): string {
	const { event: kind, messageId, to, from, raw } = event;
	if (isStatus(event)) return digest(kind, messageId, to);
	return isUnique(event) || from === null ? digest(kind, raw) : digest(kind, 'from', from, to);
}

function entryFor(event: GatewayEvent, now: number): Entry {
	const instant = event.occurredAt === null ? Number.NaN : Date.parse(event.occurredAt);
	return {
		at: now,
		occurredAt: Number.isNaN(instant) ? null : instant,
		what: isStatus(event) ? '' : digest(event.raw),
		status: isStatus(event) ? event.status : null,
		isUnique: isUnique(event),
	};
}

function isNews(known: Entry, next: Entry): boolean {
	const age = next.at - known.at;
	if (age > KNOWN_FOR_MS || known.what !== next.what) return true;
	if (next.status !== null) {
		return isProgress(known.status, next.status) || isAboutAnotherMessage(known, next);
	}
	return !next.isUnique && age > REPEATED_WITHIN_MS;
}

/**
 * Whoever chooses message ids (SMSC) may use one again. A message does not change once it has come to an end; by the
 * gateway's own clock, a report of something later is about another one.
 */
function isAboutAnotherMessage(known: Entry, next: Entry): boolean {
	if (known.status === null || !isFinal(known.status) || next.status === null || next.status === 'unknown')
		return false;
	if (known.occurredAt === null || next.occurredAt === null) return false;
	return next.occurredAt - known.occurredAt > ANOTHER_MESSAGE_AFTER_MS;
}

/** Many at a time: finding the oldest entry of a Map takes longer the more were deleted before it. */
function dropOldest(memory: Map<string, unknown>): void {
	if (memory.size <= MOST * 1.1) return;
	let surplus = memory.size - MOST;
	for (const key of memory.keys()) {
		if (surplus-- <= 0) return;
		memory.delete(key);
	}
}
