/** The layout of AlphaSMS's text interface: `key:value` pairs, whatever was asked. */

// The vendor's table writes smd_count, its sample and every program sms_count.
const KEYS = 'id|sms_count|smd_count|errors|status_time|status|code|balance|price|currency';
const KEY = new RegExp(`(?:^|\\s)(${KEYS}):`, 'g');

export type Pairs = ReadonlyMap<string, readonly string[]>;

/**
 * `key:value` pairs, one a line or all in one line: values may hold blanks and colons, so each runs up to the next
 * known key. `errors` may come several times; its sentence may name a key ("message with id: 17"), which is one only at
 * the beginning of a line there.
 */
export function readPairs(text: string): Pairs {
	const pairs = new Map<string, string[]>();
	let key: string | null = null;
	let start = 0;
	let behindKey = 0;
	const close = (end: number): void => {
		if (key === null) return;
		const value = text.slice(start, end).trim();
		const values = pairs.get(key);
		if (values === undefined) pairs.set(key, [value]);
		else values.push(value);
	};
	for (const match of text.matchAll(KEY)) {
		const [whole, next = ''] = match;
		const end = match.index + whole.length;
		const between = text.slice(behindKey, end - next.length - 1);
		behindKey = end;
		if (key === 'errors' && next !== 'errors' && !endsALine(between)) continue;
		close(match.index);
		key = next;
		start = end;
	}
	close(text.length);
	return pairs;
}

/** Whether nothing but blanks stands behind the last line break. */
function endsALine(text: string): boolean {
	return /[\r\n]/.test(text.slice(text.trimEnd().length));
}
