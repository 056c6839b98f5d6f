/** A list that comes page by page: what came is kept, whatever happens to a later page. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../../../../nodes/shared/contract/operation';
import type { Page } from './support';
import { ids, list, run } from './support';

const PAGES: Readonly<Record<string, Page>> = {
	'/': { next: '2', rows: ids(0, 2) },
	'/2': { next: '3', rows: ids(2, 2) },
	'/3': { next: null, rows: ids(4, 1) },
};

/** No reply of the gateway's own, so that the third page fails. */
const BROKEN = 'No such page of this list';
const thirdFails = (path: string): unknown => (path === '/3' ? BROKEN : PAGES[path]);

const idsOf = (items: readonly INodeExecutionData[]): unknown[] => items.map(({ json }) => json.messageId);
const FIRST_FOUR = ids(0, 4).map(({ id }) => id);

const GAP = {
	kind: 'invalid_parameter',
	message: `Only the first 4 rows could be read. SMSC refused this request (HTTP 400): "${BROKEN}".`,
	retry: 'after_fix',
};

it('keeps the rows of earlier pages, and says behind them what happened to the next', async () => {
	const items = await run(thirdFails);
	expect(idsOf(items)).toEqual([...FIRST_FOUR, undefined]);
	expect(Object.keys(items[4]?.json ?? {})).toEqual(['reason', 'hint', 'gateway', 'raw', 'error']);
	expect(items[4]?.json).toMatchObject({
		reason: GAP.message,
		raw: BROKEN,
		error: { ...GAP, gateway: 'smsc' },
	});
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array.from({ length: 5 }, () => ({ item: 0 })));
});

it('does so for each row that wants the list', async () => {
	const items = await run(thirdFails, { rows: 2 });
	expect(idsOf(items)).toEqual([...FIRST_FOUR, undefined, ...FIRST_FOUR, undefined]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 10 }, (_, index) => ({ item: index < 5 ? 0 : 1 })),
	);
});

it('throws nothing away with On Error = Stop Workflow either', async () => {
	const items = await run(thirdFails, { continueOnFail: false });
	expect(idsOf(items)).toEqual([...FIRST_FOUR, undefined]);
	expect(items[4]?.json.error).toMatchObject(GAP);
});

it('fails as before where no page came', async () => {
	const [item, ...others] = await run(() => BROKEN);
	expect(others).toEqual([]);
	expect(item?.json.error).toMatchObject({ message: GAP.message.replace(/^Only.*?read\. /, '') });
	await expect(run(() => BROKEN, { continueOnFail: false })).rejects.toThrow(BROKEN);
});

it('has no rows to speak of where the pages before were empty', async () => {
	const items = await run((path) => (path === '/' ? { next: '2', rows: [] } : BROKEN));
	expect(items).toHaveLength(1);
	expect(items[0]?.json.error).toMatchObject({ message: expect.stringMatching(/^SMSC refused/) as string });
});

it('keeps the rows when a later page cannot be handled', async () => {
	const breaks: Operation = {
		...list,
		read: (reply, asks, cursor) => {
			if (cursor === '3') throw new TypeError('odd');
			return list.read(reply, asks, cursor);
		},
	};
	const items = await run((path) => PAGES[path], { operation: breaks });
	expect(idsOf(items)).toEqual([...FIRST_FOUR, undefined]);
	expect(items[4]?.json.error).toMatchObject({
		message: expect.stringMatching(/^Only the first 4 rows could be read\. .*odd/) as string,
	});
});

it('keeps the rows when a person stops the run between two pages', async () => {
	const cancel = new AbortController();
	const items = await run(
		(path) => {
			if (path === '/2') cancel.abort();
			return PAGES[path];
		},
		{ signal: cancel.signal },
	);
	expect(idsOf(items)).toEqual([...FIRST_FOUR, undefined]);
	expect(items[4]?.json.error).toMatchObject({
		message: expect.stringContaining('The run was stopped') as string,
	});
});
