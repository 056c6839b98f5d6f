/** Include Raw Reply of operations: each item has the reply that it came from, and large ones are not written out again. */
import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import type { Gateway } from '../../../../nodes/shared/contract/gateway';
import type { Operation } from '../../../../nodes/shared/contract/operation';
import { runOperation } from '../../../../nodes/shared/operations/run';
import { asRecord } from '../../../../nodes/shared/contract/json';

const SECRET = 's3cret-password';

interface Page {
	readonly next: string | null;
	readonly rows: ReadonlyArray<{ readonly id: string }>;
	readonly more?: string;
}

/** A list that comes page by page. */
const list: Operation = {
	resource: 'message',
	operation: 'list',
	name: 'List',
	action: 'List',
	description: '',
	fields: [],
	perRequest: 1,
	returnsMany: true,
	readAsks: () => [{ all: true }],
	build: (_, cursor) => ({ method: 'POST', path: `/${cursor ?? ''}`, body: { kind: 'form', fields: {} } }),
	read: ({ json }) => {
		const page = asRecord(json) as unknown as Page | null;
		return page === null ? null : [{ rows: page.rows.map(({ id }) => ({ messageId: id })), next: page.next }];
	},
};

async function run(
	answer: (path: string) => unknown,
	{
		operation = list,
		rows = 1,
		includeRaw = true,
	}: { operation?: Operation; rows?: number; includeRaw?: boolean } = {},
): Promise<INodeExecutionData[]> {
	const parameters: IDataObject = { options: { includeRaw }, returnAll: true, limit: 50 };
	const context = {
		getInputData: () => Array.from({ length: rows }, () => ({ json: {} })),
		getNode: () => ({ id: 'n', name: 'n', type: 'n', parameters }),
		getNodeParameter: (name: string, _: number, fallback: unknown) => parameters[name] ?? fallback,
		getTimezone: () => 'UTC',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => true,
		getCredentials: async () =>
			await Promise.resolve({ baseUrl: 'https://example.com', login: 'me', password: SECRET }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: { url: string }) => {
				const body = answer(new URL(url).pathname);
				const text = typeof body === 'string' ? body : JSON.stringify(body);
				return await Promise.resolve({
					statusCode: typeof body === 'string' ? 400 : 200,
					headers: {},
					body: Readable.from([Buffer.from(text)]),
				});
			},
		},
	} as unknown as IExecuteFunctions;
	return await runOperation(context, smscGateway as unknown as Gateway, operation);
}

const ids = (from: number, count: number): Array<{ id: string }> =>
	Array.from({ length: count }, (_, n) => ({ id: `message-${from + n}-${'x'.repeat(150)}` }));

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
		readAsks: () => [{ n: asked++ }],
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
