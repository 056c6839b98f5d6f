/**
 * What holds back the next code: a wait, and so many a day for a number and for all. Made of marks, which have no times
 * and cannot be read without being added (see journal/marks.ts): what only a question has added is taken out again.
 */
import type { MarkWriter } from '../journal/marks';

export interface CodeLimits {
	/** 0: none. */
	readonly waitSeconds: number;
	readonly perNumber: number;
	/** 0: any number. */
	readonly perDay: number;
}

/** What stands in the way; null when nothing does. */
export type Obstacle = 'wait' | 'perNumber' | 'perDay' | null;

export interface CodeRequest {
	/** Of the code. */
	readonly id: string;
	/** Of the execution: a later try of it claims nothing again. */
	readonly executionId: string;
	/** Nor does a Retry, which somebody started who may see executions; it has another id, and the same code. */
	readonly isRetry: boolean;
	/** E.164. */
	readonly to: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** The day's date. */
	readonly day: string;
}

/** A wait is so many steps long, and ends with a step: it takes up to a quarter longer than was asked for. */
const STEPS = 4;
/** Marks that one code leaves, those of the journal among them. */
const MARKS_OF_A_CODE = STEPS + 7;
const CODES_KEPT = 5_000;

/** So many marks must be kept for the limits to hold for a day. */
export function marksNeeded({ perDay }: CodeLimits): number {
	return MARKS_OF_A_CODE * (perDay === 0 ? CODES_KEPT : perDay);
}

/** Where this process found the next free place of a day, by node and day: the search begins there. */
const frontier = new Map<string, number>();
const KEEP_FRONTIERS = 1_000;

/** @param node names the workflow and the node that count. @throws as the store does */
export async function claimCode(
	store: MarkWriter,
	node: string,
	{ id, executionId, isRetry, to, now, day }: CodeRequest,
	limits: CodeLimits,
): Promise<Obstacle> {
	// Two executions that begin in the same millisecond can have one code: each claims for itself.
	const claimed = [`code|${id}|claimed`, `code|${id}|claimed by ${executionId}`] as const;
	const [byAny, byThis] = claimed;
	const waits = waitMarks(to, limits.waitSeconds, now);
	const earlier = await store.record([...claimed, ...waits]);
	if (earlier.has(byThis) || (isRetry && earlier.has(byAny))) return null;
	const [current] = waits;
	const refuse = async (obstacle: Obstacle, marks: readonly string[]): Promise<Obstacle> => {
		await store.remove(marks.filter((mark) => !earlier.has(mark)));
		return obstacle;
	};
	if (current !== undefined && earlier.has(current)) return await refuse('wait', [...claimed, ...waits]);
	if ((await takePlace(store, `code|to ${to}|${day}`, limits.perNumber, 1)) === null) {
		return await refuse('perNumber', claimed);
	}
	if (limits.perDay === 0) return null;
	const name = `code|day|${day}`;
	const known = `${node}|${name}`;
	const place = await takePlace(store, name, limits.perDay, (frontier.get(known) ?? 0) + 1);
	if (place === null) return await refuse('perDay', claimed);
	if (frontier.size >= KEEP_FRONTIERS) frontier.clear();
	frontier.set(known, place);
	return null;
}

/** A code closes the step of its time and those behind it. */
function waitMarks(to: string, waitSeconds: number, now: number): string[] {
	if (waitSeconds === 0) return [];
	const step = Math.floor(now / ((waitSeconds * 1000) / STEPS));
	return Array.from(
		{ length: STEPS + 1 },
		(_, behind) => `code|to ${to}|wait ${waitSeconds}|${step + behind}`,
	);
}

/** How many places are asked for at once. */
const PROBES = 16;

/** Takes the first free place of those from `first` to `most`, which are taken in their order; null when none is free. */
async function takePlace(
	store: MarkWriter,
	name: string,
	most: number,
	first: number,
): Promise<number | null> {
	const markOf = (place: number): string => `${name}|${place}`;
	let low = first;
	let high: number | null = null;
	let probes = low <= most ? [low] : [];
	while (probes.length > 0) {
		const earlier = await store.record(probes.map(markOf));
		const free = probes.find((place) => !earlier.has(markOf(place)));
		const isFound = free === low;
		const asked = probes.filter((place) => !earlier.has(markOf(place)) && !(isFound && place === free));
		if (asked.length > 0) await store.remove(asked.map(markOf));
		if (isFound) return low;
		low = Math.max(...probes.filter((place) => free === undefined || place < free)) + 1;
		// One that was free may have been taken meanwhile.
		high = free ?? (high === null || high < low ? null : high);
		probes = high === null ? farther(low, most) : between(low, high);
	}
	return null;
}

/** At growing distances, to the last place. */
function farther(low: number, most: number): number[] {
	const places: number[] = [];
	for (let place = low, step = 1; place <= most; place += step, step *= 2) places.push(place);
	if (places.length > 0 && places.at(-1) !== most) places.push(most);
	return places;
}

/** Evenly, from a place to the one before a free one, and that. */
function between(low: number, free: number): number[] {
	const step = Math.max(1, Math.ceil((free - low) / PROBES));
	const places: number[] = [];
	for (let place = low; place < free; place += step) places.push(place);
	return [...places, free];
}

/** For tests: what a new process would know. */
export function forgetFrontiers(): void {
	frontier.clear();
}
