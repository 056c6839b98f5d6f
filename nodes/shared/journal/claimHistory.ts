/**
 * Keeps the history of claims from growing without end, and sees to it that nothing which still counts is forgotten without
 * a word.
 */
import { PARTS, askingMark, partAt, partsBack } from './claimMarks';
import type { MarkStore } from './marks';

/** The history has lost what belongs to a time that counts. */
export class HistoryFull extends Error {}

/** When this process last looked, by the time that it looked for; `ever` for what stays taken. */
export type Looks = Map<number | 'ever', { readonly part: number; readonly at: number }>;

const LOOK_AGAIN_MS = 60_000;
/** Another process's question takes some milliseconds; one that was cut off stays there. */
const ASK_AGAIN = 3;

export interface HistoryCheck {
	readonly store: MarkStore;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Of this process. */
	readonly looks: Looks;
	/** Some milliseconds, for another process to get out of the way. */
	readonly pause: () => Promise<void>;
}

const partMarkOf = (lastsMs: number, part: number): string => `part|${lastsMs}|${part}`;
/** Nothing counted when this part of time began. */
const firstMark = (lastsMs: number, part: number): string => `part|${lastsMs}|${part}|first`;
/** Something was forgotten that counted. */
const lostMark = (lastsMs: number, part: number): string => `part|${lastsMs}|${part}|lost`;

/** To be written with every claim of a time, ahead of it. */
export const partMark = (lastsMs: number, now: number): string => partMarkOf(lastsMs, partAt(lastsMs, now));

/**
 * Once a minute: lets the oldest marks go, beyond what is to be kept, and looks whether one of them counted.
 * @param times for which claims are made; null: for ever
 * @throws HistoryFull as long as something that counts is forgotten; or as the store does
 */
export async function tendHistory(times: ReadonlySet<number | null>, check: HistoryCheck): Promise<void> {
	const { store, now, looks } = check;
	const due = [...times].filter((lastsMs) => {
		const last = looks.get(lastsMs ?? 'ever');
		const part = lastsMs === null ? 0 : partAt(lastsMs, now);
		return last === undefined || last.part !== part || Math.abs(now - last.at) >= LOOK_AGAIN_MS;
	});
	if (due.length === 0) return;
	const counting: number[] = [];
	for (const lastsMs of due) {
		if (lastsMs === null) continue;
		const { isLost, counts } = await stateOf(lastsMs, check);
		if (isLost) throw new HistoryFull();
		if (counts) counting.push(lastsMs);
		else store.leave([firstMark(lastsMs, partAt(lastsMs, now))]);
	}
	if (await store.trim()) {
		for (const lastsMs of counting) {
			if ((await stateOf(lastsMs, check)).isWhole) continue;
			await store.record([lostMark(lastsMs, partAt(lastsMs, now))]);
			throw new HistoryFull();
		}
	}
	for (const lastsMs of due)
		looks.set(lastsMs ?? 'ever', { part: lastsMs === null ? 0 : partAt(lastsMs, now), at: now });
}

interface State {
	/** There are claims that count. */
	readonly counts: boolean;
	/** Something older is there, or the note that there was nothing: so no mark that counts is missing. */
	readonly isWhole: boolean;
	readonly isLost: boolean;
}

async function stateOf(lastsMs: number, { store, pause, now }: HistoryCheck): Promise<State> {
	const part = partAt(lastsMs, now);
	const all = partsBack(part, 2 * PARTS);
	const marks = all.map((one) => partMarkOf(lastsMs, one));
	const firsts = all.map((one) => firstMark(lastsMs, one));
	const losts = all.slice(0, PARTS).map((one) => lostMark(lastsMs, one));
	// One that was cut off in an earlier part may have left what looks like an answer.
	const asking = all.slice(0, PARTS).map((one) => askingMark(String(lastsMs), one));
	const asked = [...asking, ...marks, ...firsts, ...losts];
	for (let n = 0; n < ASK_AGAIN; n++) {
		if (n > 0) await pause();
		const earlier = await store.ask(asked, (before) => asked.filter((mark) => !before.has(mark)));
		const has = (some: readonly string[]): boolean => some.some((mark) => earlier.has(mark));
		if (has(asking)) continue;
		return {
			counts: has(marks.slice(0, PARTS)),
			isWhole: has(marks.slice(PARTS)) || has(firsts),
			isLost: has(losts),
		};
	}
	// A question was cut off: nothing says that anything is missing.
	return { counts: false, isWhole: true, isLost: false };
}

/** Written by a run of so many marks, so that smaller runs after it leave them there. */
const sizeMark = (exponent: number): string => `size|${exponent}`;
const exponentOf = (marks: number): number => Math.ceil(Math.log2(Math.max(marks, 2)));
const SIZES = 16;

/** How many marks are to be kept where claims never end: as many as the largest run needs that is remembered. */
export async function sizeToKeep(store: MarkStore, kept: number, own: number): Promise<number> {
	const base = exponentOf(kept);
	const mine = exponentOf(kept + own);
	const sizes = Array.from({ length: SIZES }, (_, n) => base + 1 + n);
	const known = await store.ask(sizes.map(sizeMark), (earlier) =>
		sizes.map(sizeMark).filter((mark) => !earlier.has(mark)),
	);
	if (mine > base) store.leave([sizeMark(mine)]);
	const largest = sizes.filter((size) => known.has(sizeMark(size))).at(-1) ?? base;
	return largest > base ? Math.max(2 ** largest, kept + own) : kept + own;
}
