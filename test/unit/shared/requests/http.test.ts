/** Replies as they come over the wire: in any pieces, and no more than is wanted. */
import { Readable } from 'node:stream';
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
	expect(answer).toEqual({ kind: 'lost', code: null, detail: 'its answer would not end' });
	expect(taken).toBeLessThan(15_000_000);
});
