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
	nextInternalId,
	type Account,
} from './account';
import { groupPhones, isStopped } from './contacts';
import { contentOf, splitComment, type Content } from './content';
import { isAddress, KIND_RULES, kindOf, obeyPrefix, type Kind, type KindRule } from './kinds';
import type { Parameters } from './parameters';
import { mccmncOf, type Entry, type Phone } from './recipients';
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
	'translit tinyurl time tz period freq flash bin push hlr ping mms mail soc viber whatsapp tg call voice param fileurl subj bot smsreq charset valid maxsms userip imgcode pp'.split(
		' ',
	);

/** The customer's own stop list: "number forbidden by account settings". */
const STOPPED: Refusal = { status: '23', error: '250' };

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
	readonly kind: Kind;
	readonly messages: readonly Message[];
}

function kindContent(entry: Entry, kind: Kind, parameters: Parameters): Content | null {
	if (kind !== 'sms') {
		const [text, comment] = splitComment(entry.text);
		return { text, parts: KIND_RULES[kind].count(text), comment };
	}
	const raw = entry.text === parameters.text('mes') ? parameters.bytes('mes') : undefined;
	return contentOf(entry.text, raw ?? Buffer.from(entry.text, 'latin1'), parameters);
}

const isSender = (sender: string, kind: Kind): boolean =>
	kind === 'mail' ? isAddress(sender) : isSenderForm(sender);

/** The numbers of an entry, groups opened. A group that does not exist is a number that is none. */
function phonesOf(entry: Entry, { recipient }: KindRule, world: World): Phone[] {
	return entry.phones.flatMap((given) => {
		const members = groupPhones(given, world);
		return members === null ? [recipient(given)] : members.map((phone) => ({ shown: phone, digits: phone }));
	});
}

function refusalOf(phone: Phone, world: World): Refusal | null {
	if (phone.digits === null) return ordered('22');
	if (isStopped(phone.digits, world)) return STOPPED;
	return ordered(world.orders.recipientCodes.get(phone.digits));
}

/** Everything about the request that can be wrong before its numbers are looked at; a string is an error code. */
function plan(parameters: Parameters, account: Account, world: World): Plan | '1' | '5' | '6' {
	if (!areInRange(parameters)) return '1';
	const kind = kindOf(parameters);
	const entries = kind === null ? null : readEntries(parameters, kind);
	if (kind === null || entries === null) return '1';
	const time = parameters.text('time');
	const messages: Message[] = [];
	for (const entry of entries) {
		const content = kindContent(entry, kind, parameters);
		const ownZone = parseZone(entry.tz);
		if (content === null || ownZone === null) return '1';
		const zone =
			ownZone !== undefined && isCalendarTime(time ?? '') ? ownZone : parseZone(parameters.text('tz'));
		// Without tz "the time zone will be taken from the Client settings": Moscow in this account.
		const schedule = parseTime(time, zone ?? 0, world.now());
		if (schedule === 'bad') return '5';

		const named = entry.sender ?? parameters.text('sender');
		// An empty string or a dot suppresses the account's own name.
		const ownSender = named === undefined ? account.defaultSender : named === '.' ? '' : named;
		// Recorded traffic: the sender of a lookup reads "HLR".
		const sender = kind === 'hlr' ? 'HLR' : ownSender;
		if (sender !== '' && !isSender(sender, kind)) return '1';
		// "All names are registered in your personal account"; error 6: forbidden "by the sender's name".
		const registered = account.senders === null || named === undefined || account.senders.includes(sender);
		if (sender !== '' && kind !== 'hlr' && !registered) return '6';

		for (const phone of phonesOf(entry, KIND_RULES[kind], world)) {
			const order = refusalOf(phone, world);
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
	return { kind, messages };
}

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

function typeOf(kind: Kind, parameters: Parameters): number | null {
	if (kind !== 'sms') return KIND_RULES[kind].type;
	if (parameters.text('flash') === '1') return 1;
	if (['1', '2'].includes(parameters.text('bin') ?? '')) return 2;
	return parameters.text('push') === '1' ? 3 : 0;
}

function take(
	{ kind, messages }: Plan,
	id: MessageId,
	parameters: Parameters,
	account: Account,
	world: World,
	code: string | null,
): void {
	const { price, arrives } = KIND_RULES[kind];
	const files = parameters.files.map(({ filename }) => filename).join(', ');
	const options = {
		...Object.fromEntries(
			parameters.others.filter(([name, value]) => OPTIONS.includes(name) && value !== ''),
		),
		...(files === '' ? {} : { files }),
		...(code === null ? {} : { code }),
	};
	for (const { phone, content, sender, scheduledFor, refusal, outcome } of messages) {
		const to = phone.digits ?? phone.shown;
		const leaves = refusal === null && !account.virtualSending;
		messagesOf(world).set(messageKey(id, to), {
			id,
			phone: to,
			text: content.text,
			comment: content.comment,
			sender,
			parts: content.parts,
			cost: money(leaves ? content.parts * price : 0),
			acceptedAt: world.now(),
			scheduledFor,
			// err 200 is "virtual sending".
			outcome: refusal ?? (account.virtualSending ? { status: '1', error: '200' } : outcome),
			type: typeOf(kind, parameters),
			intId: nextInternalId(world),
		});
		if (!leaves || !arrives) continue;
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
	let { messages } = planned;
	if (messages.every(({ refusal }) => refusal?.status === '22')) return refuse('7');
	// "The message to the specified number can not be delivered."
	if (messages.every(({ refusal }) => refusal === STOPPED)) return refuse('8');

	const pricePerPart = KIND_RULES[kind].price;
	const price = account.virtualSending ? 0 : sumOfParts(messages) * pricePerPart;
	if (cost === '1') {
		countWithinMinute(world, repeat, limit);
		const phones = reports(messages, pricePerPart, parameters, account);
		const [costs, count] = [money(price), sumOfParts(messages)];
		return sendReply(layout, cost, { id: 0, count, cost: costs, balance: '', phones, code: null });
	}
	if (price > world.balance + 0.001) return refuse('3');

	countWithinMinute(world, repeat, limit);
	messages = messages.map((message) => {
		const { phone, refusal } = message;
		if (refusal !== null || phone.digits === null || countForSubscriber(world, phone.digits)) return message;
		return { ...message, refusal: { status: '23', error: '251' } };
	});
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
