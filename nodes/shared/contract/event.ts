import type { MessageStatus } from './outcome';
import type { JsonRecord, JsonValue } from './request';
import type { EventKey } from './resultKeys';

export const EVENT_KINDS = ['status', 'reply', 'optOut', 'callCheck', 'waitCall'] as const;

/** What only some events have. */
export type EventDetails = Readonly<Partial<Record<DetailKey, JsonValue>>>;

type DetailKey = Exclude<EventKey, keyof Omit<GatewayEvent, 'details'>>;

export type EventKind = (typeof EVENT_KINDS)[number];

export interface GatewayEvent {
	readonly event: EventKind;
	/** Its id. */
	readonly gateway: string;
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
	readonly details?: EventDetails;
}

type Required = Pick<GatewayEvent, 'event' | 'gateway' | 'raw'>;

/** An event in which what the gateway does not say is null. */
export function gatewayEvent({
	event,
	gateway,
	raw,
	details,
	...known
}: Required & Partial<GatewayEvent>): GatewayEvent {
	const nothing = { messageId: null, to: null, from: null, text: null, status: null, error: null };
	return {
		event,
		gateway,
		...nothing,
		occurredAt: null,
		...known,
		raw,
		...(details === undefined ? {} : { details }),
	};
}
