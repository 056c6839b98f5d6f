/** How a trigger answers, over a request and response that are like n8n's. */
import { EventEmitter } from 'node:events';
import type { IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { fieldText } from '../../../../nodes/shared/webhook/call';
import type { GatewayEvent } from '../../../../nodes/shared/contract/event';
import type { WebhookReader } from '../../../../nodes/shared/webhook/runWebhook';
import { received, runWebhook } from '../../../../nodes/shared/webhook/runWebhook';

interface Logged {
	readonly message: string;
	readonly details: unknown;
}

function contextFor(request: Record<string, unknown>, nodeId: string) {
	const answered = { status: 0, body: '' };
	const headers: string[] = [];
	const logged: Logged[] = [];
	const response = Object.assign(new EventEmitter(), {
		statusCode: 200,
		status(code: number) {
			answered.status = code;
			return response;
		},
		setHeader(name: string, value: string) {
			headers.push(`${name}: ${value}`);
			return response;
		},
		end(body: string) {
			answered.body = body;
		},
	});
	const context = {
		getRequestObject: () => ({ headers: {}, originalUrl: '/webhook/1', ...request }),
		getResponseObject: () => response,
		getNodeParameter: (name: string) => (name === 'events' ? ['reply', 'status'] : 'STOP'),
		getWorkflow: () => ({ id: 'w1' }),
		getNode: () => ({ id: nodeId, name: 'My Trigger', type: 'smscTrigger' }),
		getMode: () => 'trigger',
		logger: { error: (message: string, details: unknown) => logged.push({ message, details }) },
	} as unknown as IWebhookFunctions;
	return { context, answered, headers, logged, response };
}

const event = (text: string): GatewayEvent => ({
	event: 'reply',
	gateway: 'advantaSms',
	messageId: null,
	to: null,
	from: '+254712345678',
	text,
	status: null,
	error: null,
	occurredAt: null,
	raw: { text },
});

const says: WebhookReader = (call) => ({
	outcome: 'events',
	events: [event(fieldText(call, 'message') ?? 'nothing')],
	answer: 'OK',
});

it('starts a workflow for a call of many parts, which n8n has read before us', async () => {
	const { context } = contextFor(
		{
			headers: { 'content-type': 'multipart/form-data; boundary=Ab' },
			body: { data: { message: 'JOIN', other: ['1', '2'] }, files: {} },
			// What n8n's own reader does once the body is gone.
			readRawBody: async () => await Promise.reject(new Error('stream is not readable')),
		},
		'parts',
	);
	const answer = await runWebhook(context, says);
	expect(answer.workflowData?.[0]?.[0]?.json).toMatchObject({ text: 'JOIN' });
});

it('keeps the boundary of a body as it is written', async () => {
	const rawBody = Buffer.from(
		'--AbC\r\nContent-Disposition: form-data; name="message"\r\n\r\nHello\r\n--AbC--\r\n',
	);
	const { context } = contextFor(
		{ headers: { 'content-type': 'multipart/form-data; boundary=AbC' }, rawBody },
		'boundary',
	);
	const answer = await runWebhook(context, says);
	expect(answer.workflowData?.[0]?.[0]?.json).toMatchObject({ text: 'Hello' });
});

describe('a fault of our own', () => {
	const secret = 'k3y-that-nobody-may-see';
	const failing =
		(error: unknown): WebhookReader =>
		() => {
			throw error;
		};

	it('is answered with 500, and told to whoever runs n8n', async () => {
		const { context, answered, logged } = contextFor({ originalUrl: `/webhook/1?key=${secret}` }, 'own');
		const error = new TypeError(`Unexpected token in "${secret}\n    at ${secret} (a.js:1:1)"`);
		expect(await runWebhook(context, failing(error))).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual({ status: 500, body: '' });
		expect(logged).toHaveLength(1);
		expect(logged[0]?.message).toContain('My Trigger');
		expect(logged[0]?.details).toMatchObject({
			nodeType: 'smscTrigger',
			workflow: 'w1',
			error: 'TypeError',
			at: expect.arrayContaining([expect.stringContaining('runWebhook.test')]),
		});
		expect(JSON.stringify(logged)).not.toContain(secret);
	});

	it("is told in n8n's own words where those are for people", async () => {
		const { context, logged } = contextFor({}, 'words');
		const error = new NodeOperationError(context.getNode(), 'Node does not have any credentials set');
		await runWebhook(context, failing(error));
		expect(logged[0]?.details).toMatchObject({ why: 'Node does not have any credentials set' });
	});

	it.each([undefined, null, 'text', { a: 1 }])('may be %j', async (thrown) => {
		const { context, answered, logged } = contextFor({}, 'odd');
		await runWebhook(context, failing(thrown));
		expect([answered.status, logged.length]).toEqual([500, 1]);
	});

	it('is answered even where there is no logger', async () => {
		const { context, answered } = contextFor({}, 'none');
		Object.assign(context, { logger: undefined });
		await runWebhook(context, failing(new Error('x')));
		expect(answered.status).toBe(500);
	});
});

describe('the answer to the gateway', () => {
	const PLAIN = ['Content-Type: text/plain; charset=utf-8'];
	const none = { noWebhookResponse: true };

	it.each<[string, WebhookReader, number, string]>([
		['a call with a wrong signature', () => ({ outcome: 'forged' }), 401, ''],
		['a call that has to come again', () => ({ outcome: 'later' }), 503, ''],
		['a call with nothing in it', () => received(null, 'OK'), 200, 'OK'],
		['an event that nobody wants', () => received({ ...event('x'), event: 'optOut' }, 'OK'), 200, 'OK'],
	])('%s', async (name, read, status, body) => {
		const { context, answered, headers } = contextFor({}, name);
		expect(await runWebhook(context, read)).toStrictEqual(none);
		expect([answered, headers]).toEqual([{ status, body }, PLAIN]);
	});

	it('a call that is too long', async () => {
		const { context, answered } = contextFor({ rawBody: Buffer.alloc(1_000_001) }, 'long');
		expect(await runWebhook(context, says)).toStrictEqual(none);
		expect(answered).toEqual({ status: 413, body: '' });
	});

	it('news: n8n answers once the execution stands, and a repeat is answered at once', async () => {
		const { context, answered, headers } = contextFor({ originalUrl: '/?message=news' }, 'news');
		const first = await runWebhook(context, says);
		expect([first.webhookResponse, first.workflowData?.[0]?.length, answered.status]).toEqual(['OK', 1, 0]);
		expect(headers).toEqual(PLAIN);
		expect(await runWebhook(context, says)).toStrictEqual(none);
		expect(answered).toEqual({ status: 200, body: 'OK' });
	});

	it.each([
		[400, true],
		[500, true],
		[399, false],
		[200, false],
	])('after n8n has answered %d the same call is news: %s', async (statusCode, isNews) => {
		const { context, response } = contextFor({ originalUrl: '/?message=again' }, `again ${statusCode}`);
		await runWebhook(context, says);
		response.statusCode = statusCode;
		response.emit('finish');
		expect((await runWebhook(context, says)).workflowData !== undefined).toBe(isNews);
	});

	it('what is told in one node, workflow or kind of run is news in another', async () => {
		const runs = async (changes: Record<string, unknown>): Promise<boolean> => {
			const { context } = contextFor({ originalUrl: '/?message=place' }, 'place');
			Object.assign(context, changes);
			return (await runWebhook(context, says)).workflowData !== undefined;
		};
		expect([await runs({}), await runs({})]).toEqual([true, false]);
		expect(await runs({ getWorkflow: () => ({ id: 'w2' }) })).toBe(true);
		expect(await runs({ getMode: () => 'manual' })).toBe(true);
		expect(await runs({ getNode: () => ({ id: 'other', name: 'x', type: 'y' }) })).toBe(true);
	});
});

describe('an item', () => {
	const itemOf = async (told: Partial<GatewayEvent>, node: string): Promise<Record<string, unknown>> => {
		const { context } = contextFor({}, node);
		const getNodeParameter = (name: string): unknown =>
			name === 'events' ? ['reply', 'status', 'callCheck', 'waitCall', 'optOut'] : 'BASTA';
		Object.assign(context, { getNodeParameter });
		const answer = await runWebhook(context, () => received({ ...event('x'), ...told }, 'OK'));
		return answer.workflowData?.[0]?.[0]?.json ?? {};
	};

	it('of a reply says whether it is one of the words that end it all', async () => {
		expect(await itemOf({ text: 'basta!' }, 'yes')).toMatchObject({
			event: 'reply',
			text: 'basta!',
			optOut: true,
		});
		expect(await itemOf({ text: 'STOP' }, 'no')).toMatchObject({ optOut: false });
		expect(await itemOf({ text: null }, 'nothing')).toMatchObject({ optOut: false });
	});

	it('of a status says why', async () => {
		const status = { event: 'status', status: 'undelivered', messageId: '7' } as const;
		const told = await itemOf({ ...status, error: { message: 'No such number.', hint: 'Check it.' } }, 'why');
		expect(told).toMatchObject({ reason: 'No such number.', hint: 'Check it.', messageId: '7' });
		const silent = await itemOf({ ...status, error: {} }, 'why not');
		expect(silent).toMatchObject({ reason: null, hint: null });
		const fine = await itemOf({ ...status, status: 'delivered' }, 'fine');
		expect(fine).toMatchObject({ reason: null });
		expect(fine).not.toHaveProperty('hint');
		expect(fine).not.toHaveProperty('optOut');
	});

	it('of a call to check a number has the id of the check', async () => {
		expect(await itemOf({ event: 'callCheck', messageId: 'c1' }, 'check')).toMatchObject({
			checkId: 'c1',
			messageId: null,
		});
	});

	it.each(['optOut', 'waitCall'] as const)('of %s has nothing of its own', async (kind) => {
		const item = await itemOf({ event: kind, messageId: 'm1' }, kind);
		expect(item).toMatchObject({ event: kind, messageId: 'm1' });
		for (const key of ['optOut', 'reason', 'checkId']) expect(item).not.toHaveProperty(key);
	});
});

it('a fault is told without its message, and not at length', async () => {
	const { context, logged } = contextFor({}, 'stack');
	const error = new Error('secret');
	error.stack = `Error: secret\n${'    at f (a.js:1:1)\n'.repeat(7)}    at ${'x'.repeat(300)}`;
	await runWebhook(context, () => {
		throw error;
	});
	expect(logged[0]?.details).toMatchObject({ error: 'Error', at: Array<string>(5).fill('at f (a.js:1:1)') });
	const long = contextFor({}, 'long line');
	error.stack = `Error: secret\n    at ${'x'.repeat(300)}\nno place`;
	await runWebhook(long.context, () => {
		throw error;
	});
	expect(long.logged[0]?.details).toMatchObject({ at: [`at ${'x'.repeat(197)}`] });
	const bare = contextFor({}, 'no stack');
	delete error.stack;
	await runWebhook(bare.context, () => {
		throw error;
	});
	expect(bare.logged[0]?.details).toMatchObject({ at: [] });
});
