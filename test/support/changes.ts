/** Every way in which one place of a reply can be lost or changed, found in the reply itself: no vendor's key is named. */

export type Path = ReadonlyArray<string | number>;

export interface Change {
	/** For the report: what was done, and where. */
	readonly name: string;
	/** `removed` and `changed` concern the value at `path`; `rows` the list there. */
	readonly how: 'removed' | 'changed' | 'rows';
	readonly path: Path;
	/** What stands there now, when it was changed. */
	readonly value?: unknown;
	readonly json: unknown;
}

type Container = Record<string | number, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place of a value, the whole excepted, outermost first. */
export function pathsOf(json: unknown, path: Path = []): Path[] {
	if (!isContainer(json)) return [];
	const keys = Array.isArray(json) ? json.map((_, index) => index) : Object.keys(json);
	return keys.flatMap((key) => [[...path, key], ...pathsOf(json[key], [...path, key])]);
}

export function valueAt(json: unknown, path: Path): unknown {
	return path.reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), json);
}

/** A copy with the container of `path` changed. @throws when there is none */
export function edited(
	json: unknown,
	path: Path,
	edit: (container: Container, key: string | number) => void,
) {
	const copy = structuredClone(json);
	const key = path.at(-1);
	const container = valueAt(copy, path.slice(0, -1));
	if (key === undefined || !isContainer(container)) throw new Error(`Nothing to change at ${path.join('.')}`);
	edit(container, key);
	return copy;
}

export function removedAt(json: unknown, path: Path): unknown {
	return edited(json, path, (container, key) => {
		if (Array.isArray(container)) container.splice(Number(key), 1);
		else delete container[key];
	});
}

export function changedAt(json: unknown, path: Path, value: unknown): unknown {
	return edited(json, path, (container, key) => {
		container[key] = value;
	});
}

/** Values that no vendor's table has, of every type. */
export const STRANGE_VALUES: readonly unknown[] = [
	null,
	'',
	'x',
	987_654,
	-987_654,
	true,
	false,
	[],
	{},
	[[]],
	{ x: 1 },
	'x'.repeat(300),
	'constructor',
];

/** Every key and value removed, and changed to every strange value; every list doubled, turned round, emptied. */
export function* changesOf(json: unknown): Generator<Change> {
	const whole = JSON.stringify(json);
	const differs = (change: Change): Change => {
		// A change that changed nothing would make its test pass for nothing.
		if (JSON.stringify(change.json) === whole) throw new Error(`${change.name} changed nothing`);
		return change;
	};
	for (const path of pathsOf(json)) {
		const place = path.join('.');
		yield differs({ name: `without ${place}`, how: 'removed', path, json: removedAt(json, path) });
		const old = JSON.stringify(valueAt(json, path));
		for (const value of STRANGE_VALUES) {
			if (JSON.stringify(value) === old) continue;
			const name = `${place} = ${JSON.stringify(value).slice(0, 40)}`;
			yield differs({ name, how: 'changed', path, value, json: changedAt(json, path, value) });
		}
		const rows = valueAt(json, path);
		if (!Array.isArray(rows) || rows.length === 0) continue;
		const list = rows as unknown[];
		const lists: Array<[string, unknown[]]> = [
			['doubled', [...list, ...list]],
			['each twice', list.flatMap((row) => [row, row])],
			['with odd rows between', list.flatMap((row) => [null, row, 'x', [], {}, 7])],
			...(list.length > 1 ? [['turned round', [...list].reverse()] as [string, unknown[]]] : []),
		];
		for (const [name, changed] of lists)
			yield differs({ name: `${place} ${name}`, how: 'rows', path, json: changedAt(json, path, changed) });
	}
}

export interface TextChange {
	readonly name: string;
	readonly how: 'cut' | 'word' | 'line';
	readonly text: string;
}

/** The same for plain text: cut off at every character, every word and line removed or changed. */
export function* changesOfText(text: string): Generator<TextChange> {
	for (let end = 0; end < text.trimEnd().length; end++)
		yield {
			name: `cut after ${JSON.stringify(text.slice(0, end).slice(-20))}`,
			how: 'cut',
			text: text.slice(0, end),
		};
	for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_.-]+/gu)) {
		for (const other of ['', 'x', '987654', '-987654']) {
			const changed = text.slice(0, index) + other + text.slice(index + word.length);
			if (changed === text) throw new Error(`${word} → ${other} changed nothing`);
			yield { name: `${word} at ${index} → ${JSON.stringify(other)}`, how: 'word', text: changed };
		}
	}
	const lines = text.split('\n');
	for (const [index, line] of lines.entries()) {
		if (line === '' || lines.length === 1) continue;
		yield {
			name: `without line ${index}`,
			how: 'line',
			text: lines.filter((_, at) => at !== index).join('\n'),
		};
		yield {
			name: `line ${index} twice`,
			how: 'line',
			text: lines.flatMap((one, at) => (at === index ? [one, one] : [one])).join('\n'),
		};
	}
}

/** A text of JSON with one of its plain values replaced: the one at `place`, counted around. */
export function withValueReplaced(json: string, place: number, value: unknown): string {
	const values = [...json.matchAll(/:("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false)/g)];
	const match = values[place % values.length];
	if (match === undefined) throw new Error(`no value in ${json}`);
	const end = match.index + match[0].length;
	return `${json.slice(0, match.index)}:${JSON.stringify(value)}${json.slice(end)}`;
}
