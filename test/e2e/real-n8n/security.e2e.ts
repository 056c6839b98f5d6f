/**
 * Secrets stay secret, in a real n8n with its log at its most talkative: gateways that break, lie and send back what
 * they got. Searched are the log, what n8n stores of each run, every item, every error and what the credential test says.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redactor } from '../../../simulators/redaction';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { facts } from '../../facts';
import { readFlatted } from './executions';
import type { Execution } from './executions';
import type { WorkflowJson, WorkflowNode } from './n8n';
import { freePort } from './ports';
import type { Stage } from './stage';
import { credentialType, fresh, setStage } from './stage';

type Json = Readonly<Record<string, unknown>>;

/** Everything that a secret may be spelled differently in: forms, JSON, HTML, addresses. */
const secret = (): string => `${randomBytes(9).toString('hex')}&é"/+ <%${randomBytes(9).toString('hex')}`;

interface Account {
	readonly fields: Readonly<Record<string, string>>;
	readonly secrets: readonly string[];
}

function accountOf(gateway: GatewayId): Account {
	const [first, second] = [secret(), secret()];
	return { fields: facts[gateway].credential.fields(first, second), secrets: [first, second] };
}

const ACCOUNTS = Object.fromEntries(GATEWAY_IDS.map((gateway) => [gateway, accountOf(gateway)])) as Record<
	GatewayId,
	Account
>;
const ALL_SECRETS = Object.values(ACCOUNTS).flatMap(({ secrets }) => secrets);
/** The simulators' own way to find secrets: written for their inbox, and knows nothing of the nodes' redaction. */
const find = redactor(ALL_SECRETS);

/** Whether a secret is in there, in any spelling, also in JSON within JSON within JSON. */
function holdsSecret(text: string, hide = find): boolean {
	const once = text.replace(/\\(["\\/])/g, '$1');
	const twice = once.replace(/\\(["\\/])/g, '$1');
	const fromHtml = text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
	return [text, once, twice, fromHtml].some((each) => hide(each) !== each);
}

/** The place of a secret, with it blanked, for the message of a failing test. */
function leakIn(text: string): string | null {
	if (!holdsSecret(text)) return null;
	const blanked = find(text);
	const at = blanked.indexOf('***');
	return at < 0 ? 'in JSON within JSON' : blanked.slice(Math.max(0, at - 150), at + 50);
}

/** Received by the gateway that sends everything back, and by where a redirect leads. */
const received: string[] = [];
const redirected: string[] = [];

const bodyOf = async (request: IncomingMessage): Promise<string> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
};

const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

let redirectTarget = '';

/** A gateway whose mood is the first part of its path. */
async function misbehave(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const body = await bodyOf(request);
	const whole = `${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body}`;
	received.push(whole);
	const fields = [...new URLSearchParams(body)].map(([name, value]) => `${name}: ${value}`).join('\n');
	switch (request.url?.split('/')[1]) {
		case 'echo':
			// Every gateway's word for an error, so that each reader takes it for one.
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					status: 'ERROR',
					status_code: 300,
					status_text: whole,
					error: fields,
					error_code: 2,
					error_message: `${whole}\n${fields}`,
					success: false,
					'response-code': 1006,
					'response-description': whole,
					request: { whole, body, fields, headers: request.headers, __proto__: null },
					[whole]: whole,
				}),
			);
			return;
		case 'html':
			response.writeHead(500, { 'content-type': 'text/html', 'x-request': encodeURIComponent(whole) });
			response.end(
				`<!DOCTYPE html><pre>${escapeHtml(whole)}</pre><pre>${escapeHtml(fields)}</pre><!-- ${whole} ${fields} -->`,
			);
			return;
		case 'redirect':
			response.writeHead(307, { location: `${redirectTarget}${request.url}` });
			response.end();
			return;
		default:
			// Never answered: the caller gives up.
			return;
	}
}

async function listen(
	handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let stage: Stage;
let hostile: { server: Server; url: string };
let elsewhere: { server: Server; url: string };
const figures = { runs: 0, items: 0, characters: 0, redacted: 0 };

beforeAll(async () => {
	elsewhere = await listen(async (request, response) => {
		redirected.push(`${request.method} ${request.url} ${await bodyOf(request)}`);
		response.end('OK');
	});
	redirectTarget = elsewhere.url;
	hostile = await listen(misbehave);
	stage = await setStage((line) => process.stderr.write(`${line}\n`), { N8N_LOG_LEVEL: 'debug' });
});
afterAll(async () => {
	const { runs, items, characters, redacted } = figures;
	const log = stage?.n8n.logText().length ?? 0;
	await stage?.close();
	for (const one of [hostile, elsewhere]) {
		one?.server.closeAllConnections();
		await new Promise((resolve) => one?.server.close(resolve));
	}
	process.stderr.write(
		`\n${runs} runs, ${items} items (${redacted} with something blanked), ${characters} characters stored, ${log} of log: no secret\n\n`,
	);
});

const MOODS = ['wrong key', 'echo', 'html', 'redirect', 'refused', 'stall'] as const;
type Mood = (typeof MOODS)[number];

async function addressOf(mood: Mood, gateway: GatewayId): Promise<string> {
	// The simulator does not know this account.
	if (mood === 'wrong key') return stage.gateways[gateway].baseUrl;
	return mood === 'refused' ? `http://127.0.0.1:${await freePort()}` : `${hostile.url}/${mood}`;
}

/** Send with and without the raw reply, Get Status, Get Balance, and at last a send whose error stops the run. */
function questions(gateway: GatewayId): WorkflowNode[] {
	const { number, parameters, messageId, hasty = {}, operations } = facts[gateway];
	const to = number(0);
	const send = { resource: 'message', operation: 'send', inTestRuns: 'sendAgain' };
	const text = { ...send, to, message: 'Hello', ...parameters, ...hasty };
	const options = (includeRaw: boolean): Json => ({ timeout: 500, includeRaw });
	const own = (includeRaw: boolean): Json => ({ ...options(includeRaw), ...hasty.options });
	const all: Array<[name: string, parameters: Json, onError: string]> = [
		['Send Raw', { ...text, options: own(true) }, 'continueRegularOutput'],
		['Send', { ...text, options: own(false) }, 'continueErrorOutput'],
	];
	for (const name of ['message.getStatus', 'account.getBalance']) {
		if (operations[name] === undefined) continue;
		const [resource, operation] = name.split('.');
		all.push([name, { resource, operation, messageId, to, options: options(true) }, 'continueRegularOutput']);
	}
	all.push(['Stop', { ...text, options: own(true) }, 'stopWorkflow']);
	return all.map(([name, parameters, onError]) => ({
		name,
		type: `n8n-nodes-sms-gateways.${gateway}`,
		typeVersion: 1,
		parameters,
		onError,
	}));
}

function workflowFor(gateway: GatewayId, mood: Mood, credential: { id: string; name: string }): WorkflowJson {
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	const nodes = questions(gateway).map((node) => ({
		...node,
		credentials: { [credentialType(gateway)]: credential },
	}));
	const link = { type: 'main', index: 0 };
	// Each on its own, so that the failure of one starts all the others all the same.
	return {
		name: `${gateway} ${mood}`,
		nodes: [start, ...nodes].map((node, index) => ({
			...node,
			id: `${index}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
			position: [220, index * 200],
		})),
		connections: { Start: { main: [nodes.map(({ name }) => ({ node: name, ...link }))] } },
		settings: { executionOrder: 'v1' },
	};
}

describe.each(MOODS.map((mood) => [mood] as const))('a gateway of the kind: %s', (mood) => {
	it('no secret in items, errors, what is stored, and the log', async () => {
		const before = received.length;
		const logBefore = stage.n8n.logText().length;
		const workflows: Array<readonly [GatewayId, string]> = [];
		// One after another: n8n 1.123's database takes no two at once.
		for (const gateway of GATEWAY_IDS) {
			fresh(stage.gateways[gateway]);
			const name = `${gateway} ${mood}`;
			const { id: credentialId } = await stage.n8n.rest<{ id: string }>('POST', '/credentials', {
				name,
				type: credentialType(gateway),
				data: { ...ACCOUNTS[gateway].fields, baseUrl: await addressOf(mood, gateway) },
			});
			const workflow = workflowFor(gateway, mood, { id: credentialId, name });
			workflows.push([gateway, await stage.n8n.createWorkflow(workflow)]);
		}
		await Promise.all(
			workflows.map(async ([gateway, id]) => {
				const execution = await stage.n8n.runWorkflow(id, { timeoutMs: 180_000 });
				const stored = await stage.n8n.rest<{ data: string; workflowData: unknown }>(
					'GET',
					`/executions/${execution.id}?includeData=true`,
				);
				expect({ gateway, leak: leakIn(stored.data) }).toEqual({ gateway, leak: null });
				const everything = JSON.stringify(stored);
				expect({ gateway, leak: leakIn(everything) }).toEqual({ gateway, leak: null });
				figures.runs++;
				figures.characters += everything.length;

				const { resultData } = readFlatted(stored.data) as Execution['data'];
				// The one that stops the run was reached, and says why in words.
				expect(resultData.error?.message).toEqual(expect.any(String));
				const names = Object.keys(resultData.runData).filter((one) => one !== 'Start');
				for (const nodeName of names.filter((one) => one !== 'Stop')) {
					const items = (stage.n8n.nodeItems(execution, nodeName)[0] ?? []).flat();
					expect({ gateway, nodeName, items: items.length }).toEqual({ gateway, nodeName, items: 1 });
					for (const { json } of items) {
						expect({ gateway, error: json.error }).toEqual({ gateway, error: expect.any(Object) });
						figures.items++;
						if (JSON.stringify(json).includes('***')) figures.redacted++;
					}
				}
				expect(names).toHaveLength(questions(gateway).length);
			}),
		);
		expect(leakIn(stage.n8n.logText())).toBeNull();
		expect(stage.n8n.logText().length).toBeGreaterThan(logBefore);
		if (mood === 'wrong key' || mood === 'refused') return;
		// The search finds what there is: the gateway did get secrets, of each account, and none in an address.
		const got = received.slice(before);
		for (const gateway of GATEWAY_IDS) {
			const hide = redactor(ACCOUNTS[gateway].secrets);
			expect({ gateway, got: got.some((one) => holdsSecret(one, hide)) }).toEqual({ gateway, got: true });
		}
		for (const one of got) expect(leakIn(one.split('\n')[0] ?? '')).toBeNull();
	});

	// n8n waits for five minutes in a credential test, and then says that time ran out.
	if (mood === 'stall') return;
	it.each(GATEWAY_IDS)('%s: no secret in what the credential test says', async (gateway) => {
		const data = { ...ACCOUNTS[gateway].fields, baseUrl: await addressOf(mood, gateway) };
		const said = await stage.n8n.testCredential(credentialType(gateway), data);
		expect({ mood, status: said.status }).toEqual({ mood, status: 'Error' });
		expect(leakIn(JSON.stringify(said))).toBeNull();
		expect(leakIn(stage.n8n.logText())).toBeNull();
	});
});

it('something was blanked, and nothing followed a redirect', () => {
	expect(figures.redacted).toBeGreaterThan(0);
	expect(redirected).toEqual([]);
});

describe('a call with a wrong signature', () => {
	const signed = GATEWAY_IDS.flatMap((gateway) => {
		const forged = facts[gateway].trigger?.forged;
		return forged === undefined ? [] : [[`${gateway}Trigger`, gateway, forged] as const];
	});
	it.each(signed)('%s: 401, and no secret in the log', async (type, gateway, forged) => {
		const { parameters, body, secretField } = forged;
		const simulator = fresh(stage.gateways[gateway]);
		const callbackSecret = secret();
		const name = `${type} signed`;
		const credential = await stage.n8n.rest<{ id: string }>('POST', '/credentials', {
			name,
			type: credentialType(gateway),
			data: {
				...simulator.credentials,
				...(secretField === undefined ? {} : { [secretField]: callbackSecret }),
			},
		});
		const webhookId = `7c1d0a52-0000-4000-a000-00000000000${GATEWAY_IDS.indexOf(gateway)}`;
		const id = await stage.n8n.createWorkflow({
			name,
			nodes: [
				{
					id: `${GATEWAY_IDS.indexOf(gateway)}0000000-0000-4000-8000-000000000000`,
					name: 'Trigger',
					type: `n8n-nodes-sms-gateways.${type}`,
					typeVersion: 1,
					position: [0, 0],
					webhookId,
					parameters,
					credentials: { [credentialType(gateway)]: { id: credential.id, name } },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await stage.n8n.activateWorkflow(id);
		const call = async (): Promise<number> => {
			const response = await fetch(`${stage.n8n.url}/webhook/${webhookId}/webhook`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body,
			});
			return response.status;
		};
		let status = await call();
		// A moment passes until n8n takes calls for an active workflow.
		for (let tries = 0; status === 404 && tries < 100; tries++) {
			await new Promise((done) => setTimeout(done, 100));
			status = await call();
		}
		expect(status).toBe(401);
		const hide = redactor([...simulator.secrets, callbackSecret]);
		expect(holdsSecret(stage.n8n.logText(), hide)).toBe(false);
		await stage.n8n.rest('POST', `/workflows/${id}/deactivate`, {});
	});
});
