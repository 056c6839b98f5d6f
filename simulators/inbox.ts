import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { act, form, type Answer, type Gateways } from './inbox/actions';
import { inboxPage } from './inbox/page';
import type { SeenRequest, Simulator } from './simulator';

export interface Inbox {
	readonly url: string;
	close(): Promise<void>;
}

export interface InboxOptions {
	/** Default 0: any free port. */
	readonly port?: number;
}

/** A form of this page is short. */
const FORM_LIMIT = 64 * 1024;

function requestData(simulator: Simulator, request: SeenRequest) {
	const { number, at, method, shownUrl, headers, shownBody, status, accepted, fault } = request;
	const { gateway } = simulator;
	return { gateway, number, at, method, url: shownUrl, headers, body: shownBody, status, accepted, fault };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of request) {
		const bytes = piece as Buffer;
		size += bytes.length;
		if (size > FORM_LIMIT) return null;
		pieces.push(bytes);
	}
	return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}

/** The buttons work only from this page: another site in the same browser must not press them. */
function isOwn(request: IncomingMessage): boolean {
	const { origin, host } = request.headers;
	return origin !== undefined && origin === `http://${host}`;
}

/** A page with the texts that "arrived" and buttons to report and to reply; and the same as JSON. */
export async function startInbox(gateways: Gateways, options: InboxOptions = {}): Promise<Inbox> {
	const simulators = Object.values(gateways);
	const sockets = new Set<Socket>();

	const server = createServer((request, response) => {
		const headers = {
			'cache-control': 'no-store',
			// Nothing but the page's own style and forms: what a text contains cannot load or run anything.
			'content-security-policy':
				"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
			'x-content-type-options': 'nosniff',
		};
		const reply = (status: number, type: string, body: string): void => {
			response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` });
			response.end(body);
		};
		const show = (answer: Answer | undefined): void => {
			if (answer === undefined) reply(404, 'text/plain', 'Not found: go to /');
			else if (answer.location === undefined) reply(answer.status, 'text/html', answer.body);
			else response.writeHead(answer.status, { ...headers, location: answer.location }).end();
		};
		const [path = '/', search = ''] = (request.url ?? '/').split('?');

		if (request.method === 'POST') {
			if (!isOwn(request)) {
				reply(403, 'text/plain', 'Only the buttons of this page can do that.');
				return;
			}
			void readForm(request)
				.then(async (fields) => {
					if (fields === null) reply(413, 'text/plain', 'That is too long.');
					else show(await act(gateways, path, fields));
				})
				.catch(() => response.destroy());
			return;
		}
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			reply(405, 'text/plain', 'This page is read-only.');
			return;
		}
		switch (path) {
			case '/':
				reply(200, 'text/html', inboxPage(simulators));
				return;
			case '/texts.json': {
				const texts = simulators.flatMap((one) =>
					one.texts.map((text) => ({ ...text, state: one.stateOf(text) })),
				);
				reply(200, 'application/json', JSON.stringify(texts, null, '\t'));
				return;
			}
			case '/requests.json': {
				const requests = simulators.flatMap((one) => one.requests.map((seen) => requestData(one, seen)));
				reply(200, 'application/json', JSON.stringify(requests, null, '\t'));
				return;
			}
			default:
				show(form(gateways, path, new URLSearchParams(search)));
		}
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	const { port } = server.address() as AddressInfo;
	let closing: Promise<void> | undefined;
	return {
		url: `http://127.0.0.1:${port}`,
		close() {
			closing ??= new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			});
			return closing;
		},
	};
}
