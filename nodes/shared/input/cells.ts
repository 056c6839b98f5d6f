/** A row's cells, by the names of its columns. */
export type Cells = Readonly<Record<string, unknown>>;

const has = (cells: object, key: string | number): boolean =>
	Object.prototype.hasOwnProperty.call(cells, key);

/** What stands at a path of own keys; undefined where one of them is missing. */
export function valueAt(cells: Cells, keys: ReadonlyArray<string | number>): unknown {
	let value: unknown = cells;
	for (const key of keys) {
		if (typeof value !== 'object' || value === null || !has(value, key)) return undefined;
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}

/** A column's value: the name as it stands first, then read as a path (`address.city`). Undefined when there is none. */
export function readColumn(cells: Cells, name: string): unknown {
	return has(cells, name) ? cells[name] : valueAt(cells, name.split('.'));
}
