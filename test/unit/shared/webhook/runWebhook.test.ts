/** How a trigger answers, over a request and response that are like n8n's. */
import { EventEmitter } from 'node:events';
import type { IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { fieldText } from '../../../../nodes/shared/webhook/call';
import type { GatewayEvent } from '../../../../nodes/shared/contract/event';
import type { WebhookReader } from '../../../../nodes/shared/webhook/runWebhook';
import { runWebhook } from '../../../../nodes/shared/webhook/runWebhook';

interface Logged {
	readonly message: string;
	readonly details: unknown;
}

function contextFor(request: Record<string, unknown>, nodeId: string) {
	const answered = { status: 0, body: '' };
	const logged: Logged[] = [];
	const response = Object.assign(new EventEmitter(), {
		statusCode: 200,
		status(code: number) {
			answered.status = code;
			return response;
		},
		setHeader: () => response,
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
	return { context, answered, logged };
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
