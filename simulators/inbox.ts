import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { act, form, type Answer, type Gateways } from './inbox/actions';
import { inboxPage } from './inbox/page';
import { closerOf, listen } from './listening';
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

const HEADERS = {
	'cache-control': 'no-store',
	// Nothing but the page's own style and forms: what a text contains cannot load or run anything.
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
};

function reply(response: ServerResponse, status: number, type: string, body: string): void {
	response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
	response.end(body);
}

function show(response: ServerResponse, answer: Answer | undefined): void {
	if (answer === undefined) reply(response, 404, 'text/plain', 'Not found: go to /');
	else if (answer.location === undefined) reply(response, answer.status, 'text/html', answer.body);
	else response.writeHead(answer.status, { ...HEADERS, location: answer.location }).end();
}

async function press(
	gateways: Gateways,
	path: string,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	if (!isOwn(request)) {
		reply(response, 403, 'text/plain', 'Only the buttons of this page can do that.');
		return;
	}
	const fields = await readForm(request);
	if (fields === null) reply(response, 413, 'text/plain', 'That is too long.');
	else show(response, await act(gateways, path, fields));
}

const json = (response: ServerResponse, data: unknown): void =>
	reply(response, 200, 'application/json', JSON.stringify(data, null, '\t'));

function read(gateways: Gateways, path: string, search: string, response: ServerResponse): void {
	const simulators = Object.values(gateways);
	switch (path) {
		case '/':
			reply(response, 200, 'text/html', inboxPage(simulators));
			return;
		case '/texts.json':
			json(
				response,
				simulators.flatMap((one) => one.texts.map((text) => ({ ...text, state: one.stateOf(text) }))),
			);
			return;
		case '/requests.json':
			json(
				response,
				simulators.flatMap((one) => one.requests.map((seen) => requestData(one, seen))),
			);
			return;
		default:
			show(response, form(gateways, path, new URLSearchParams(search)));
	}
}

/** A page with the texts that "arrived" and buttons to report and to reply; and the same as JSON. */
export async function startInbox(gateways: Gateways, options: InboxOptions = {}): Promise<Inbox> {
	const server = createServer((request, response) => {
		const [path = '/', search = ''] = (request.url ?? '/').split('?');
		if (request.method === 'POST') press(gateways, path, request, response).catch(() => response.destroy());
		else if (request.method === 'GET' || request.method === 'HEAD') read(gateways, path, search, response);
		else reply(response, 405, 'text/plain', 'This page is read-only.');
	});
	const close = closerOf(server);
	return { url: `http://127.0.0.1:${await listen(server, options.port)}`, close };
}
