/** A call of the link, over a request and response that are like n8n's. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { PendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import { nodeContextOf } from '../../../../nodes/shared/answer/pendingQuestion';
import { receiveAnswer } from '../../../../nodes/shared/answer/receive';
import { clock } from '../../../../nodes/shared/time/clock';
import { realTime } from '../../../support/clock';
import { pendingQuestion } from '../../../support/pendingQuestion';

const NOW = Date.UTC(2026, 10, 25, 12);
beforeEach(() => {
	clock.now = () => NOW;
});
afterAll(realTime);

let executions = 0;

interface Call {
	readonly method?: string;
	readonly body?: unknown;
	readonly query?: Record<string, unknown>;
	readonly execution?: string;
	/** What the node's context holds. */
	readonly kept?: unknown;
	readonly fails?: boolean;
}

async function call(asked: Partial<PendingQuestion>, more: Call = {}) {
	const { method = 'GET', body, query = {}, fails = false } = more;
	const execution = more.execution ?? `execution ${++executions}`;
	const shown = { status: 200, html: '', headers: {} as Record<string, string> };
	const response = {
		status(code: number) {
			shown.status = code;
			return response;
		},
		setHeader(name: string, value: string) {
			shown.headers[name.toLowerCase()] = value;
			return response;
		},
		end(html: string) {
			shown.html = html;
		},
	};
	const context = {
		evaluateExpression: () => {
			if (fails) throw new Error('secret: the database is away');
			return 'kept' in more
				? more.kept
				: nodeContextOf(pendingQuestion({ messageId: 'id-1', ...asked })).question;
		},
		getNode: () => ({ id: 'n1', name: 'SMS' }),
		getExecutionId: () => execution,
		getQueryData: () => query,
		getBodyData: () => body,
		getRequestObject: () => ({ method }),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
	const result: IWebhookResponseData = await receiveAnswer(context);
	return { ...shown, result, execution };
}

const GOES_ON_WAITING = { noWebhookResponse: true };

it('a GET shows the question, and n8n goes on waiting', async () => {
	const { status, html, headers, result } = await call({}, { body: { answer: 'approve' } });
	expect(result).toEqual(GOES_ON_WAITING);
	expect([status, html.includes('Approve?')]).toEqual([200, true]);
	const [, nonce = ''] = /<script nonce="([^"]+)"/.exec(html) ?? [];
	expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
	expect((await call({})).html).not.toContain(nonce);
	expect(headers).toMatchObject({
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-store',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-robots-tag': 'noindex',
	});
});

it('a POST answers, once', async () => {
	const press = { method: 'POST', body: { answer: 'decline' } };
	const first = await call({}, press);
	expect(first.result.workflowData).toEqual([
		[
			{
				json: {
					data: { approved: false, respondedAt: '2026-11-25T12:00:00.000Z' },
					to: '+79161234567',
					gateway: 'smsRu',
					messageId: 'id-1',
				},
				pairedItem: { item: 0 },
			},
		],
	]);
	expect(first.result.webhookResponse).toContain('No');
	const again = await call({}, { ...press, execution: first.execution });
	expect([again.status, again.result]).toEqual([409, GOES_ON_WAITING]);
	expect(again.html).toMatch(/already been answered/);
	// The next question of the same node is another.
	const next = await call({ run: 1 }, { ...press, execution: first.execution, query: { q: '1' } });
	expect(next.result.workflowData).toHaveLength(1);
});

it('a text answers a question for a text', async () => {
	const question = { kind: 'freeText', submit: 'Send' } as const;
	const { result } = await call({ question }, { method: 'POST', body: { answer: 'At <ten>' } });
	expect(result.workflowData?.[0]?.[0]?.json.data).toEqual({
		text: 'At <ten>',
		respondedAt: '2026-11-25T12:00:00.000Z',
	});
	expect(result.webhookResponse).toContain('At &lt;ten&gt;');
});

it.each<[string, number, RegExp, Partial<PendingQuestion>, Call]>([
	['an earlier question', 410, /already been answered/, { run: 2 }, { query: { q: '1' } }],
	['the first question of several', 410, /already been answered/, { run: 1 }, {}],
	['a question whose time is over', 410, /time to answer has passed/, { deadline: NOW }, {}],
	['a question that nobody asked', 404, /no longer works/, {}, { kept: undefined }],
	['a question that cannot be read', 404, /no longer works/, {}, { kept: '{"question":1}' }],
	['an answer that is none', 422, /write an answer first/, {}, { body: { answer: 'maybe' } }],
	['no body', 422, /write an answer first/, {}, { body: undefined }],
	['a fault of ours', 500, /went wrong/, {}, { fails: true }],
])('%s: %s, and n8n goes on waiting', async (_, status, words, asked, more) => {
	const shown = await call(asked, { method: 'POST', body: { answer: 'approve' }, ...more });
	expect(shown.result).toEqual(GOES_ON_WAITING);
	expect([shown.status, words.test(shown.html)]).toEqual([status, true]);
	expect(shown.html).not.toContain('secret');
});

it('until its time is over, a question can be answered', async () => {
	const { result } = await call({ deadline: NOW + 1 }, { method: 'POST', body: { answer: 'approve' } });
	expect(result.workflowData).toHaveLength(1);
});
