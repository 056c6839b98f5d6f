/** Which row of a status reply answers which question. Source: the vendor's "Checking the status" page and its library. */
import { asText, digitsOf, pick, recordsIn } from '../shared/contract/json';
import type { ReplyRow } from '../shared/contract/replyRows';
import { indexRows } from '../shared/contract/replyRows';

export interface Question {
	readonly messageId: string;
	/** E.164. */
	readonly to: string;
}

/** The objects of a reply: a list's, or the only one. */
export function recordsOf(json: unknown): readonly ReplyRow[] {
	const list: readonly unknown[] = Array.isArray(json) ? (json as unknown[]) : [json];
	return recordsIn(list);
}

const idOf = (row: ReplyRow): string | null => asText(pick(row, 'id'));
const phoneOf = (row: ReplyRow): string => digitsOf(pick(row, 'phone'));
const key = (id: string, digits: string): string => `${id}\n${digits}`;

function mayAnswer(row: ReplyRow, { messageId, to }: Question): boolean {
	const id = idOf(row);
	const digits = phoneOf(row);
	return (id === null || id === messageId) && (digits === '' || digits === digitsOf(to));
}

/**
 * The row for each question, in order. Among several each row has its id and its number. Asked about one message, SMSC
 * repeats neither, or (with `all`) the number alone; so a row that names less is taken by its place.
 */
export function rowsFor(
	rows: readonly ReplyRow[],
	asked: readonly Question[],
): ReadonlyArray<ReplyRow | undefined> {
	const keyed = rows.map((row) => [key(idOf(row) ?? '', phoneOf(row)), row] as const);
	const wanted = asked.map(({ messageId, to }) => key(messageId, digitsOf(to)));
	const named = indexRows(keyed, wanted, (row) => row);
	return asked.map((question, index) => {
		const own = named.get(wanted[index] ?? '');
		// Two that contradict each other tell nothing.
		if (own !== undefined) return own ?? undefined;
		const placed = rows.length === asked.length ? rows[index] : undefined;
		return placed !== undefined && mayAnswer(placed, question) ? placed : undefined;
	});
}
