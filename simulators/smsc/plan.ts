import type { World } from '../simulator';
import type { Account } from './account';
import { groupPhones, isStopped } from './contacts';
import { contentOf, splitComment, type Content } from './content';
import { isAddress, KIND_RULES, kindOf, type Kind, type KindRule } from './kinds';
import type { Parameters } from './parameters';
import type { Entry, Phone } from './recipients';
import { areInRange, isSenderForm, readEntries } from './rules';
import { isCalendarTime, parseTime, parseZone } from './schedule';

interface Refusal {
	readonly status: string;
	readonly error: string;
}

/** One text to one number. */
export interface Message {
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
/** The customer's own stop list: "number forbidden by account settings". */
export const STOPPED: Refusal = { status: '23', error: '250' };

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

export interface Plan {
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

/** The sender of an entry, or the error code of one that may not be. */
function senderOf(
	entry: Entry,
	kind: Kind,
	parameters: Parameters,
	account: Account,
): { readonly sender: string } | '1' | '6' {
	const named = entry.sender ?? parameters.text('sender');
	// An empty string or a dot suppresses the account's own name.
	const ownSender = named === undefined ? account.defaultSender : named === '.' ? '' : named;
	// Recorded traffic: the sender of a lookup reads "HLR".
	const sender = kind === 'hlr' ? 'HLR' : ownSender;
	if (sender !== '' && !isSender(sender, kind)) return '1';
	// "All names are registered in your personal account"; error 6: forbidden "by the sender's name".
	const registered = account.senders === null || named === undefined || account.senders.includes(sender);
	return sender !== '' && kind !== 'hlr' && !registered ? '6' : { sender };
}

function planEntry(
	entry: Entry,
	kind: Kind,
	parameters: Parameters,
	account: Account,
	world: World,
): readonly Message[] | '1' | '5' | '6' {
	const time = parameters.text('time');
	const content = kindContent(entry, kind, parameters);
	const ownZone = parseZone(entry.tz);
	if (content === null || ownZone === null) return '1';
	const zone =
		ownZone !== undefined && isCalendarTime(time ?? '') ? ownZone : parseZone(parameters.text('tz'));
	// Without tz "the time zone will be taken from the Client settings": Moscow in this account.
	const schedule = parseTime(time, zone ?? 0, world.now());
	if (schedule === 'bad') return '5';
	const from = senderOf(entry, kind, parameters, account);
	if (typeof from === 'string') return from;
	return phonesOf(entry, KIND_RULES[kind], world).map((phone) => {
		const order = refusalOf(phone, world);
		const isLater = order !== null && LATER.has(order.status);
		return {
			phone,
			content,
			sender: from.sender,
			scheduledFor: schedule.at,
			refusal: isLater ? null : order,
			outcome: isLater ? order : null,
		};
	});
}

/** Everything about the request that can be wrong before its numbers are looked at; a string is an error code. */
export function plan(parameters: Parameters, account: Account, world: World): Plan | '1' | '5' | '6' {
	if (!areInRange(parameters)) return '1';
	const kind = kindOf(parameters);
	const entries = kind === null ? null : readEntries(parameters, kind);
	if (kind === null || entries === null) return '1';
	const messages: Message[] = [];
	for (const entry of entries) {
		const planned = planEntry(entry, kind, parameters, account, world);
		if (typeof planned === 'string') return planned;
		messages.push(...planned);
	}
	return { kind, messages };
}
