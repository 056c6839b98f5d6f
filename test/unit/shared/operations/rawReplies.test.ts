/** Include Raw Reply of operations: each item has the reply that it came from, and large ones are not written out again. */
import { asRecord } from '../../../../nodes/shared/contract/json';
import type { Operation } from '../../../../nodes/shared/contract/operation';
import type { Page } from './support';
import { SECRET, ids, list, run } from './support';

it('gives the rows of each page the reply of that page', async () => {
	const pages: Record<string, Page> = {
		'/': { next: '2', rows: ids(0, 2) },
		'/2': { next: '3', rows: ids(2, 2) },
		'/3': { next: null, rows: ids(4, 1) },
	};
	const items = await run((path) => pages[path]);
	expect(items.map(({ json }) => json.raw)).toEqual([
		pages['/'],
		pages['/'],
		pages['/2'],
		pages['/2'],
		pages['/3'],
	]);
});

it('writes a large reply out once, and says so in the other items', async () => {
	const page: Page = { next: null, rows: ids(0, 1000) };
	expect(JSON.stringify(page).length).toBeGreaterThan(170_000);
	const items = await run(() => page);
	expect(items).toHaveLength(1000);
	expect(items[0]?.json.raw).toEqual(page);
	expect(new Set(items.slice(1).map(({ json }) => json.raw))).toEqual(
		new Set(['The same reply as in an earlier item.']),
	);
	// The rows themselves, their reply, and a sentence in each.
	expect(JSON.stringify(items).length).toBeLessThan(1_000_000);
	expect(JSON.stringify(await run(() => page, { includeRaw: false }))).not.toContain('raw');
});

it('writes each large page out once, also where two rows of input want the same', async () => {
	const pages: Record<string, Page> = {
		'/': { next: '2', rows: ids(0, 100) },
		'/2': { next: null, rows: ids(100, 100) },
	};
	const items = await run((path) => pages[path], { rows: 3 });
	expect(items).toHaveLength(600);
	const whole = items.flatMap(({ json }, index) => (typeof json.raw === 'object' ? [[index, json.raw]] : []));
	expect(whole).toEqual([
		[0, pages['/']],
		[100, pages['/2']],
	]);
});

it('writes a large reply that fails many rows out once', async () => {
	const perRow: Operation = {
		...list,
		returnsMany: false,
		perRequest: 1000,
		queriesIn: () => [{ n: asked++ }],
		read: () => null,
	};
	let asked = 0;
	const words = `Nothing of this is known. ${'word '.repeat(2000)}`;
	const items = await run(() => words, { operation: perRow, rows: 1000 });
	expect(asked).toBe(1000);
	expect(items).toHaveLength(1000);
	expect(items[0]?.json).toMatchObject({ raw: words });
	expect(JSON.stringify(items).length).toBeLessThan(1_000_000);
});

it('blanks secrets in every page', async () => {
	const pages: Record<string, Page> = {
		'/': { next: '2', rows: ids(0, 1), more: SECRET },
		'/2': { next: null, rows: ids(1, 1), more: `key=${SECRET}` },
	};
	const items = await run((path) => pages[path]);
	expect(items.map(({ json }) => asRecord(json.raw)?.more)).toEqual(['***', 'key=***']);
	expect(JSON.stringify(items)).not.toContain(SECRET);
});
