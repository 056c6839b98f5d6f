import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import type { Account } from './account';
import { check } from './check';
import type { Parameters } from './parameters';
import { readPhone, splitPhones } from './recipients';
import { doneReply, recordReply, recordsReply, type Fields } from './records';
import { errorReply, type Layout } from './replies';

interface Contact {
	readonly id: number;
	readonly phone: string;
	readonly name: string;
	readonly group: number | null;
}

interface Book {
	readonly groups: Map<number, string>;
	readonly contacts: Map<number, Contact>;
	/** Numbers that get nothing from this account. */
	readonly stopList: Set<string>;
	lastId: number;
}

const bookOf = (world: World): Book =>
	memoryOf(
		world,
		'book',
		(): Book => ({ groups: new Map(), contacts: new Map(), stopList: new Set(), lastId: 0 }),
	);

export const isStopped = (phone: string, world: World): boolean => bookOf(world).stopList.has(phone);

/** SMSC send page: `G<number>` sends "to all numbers belonging to this group". Null when there is no such group. */
export function groupPhones(recipient: string, world: World): string[] | null {
	const id = /^G(\d+)$/.exec(recipient)?.[1];
	const { groups, contacts } = bookOf(world);
	if (id === undefined || !groups.has(Number(id))) return null;
	return [...contacts.values()].filter(({ group }) => group === Number(id)).map(({ phone }) => phone);
}

const NOT_FOUND = ['записи не найдены', 'records not found'] as const;
const FAILED = ['ошибка выполнения операции', 'operation failed'] as const;

const idOf = (parameters: Parameters, name: string): number => {
	const value = parameters.text(name) ?? '';
	return /^\d{1,9}$/.test(value) ? Number(value) : 0;
};

interface ContactsCall {
	readonly parameters: Parameters;
	readonly layout: Layout;
	readonly book: Book;
	readonly name: string;
	/** 0: none was named. */
	readonly group: number;
	readonly numbers: readonly string[];
	/** A list with a number that is none is refused as a whole. */
	readonly areNumbers: boolean;
}

const wrong = ({ layout }: ContactsCall): SimulatedReply => errorReply(layout, '1');
const notFound = ({ layout }: ContactsCall): SimulatedReply => errorReply(layout, '3', undefined, NOT_FOUND);

const rowsOr = (call: ContactsCall, rows: readonly Fields[]): SimulatedReply =>
	rows.length === 0 ? notFound(call) : recordsReply(call.layout, rows);

const ACTIONS: Readonly<Record<string, (call: ContactsCall) => SimulatedReply>> = {
	add_group(call) {
		const { layout, book, name } = call;
		if (name === '') return wrong(call);
		book.lastId += 1;
		book.groups.set(book.lastId, name);
		return recordReply(layout, { id: book.lastId });
	},
	get_group(call) {
		return rowsOr(
			call,
			[...call.book.groups].map(([id, name]) => ({ id, name })),
		);
	},
	del_group(call) {
		const { parameters, layout, book, group } = call;
		const id = idOf(parameters, 'id') || group;
		if (!book.groups.delete(id)) return notFound(call);
		for (const [key, contact] of book.contacts) if (contact.group === id) book.contacts.delete(key);
		return doneReply(layout);
	},
	add(call) {
		const { layout, book, name, group, numbers, areNumbers } = call;
		const [phone] = numbers;
		if (!areNumbers || phone === undefined) return wrong(call);
		if (group !== 0 && !book.groups.has(group)) return errorReply(layout, '5', undefined, FAILED);
		book.lastId += 1;
		const contact = { id: book.lastId, phone, name, group: group === 0 ? null : group };
		book.contacts.set(contact.id, contact);
		return recordReply(layout, { id: contact.id });
	},
	get(call) {
		const { book, group, numbers } = call;
		const found = [...book.contacts.values()]
			.filter((one) => group === 0 || one.group === group)
			.filter((one) => numbers.length === 0 || numbers.includes(one.phone));
		return rowsOr(
			call,
			found.map(({ id, name, phone }) => ({ id, name, phone })),
		);
	},
	del(call) {
		const { parameters, layout, book, numbers } = call;
		const doomed = [...book.contacts.values()].filter(
			({ id, phone }) => id === idOf(parameters, 'id') || numbers.includes(phone),
		);
		if (doomed.length === 0) return notFound(call);
		for (const { id } of doomed) book.contacts.delete(id);
		return doneReply(layout);
	},
	add_black(call) {
		if (!call.areNumbers) return wrong(call);
		for (const number of call.numbers) call.book.stopList.add(number);
		return doneReply(call.layout);
	},
	del_black(call) {
		if (!call.areNumbers) return wrong(call);
		const removed = call.numbers.filter((number) => call.book.stopList.delete(number));
		return removed.length === 0 ? notFound(call) : doneReply(call.layout);
	},
};

/** `/sys/phones.php`: contacts, their groups and the stop list. */
export function phones(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	const actions = Object.keys(ACTIONS).filter((name) => parameters.text(name) === '1');
	const [act, ...others] = actions.map((name) => ACTIONS[name]);
	if (act === undefined || others.length > 0) return errorReply(layout, '1');
	const given = splitPhones(parameters.text('phone') ?? '').map((phone) => readPhone(phone).digits);
	const numbers = given.filter((digits) => digits !== null);
	return act({
		parameters,
		layout,
		book: bookOf(world),
		name: parameters.text('name') ?? '',
		group: idOf(parameters, 'grp'),
		numbers,
		areNumbers: given.length > 0 && numbers.length === given.length,
	});
}
