import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import type { Account } from './account';
import { check } from './check';
import type { Parameters } from './parameters';
import { readPhone, splitPhones } from './recipients';
import { doneReply, recordReply, recordsReply } from './records';
import { errorReply } from './replies';

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

const ACTIONS = [
	'add_group',
	'get_group',
	'del_group',
	'add',
	'get',
	'del',
	'add_black',
	'del_black',
] as const;

/** `/sys/phones.php`: contacts, their groups and the stop list. */
export function phones(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	const wrong = (): SimulatedReply => errorReply(layout, '1');
	const notFound = (): SimulatedReply => errorReply(layout, '3', undefined, NOT_FOUND);
	const asked = ACTIONS.filter((action) => parameters.text(action) === '1');
	const [action] = asked;
	if (action === undefined || asked.length > 1) return wrong();

	const book = bookOf(world);
	const name = parameters.text('name') ?? '';
	const group = idOf(parameters, 'grp');
	const given = splitPhones(parameters.text('phone') ?? '').map((phone) => readPhone(phone).digits);
	const numbers = given.filter((digits) => digits !== null);
	// A list with a number that is none is refused as a whole.
	const areNumbers = given.length > 0 && numbers.length === given.length;

	switch (action) {
		case 'add_group': {
			if (name === '') return wrong();
			book.lastId += 1;
			book.groups.set(book.lastId, name);
			return recordReply(layout, { id: book.lastId });
		}
		case 'get_group': {
			const rows = [...book.groups].map(([id, label]) => ({ id, name: label }));
			return rows.length === 0 ? notFound() : recordsReply(layout, rows);
		}
		case 'del_group': {
			const id = idOf(parameters, 'id') || group;
			if (!book.groups.delete(id)) return notFound();
			for (const [key, contact] of book.contacts) if (contact.group === id) book.contacts.delete(key);
			return doneReply(layout);
		}
		case 'add': {
			const [phone] = numbers;
			if (!areNumbers || phone === undefined) return wrong();
			if (group !== 0 && !book.groups.has(group)) return errorReply(layout, '5', undefined, FAILED);
			book.lastId += 1;
			const contact = { id: book.lastId, phone, name, group: group === 0 ? null : group };
			book.contacts.set(contact.id, contact);
			return recordReply(layout, { id: contact.id });
		}
		case 'get': {
			const rows = [...book.contacts.values()]
				.filter((one) => group === 0 || one.group === group)
				.filter((one) => numbers.length === 0 || numbers.includes(one.phone))
				.map(({ id, phone, name: label }) => ({ id, name: label, phone }));
			return rows.length === 0 ? notFound() : recordsReply(layout, rows);
		}
		case 'del': {
			const doomed = [...book.contacts.values()].filter(
				({ id, phone }) => id === idOf(parameters, 'id') || numbers.includes(phone),
			);
			if (doomed.length === 0) return notFound();
			for (const { id } of doomed) book.contacts.delete(id);
			return doneReply(layout);
		}
		case 'add_black':
			if (!areNumbers) return wrong();
			for (const number of numbers) book.stopList.add(number);
			return doneReply(layout);
		case 'del_black': {
			if (!areNumbers) return wrong();
			const removed = numbers.filter((number) => book.stopList.delete(number));
			return removed.length === 0 ? notFound() : doneReply(layout);
		}
	}
}
