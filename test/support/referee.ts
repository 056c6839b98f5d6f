/**
 * Compares what a gateway took with what the node's items say. It knows the fixed shapes of items and nothing of the
 * code that makes them.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

export interface Verdict {
	readonly to: string;
	readonly row: number;
	readonly accepted: boolean | null;
	/** The whole error of a failed item; null for the others. */
	readonly error: IDataObject | null;
	readonly json: IDataObject;
}

/** Reads an item by its documented shape; throws where the shape is broken. */
export function verdictOf(item: INodeExecutionData): Verdict {
	const { json, pairedItem } = item;
	const paired = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	if (typeof paired !== 'object' || typeof paired.item !== 'number') throw new Error('an item is not paired');
	const error = json.error as IDataObject | undefined;
	if (error !== undefined) {
		const { accepted } = error;
		if (accepted !== false && accepted !== null)
			throw new Error(`accepted of a failure is ${String(accepted)}`);
		return { to: String(error.to), row: paired.item, accepted, error, json };
	}
	const { accepted } = json;
	if (accepted !== true && accepted !== false && accepted !== null) throw new Error('accepted is missing');
	return { to: String(json.to), row: paired.item, accepted, error: null, json };
}

export interface Judgement {
	/** Sentences; empty when the items tell the truth. */
	readonly misses: readonly string[];
	readonly accepted: number;
	readonly notAccepted: number;
	readonly unclear: number;
}

/**
 * @param people how many rows there were; row n is for `expected(n)` (E.164), or null where its number is no number
 */
export function judge(
	{ texts }: { readonly texts: ReadonlyArray<{ readonly to: string }> },
	items: readonly INodeExecutionData[],
	people: number,
	expected: (row: number) => string | null,
): Judgement {
	const misses: string[] = [];
	const arrived = new Map<string, number>();
	for (const { to } of texts) arrived.set(`+${to}`, (arrived.get(`+${to}`) ?? 0) + 1);
	for (const [to, times] of arrived) if (times > 1) misses.push(`${to} got ${times} texts`);

	const verdicts = items.map(verdictOf);
	const rows = new Set(verdicts.map(({ row }) => row));
	const spoken = new Set(verdicts.map(({ to }) => to));
	for (let row = 0; row < people; row++) {
		if (!rows.has(row)) misses.push(`row ${row} is missing`);
		const to = expected(row);
		if (to !== null && !spoken.has(to)) misses.push(`${to} is not in the output`);
	}
	for (const to of arrived.keys())
		if (!spoken.has(to)) misses.push(`${to} got a text and is not in the output`);
	for (const { to, row, accepted } of verdicts) {
		const got = (arrived.get(to) ?? 0) > 0;
		if (accepted === true && !got) misses.push(`row ${row}: ${to} is said to be accepted, and got nothing`);
		if (accepted === false && got)
			misses.push(`row ${row}: ${to} is said not to be accepted, and got a text`);
		const should = expected(row);
		if (should !== null && to !== should) misses.push(`row ${row} speaks of ${to} instead of ${should}`);
	}
	const count = (value: boolean | null): number =>
		verdicts.filter(({ accepted }) => accepted === value).length;
	return { misses, accepted: count(true), notAccepted: count(false), unclear: count(null) };
}
