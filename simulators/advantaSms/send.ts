import { countParts } from '../parts';
import type { World } from '../simulator';
import { readHashed, readMessage, readMobile, readTime, textOf, type Fields } from './request';

/** Advanta send page: "maximum 1000 numbers per request". */
export const LIST_LIMIT = 1000;

/** One account of Advanta or of a gateway that runs the same software. */
export interface Account {
	readonly apiKey: string;
	readonly partnerId: string;
	readonly shortcode: string;
}

/** What one number came to. */
export type Outcome =
	| { readonly code: 200; readonly mobile: string; readonly id: number }
	/** Taken all the same when the code is 1008: see sendOne(). */
	| { readonly code: number; readonly id: null };

export interface StoredMessage {
	/** Milliseconds. */
	readonly startsAt: number;
	/** The word of its delivery report. */
	readonly outcome: string;
}

/** Recorded traffic: `"messageid":8290842`. */
const FIRST_ID = 8_290_842;
const NO_REPORT = '1008';

export function messagesOf(world: World): Map<string, StoredMessage> {
	const name = 'messages';
	if (!world.memory.has(name)) world.memory.set(name, new Map<string, StoredMessage>());
	return world.memory.get(name) as Map<string, StoredMessage>;
}

/** 4091, 4092 and 1006; null for the account's own. */
export function refuseCredentials(fields: Fields, account: Account): number | null {
	const [partnerId, apiKey] = [textOf(fields, 'partnerID'), textOf(fields, 'apikey')];
	if (partnerId === '') return 4091;
	if (apiKey === '') return 4092;
	return partnerId === account.partnerId && apiKey === account.apiKey ? null : 1006;
}

export interface Content {
	readonly from: string;
	readonly text: string;
	readonly at: Date | null;
	readonly options: Readonly<Record<string, string>>;
	/** `mobile` is a hash. */
	readonly isHashed: boolean;
}

/** What is the same for all numbers of a request or of a bulk row; the code when it is refused. */
export function readContent(fields: Fields, account: Account): Content | number {
	const from = textOf(fields, 'shortcode');
	// "Case-sensitive": Advanta's common errors, "Sender is not assigned".
	if (from !== account.shortcode) return 1001;
	const text = readMessage(textOf(fields, 'message'), textOf(fields, 'pass_type'));
	// The pages have no code for content and dates: 1009 is the nearest that they name.
	if (text === null || text.trim() === '') return 1009;
	const isNow = ['', null, undefined].includes(fields['timeToSend'] as string | null | undefined);
	const at = isNow ? null : readTime(textOf(fields, 'timeToSend'));
	if (at === undefined) return 1009;
	const options: Record<string, string> = {};
	for (const name of ['timeToSend', 'pass_type', 'clientsmsid', 'hashed']) {
		const value = textOf(fields, name);
		if (value !== '') options[name] = value;
	}
	if (fields['hashed'] === true) options['hashed'] = 'true';
	return { from, text, at, options, isHashed: options['hashed'] === 'true' };
}

interface Taken {
	readonly to: string;
	readonly from: string;
	readonly text: string;
	readonly startsAt: number;
	readonly scheduledFor: string | null;
	readonly options: Readonly<Record<string, string>>;
	readonly outcome: string;
}

/** Null when there are no units for it. */
function take({ startsAt, outcome, ...text }: Taken, world: World): number | null {
	const parts = countParts(text.text);
	if (parts > world.balance) return null;
	const id = FIRST_ID - 1 + world.nextNumber();
	world.balance -= parts;
	world.accept({ ...text, messageId: String(id), parts });
	messagesOf(world).set(String(id), { startsAt, outcome });
	return id;
}

/** An answer to an incoming text goes out as a text of its own, at the account's cost. */
export function respond(text: Pick<Taken, 'to' | 'from' | 'text'>, world: World): void {
	const startsAt = world.now().getTime();
	const options = { autoResponse: 'true' };
	take({ ...text, startsAt, scheduledFor: null, options, outcome: 'DeliveredToTerminal' }, world);
}

/**
 * "The balance check may pass for some and fail for others": each number for itself. 1008, "No Delivery Report", says nothing
 * against the sending: a public client takes it for sent, and an order for it does send here, without telling the id.
 */
export function sendOne(mobile: string, content: Content, world: World): Outcome {
	const to = content.isHashed ? readHashed(mobile) : readMobile(mobile);
	if (to === null) return { code: 1003, id: null };
	const order = world.orders.recipientCodes.get(to);
	const isCode = order !== undefined && /^\d+$/.test(order);
	if (isCode && order !== NO_REPORT) return { code: Number(order), id: null };
	const now = world.now().getTime();
	const startsAt = Math.max(content.at?.getTime() ?? now, now);
	const { from, text, options } = content;
	// A time that has passed means now.
	const scheduledFor = startsAt > now ? new Date(startsAt).toISOString() : null;
	const outcome = isCode || order === undefined ? 'DeliveredToTerminal' : order;
	const id = take({ to, from, text, startsAt, scheduledFor, options, outcome }, world);
	if (id === null) return { code: 1004, id: null };
	return isCode ? { code: Number(order), id: null } : { code: 200, mobile: to, id };
}
