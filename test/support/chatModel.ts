/**
 * A stand-in for a language model: the chat-completions interface as OpenAI documents it, with a script in place of a
 * mind. It asks for a tool when the last message of the user has a phone number and a quoted text, and it answers with
 * what the tool said. It does as it is told: for several numbers, and as many times as the message wants. Whatever else it is told, it says that it is scripted.
 */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const BODY_LIMIT = 1024 * 1024;
const MODEL = 'scripted';

export interface ChatModel {
	/** What goes into the Base URL of an OpenAI credential. */
	readonly url: string;
	readonly apiKey: string;
	/** The bodies of the requests that it was sent, in order. */
	readonly requests: readonly unknown[];
	close(): Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

interface Answer {
	readonly content: string | null;
	readonly toolCalls: ReadonlyArray<{ readonly name: string; readonly parameters: Json }>;
}

const record = (value: unknown): Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** A message's content is a text, or a list of parts that have a text each. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	return list(content)
		.map((part) => record(part).text)
		.filter((text) => typeof text === 'string')
		.join('\n');
}

const say = (content: string): Answer => ({ content, toolCalls: [] });

/** Fills a tool's parameters by their names; null when it takes something else than a number and a text. */
function parametersFor(schema: Json, phone: string, text: string): Json | null {
	const properties = record(schema.properties);
	// n8n's layout of a tool behind a human review, which has parameters of its own.
	if ('toolParameters' in properties) {
		const inner = parametersFor(record(properties.toolParameters), phone, text);
		return inner === null ? null : { toolParameters: inner, hitlParameters: {} };
	}
	const filled: Array<readonly [string, string]> = [];
	for (const name of Object.keys(properties)) {
		if (/phone|number|recipient|^to$/i.test(name)) filled.push([name, phone]);
		else if (/message|text/i.test(name)) filled.push([name, text]);
		else return null;
	}
	return filled.length === 2 ? Object.fromEntries(filled) : null;
}

function answerTo(request: Json): Answer {
	const last = record(list(request.messages).at(-1));
	if (last.role === 'tool') return say(`The tool answered: ${textOf(last.content)}`);
	const asked = textOf(last.content);
	const phones = [...asked.matchAll(/\+\d[\d ()-]{6,}\d/g)].map(([phone]) => phone);
	const times = Number(/\b(\d{1,3}) times\b/.exec(asked)?.[1] ?? 1);
	const text = /"([^"]+)"|“([^”]+)”/.exec(asked);
	const words = text?.[1] ?? text?.[2];
	if (phones.length === 0 || words === undefined)
		return say('I am only a script: I need a phone number that begins with + and a text in quotes.');
	for (const entry of list(request.tools)) {
		const tool = record(record(entry).function);
		const { name } = tool;
		const each = phones.map((phone) => parametersFor(record(tool.parameters), phone, words));
		if (typeof name !== 'string' || each.includes(null)) continue;
		const calls = each.flatMap((parameters) => (parameters === null ? [] : [{ name, parameters }]));
		return { content: null, toolCalls: Array.from({ length: times }, () => calls).flat() };
	}
	return say('I was given no tool that takes a phone number and a text.');
}

/** The reply's layout as in OpenAI's reference of chat completions. */
function completion({ content, toolCalls }: Answer): Json {
	const calls = toolCalls.map(({ name, parameters }) => ({
		id: `call_${randomBytes(8).toString('hex')}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(parameters) },
	}));
	return {
		id: `chatcmpl-${randomBytes(8).toString('hex')}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: MODEL,
		choices: [
			{
				index: 0,
				message: { role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) },
				finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}

async function readBody(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > BODY_LIMIT) return undefined;
		chunks.push(chunk);
	}
	try {
		return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

function reply(response: ServerResponse, status: number, body: Json): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

const refusal = (message: string, code: string): Json => ({
	error: { message, type: 'invalid_request_error', param: null, code },
});

/** Starts it on a free loopback port, with a key of its own. */
export async function startChatModel(): Promise<ChatModel> {
	const apiKey = `sk-${randomBytes(16).toString('hex')}`;
	const requests: unknown[] = [];

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await readBody(request);
		if (request.headers.authorization !== `Bearer ${apiKey}`)
			return reply(response, 401, refusal('Incorrect API key provided.', 'invalid_api_key'));
		const route = `${request.method} ${(request.url ?? '').split('?')[0]}`;
		if (route === 'GET /v1/models')
			return reply(response, 200, { object: 'list', data: [{ id: MODEL, object: 'model', created: 0 }] });
		if (route !== 'POST /v1/chat/completions')
			return reply(response, 404, refusal(`There is no ${route} here.`, 'unknown_url'));
		if (body === undefined) return reply(response, 400, refusal('The body is no JSON.', 'invalid_json'));
		requests.push(body);
		if (record(body).stream === true)
			return reply(response, 400, refusal('This script does not stream.', 'unsupported_value'));
		return reply(response, 200, completion(answerTo(record(body))));
	}

	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		apiKey,
		requests,
		close: async () =>
			await new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
