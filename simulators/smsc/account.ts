import { memoryOf } from '../memory';
import type { World } from '../simulator';
import type { Parameters } from './parameters';
import type { MessageId } from './replies';

/** One SMSC account. */
export interface Account {
	readonly login: string;
	readonly password: string;
	readonly apiKey: string;
	/** The cabinet's switch for tests: nothing leaves, nothing costs. */
	readonly virtualSending: boolean;
	/** Registered names; null: every well-formed name is. */
	readonly senders: readonly string[] | null;
	readonly defaultSender: string;
	/** What makes a sending a repeat of another one: see SmscOptions. */
	readonly repeats: 'request' | 'text';
}

/** "1.40" of the page's samples. */
export const PRICE_PER_PART = 1.4;

/** SMSC send page: an API reply's "cost" and "balance" are decimal strings. */
export const money = (amount: number): string => amount.toFixed(2);

/** A message as `status.php` knows it. */
export interface StoredMessage {
	readonly id: MessageId;
	readonly phone: string;
	readonly text: string;
	/** For the sender's eyes only. */
	readonly comment: string;
	readonly sender: string;
	readonly parts: number;
	readonly cost: string;
	readonly acceptedAt: Date;
	readonly scheduledFor: Date | null;
	/** What it comes to, when that is known beforehand. */
	readonly outcome: { readonly status: string; readonly error: string } | null;
	/** Null: a kind that the vendor's list of types does not have. */
	readonly type: number | null;
	/** Counts all messages of the account, whatever ids they have. */
	readonly intId: number;
}

/** The id is not unique: a message is found by id and phone, and the newest one wins. */
export const messageKey = (id: MessageId, phone: string): string => `${id}|${phone}`;

export function messagesOf(world: World): Map<string, StoredMessage> {
	return memoryOf(world, 'messages', () => new Map<string, StoredMessage>());
}

/** `int_id` of the history. */
export function nextInternalId(world: World): number {
	const counter = memoryOf(world, 'internalIds', () => ({ last: 0 }));
	counter.last += 1;
	return counter.last;
}

const MINUTE_MS = 60_000;

/** Counts an event; false when `limit` of its kind have been counted within the last minute. */
export function countWithinMinute(world: World, kind: string, limit: number): boolean {
	const events = memoryOf(world, 'events', () => new Map<string, number[]>());
	const now = world.now().getTime();
	const recent = (events.get(kind) ?? []).filter((at) => now - at < MINUTE_MS);
	if (recent.length >= limit) {
		events.set(kind, recent);
		return false;
	}
	events.set(kind, [...recent, now]);
	return true;
}

/** Whether a kind of event has been counted `limit` times within the last minute. */
export function isUsedUp(world: World, kind: string, limit: number): boolean {
	const events = memoryOf(world, 'events', () => new Map<string, number[]>());
	const now = world.now().getTime();
	return (events.get(kind) ?? []).filter((at) => now - at < MINUTE_MS).length >= limit;
}

/**
 * SMSC send page: "blocks sending more than 50 messages to one subscriber, which were sent with a break between messages
 * of less than 60 seconds". False: this one is blocked.
 */
export function countForSubscriber(world: World, phone: string): boolean {
	const subscribers = memoryOf(
		world,
		'subscribers',
		() => new Map<string, { count: number; last: number }>(),
	);
	const now = world.now().getTime();
	const known = subscribers.get(phone);
	const count = known !== undefined && now - known.last < MINUTE_MS ? known.count + 1 : 1;
	subscribers.set(phone, { count, last: now });
	return count <= 50;
}

export type Identity = 'known' | 'refused' | 'missing';

/**
 * Login and password, or the API key alone. The error for wrong ones is 2; credentials that are not there at all are a
 * missing required parameter. Error 4 (an address blocked after frequent errors) has no published threshold: it comes
 * only when ordered.
 */
export function identify(parameters: Parameters, account: Account): Identity {
	const apiKey = parameters.text('apikey');
	if (apiKey !== undefined) return apiKey === account.apiKey ? 'known' : 'refused';
	const login = parameters.text('login');
	const password = parameters.text('psw');
	if (login === undefined || password === undefined) return 'missing';
	return login === account.login && password === account.password ? 'known' : 'refused';
}

/** SMSC send page: "fifteen or more requests simultaneously from different connections under the same username". */
export const MAX_OPEN_REQUESTS = 15;
