import type { SimulatedReply, SimulatedRequest, World } from '../simulator';
import {
	CURRENCY,
	messagesByClientIdOf,
	orderedRefusal,
	readRecipient,
	STATUSES,
	statusOf,
	type Account,
} from './account';
import { isChannel, takeItem, wrongIn, type Fields } from './channels';
import { callWithCode, lookUp } from './lookup';

interface Outcome {
	readonly success: boolean;
	readonly error?: string;
	readonly data?: unknown;
}

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The page says number; a client in production sends strings and has them echoed. */
const isClientId = (value: unknown): value is number | string =>
	Number.isSafeInteger(value) || (typeof value === 'string' && value !== '');

/** Only "Access denied" and "Error in Alpha-name" are published; the other sentences are in the style of those. */
function fail(error: string, id?: unknown): Outcome {
	return isClientId(id) ? { success: false, error, data: { id } } : { success: false, error };
}

function readPhone(phone: unknown): string | null {
	if (typeof phone === 'number') return Number.isSafeInteger(phone) ? readRecipient(String(phone)) : null;
	return typeof phone === 'string' ? readRecipient(phone) : null;
}

function message(item: Fields, world: World): Outcome {
	const { id, phone } = item;
	if (!isClientId(id)) return fail('Error in id');
	const known = messagesByClientIdOf(world);
	// "unique in the client's system"; the XML interface calls it ERR_DUPLICATE, JSON's own word is not published.
	if (known.has(String(id))) return fail('ERR_DUPLICATE', id);
	const to = readPhone(phone);
	if (to === null) return fail('Error in phone', id);
	const wrong = wrongIn(item);
	if (wrong !== null) return fail(wrong, id);
	const refusal = orderedRefusal(world, to);
	if (refusal !== null) return fail(refusal, id);
	const taken = takeItem(item, to, world);
	if (taken === null) return fail('Not enough money', id);
	const hook = typeof item['hook'] === 'string' ? item['hook'] : null;
	known.set(String(id), { message: taken, type: String(item['type']), hook });
	return { success: true, data: { id, msg_id: Number(taken.id), data: 1, parts: taken.parts } };
}

function status(item: Fields, world: World): Outcome {
	const { id } = item;
	// The page: the id that the client chose.
	const known = isClientId(id) ? messagesByClientIdOf(world).get(String(id)) : undefined;
	if (known === undefined) return fail('SMS not found', id);
	const { code } = statusOf(known.message, world);
	// "Message type: sms, viber, rcs": of a chain, the first.
	const [type] = known.type.split('+');
	return { success: true, data: { id, type, status: STATUSES[code]?.word ?? 'UNKNOWN' } };
}

/** What is asked about one number, and only that: the number, or the refusal. */
function phoneOf({ id, phone: given }: Fields, world: World): string | Outcome {
	if (!isClientId(id)) return fail('Error in id');
	const phone = readPhone(given);
	if (phone === null) return fail('Error in phone', id);
	const refusal = orderedRefusal(world, phone);
	return refusal === null ? phone : fail(refusal, id);
}

function lookup(item: Fields, world: World): Outcome {
	const phone = phoneOf(item, world);
	if (typeof phone !== 'string') return phone;
	const code = world.orders.recipientCodes.get(phone) ?? '3';
	const data = lookUp(phone, STATUSES[code]?.word ?? 'UNKNOWN');
	return data === null ? fail('Error in phone', item['id']) : { success: true, data };
}

function call(item: Fields, world: World): Outcome {
	const phone = phoneOf(item, world);
	if (typeof phone !== 'string') return phone;
	const data = callWithCode(world);
	return data === null ? fail('Not enough money', item['id']) : { success: true, data };
}

function outcomeOf(item: unknown, world: World): Outcome {
	if (!isFields(item)) return fail('Error in data');
	if (isChannel(item['type'])) return message(item, world);
	switch (item['type']) {
		case 'status':
			return status(item, world);
		case 'hlr':
			return lookup(item, world);
		case 'call/otp':
			return call(item, world);
		case 'balance': {
			// Four places, as the page shows: 31.1683 where http.php says 31.168300000000002.
			const amount = Math.round(world.balance * 10_000) / 10_000;
			return { success: true, data: { amount, currency: CURRENCY } };
		}
		default:
			return fail('Error in type', item['id']);
	}
}

function outcomeOfAll(request: SimulatedRequest, account: Account, world: World): Outcome {
	if (world.orders.requestCode !== null) return fail(world.orders.requestCode);
	// AlphaSMS JSON page: without this content type the request is refused even if the body is valid.
	const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
	if (request.method !== 'POST' || type !== 'application/json' || !isFields(request.json)) {
		return fail('Wrong request format');
	}
	const { auth, data } = request.json;
	if (auth !== account.apiKey) return fail('Access denied');
	if (!Array.isArray(data) || data.length === 0) return fail('Wrong request format');
	// True says nothing about the items.
	return { success: true, data: data.map((item: unknown) => outcomeOf(item, world)) };
}

/** Whether a request holds a message. */
export function couldSendJson(request: SimulatedRequest): boolean {
	if (request.method !== 'POST' || !isFields(request.json)) return false;
	const { data } = request.json;
	return Array.isArray(data) && data.some((item: unknown) => isFields(item) && isChannel(item['type']));
}

/** `/api/json.php`: always HTTP 200. */
export function answerJson(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(outcomeOfAll(request, account, world)),
	};
}
