import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
	readonly method: string;
	/** Path and query as they came. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: Buffer;
}

/** `reset` breaks the connection, `silent` never answers. */
type Answer = { readonly status?: number; readonly body?: string } | 'reset' | 'silent';

/** Somebody who is called back: one HTTP server on loopback that keeps what it gets. */
export interface Receiver {
	readonly url: string;
	readonly received: readonly ReceivedCall[];
	/** What it answers from now on; one after the other, the last one again and again. Default: 200 with an empty body. */
	answerWith(...answers: readonly Answer[]): void;
	forget(): void;
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const received: ReceivedCall[] = [];
	let answers: readonly Answer[] = [];
	let given = 0;
	const server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('error', () => undefined);
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			received.push({ method, url, headers, body: Buffer.concat(pieces) });
			const answer = answers[Math.min(given, answers.length - 1)] ?? {};
			given += 1;
			if (answer === 'silent') return;
			if (answer === 'reset') request.socket.resetAndDestroy();
			else response.writeHead(answer.status ?? 200).end(answer.body ?? '');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		received,
		answerWith(...next) {
			answers = next;
			given = 0;
		},
		forget() {
			received.length = 0;
			answers = [];
			given = 0;
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** The fields of a form body, in UTF-8 unless the sender was told otherwise. */
export const formFields = (body: Buffer): Record<string, string> =>
	Object.fromEntries(new URLSearchParams(body.toString('latin1')));
