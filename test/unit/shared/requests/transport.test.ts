/** Requests and replies as they go over the wire: through n8n's own helper, in any pieces, and no more than is wanted. */
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { ExecuteContext } from 'n8n-core';
import type { INode, INodeTypes, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { GatewayRequest } from '../../../../nodes/shared/contract/request';
import type { Caller } from '../../../../nodes/shared/requests/caller';
import { createTransport } from '../../../../nodes/shared/requests/transport';

async function receive(chunks: Iterable<Uint8Array>): Promise<{ answer: unknown; taken: number }> {
	let taken = 0;
	const counted = function* (): Generator<Uint8Array> {
		for (const chunk of chunks) {
			taken += chunk.length;
			yield chunk;
		}
	};
	const caller = {
		helpers: {
			httpRequestWithAuthentication: async () =>
				await Promise.resolve({ statusCode: 200, headers: {}, body: Readable.from(counted()) }),
		},
	} as unknown as Caller;
	const settings = { credentialType: 'x', baseUrl: 'https://example.com', timeoutMs: 60_000 };
	const request = { method: 'GET', path: '/', body: { kind: 'form', fields: {} } } as const;
	return { answer: await createTransport(caller, settings)(request), taken };
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it.each([1, 7, 1000, 65_536, 1_000_000])('a reply in pieces of %d bytes is read whole', async (size) => {
	const text = JSON.stringify({ id: 1, text: 'Привет '.repeat(20_000) });
	const { answer } = await receive(pieces(Buffer.from(text), size));
	expect(answer).toMatchObject({ status: 200, json: JSON.parse(text) as unknown });
	expect((answer as { text: string }).text).toBe(text);
});

it('a reply that does not end is left, and soon', async () => {
	const endless = function* (): Generator<Uint8Array> {
		for (;;) yield Buffer.alloc(100_000, 0x61);
	};
	const { answer, taken } = await receive(endless());
	expect(answer).toEqual({ kind: 'lost', code: null, detail: 'its reply was too long or too slow' });
	expect(taken).toBeLessThan(15_000_000);
});

describe("through n8n's own helper, over a socket,", () => {
	interface Arrived {
		readonly line: string;
		readonly headers: IncomingHttpHeaders;
		readonly body: string;
	}

	/** A node whose credential adds a header, as n8n runs it. */
	function node(): Caller {
		const parameters = {};
		const typed = { id: 'n', name: 'n', type: 'n', typeVersion: 1, position: [0, 0], parameters };
		const own = { ...typed, credentials: { x: { id: '1', name: 'x' } } } as unknown as INode;
		const description = { credentials: [{ name: 'x' }], properties: [] };
		const nodeTypes = { getByNameAndVersion: () => ({ description }) } as unknown as INodeTypes;
		const workflow = new Workflow({ nodes: [own], connections: {}, active: false, nodeTypes });
		const credentialsHelper = {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => await Promise.resolve({}),
			preAuthentication: async () => await Promise.resolve(undefined),
			authenticate: async (_data: unknown, _type: string, options: { headers: object }) =>
				await Promise.resolve({ ...options, headers: { ...options.headers, 'x-key': 'secret' } }),
		};
		const additional = { credentialsHelper, variables: {} } as unknown as IWorkflowExecuteAdditionalData;
		// The two packages differ in types alone.
		return new ExecuteContext(
			workflow as never,
			own,
			additional as never,
			'internal',
			{ resultData: { runData: {} } } as never,
			0,
			[],
			{ main: [[{ json: {} }]] },
			{ node: own, data: {}, source: null } as never,
			[],
		) as unknown as Caller;
	}

	async function send(request: GatewayRequest): Promise<{ arrived: readonly Arrived[]; answer: unknown }> {
		const arrived: Arrived[] = [];
		const server = createServer((incoming, response) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				const { method = '', url = '', headers } = incoming;
				arrived.push({ line: `${method} ${url}`, headers, body: Buffer.concat(chunks).toString() });
				response.end('{"ok":true}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			const transport = createTransport(node(), { credentialType: 'x', baseUrl, timeoutMs: 10_000 });
			return { answer: await transport(request), arrived };
		} finally {
			await new Promise((resolve) => server.close(resolve));
		}
	}

	it('a GET has its query and headers, and nothing of a body', async () => {
		const { answer, arrived } = await send({
			method: 'GET',
			path: '/version1/user',
			query: { username: 'a&b=c', text: 'Привет + 100%' },
			headers: { Accept: 'application/json', 'X-Idempotency-Key': '17' },
		});
		expect(answer).toMatchObject({ status: 200, json: { ok: true } });
		expect(arrived).toHaveLength(1);
		const [{ line = '', headers = {}, body } = {}] = arrived;
		expect(line).toBe(
			'GET /version1/user?username=a%26b%3Dc&text=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+%2B+100%25',
		);
		expect(headers).toMatchObject({
			accept: 'application/json',
			'x-idempotency-key': '17',
			'x-key': 'secret',
		});
		expect(Object.keys(headers)).not.toContain('content-type');
		expect(Object.keys(headers)).not.toContain('content-length');
		expect(body).toBe('');
	});

	it('a POST may have headers and a query beside its body', async () => {
		const { arrived } = await send({
			method: 'POST',
			path: '/messages',
			query: { dryRun: '1' },
			headers: { Accept: 'application/json' },
			body: { kind: 'form', fields: { to: '+254711000001' } },
		});
		expect(arrived).toMatchObject([
			{
				line: 'POST /messages?dryRun=1',
				headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
				body: 'to=%2B254711000001',
			},
		]);
	});

	it('a POST without a body names no content type of its own', async () => {
		const { arrived } = await send({ method: 'POST', path: '/ping' });
		expect(arrived).toMatchObject([{ line: 'POST /ping', body: '' }]);
		expect(arrived[0]?.headers).toMatchObject({ 'x-key': 'secret' });
	});
});
