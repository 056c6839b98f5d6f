import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { AcceptedText, GatewayId, SeenRequest, Simulator } from './simulator';

export interface Inbox {
	readonly url: string;
	close(): Promise<void>;
}

export interface InboxOptions {
	/** Default 0: any free port. */
	readonly port?: number;
}

type Gateways = Readonly<Partial<Record<GatewayId, Simulator>>>;

/** The page shows the newest requests only; /requests.json has all of them. */
const REQUESTS_SHOWN = 50;

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #f3f4f7; color: #1d2433; }
header { background: #1d2433; color: #fff; padding: 18px 28px; }
header h1 { margin: 0; font-size: 22px; }
header p { margin: 4px 0 0; color: #c3c9d6; }
header a { color: #fff; }
nav { padding: 14px 28px 0; display: flex; flex-wrap: wrap; gap: 8px; }
nav a { background: #fff; border: 1px solid #d5d9e2; border-radius: 999px; padding: 4px 14px; color: inherit; text-decoration: none; }
nav b { margin-left: 6px; }
main { padding: 4px 28px 40px; }
section { margin-top: 26px; background: #fff; border: 1px solid #d5d9e2; border-radius: 12px; padding: 16px 20px 20px; }
h2 { margin: 0; font-size: 18px; }
h2 small { font-weight: normal; color: #5d677b; margin-left: 8px; }
h3 { font-size: 14px; margin: 18px 0 8px; }
.empty { color: #5d677b; margin: 10px 0 0; }
.phones { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; margin-top: 12px; }
.phone { width: 270px; border: 6px solid #2b3346; border-radius: 26px; background: #eef1f6; overflow: hidden; }
.phone h3 { margin: 0; padding: 9px 12px; background: #2b3346; color: #fff; text-align: center; }
.text { margin: 10px; padding: 8px 11px; background: #fff; border-radius: 4px 14px 14px 14px; }
.text .from { font-weight: 600; }
.text .body { white-space: pre-wrap; overflow-wrap: anywhere; margin: 3px 0 6px; }
.text .meta { color: #5d677b; font-size: 12px; overflow-wrap: anywhere; }
.later { color: #8a4b00; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-top: 1px solid #e5e8ee; }
td code { white-space: pre-wrap; overflow-wrap: anywhere; }
.fault { color: #a11; }
`;

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
const html = (value: unknown): string =>
	String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const time = (iso: string): string =>
	`<time datetime="${html(iso)}">${html(iso.replace('T', ' ').slice(0, 19))} UTC</time>`;

function textCard(text: AcceptedText): string {
	const options = Object.entries(text.options).map(([name, value]) => `${name}=${value}`);
	const scheduled =
		text.scheduledFor === null
			? ''
			: `<div class="meta later">To be sent at ${time(text.scheduledFor)}</div>`;
	return `<article class="text">
<div class="from">${text.from === '' ? '(no sender name)' : html(text.from)}</div>
<div class="body">${html(text.text)}</div>
<div class="meta">${time(text.acceptedAt)} · ${plural(text.parts, 'part')}</div>
${scheduled}<div class="meta">id ${html(text.messageId)} · request ${text.request}${options.length === 0 ? '' : ` · ${html(options.join(', '))}`}</div>
</article>`;
}

function phoneCards(texts: readonly AcceptedText[]): string {
	if (texts.length === 0) return '<p class="empty">No texts yet: run the workflow in n8n.</p>';
	const phones = new Map<string, AcceptedText[]>();
	for (const text of texts) phones.set(text.to, [...(phones.get(text.to) ?? []), text]);
	const cards = [...phones].map(
		([phone, received]) =>
			`<div class="phone"><h3>+${html(phone)}</h3>${received.map(textCard).join('')}</div>`,
	);
	return `<div class="phones">${cards.join('')}</div>`;
}

function requestRow(request: SeenRequest): string {
	const fault = request.fault === null ? '' : `<div class="fault">${html(request.fault)}</div>`;
	return `<tr><td>${request.number}</td><td>${time(request.at)}</td><td>${html(request.method)}</td>
<td><code>${html(request.shownUrl)}</code></td><td>${request.status ?? 'none'}${fault}</td><td>${request.accepted}</td>
<td><code>${html(request.shownBody)}</code></td></tr>`;
}

function requestTable(simulator: Simulator): string {
	const { requests, brokenConnections } = simulator;
	const broken =
		brokenConnections === 0
			? ''
			: `<p class="fault">${plural(brokenConnections, 'connection')} broken on purpose.</p>`;
	if (requests.length === 0) return `${broken}<p class="empty">No requests yet.</p>`;
	const newest = requests.slice(-REQUESTS_SHOWN).reverse();
	const note =
		newest.length < requests.length ? `<p class="empty">The newest ${newest.length} are shown.</p>` : '';
	return `${broken}<table><thead><tr><th>No.</th><th>Time</th><th>Method</th><th>Path</th><th>Status</th><th>Texts</th>
<th>Body (secrets hidden)</th></tr></thead><tbody>${newest.map(requestRow).join('')}</tbody></table>${note}`;
}

function section(simulator: Simulator): string {
	const { texts, requests } = simulator;
	return `<section id="${html(simulator.gateway)}">
<h2>${html(simulator.displayName)}<small>${plural(texts.length, 'text')}, ${plural(requests.length, 'request')} · ${html(simulator.baseUrl)}</small></h2>
<h3>Phones</h3>${phoneCards(texts)}
<h3>Requests</h3>${requestTable(simulator)}
</section>`;
}

function page(simulators: readonly Simulator[]): string {
	const links = simulators.map(
		({ gateway, displayName, texts }) =>
			`<a href="#${html(gateway)}">${html(displayName)}<b>${texts.length}</b></a>`,
	);
	const total = simulators.reduce((sum, { texts }) => sum + texts.length, 0);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3">
<title>${plural(total, 'text')} – SMS inbox</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>SMS inbox</h1>
<p>The texts that the simulated gateways have accepted: no real text leaves this computer. The page refreshes itself.
As data: <a href="/texts.json">texts</a>, <a href="/requests.json">requests</a>.</p></header>
<nav>${links.join('')}</nav>
<main>${simulators.map(section).join('')}</main>
</body>
</html>
`;
}

function requestData(simulator: Simulator, request: SeenRequest) {
	const { number, at, method, shownUrl, headers, shownBody, status, accepted, fault } = request;
	const { gateway } = simulator;
	return { gateway, number, at, method, url: shownUrl, headers, body: shownBody, status, accepted, fault };
}

/** A page with the texts that "arrived", and the same as JSON. */
export async function startInbox(gateways: Gateways, options: InboxOptions = {}): Promise<Inbox> {
	const simulators = Object.values(gateways);
	const sockets = new Set<Socket>();

	const server = createServer((request, response) => {
		const headers = {
			'cache-control': 'no-store',
			// Nothing but the page's own style: what a text contains cannot load or run anything.
			'content-security-policy':
				"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
			'x-content-type-options': 'nosniff',
		};
		const reply = (status: number, type: string, body: string): void => {
			response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` });
			response.end(body);
		};
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			reply(405, 'text/plain', 'This page can only be read.');
			return;
		}
		switch ((request.url ?? '/').split('?')[0]) {
			case '/':
				reply(200, 'text/html', page(simulators));
				return;
			case '/texts.json':
				reply(
					200,
					'application/json',
					JSON.stringify(
						simulators.flatMap(({ texts }) => texts),
						null,
						'\t',
					),
				);
				return;
			case '/requests.json': {
				const requests = simulators.flatMap((one) => one.requests.map((seen) => requestData(one, seen)));
				reply(200, 'application/json', JSON.stringify(requests, null, '\t'));
				return;
			}
			default:
				reply(404, 'text/plain', 'There is nothing here: go to /');
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
