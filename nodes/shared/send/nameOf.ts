import { digest } from '../contract/digest';

/** Half of a digest: two texts will not share it, and the journal keeps many. */
export const nameOf = (...parts: readonly unknown[]): string => digest(...parts).slice(0, 22);

/** The same, for contents that come row after row: most often one text for all, which is hashed once. */
export function contentNames(): (parts: readonly string[]) => string {
	let last: readonly string[] = [];
	let name = nameOf();
	return (parts) => {
		const isLast = parts.length === last.length && parts.every((part, n) => part === last[n]);
		if (!isLast) [last, name] = [parts, nameOf(...parts)];
		return name;
	};
}
