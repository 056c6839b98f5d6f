/** Whether the store still has all marks from a moment on: it forgets the oldest beyond a number, and knows no times. */
import type { MarkStore } from './marks';

const HOUR_MS = 60 * 60_000;
/** An hour is looked for so far back: a node that is used once a fortnight. */
const HOURS_BACK = 15 * 24;

const BEGINNING = 'history|beginning';
const hourMark = (hour: number): string => `history|${hour}`;

/** To be written before any other mark. Later marks are forgotten later, so whoever finds these knows what is still there. */
export function historyMarks(now: number, isEmpty: boolean): readonly string[] {
	const hour = hourMark(Math.floor(now / HOUR_MS));
	return isEmpty ? [BEGINNING, hour] : [hour];
}

/**
 * Whether every mark that was written from `since` on (epoch milliseconds) is still there.
 * What the question adds is taken out again; should that fail, later questions get a no.
 * @throws as the store does
 */
export async function reachesBack(store: MarkStore, since: number): Promise<boolean> {
	// Begins an empty history: nothing is missing there.
	await store.record([]);
	const last = Math.floor(since / HOUR_MS) - 1;
	const signs = [BEGINNING, ...Array.from({ length: HOURS_BACK }, (_, back) => hourMark(last - back))];
	const asked = (sign: string): string => `${sign}|asked`;
	const all = signs.flatMap((sign) => [sign, asked(sign)]);
	const earlier = await store.ask(all, (before) => all.filter((mark) => !before.has(mark)));
	return signs.some((sign) => earlier.has(sign) && !earlier.has(asked(sign)));
}
