import type { SimulatedReply, SimulatedRequest } from '../simulator';
import { malformed, missingField, wrongType } from './replies';

export interface Order {
	readonly username: string;
	/** As they were written, blanks around them taken off. */
	readonly numbers: readonly string[];
	readonly message: string;
	/** Null: none was named. */
	readonly sender: string | null;
	readonly enqueue: boolean;
	/** Everything else that was asked for, in the vendor's names. */
	readonly options: Readonly<Record<string, string>>;
}

export type Read = { readonly order: Order } | { readonly refusal: SimulatedReply };

const FORM = 'application/x-www-form-urlencoded';
const OPTIONS = ['enqueue', 'bulkSMSMode', 'keyword', 'linkId', 'retryDurationInHours'];

const list = (text: string): string[] => text.split(',').map((one) => one.trim());

/** "Possible values are 1 to enable and 0 to disable … The default value is 1". Null: neither. */
function readEnqueue(value: unknown): boolean | null {
	if (value === undefined || value === null || value === 1 || value === '1') return true;
	return value === 0 || value === '0' ? false : null;
}

const refuse = (reason: string): Read => ({ refusal: malformed(reason) });

function finish(order: Omit<Order, 'enqueue'>, enqueue: unknown): Read {
	const queued = readEnqueue(enqueue);
	if (queued === null) return refuse(`'${JSON.stringify(enqueue)}' is not a valid value of enqueue`);
	// Nothing is published about these two; nobody could be texted, whatever the answer is.
	if (order.message === '') return refuse('message is empty');
	if (order.numbers.every((number) => number === '')) return refuse('there are no recipients');
	return { order: { ...order, enqueue: queued } };
}

function readForm(form: URLSearchParams, numbersField: string, senderField: string): Read {
	const missing = ['username', numbersField, 'message'].find((name) => !form.has(name));
	if (missing !== undefined) return { refusal: missingField(missing) };
	const options = OPTIONS.flatMap((name) => {
		const value = form.get(name) ?? '';
		return value === '' ? [] : [[name, value] as const];
	});
	return finish(
		{
			username: form.get('username') ?? '',
			numbers: form.getAll(numbersField).flatMap(list),
			message: form.get('message') ?? '',
			sender: form.get(senderField) || null,
			options: Object.fromEntries(options),
		},
		form.get('enqueue') || undefined,
	);
}

/** `/version1/messaging`: `to` is "a comma separated string". */
export function readClassic({ form }: SimulatedRequest): Read {
	return form === null ? { refusal: wrongType(FORM) } : readForm(form, 'to', 'from');
}

/**
 * `/version1/messaging/bulk`: "this endpoint also accepts json requests". How a form would write the list is not published.
 * Hashed numbers (`maskedNumber`) are not simulated.
 */
export function readBulk({ form, json, headers }: SimulatedRequest): Read {
	if (form !== null) return readForm(form, 'phoneNumbers', 'senderId');
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
		return { refusal: wrongType(`application/json or ${FORM}`) };
	}
	if (typeof json !== 'object' || json === null || Array.isArray(json))
		return refuse('Expected Map as JsObject');
	const { username, message, senderId, phoneNumbers, enqueue } = json as Record<string, unknown>;
	if (typeof username !== 'string') return refuse("Object is missing required member 'username'");
	if (typeof message !== 'string') return refuse("Object is missing required member 'message'");
	if (!Array.isArray(phoneNumbers)) return refuse("Object is missing required member 'phoneNumbers'");
	const numbers = phoneNumbers as readonly unknown[];
	if (!numbers.every((number) => typeof number === 'string')) return refuse('Expected String as JsString');
	if (senderId !== undefined && senderId !== null && typeof senderId !== 'string') {
		return refuse('Expected String as JsString');
	}
	const sender = typeof senderId === 'string' && senderId !== '' ? senderId : null;
	const options = typeof enqueue === 'number' ? { enqueue: String(enqueue) } : {};
	return finish({ username, numbers, message, sender, options }, enqueue);
}
