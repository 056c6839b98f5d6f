/** Runs an operation against a gateway that answers by path, page by page. */
import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import type { Gateway } from '../../../../nodes/shared/contract/gateway';
import type { Operation } from '../../../../nodes/shared/contract/operation';
import { runOperation } from '../../../../nodes/shared/operations/run';
import { asRecord } from '../../../../nodes/shared/contract/json';

export const SECRET = 's3cret-password';

export interface Page {
	readonly next: string | null;
	readonly rows: ReadonlyArray<{ readonly id: string }>;
	readonly more?: string;
}

/** A list that comes page by page. */
export const list: Operation = {
	resource: 'message',
	operation: 'list',
	name: 'List',
	action: 'List',
	description: '',
	fields: [],
	perRequest: 1,
	keys: ['messageId'],
	returnsMany: true,
	queriesIn: () => [{ all: true }],
	build: (_, cursor) => ({ method: 'POST', path: `/${cursor ?? ''}`, body: { kind: 'form', fields: {} } }),
	read: ({ json }) => {
		const page = asRecord(json) as unknown as Page | null;
		return page === null ? null : [{ rows: page.rows.map(({ id }) => ({ messageId: id })), next: page.next }];
	},
};

export async function run(
	answer: (path: string) => unknown,
	{
		operation = list,
		rows = 1,
		includeRaw = true,
		continueOnFail = true,
		signal,
	}: {
		operation?: Operation;
		rows?: number;
		includeRaw?: boolean;
		continueOnFail?: boolean;
		signal?: AbortSignal;
	} = {},
): Promise<INodeExecutionData[]> {
	const parameters: IDataObject = { options: { includeRaw }, returnAll: true, limit: 50 };
	const context = {
		getInputData: () => Array.from({ length: rows }, () => ({ json: {} })),
		getNode: () => ({ id: 'n', name: 'n', type: 'n', parameters }),
		getNodeParameter: (name: string, _: number, fallback: unknown) => parameters[name] ?? fallback,
		getTimezone: () => 'UTC',
		getExecutionCancelSignal: () => signal,
		continueOnFail: () => continueOnFail,
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

export const ids = (from: number, count: number): Array<{ id: string }> =>
	Array.from({ length: count }, (_, n) => ({ id: `message-${from + n}-${'x'.repeat(150)}` }));
