/** Which row of a reply is about which text: brands echo our own ID, the number, or neither. */
import type { Batch, Message } from '../shared/contract/message';
import type { ReplyRow } from '../shared/contract/replyRows';
import { indexRows } from '../shared/contract/replyRows';
import { asRecord } from '../shared/contract/json';
import type { AdvantaSmsOptions } from './options';
import { codeOf, messageIdOf, numberOf, ownIdOf } from './reply';

/** Enough of the request's reference to be unlike that of any other request, and short. */
const REFERENCE_LENGTH = 12;

/** The ID of a text: the person's own, or ours, which no other request has. */
export function ownId<O extends AdvantaSmsOptions>({ reference, messages }: Batch<O>, index: number): string {
	return messages[index]?.options.messageId ?? `${reference.slice(-REFERENCE_LENGTH)}-${index + 1}`;
}

/** A row, and what it names. */
interface Named {
	readonly row: ReplyRow;
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

/** A person may give several texts one ID, which then tells nothing. */
function usedOnce(ids: readonly string[]): ReadonlySet<string> {
	const once = new Set<string>();
	const repeated = new Set<string>();
	for (const id of ids) (once.has(id) ? repeated : once).add(id);
	for (const id of repeated) once.delete(id);
	return once;
}

/**
 * Finds the row of a text: by our own ID first, then by the number; by its place only where it names neither and no
 * other row is out of place. The rows are read once, however many texts ask.
 */
export function rowFinder<O extends AdvantaSmsOptions>(
	list: readonly unknown[],
	batch: Batch<O>,
): (message: Message<O>, index: number) => ReplyRow | null {
	const { style, messages } = batch;
	const rows = list.map(namedRow);
	const present = rows.filter((named) => named !== null);
	const numbers = messages.map(({ digits }) => digits);
	const ids = messages.map((_, index) => ownId(batch, index));
	const ownIds = usedOnce(ids);
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
			return named.number === '' ? named.id === ids[index] : named.number === messages[index]?.digits;
		});
	const sendsIds = style === 'differentTexts';

	return ({ digits, isNumber }, index) => {
		// No number is known of who has a hash: what names one is of the only text all the same.
		if (!isNumber && messages.length === 1 && rows.length === 1) return rows[0]?.row ?? null;
		const id = ids[index] ?? '';
		const withId = sendsIds && ownIds.has(id) ? byId.get(id) : undefined;
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
