type Group<T> = [T, ...T[]];

/** In the order in which they come, by key. */
export function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, Group<T>> {
	const groups = new Map<K, Group<T>>();
	for (const one of all) {
		const key = keyOf(one);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [one]);
		else group.push(one);
	}
	return groups;
}
