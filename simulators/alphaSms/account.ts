import { countParts } from '../parts';
import { memoryOf } from '../memory';
import type { World } from '../simulator';

/** One AlphaSMS account. */
export interface Account {
	readonly apiKey: string;
	readonly login: string;
	readonly password: string;
}

/** AlphaSMS price command: `price:1.2 currency:UAH`, per part and number. */
export const PRICE_PER_PART = 1.2;
export const CURRENCY = 'UAH';

/** AlphaSMS send page: the identifier of its sample is the first one given here. */
const FIRST_ID = 84_523_377;

/** How long a text stays in each state; the vendor promises nothing. */
const STEP_MS = 1000;

/** AlphaSMS "SMS status" page and the clients that know 95; 116 is Viber's. */
export const STATUSES: Readonly<Record<string, { readonly label: string; readonly word: string }>> = {
	'0': { label: 'Pending', word: 'QUEUED' },
	'1': { label: 'Sending', word: 'ROUTING' },
	'2': { label: 'Sent', word: 'ACCEPTED' },
	'3': { label: 'Delivered', word: 'DELIVERED' },
	'5': { label: 'Out of touch', word: 'UNKNOWN' },
	'10': { label: 'Deleted', word: 'DELETED' },
	'50': { label: 'Partially delivered', word: 'PARTIALLY DELIVERED' },
	'95': { label: 'Оператор не поддерживается', word: 'NO ROUTE' },
	'96': { label: 'Network failure during SMS delivery', word: 'UNDELIVERABLE' },
	'99': { label: 'Error in the number', word: 'INVALID DESTINATION ADDRESS' },
	'116': { label: 'Read', word: 'READ' },
};

export interface StoredMessage {
	readonly id: string;
	readonly cost: number;
	readonly parts: number;
	/** Milliseconds; when the gateway starts (or started) to hand it over. */
	readonly startsAt: number;
	/** The status it comes to. */
	readonly outcome: string;
	deletedAt: number | null;
	/** What a report has said of it: that is how it stays. */
	reported: { readonly code: string; readonly since: Date } | null;
}

export interface NamedMessage {
	readonly message: StoredMessage;
	/** As the client asked for it: `sms`, `viber+sms` … */
	readonly type: string;
	/** "URL for status of this message"; null where none was given. */
	readonly hook: string | null;
}

export interface Wanted {
	readonly to: string;
	readonly from: string;
	readonly text: string;
	readonly scheduledFor: Date | null;
	readonly options: Readonly<Record<string, string>>;
	/** Absent: those of an SMS. */
	readonly parts?: number;
}

/** By the gateway's id. */
export const messagesOf = (world: World): Map<string, StoredMessage> =>
	memoryOf(world, 'messages', () => new Map<string, StoredMessage>());

/** By the id that the client chose (JSON only). */
export const messagesByClientIdOf = (world: World): Map<string, NamedMessage> =>
	memoryOf(world, 'messagesByClientId', () => new Map<string, NamedMessage>());

/** For replies that take turns. */
export function nextTurn(world: World): number {
	const turn = memoryOf(world, 'turns', () => ({ count: 0 }));
	turn.count += 1;
	return turn.count;
}

/** AlphaSMS send page, `from`: "Latin characters or numbers up to 11 characters, dot, dash, underscore", or a number. */
export const isSender = (from: string): boolean => /^[A-Za-z0-9._-]{1,11}$|^\d{7,15}$/.test(from);

/**
 * AlphaSMS send page, `to`: "phone number in international format (for Ukraine it is possible in local)": 0501234567, and
 * 80501234567 in the vendor's old PHP class. Null when it is no number. A `+` must have come as %2B: as a blank it is no
 * number any more. A list is none either: one recipient per request.
 */
export function readRecipient(to: string): string | null {
	if (/^0[1-9]\d{8}$/.test(to)) return `38${to}`;
	if (/^80[1-9]\d{8}$/.test(to)) return `3${to}`;
	const digits = to.replace(/^\+/, '');
	if (digits.startsWith('380')) return /^380[1-9]\d{8}$/.test(digits) ? digits : null;
	return /^[1-9]\d{7,14}$/.test(digits) ? digits : null;
}

/** What the order for a recipient says at the time of sending; null when there is nothing to refuse. */
export function orderedRefusal(world: World, to: string): string | null {
	const order = world.orders.recipientCodes.get(to);
	return order === undefined || Object.hasOwn(STATUSES, order) ? null : order;
}

/** Takes a text and its money; null when there is not enough of it. */
export function take(world: World, wanted: Wanted): StoredMessage | null {
	const parts = wanted.parts ?? countParts(wanted.text);
	const cost = parts * PRICE_PER_PART;
	if (cost > world.balance) return null;
	const now = world.now().getTime();
	const at = wanted.scheduledFor?.getTime() ?? now;
	const order = world.orders.recipientCodes.get(wanted.to);
	const message: StoredMessage = {
		id: String(FIRST_ID - 1 + world.nextNumber()),
		cost,
		parts,
		startsAt: Math.max(at, now),
		// Recorded traffic: a number that cannot be served is accepted with an id and fails later. An order that is a status
		// code asks for that.
		outcome: order !== undefined && Object.hasOwn(STATUSES, order) ? order : '3',
		deletedAt: null,
		reported: null,
	};
	world.balance -= cost;
	world.accept({
		to: wanted.to,
		from: wanted.from,
		text: wanted.text,
		messageId: message.id,
		parts,
		scheduledFor: at > now ? new Date(at).toISOString() : null,
		options: wanted.options,
	});
	messagesOf(world).set(message.id, message);
	return message;
}

/** Where a message is now and since when. */
export function statusOf(
	message: StoredMessage,
	world: World,
): { readonly code: string; readonly since: Date } {
	if (message.reported !== null) return message.reported;
	if (message.deletedAt !== null) return { code: '10', since: new Date(message.deletedAt) };
	const now = world.now().getTime();
	const step = Math.floor((now - message.startsAt) / STEP_MS);
	if (step < 0) return { code: '0', since: new Date(now) };
	const code = step < 3 ? String(step) : message.outcome;
	return { code, since: new Date(message.startsAt + Math.min(step, 3) * STEP_MS) };
}

export function report(message: StoredMessage, code: string, world: World): void {
	message.reported = { code, since: world.now() };
}

/** AlphaSMS delete page: only what has not been handed over yet. Its money comes back (the page does not say). */
export function remove(message: StoredMessage, world: World): boolean {
	const now = world.now().getTime();
	if (message.reported !== null || message.deletedAt !== null || message.startsAt <= now) return false;
	message.deletedAt = now;
	world.balance += message.cost;
	return true;
}
