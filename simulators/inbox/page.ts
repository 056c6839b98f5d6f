import type { MadeCall, MessageState } from '../callbacks';
import type { AcceptedText, SeenRequest, Simulator } from '../simulator';
import { address, button, document, html, plural, query, time } from './html';

/** The page shows the newest requests only; /requests.json has all of them. */
const REQUESTS_SHOWN = 50;
const CALLS_SHOWN = 20;

function stateLine(state: MessageState | null): string {
	if (state === null) return '';
	const tone = ['delivered', 'read'].includes(state.state ?? '')
		? ' good'
		: ['expired', 'undelivered', 'rejected'].includes(state.state ?? '')
			? ' bad'
			: '';
	const code = state.error === '' ? state.code : `${state.code}, reason ${state.error}`;
	const word = state.state ?? 'in another state';
	return `<div class="meta"><span class="state${tone}">${html(word)}</span> (the gateway says ${html(code)})</div>`;
}

function buttons(simulator: Simulator, text: AcceptedText): string {
	const { gateway, abilities } = simulator;
	const one = { gateway, id: text.messageId, to: text.to };
	const made: string[] = [];
	if (abilities.has('report') && simulator.stateOf(text) !== null) {
		made.push(button('/report', 'Report delivered', { ...one, state: 'delivered' }));
		made.push(button('/report', 'Report failed', { ...one, state: 'undelivered' }));
	}
	if (abilities.has('receive') && /^\d+$/.test(text.to)) {
		const reply = { gateway, from: text.to, to: text.from };
		made.push(`<a class="button" href="/reply?${query(reply)}">Reply</a>`);
	}
	return made.length === 0 ? '' : `<div>${made.join('')}</div>`;
}

function textCard(simulator: Simulator, text: AcceptedText): string {
	const options = Object.entries(text.options).map(([name, value]) => `${name}=${value}`);
	const scheduled =
		text.scheduledFor === null
			? ''
			: `<div class="meta later">To be sent at ${time(text.scheduledFor)}</div>`;
	return `<article class="text">
<div class="from">${text.from === '' ? '(no sender name)' : html(text.from)}</div>
<div class="body">${html(text.text)}</div>
<div class="meta">${time(text.acceptedAt)} · ${plural(text.parts, 'part')}</div>
${scheduled}${stateLine(simulator.stateOf(text))}
<div class="meta">id ${html(text.messageId)} · request ${text.request}${options.length === 0 ? '' : ` · ${html(options.join(', '))}`}</div>
${buttons(simulator, text)}
</article>`;
}

function phoneCards(simulator: Simulator): string {
	const { texts } = simulator;
	if (texts.length === 0) return '<p class="empty">No texts yet: run the workflow in n8n.</p>';
	const phones = new Map<string, AcceptedText[]>();
	for (const text of texts) phones.set(text.to, [...(phones.get(text.to) ?? []), text]);
	const cards = [...phones].map(
		([phone, received]) =>
			`<div class="phone"><h3>${address(phone)}</h3>${received.map((text) => textCard(simulator, text)).join('')}</div>`,
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
		newest.length < requests.length ? `<p class="empty">Showing the newest ${newest.length}.</p>` : '';
	return `${broken}<table><thead><tr><th>No.</th><th>Time</th><th>Method</th><th>Path</th><th>Status</th><th>Texts</th>
<th>Body (secrets hidden)</th></tr></thead><tbody>${newest.map(requestRow).join('')}</tbody></table>${note}`;
}

function callRow(call: MadeCall): string {
	const answer = call.fault ?? call.answer;
	const verdict = call.confirmed ? '<span class="good">yes</span>' : '<span class="bad">no</span>';
	return `<tr><td>${time(call.at)}</td><td>${call.method}</td><td><code>${html(call.url)}</code></td>
<td>${call.status ?? 'none'}</td><td>${verdict}</td><td><code>${html(answer.slice(0, 300))}</code></td></tr>`;
}

/** The part of the page that stands for the customer's account at the gateway. */
function callTable(simulator: Simulator): string {
	const { gateway, abilities, callbacks, calls } = simulator;
	if (abilities.size === 0) return '';
	if (gateway === 'alphaSms') {
		return `<h3>Calls back to n8n</h3><p class="empty">AlphaSMS does not document its calls, so its simulator makes none.</p>`;
	}
	const urls = [...new Set([...callbacks.reportUrls, ...callbacks.incomingUrls])];
	const list =
		urls.length === 0
			? 'No address is set, so deliveries and replies are not reported.'
			: `Calls go to ${urls.map((url) => `<code>${html(url)}</code>`).join(', ')}`;
	const rows = calls.slice(-CALLS_SHOWN).reverse().map(callRow).join('');
	const table =
		calls.length === 0
			? ''
			: `<table><thead><tr><th>Time</th><th>Method</th><th>Address</th><th>Status</th><th>Accepted</th><th>Answer</th></tr></thead>
<tbody>${rows}</tbody></table>`;
	return `<h3>Calls back to n8n</h3><p class="empty">${list} <a href="/address?${query({ gateway })}">Set the address</a></p>${table}`;
}

function section(simulator: Simulator): string {
	const { texts, requests } = simulator;
	return `<section id="${html(simulator.gateway)}">
<h2>${html(simulator.displayName)}<small>${plural(texts.length, 'text')}, ${plural(requests.length, 'request')} · ${html(simulator.baseUrl)}</small></h2>
<h3>Phones</h3>${phoneCards(simulator)}
${callTable(simulator)}
<h3>Requests</h3>${requestTable(simulator)}
</section>`;
}

export function inboxPage(simulators: readonly Simulator[]): string {
	const links = simulators.map(
		({ gateway, displayName, texts }) =>
			`<a href="#${html(gateway)}">${html(displayName)}<b>${texts.length}</b></a>`,
	);
	const total = simulators.reduce((sum, { texts }) => sum + texts.length, 0);
	return document(
		`${plural(total, 'text')} – SMS inbox`,
		`<header><h1>SMS inbox</h1>
<p>The texts that the simulated gateways have accepted: no real text leaves this computer. The page refreshes itself.
As data: <a href="/texts.json">texts</a>, <a href="/requests.json">requests</a>.</p></header>
<nav>${links.join('')}</nav>
<main>${simulators.map(section).join('')}</main>`,
		true,
	);
}

const sheet = (title: string, body: string): string =>
	document(
		title,
		`<header><h1>${html(title)}</h1></header><main><section class="sheet">${body}</section></main>`,
		false,
	);

/** Where somebody types what a phone answers. */
export function replyPage({ gateway, displayName }: Simulator, from: string, to: string): string {
	return sheet(
		`Reply through ${displayName}`,
		`<form method="post" action="/reply"><input type="hidden" name="gateway" value="${html(gateway)}">
<label>From<input name="from" value="${html(from)}" inputmode="numeric"></label>
<label>To (your number or short code)<input name="to" value="${html(to)}"></label>
<label>Text<textarea name="text" rows="3" autofocus></textarea></label>
<button>Send</button> <a class="button" href="/">Back</a></form>`,
	);
}

/** What people set in their account at the gateway. */
export function addressPage(simulator: Simulator): string {
	const { gateway, displayName, callbacks } = simulator;
	const [url = ''] = [...callbacks.reportUrls, ...callbacks.incomingUrls];
	const option = (method: string): string =>
		`<option${callbacks.method === method ? ' selected' : ''}>${method}</option>`;
	const secret =
		gateway === 'smsc'
			? `<label>Secret (optional)<input name="secret" value="${html(callbacks.secret)}"></label>`
			: '';
	const note =
		gateway === 'smsRu'
			? '<p>An active n8n workflow registers its own address with SMS.RU, so it is already here.</p>'
			: '<p>Copy the webhook address from the trigger node in n8n. With the real gateway, this is a setting in your account.</p>';
	return sheet(
		`Callback address of ${displayName}`,
		`${note}<form method="post" action="/address"><input type="hidden" name="gateway" value="${html(gateway)}">
<label>Address<input name="url" value="${html(url)}" placeholder="http://127.0.0.1:5678/webhook/…"></label>
<label>Method<select name="method">${option('POST')}${option('GET')}</select></label>${secret}
<button>Save</button> <a class="button" href="/">Back</a></form>`,
	);
}

export const problemPage = (problem: string): string =>
	sheet('That did not work', `<p>${html(problem)}</p><a class="button" href="/">Back</a>`);
