/** The marks of claims (docs/never-twice.md), and how a time becomes part of them. */

/** A time is kept in so many parts: what is claimed stays taken for all of it, or up to one part less. */
export const PARTS = 4;

/** A part of time, by its number; `ever` for what stays taken. */
export type Part = number | 'ever';

export const partAt = (lastsMs: number, now: number): number => Math.floor(now / (lastsMs / PARTS));
export const partsBack = (part: number, count: number): number[] =>
	Array.from({ length: count }, (_, n) => part - n);

/** The parts in which a claim counts now, the latest first. */
export function partsThatCount(lastsMs: number | null, now: number): readonly [Part, ...Part[]] {
	if (lastsMs === null) return ['ever'];
	const part = partAt(lastsMs, now);
	return [part, ...partsBack(part - 1, PARTS - 1)];
}

export const begunMark = (name: string, part: Part): string => `${name}|${part}|begun`;
export const sentMark = (name: string, part: Part): string => `${name}|${part}|sent`;

/**
 * Goes with every question, and is taken out again with what the question added. Whoever finds it there knows that
 * another question is under way, or was cut off: the answer may be of its making. Names begin with a digest, so there are 64
 * for each part of time: each costs n8n a search of the whole history.
 */
export const askingMark = (name: string, part: Part): string => `asking|${name.charAt(0)}|${part}`;
