import type { SimulatedReply, World } from '../simulator';
import {
	countForSubscriber,
	countWithinMinute,
	identify,
	isUsedUp,
	MAX_OPEN_REQUESTS,
	money,
	type Account,
} from './account';
import { KIND_RULES, obeyPrefix, type Kind } from './kinds';
import type { Parameters } from './parameters';
import { plan, STOPPED, type Message } from './plan';
import { mccmncOf } from './recipients';
import {
	CONCURRENT,
	errorReply,
	ERRORS_WITH_ID,
	formatOf,
	sendReply,
	type Layout,
	type MessageId,
	type PhoneReport,
} from './replies';
import { readId } from './rules';
import { take } from './take';

function report(message: Message, pricePerPart: number, account: Account): PhoneReport {
	const price = message.refusal === null ? money(message.content.parts * pricePerPart) : money(0);
	return {
		phone: message.phone.shown,
		mccmnc: mccmncOf(message.phone.digits),
		cost: account.virtualSending ? null : price,
		status: message.refusal?.status ?? '',
		error: message.refusal?.error ?? '',
	};
}

function reports(
	messages: readonly Message[],
	pricePerPart: number,
	parameters: Parameters,
	account: Account,
): readonly PhoneReport[] | null {
	if (parameters.text('op') === '1') return messages.map((message) => report(message, pricePerPart, account));
	if (parameters.text('err') !== '1') return null;
	return messages
		.filter(({ refusal }) => refusal !== null)
		.map((message) => report(message, pricePerPart, account));
}

const sumOfParts = (messages: readonly Message[]): number =>
	messages.reduce((sum, { content, refusal }) => sum + (refusal === null ? content.parts : 0), 0);

/**
 * "A special voice message (call) to the subscriber with the word code … four digits voiced by the system". Those of one
 * text differ from those of the next, and some begin with a zero.
 */
function codeOf(kind: Kind, parameters: Parameters, id: MessageId): string | null {
	if (kind !== 'call' || parameters.text('mes') !== 'code') return null;
	const sum = [...String(id)].reduce((total, character) => total * 31 + character.charCodeAt(0), 7);
	return String(sum % 10_000).padStart(4, '0');
}

/** Equal for requests that are identical in the eyes of error 9. */
function identityOf(parameters: Parameters, account: Account): string {
	if (account.repeats === 'request') return parameters.fingerprint;
	return JSON.stringify(['phones', 'mes', 'list'].map((name) => parameters.text(name) ?? ''));
}

/** Error 251: more texts to a number a day than the account allows. */
const stopTooMany = (messages: readonly Message[], world: World): readonly Message[] =>
	messages.map((message) => {
		const { phone, refusal } = message;
		if (refusal !== null || phone.digits === null || countForSubscriber(world, phone.digits)) return message;
		return { ...message, refusal: { status: '23', error: '251' } };
	});

/** `/sys/send.php` and `/rest/send/`. */
export function send(given: Parameters, isJson: boolean, account: Account, world: World): SimulatedReply {
	const parameters = obeyPrefix(given);
	const format = isJson ? '3' : formatOf(parameters);
	const layout: Layout = { format: format ?? '0', charset: parameters.charset ?? 'windows-1251' };
	const wantedId = readId(parameters.text('id'));
	const makeId = (): MessageId =>
		// The page's samples start at 1234, and so do the ids given here.
		wantedId === 'auto' || wantedId === null ? 1233 + world.nextNumber() : wantedId;
	const refuse = (code: string): SimulatedReply =>
		errorReply(layout, code, ERRORS_WITH_ID.has(code) ? makeId() : undefined);

	if (world.orders.requestCode !== null) return refuse(world.orders.requestCode);
	if (format === null || parameters.charset === undefined || !parameters.readable) return refuse('1');
	const identity = identify(parameters, account);
	if (identity !== 'known') return refuse(identity === 'missing' ? '1' : '2');
	if (world.openRequests >= MAX_OPEN_REQUESTS) return errorReply(layout, '9', undefined, CONCURRENT);

	const cost = parameters.text('cost') || '0';
	// "more than one identical SMS message request or more than five identical requests to receive the cost of a message
	// within a minute". Whether a changed `id` makes a request another one is not published: here all parameters but the
	// credentials count. A request that was refused for what it asked has sent nothing and does not count either.
	const repeat = `${cost === '1' ? 'price' : 'send'} ${identityOf(parameters, account)}`;
	const limit = cost === '1' ? 5 : 1;
	if (isUsedUp(world, repeat, limit)) return refuse('9');

	if (wantedId === null) return refuse('1');
	const planned = plan(parameters, account, world);
	if (typeof planned === 'string') return refuse(planned);
	const { kind } = planned;
	if (planned.messages.every(({ refusal }) => refusal?.status === '22')) return refuse('7');
	// "The message to the specified number can not be delivered."
	if (planned.messages.every(({ refusal }) => refusal === STOPPED)) return refuse('8');

	const pricePerPart = KIND_RULES[kind].price;
	const price = account.virtualSending ? 0 : sumOfParts(planned.messages) * pricePerPart;
	if (cost === '1') {
		countWithinMinute(world, repeat, limit);
		const phones = reports(planned.messages, pricePerPart, parameters, account);
		const [costs, count] = [money(price), sumOfParts(planned.messages)];
		return sendReply(layout, cost, { id: 0, count, cost: costs, balance: '', phones, code: null });
	}
	if (price > world.balance + 0.001) return refuse('3');

	countWithinMinute(world, repeat, limit);
	const messages = stopTooMany(planned.messages, world);
	const paid = account.virtualSending ? 0 : sumOfParts(messages) * pricePerPart;
	const id = makeId();
	world.balance = Math.round((world.balance - paid) * 100) / 100;
	const code = codeOf(kind, parameters, id);
	take({ kind, messages }, id, parameters, account, world, code);
	return sendReply(layout, cost, {
		id,
		count: sumOfParts(messages),
		cost: money(paid),
		balance: money(world.balance),
		phones: reports(messages, pricePerPart, parameters, account),
		code,
	});
}
