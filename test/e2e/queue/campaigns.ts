/** What the runs in queue mode send: workflows behind a production webhook, and the people they are for. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8n, WorkflowJson, WorkflowNode } from '../real-n8n/n8n';

const CALL_TIMEOUT_MS = 40_000;

export interface Person {
	readonly phone: string;
	readonly name: string;
}

/** Different people for every offset; Russian mobile numbers, or Kenyan ones for Advanta SMS. */
export function people(count: number, offset: number, gateway: string): Person[] {
	const start = gateway === 'advantaSms' ? 254_710_000_000 : 79_160_000_000;
	return Array.from({ length: count }, (_, n) => ({
		phone: `+${start + offset + n}`,
		name: `Person ${offset + n}`,
	}));
}

export interface CampaignOptions {
	readonly path: string;
	readonly gateway: string;
	/** Id of the credential. */
	readonly credential: string;
	readonly options?: Readonly<Record<string, unknown>>;
	readonly limits?: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
}

function node(name: string, type: string, typeVersion: number, parameters: object): WorkflowNode {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters };
}

function smsNode(
	{ gateway, credential, options = {}, limits = {} }: CampaignOptions,
	parameters: object,
): WorkflowNode {
	return {
		name: 'SMS',
		type: `n8n-nodes-sms-gateways.${gateway}`,
		typeVersion: 1,
		parameters: { resource: 'message', operation: 'send', ...parameters, options, limits },
		credentials: { [`${gateway}Api`]: { id: credential, name: credential } },
		onError: 'continueErrorOutput',
	};
}

type Links = Readonly<Record<string, ReadonlyArray<readonly string[]>>>;

function workflow(
	name: string,
	nodes: readonly WorkflowNode[],
	links: Links,
	settings: Readonly<Record<string, unknown>> = {},
): WorkflowJson {
	return {
		name,
		nodes: nodes.map((one, index) => ({
			...one,
			id: `${index}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
			position: [index * 220, 0],
			...(one.type.endsWith('.webhook') ? { webhookId: name } : {}),
		})),
		connections: Object.fromEntries(
			Object.entries(links).map(([from, outputs]) => [
				from,
				{ main: outputs.map((targets) => targets.map((to) => ({ node: to, type: 'main', index: 0 }))) },
			]),
		),
		settings: { executionOrder: 'v1', ...settings },
	};
}

const webhookNode = (path: string, responseMode: string): WorkflowNode =>
	node('Webhook', 'webhook', 2, { httpMethod: 'POST', path, responseMode, options: {} });
const rowsNode = node('Rows', 'splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} });
const ends = [node('Sent', 'noOp', 1, {}), node('Failed', 'noOp', 1, {})];
const DRAGGED = {
	to: '={{ $json.phone }}',
	message: '=Hello {{ $json.name }}',
};

/** One text for each call; the caller waits for what became of it. */
export function singleText(options: CampaignOptions): WorkflowJson {
	const sms = smsNode(options, {
		to: '={{ $json.body.phone }}',
		message: '={{ "Hello " + $json.body.name }}',
	});
	return workflow(options.path, [webhookNode(options.path, 'lastNode'), sms, ...ends], {
		Webhook: [['SMS']],
		SMS: [['Sent'], ['Failed']],
	});
}

/** All rows of the call go into the SMS node at once. */
export function campaign(options: CampaignOptions): WorkflowJson {
	const nodes = [webhookNode(options.path, 'onReceived'), rowsNode, smsNode(options, DRAGGED), ...ends];
	const links = { Webhook: [['Rows']], Rows: [['SMS']], SMS: [['Sent'], ['Failed']] };
	return workflow(options.path, nodes, links, options.settings);
}

/** A workflow for other workflows: sends what it is given, as an execution of its own. */
export function chunkSender(options: CampaignOptions): WorkflowJson {
	const trigger = node('Chunk', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
	const links = { Chunk: [['SMS']], SMS: [['Sent'], ['Failed']] };
	return workflow(options.path, [trigger, smsNode(options, DRAGGED), ...ends], links);
}

/** Hands the rows of the call over to another workflow, so many at a time. */
export function inChunks(path: string, size: number, senderId: string): WorkflowJson {
	const nodes = [
		webhookNode(path, 'onReceived'),
		rowsNode,
		node('Loop', 'splitInBatches', 3, { batchSize: size, options: {} }),
		node('Send Chunk', 'executeWorkflow', 1.2, {
			workflowId: { __rl: true, mode: 'id', value: senderId },
			workflowInputs: { mappingMode: 'defineBelow', value: {}, schema: [], matchingColumns: [] },
			options: { waitForSubWorkflow: true },
		}),
	];
	const links = {
		Webhook: [['Rows']],
		Rows: [['Loop']],
		Loop: [[], ['Send Chunk']],
		'Send Chunk': [['Loop']],
	};
	return workflow(path, nodes, links);
}

/** Creates and publishes the workflow; returns its id. */
export async function publish(main: N8n, json: WorkflowJson): Promise<string> {
	const id = await main.createWorkflow(json);
	await main.activateWorkflow(id);
	return id;
}

interface Answer {
	readonly status: number;
	readonly text: string;
}

/** On a connection of its own, as strangers call: one that n8n is about to close cannot spoil the count. */
async function post(url: string, body: object): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false };
		const outgoing = request(
			url,
			{ ...options, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) },
			(response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (chunk: string) => {
					text += chunk;
				});
				response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
			},
		);
		outgoing.on('error', reject).end(JSON.stringify(body));
	});
}

/** Calls a production webhook. It may be that n8n has not heard yet that it is published: then again. */
export async function call(webhookUrl: string, path: string, body: object): Promise<unknown> {
	for (let attempt = 0; ; attempt++) {
		const { status, text } = await post(`${webhookUrl}/webhook/${path}`, body);
		if (status === 404 && attempt < 20) {
			await sleep(250);
			continue;
		}
		if (status !== 200) throw new Error(`The webhook ${path} answered ${status}: ${text}`);
		return JSON.parse(text) as unknown;
	}
}
