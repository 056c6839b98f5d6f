/**
 * The rows of a reply, each about one text. A reply may mention a text twice, contradict itself, or omit a text, and none
 * of that means that the text was refused.
 */
import type { Outcome, Unclear } from './outcome';
import { unclear } from './outcome';

/** A row of a reply, not read yet. */
export type ReplyRow = Readonly<Record<string, unknown>>;

/** A row of a reply, with the key that says which text it is about: a number, or an id of ours. */
export type KeyedRow<R> = readonly [key: string, row: R];

/**
 * What the rows say by key; null where two rows contradict each other. Rows with other keys than those wanted are not
 * read, and neither is a third row after a contradiction: a reply may have any number of them.
 * @param agree whether two rows with one key say the same
 */
export function indexRows<R, T>(
	rows: Iterable<KeyedRow<R>>,
	wanted: Iterable<string>,
	read: (row: R) => T,
	agree: (one: T, other: T) => boolean = sameJson,
): ReadonlyMap<string, T | null> {
	const keys = new Set(wanted);
	const index = new Map<string, T | null>();
	for (const [key, row] of rows) {
		const earlier = index.get(key);
		if (!keys.has(key) || earlier === null) continue;
		const said = read(row);
		if (earlier === undefined) index.set(key, said);
		else if (!agree(earlier, said)) index.set(key, null);
	}
	return index;
}

function sameJson(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** The outcome for each key, in order. */
export function outcomesByKey<R>(
	gatewayName: string,
	keys: readonly string[],
	rows: Iterable<KeyedRow<R>>,
	read: (row: R) => Outcome,
	agree?: (one: Outcome, other: Outcome) => boolean,
): readonly Outcome[] {
	const index = indexRows(rows, keys, read, agree);
	return keys.map((key) => {
		const outcome = index.get(key);
		return outcome === undefined ? notMentioned(gatewayName) : (outcome ?? contradiction(gatewayName));
	});
}

/** The gateway accepted the request, but does not mention this text. */
export function notMentioned(gatewayName: string): Unclear {
	return unclear(
		gatewayName,
		`${gatewayName} accepted this request, but its reply does not mention this number.`,
	);
}

export function contradiction(gatewayName: string, code: string | null = null): Unclear {
	return unclear(gatewayName, `${gatewayName}'s reply contradicts itself about this number.`, code);
}
