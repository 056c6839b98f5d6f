/** Which row of a reply is about which text: brands echo our own ID, the number, or neither. */
import type { BaseOptions, Batch, Message } from '../shared/contract/message';
import { indexRows } from '../shared/contract/replyRows';
import { asRecord } from '../shared/contract/json';
import type { Row } from './reply';
import { codeOf, messageIdOf, numberOf, ownIdOf } from './reply';

/** Our ID of a text within its request. */
export function ownId(index: number): string {
	return String(index + 1);
}

/** A row, and what it names. */
interface Named {
	readonly row: Row;
	readonly id: string | null;
	/** Empty where the row names none. */
	readonly number: string;
}

function namedRow(entry: unknown): Named | null {
	const row = asRecord(entry);
	return row === null ? null : { row, id: ownIdOf(row), number: numberOf(row) };
}

function agree({ row: one }: Named, { row: other }: Named): boolean {
	return codeOf(one) === codeOf(other) && messageIdOf(one) === messageIdOf(other);
}

/**
 * Finds the row of a text: by our own ID first, then by the number; by its place only where it names neither and no
 * other row is out of place. The rows are read once, however many texts ask.
 */
export function rowFinder<O extends BaseOptions>(
	list: readonly unknown[],
	{ style, messages }: Batch<O>,
): (message: Message<O>, index: number) => Row | null {
	const rows = list.map(namedRow);
	const present = rows.filter((named) => named !== null);
	const numbers = messages.map(({ digits }) => digits);
	const ownIds = new Set(messages.map((_, index) => ownId(index)));
	const byId = indexRows(
		present.map((named) => [named.id ?? '', named] as const),
		ownIds,
		(named) => named,
		agree,
	);
	const byNumber = indexRows(
		present.map((named) => [named.number, named] as const),
		numbers,
		(named) => named,
		agree,
	);
	const isInOrder =
		list.length === messages.length &&
		rows.every((named, index) => {
			if (named === null || (named.id === null && named.number === '')) return true;
			return named.number === '' ? named.id === ownId(index) : named.number === messages[index]?.digits;
		});
	const sendsIds = style === 'differentTexts';

	return ({ digits }, index) => {
		const withId = sendsIds ? byId.get(ownId(index)) : undefined;
		if (withId !== undefined)
			return withId !== null && ['', digits].includes(withId.number) ? withId.row : null;
		const withNumber = byNumber.get(digits);
		if (withNumber !== undefined) {
			const isOthers = sendsIds && ownIds.has(withNumber?.id ?? '');
			return withNumber === null || isOthers ? null : withNumber.row;
		}
		const atPlace = rows[index] ?? null;
		// In order, a row with the text's number was found by it.
		return isInOrder && atPlace !== null && atPlace.id === null ? atPlace.row : null;
	};
}
