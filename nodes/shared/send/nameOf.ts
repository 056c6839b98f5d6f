import { digest } from '../contract/digest';

/** Half of a digest: two texts will not share it, and the journal keeps many. */
export const nameOf = (...parts: readonly unknown[]): string => digest(...parts).slice(0, 22);

/** Names what goes to somebody, row after row: most often one content for all, which is hashed once. */
export function textNames(): (to: string, content: readonly string[]) => string {
	let last: readonly string[] = [];
	let name = nameOf();
	return (to, content) => {
		const isLast = content.length === last.length && content.every((part, n) => part === last[n]);
		if (!isLast) [last, name] = [content, nameOf(...content)];
		return `${name} ${to}`;
	};
}
