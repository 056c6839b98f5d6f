/**
 * Order of what a drop-down lists: by its text, whatever the case. Not by `localeCompare`, whose first call takes 6 ms
 * of n8n's start to load the rules of a language.
 */
export function alphabetical<T>(textOf: (one: T) => string): (a: T, b: T) => number {
	return (a, b) => {
		const [first, second] = [textOf(a).toLowerCase(), textOf(b).toLowerCase()];
		if (first === second) return 0;
		return first < second ? -1 : 1;
	};
}
