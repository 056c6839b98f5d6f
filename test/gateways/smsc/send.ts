import type { SimulatedReply, World } from '../simulator';
import {
	countForSubscriber,
	countWithinMinute,
	identify,
	isUsedUp,
	MAX_OPEN_REQUESTS,
	messageKey,
	messagesOf,
	money,
	PRICE_PER_PART,
	type Account,
} from './account';
import { contentOf, type Content } from './content';
import type { Parameters } from './parameters';
import { mccmncOf, readPhone, type Phone } from './recipients';
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
import { areInRange, isSenderForm, readEntries, readId } from './rules';
import { isCalendarTime, parseTime, parseZone } from './schedule';

interface Refusal {
	readonly status: string;
	readonly error: string;
}

/** One text to one number. */
interface Message {
	readonly phone: Phone;
	readonly content: Content;
	readonly sender: string;
	readonly scheduledFor: Date | null;
	readonly refusal: Refusal | null;
	/** A delivery failure that was ordered: taken now, known to status.php later. */
	readonly outcome: Refusal | null;
}

/** The delivery error that usually comes with a status: bad format, forbidden number, no route. None is for no money. */
const USUAL_ERROR: Readonly<Record<string, string>> = { '20': '1', '22': '249', '23': '252', '25': '248' };
/** Statuses a message gets after it was taken. */
const LATER: ReadonlySet<string> = new Set(['-2', '-1', '0', '1', '2', '3', '4', '20']);
const OPTIONS =
	'translit tinyurl time tz period freq flash bin push charset valid maxsms userip imgcode pp'.split(' ');

/** An order for a number: a status ("22"), a status and an error ("23/253"), or an error alone ("253"). */
function ordered(code: string | undefined): Refusal | null {
	if (code === undefined) return null;
	const [status = '', error] = code.split('/');
	if (error !== undefined) return { status, error };
	if (LATER.has(status) || ['22', '23', '24', '25'].includes(status)) {
		return { status, error: USUAL_ERROR[status] ?? '' };
	}
	return { status: '23', error: status };
}

interface Plan {
	readonly messages: readonly Message[];
}

/** Everything about the request that can be wrong before its numbers are looked at; a string is an error code. */
function plan(parameters: Parameters, account: Account, world: World): Plan | '1' | '5' | '6' {
	if (!areInRange(parameters)) return '1';
	const entries = readEntries(parameters);
	if (entries === null) return '1';
	const time = parameters.text('time');
	const messages: Message[] = [];
	for (const entry of entries) {
		const raw = entry.text === parameters.text('mes') ? parameters.bytes('mes') : undefined;
		const content = contentOf(entry.text, raw ?? Buffer.from(entry.text, 'latin1'), parameters);
		const ownZone = parseZone(entry.tz);
		if (content === null || ownZone === null) return '1';
		const zone =
			ownZone !== undefined && isCalendarTime(time ?? '') ? ownZone : parseZone(parameters.text('tz'));
		// Without tz "the time zone will be taken from the Client settings": Moscow in this account.
		const schedule = parseTime(time, zone ?? 0, world.now());
		if (schedule === 'bad') return '5';

		const named = entry.sender ?? parameters.text('sender');
		// An empty string or a dot suppresses the account's own name.
		const sender = named === undefined ? account.defaultSender : named === '.' ? '' : named;
		if (sender !== '' && !isSenderForm(sender)) return '1';
		// "All names are registered in your personal account"; error 6: forbidden "by the sender's name".
		const registered = account.senders === null || named === undefined || account.senders.includes(sender);
		if (sender !== '' && !registered) return '6';

		for (const given of entry.phones) {
			const phone = readPhone(given);
			const order = ordered(phone.digits === null ? '22' : world.orders.recipientCodes.get(phone.digits));
			const isLater = order !== null && LATER.has(order.status);
			messages.push({
				phone,
				content,
				sender,
				scheduledFor: schedule.at,
				refusal: isLater ? null : order,
				outcome: isLater ? order : null,
			});
		}
	}
	return { messages };
}

function report(message: Message, account: Account): PhoneReport {
	const price = message.refusal === null ? money(message.content.parts * PRICE_PER_PART) : money(0);
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
	parameters: Parameters,
	account: Account,
): readonly PhoneReport[] | null {
	if (parameters.text('op') === '1') return messages.map((message) => report(message, account));
	if (parameters.text('err') !== '1') return null;
	return messages.filter(({ refusal }) => refusal !== null).map((message) => report(message, account));
}

const sumOfParts = (messages: readonly Message[]): number =>
	messages.reduce((sum, { content, refusal }) => sum + (refusal === null ? content.parts : 0), 0);

function typeOf(parameters: Parameters): number {
	if (parameters.text('flash') === '1') return 1;
	if (['1', '2'].includes(parameters.text('bin') ?? '')) return 2;
	return parameters.text('push') === '1' ? 3 : 0;
}

function take(
	messages: readonly Message[],
	id: MessageId,
	parameters: Parameters,
	account: Account,
	world: World,
): void {
	const options = Object.fromEntries(
		parameters.others.filter(([name, value]) => OPTIONS.includes(name) && value !== ''),
	);
	for (const { phone, content, sender, scheduledFor, refusal, outcome } of messages) {
		const to = phone.digits ?? phone.shown;
		const leaves = refusal === null && !account.virtualSending;
		messagesOf(world).set(messageKey(id, to), {
			id,
			phone: to,
			text: content.text,
			sender,
			parts: content.parts,
			cost: money(leaves ? content.parts * PRICE_PER_PART : 0),
			acceptedAt: world.now(),
			scheduledFor,
			// err 200 is "virtual sending".
			outcome: refusal ?? (account.virtualSending ? { status: '1', error: '200' } : outcome),
			type: typeOf(parameters),
		});
		if (!leaves) continue;
		world.accept({
			to,
			from: sender,
			text: content.text,
			messageId: String(id),
			parts: content.parts,
			scheduledFor: scheduledFor?.toISOString() ?? null,
			options,
		});
	}
}

/** `/sys/send.php` and `/rest/send/`. */
export function send(
	parameters: Parameters,
	isJson: boolean,
	account: Account,
	world: World,
): SimulatedReply {
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
	const repeat = `${cost === '1' ? 'price' : 'send'} ${parameters.fingerprint}`;
	const limit = cost === '1' ? 5 : 1;
	if (isUsedUp(world, repeat, limit)) return refuse('9');

	if (wantedId === null) return refuse('1');
	const planned = plan(parameters, account, world);
	if (typeof planned === 'string') return refuse(planned);
	let { messages } = planned;
	if (messages.every(({ refusal }) => refusal?.status === '22')) return refuse('7');

	const price = account.virtualSending ? 0 : sumOfParts(messages) * PRICE_PER_PART;
	if (cost === '1') {
		countWithinMinute(world, repeat, limit);
		const phones = reports(messages, parameters, account);
		const [costs, count] = [money(price), sumOfParts(messages)];
		return sendReply(layout, cost, { id: 0, count, cost: costs, balance: '', phones });
	}
	if (price > world.balance + 0.001) return refuse('3');

	countWithinMinute(world, repeat, limit);
	messages = messages.map((message) => {
		const { phone, refusal } = message;
		if (refusal !== null || phone.digits === null || countForSubscriber(world, phone.digits)) return message;
		return { ...message, refusal: { status: '23', error: '251' } };
	});
	const paid = account.virtualSending ? 0 : sumOfParts(messages) * PRICE_PER_PART;
	const id = makeId();
	world.balance = Math.round((world.balance - paid) * 100) / 100;
	take(messages, id, parameters, account, world);
	return sendReply(layout, cost, {
		id,
		count: sumOfParts(messages),
		cost: money(paid),
		balance: money(world.balance),
		phones: reports(messages, parameters, account),
	});
}
