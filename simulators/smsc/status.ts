import type { SimulatedReply, World } from '../simulator';
import {
	countWithinMinute,
	messageKey,
	messagesOf,
	money,
	type Account,
	type StoredMessage,
} from './account';
import { check } from './check';
import type { Parameters } from './parameters';
import { placeOf, readPhone } from './recipients';
import { errorReply, replyOf, TOO_OFTEN, xml } from './replies';
import { currentOf, moscow, STATUS_NAMES, unix, type Current } from './state';

export type Fields = Record<string, string | number>;

/** How the vendor's pages show any message. */
export function shownOf(message: StoredMessage, current: Current): Fields {
	const leavesAt = message.scheduledFor ?? message.acceptedAt;
	return {
		send_date: moscow(leavesAt),
		send_timestamp: unix(leavesAt),
		phone: message.phone,
		cost: message.cost,
		sender_id: message.sender,
		status_name: STATUS_NAMES[current.status] ?? '',
		message: message.text,
	};
}

function details(message: StoredMessage, current: Current, all: string): Fields {
	if (all === '0') return {};
	const { mccmnc, country, operator, region } = placeOf(message.phone);
	return {
		...shownOf(message, current),
		comment: message.comment,
		mccmnc,
		...(message.type === null ? {} : { type: message.type }),
		sms_cnt: message.parts,
		flag: message.type ?? 0,
		...(all === '2' ? { country, operator, operator_orig: operator, region } : {}),
	};
}

/** What a lookup has found out, once it has: its subscriber is reachable then, and the error is there and 0. */
export function lookupOf(message: StoredMessage, current: Current): Fields {
	if (message.type !== 4 || current.status !== '1' || !['', '0'].includes(current.error)) return {};
	const { mccmnc, country, operator } = placeOf(message.phone);
	const [mcc, mnc] = [mccmnc.slice(0, 3), mccmnc.slice(3)];
	const imsi = `${mccmnc}${message.phone}`.slice(0, 15);
	return { err: 0, imsi, msc: '79168999100', mcc, mnc, cn: country, net: operator, rcn: '', rnet: '' };
}

function json(
	message: StoredMessage | undefined,
	id: string,
	phone: string,
	all: string,
	world: World,
): Fields {
	if (message === undefined) return { status: -3, id: /^\d{1,10}$/.test(id) ? Number(id) : id, phone };
	const current = currentOf(message, world);
	return {
		status: Number(current.status),
		last_date: moscow(current.changedAt),
		last_timestamp: unix(current.changedAt),
		// Recorded traffic: `err` is absent when there is none.
		...(current.error === '' ? {} : { err: Number(current.error) }),
		...lookupOf(message, current),
		...details(message, current, all),
		id: message.id,
		phone: message.phone,
	};
}

/** The vendor's own library has these right after the error of a lookup, in this order. */
const LOOKUP = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'];

/**
 * A row of the number format: status, time, err[, lookup][, send time, phone, cost[, place], sender, status name, text]. The
 * text is the last of these, because it may have commas: the vendor's library takes all that is left for it.
 */
function row(fields: Fields, all: string, isMany: boolean): string {
	const place = all === '2' ? ['country', 'operator', 'region'] : [];
	const more = ['send_timestamp', 'phone', 'cost', ...place, 'sender_id', 'status_name', 'message'];
	const lookup = 'imsi' in fields ? LOOKUP : [];
	// With all=0 the id and the phone end a row of several, with all=1 and 2 (which have the phone) the id alone.
	const tail = isMany ? (all === '0' ? ['id', 'phone'] : ['id']) : [];
	return [
		fields.status,
		fields.last_timestamp ?? 0,
		fields.err ?? 0,
		...[...lookup, ...(all === '0' ? [] : more), ...tail].map((name) => fields[name] ?? ''),
	].join(',');
}

function sentence(fields: Fields, all: string): string {
	const names = Object.keys(fields).filter((name) => {
		if (['status', 'last_date', 'last_timestamp'].includes(name)) return false;
		return all !== '0' || ['err', 'id', 'phone'].includes(name);
	});
	const head = [`Status = ${fields.status}`, `check_time = ${fields.last_date ?? ''}`];
	return [...head, ...names.map((name) => `${name} = ${fields[name]}`)].join(', ');
}

function element(fields: Fields): string {
	const inner = Object.entries(fields).map(([name, value]) => `<${name}>${xml(String(value))}</${name}>`);
	return `<status_info>${inner.join('')}</status_info>`;
}

/**
 * What the vendor's own smsc_api.php documents of get_status() (a copy is in
 * https://github.com/hublotik/sms_sending-smsc-laravel): an id comes "при множественном
 * запросе" alone; the phone comes with all=1 and all=2, and with all=0 beside the id.
 */
function single(fields: Fields, all: string): Fields {
	const absent = all === '0' ? ['id', 'phone'] : ['id'];
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name)));
}

/** `/sys/status.php`: one message or several, found by id and phone. */
export function status(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;

	const phoneList = parameters.text('phone') ?? '';
	const idList = parameters.text('id') ?? '';
	const phones = phoneList.split(',').filter((phone) => phone.trim() !== '');
	const ids = idList.split(',').filter((id) => id.trim() !== '');
	const all = parameters.text('all') || '0';
	if (ids.length === 0 || ids.length !== phones.length || !['0', '1', '2'].includes(all)) {
		return errorReply(layout, '1');
	}
	// A trailing comma asks for the form of several even for one id.
	const isMany = idList.includes(',');
	const messages = messagesOf(world);
	const asked = ids.map((given, index) => {
		const id = given.trim();
		const number = (phones[index] ?? '').trim();
		// Auto-correction is documented for sending. A message whose number is the one asked for is found as it is.
		const exact = number.replace(/^\+/, '');
		if (messages.has(messageKey(id, exact))) return { id, phone: exact };
		return { id, phone: readPhone(number).digits ?? number };
	});

	if (parameters.text('del') === '1') {
		const keys = asked.map(({ id, phone }) => messageKey(id, phone));
		if (!keys.every((key) => messages.has(key)))
			return errorReply(layout, '5', undefined, ['ошибка удаления', 'delete error']);
		keys.forEach((key) => messages.delete(key));
		return replyOf(layout.format === '3' ? '{"result":"OK"}' : 'OK', layout);
	}

	// "More than five polls per message per minute".
	const free = asked.map(({ id, phone }) => countWithinMinute(world, `status ${messageKey(id, phone)}`, 5));
	if (free.includes(false)) return errorReply(layout, '9', undefined, TOO_OFTEN);

	const found = asked.map(({ id, phone }) => {
		const fields = json(messages.get(messageKey(id, phone)), id, phone, all, world);
		return isMany ? fields : single(fields, all);
	});
	switch (layout.format) {
		case '0':
			return replyOf(found.map((fields) => sentence(fields, all)).join('\n'), layout);
		case '1':
			return replyOf(found.map((fields) => row(fields, all, isMany)).join('\n'), layout);
		case '2':
			return replyOf(`<result>${found.map(element).join('')}</result>`, layout);
		case '3':
			return replyOf(JSON.stringify(isMany ? found : found[0]), layout);
	}
}

/** `/sys/balance.php`. */
export function balance(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	if (!countWithinMinute(world, 'balance', 10)) return errorReply(layout, '9', undefined, TOO_OFTEN);
	const amount = money(world.balance);
	const currency = parameters.text('cur') === '1' ? 'RUR' : null;
	switch (layout.format) {
		case '0':
			return replyOf(currency === null ? amount : `${amount} ${currency}`, layout);
		case '1':
			return replyOf(currency === null ? amount : `${amount},${currency}`, layout);
		case '2': {
			const tail = currency === null ? '' : `<currency>${currency}</currency>`;
			return replyOf(`<result><balance>${amount}</balance>${tail}</result>`, layout);
		}
		case '3':
			return replyOf(JSON.stringify({ balance: amount, ...(currency === null ? {} : { currency }) }), layout);
	}
}
