/**
 * Send and Wait for Response in a real n8n: the link in the text is opened, guessed at, forged and answered, n8n is killed
 * while it waits, and the time to answer passes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import type { Execution } from './executions';
import { lineUnderTest } from './lines';
import type { Body } from './mortal';
import { singleProcess } from './mortal';
import type { N8n, WorkflowNode } from './n8n';
import { credentialType, fresh, rowsNode, workflowOf } from './stage';

let gateways: Readonly<Record<GatewayId, Simulator>>;
let body: Body;
let n8n: N8n;

beforeAll(async () => {
	gateways = await startGateways();
	body = await singleProcess(lineUnderTest());
	const credentials = GATEWAY_IDS.map((gateway) => ({
		id: `${gateway}-simulated`,
		name: `${gateway} simulated`,
		type: credentialType(gateway),
		data: gateways[gateway].credentials,
	}));
	n8n = await body.boot(credentials, {});
});
afterAll(async () => {
	await body?.remove();
	await Promise.all(Object.values(gateways ?? {}).map((gateway) => gateway.close()));
});

const ROW = { phone: '+79161234567', order: 'A-17 <b>"&' };
const TWO_BUTTONS = { approvalOptions: { values: { approvalType: 'double', approveLabel: 'Ja & <i>' } } };

function sms(
	parameters: Readonly<Record<string, unknown>> = {},
	settings: Readonly<Record<string, unknown>> = {},
	gateway: GatewayId = 'smsRu',
): WorkflowNode {
	const type = credentialType(gateway);
	return {
		name: 'SMS',
		type: `n8n-nodes-sms-gateways.${gateway}`,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			to: '={{ $json.phone }}',
			message: '=Approve order {{ $json.order }}?',
			inTestRuns: 'send',
			...parameters,
		},
		credentials: { [type]: { id: `${gateway}-simulated`, name: `${gateway} simulated` } },
		...settings,
	};
}

/** Start → Rows → SMS → Sent, which sees what came and what had come before. */
async function start(
	node: WorkflowNode,
	rows: ReadonlyArray<Record<string, unknown>> = [ROW],
): Promise<Execution> {
	const workflow = workflowOf('waiting', rowsNode(rows), node);
	const nodes = workflow.nodes.map((one) =>
		one.name === 'Sent'
			? {
					...one,
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: {
						mode: 'manual',
						includeOtherFields: true,
						assignments: {
							assignments: [
								{
									id: '1',
									name: 'row',
									type: 'string',
									value: "={{ $('Rows').item.json.order }}",
								},
								{
									id: '2',
									name: 'textId',
									type: 'string',
									value: `={{ $node["${node.name}"].context["messageId"] }}`,
								},
							],
						},
						options: {},
					},
				}
			: one,
	);
	const id = await n8n.createWorkflow({ ...workflow, nodes });
	return await n8n.runWorkflow(id);
}

/** As n8n has it when nothing more happens by itself. */
async function settled(execution: Execution): Promise<Execution> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const now = await n8n.waitForExecution(execution.id);
		if (now.status !== 'waiting' || Date.now() > deadline) return now;
		await sleep(100);
	}
}

async function statusOf(execution: Execution): Promise<string> {
	return (await n8n.rest<{ status: string }>('GET', `/executions/${execution.id}`)).status;
}

/** The link in the last text, and the words before it. */
function lastText(gateway: GatewayId = 'smsRu'): { words: string; link: string } {
	const text = gateways[gateway].texts.at(-1)?.text ?? '';
	const lines = text.split('\n');
	return { words: lines.slice(0, -1).join('\n'), link: lines.at(-1) ?? '' };
}

interface Page {
	readonly status: number;
	readonly html: string;
	readonly headers: Headers;
}

async function open(link: string, init: RequestInit = {}): Promise<Page> {
	const response = await fetch(link, { ...init, headers: { connection: 'close', ...init.headers } });
	return { status: response.status, html: await response.text(), headers: response.headers };
}

async function press(link: string, answer: string): Promise<Page> {
	return await open(link, { method: 'POST', body: new URLSearchParams({ answer }) });
}

const itemsOf = (execution: Execution, name: string): unknown[] =>
	n8n
		.nodeItems(execution, name)
		.flat(2)
		.map(({ json }) => json);

const THANKS = 'Thank you. Your answer has been received.';

it('waits until a person presses a button, and passes the answer on', async () => {
	const simulator = fresh(gateways.smsRu);
	const execution = await start(sms(TWO_BUTTONS));
	expect(execution.status).toBe('waiting');
	const { words, link } = lastText();
	expect(words).toBe('Approve order A-17 <b>"&?');
	expect(itemsOf(execution, 'SMS')).toMatchObject([{ to: '+79161234567', accepted: true }]);
	// Who may see executions is not who was asked.
	expect(JSON.stringify(execution.data.resultData)).not.toContain(
		new URL(link).searchParams.get('signature'),
	);

	const page = await open(link);
	expect(page.status).toBe(200);
	expect(page.html).toContain('Approve order A-17 &lt;b&gt;&quot;&amp;?');
	expect(page.html).toContain('>Ja &amp; &lt;i&gt;</button>');
	expect(page.html).toContain('>Decline</button>');
	expect(page.html).not.toMatch(/(?:src|href|action)=|url\(|@import/);
	expect(page.headers.get('cache-control')).toBe('no-store');
	expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");

	const pressed = await press(link, 'approve');
	expect(pressed.status).toBe(200);
	expect(pressed.html).toContain(THANKS);
	const end = await settled(execution);
	expect(end.status).toBe('success');
	const { messageId } = simulator.texts[0] ?? {};
	expect(itemsOf(end, 'SMS')).toEqual([
		{
			data: { approved: true, respondedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
			to: '+79161234567',
			gateway: 'smsRu',
			messageId,
		},
	]);
	expect(itemsOf(end, 'Sent')).toMatchObject([{ row: ROW.order, textId: messageId }]);

	for (const answer of ['approve', 'decline']) expect((await press(link, answer)).html).not.toContain(THANKS);
	expect((await settled(execution)).data.resultData.runData.Sent).toHaveLength(1);
	expect(itemsOf(await settled(execution), 'Sent')).toMatchObject([{ data: { approved: true } }]);
	expect(simulator.texts).toHaveLength(1);
});

it('nothing but a press of a button is an answer', async () => {
	fresh(gateways.smsRu);
	const execution = await start(sms(TWO_BUTTONS));
	const { link } = lastText();
	for (const agent of ['Mozilla/5.0', 'WhatsApp/2.23', 'facebookexternalhit/1.1', 'TelegramBot', '']) {
		const headers = { 'user-agent': agent };
		await open(link, { headers });
		await open(link, { method: 'HEAD', headers });
		await open(`${link}&answer=approve`, { headers });
		await open(link, { method: 'PUT', headers, body: new URLSearchParams({ answer: 'approve' }) });
	}
	for (const answer of ['', 'yes', 'APPROVE']) expect((await press(link, answer)).status).toBe(422);
	expect((await open(link, { method: 'POST' })).status).toBe(422);
	const json = { 'content-type': 'application/json' };
	expect((await open(link, { method: 'POST', headers: json, body: '[]' })).status).toBe(422);

	const { origin, pathname, searchParams } = new URL(link);
	const signature = searchParams.get('signature') ?? '';
	expect(signature).toMatch(/^[0-9a-f]{64}$/);
	const forged = [
		`${origin}${pathname}`,
		`${origin}${pathname}?signature=`,
		`${origin}${pathname}?signature=${'0'.repeat(64)}`,
		`${origin}${pathname}?signature=${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`,
		`${origin}${pathname}?q=1&signature=${signature}`,
		`${origin}/webhook-waiting/${Number(execution.id) + 1}/${pathname.split('/').at(-1)}?signature=${signature}`,
		`${origin}/webhook-waiting/${execution.id}?signature=${signature}`,
	];
	for (const address of forged) {
		const { status } = await press(address, 'approve');
		expect([address, status >= 400]).toEqual([address, true]);
	}
	expect(await statusOf(execution)).toBe('waiting');
	expect((await press(link, 'decline')).html).toContain(THANKS);
	expect(itemsOf(await settled(execution), 'Sent')).toMatchObject([{ data: { approved: false } }]);
});

it('two answers in the same moment are one', async () => {
	fresh(gateways.smsRu);
	const execution = await start(sms(TWO_BUTTONS));
	const { link } = lastText();
	const pages = await Promise.all(
		['approve', 'decline', 'approve', 'decline'].map((answer) => press(link, answer)),
	);
	const end = await settled(execution);
	expect(end.status).toBe('success');
	expect(end.data.resultData.runData.Sent).toHaveLength(1);
	expect(pages.filter(({ html }) => html.includes(THANKS))).toHaveLength(1);
	expect(n8n.logText()).not.toContain('There was a problem executing the workflow');
});

it('a text as the answer, and a node that asks again in a loop', async () => {
	const simulator = fresh(gateways.smsRu);
	const name = 'Ask }} {{ "them"';
	const node = { ...sms({ responseType: 'freeText', options: { pageLanguage: 'ru' } }), name };
	const workflow = workflowOf('loop', rowsNode([ROW]), node);
	const again = {
		name: 'Again',
		id: '99999999-0000-4000-8000-000000000000',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		position: [1200, 0],
		parameters: {
			conditions: {
				options: { caseSensitive: true, typeValidation: 'loose', version: 2 },
				combinator: 'and',
				conditions: [
					{
						id: '1',
						leftValue: '={{ $runIndex }}',
						rightValue: 0,
						operator: { type: 'number', operation: 'equals' },
					},
				],
			},
			options: {},
		},
	};
	const row = {
		name: 'Row Again',
		id: '99999998-0000-4000-8000-000000000000',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [1200, 200],
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(ROW), options: {} },
	};
	const to = (target: string): unknown => ({ node: target, type: 'main', index: 0 });
	const id = await n8n.createWorkflow({
		...workflow,
		nodes: [...workflow.nodes, again, row],
		connections: {
			...workflow.connections,
			[name]: { main: [[to('Again')]] },
			Again: { main: [[to('Row Again')], [to('Sent')]] },
			'Row Again': { main: [[to(name)]] },
		},
	});
	const first = await n8n.runWorkflow(id);
	expect(first.status).toBe('waiting');
	const { link } = lastText();
	expect((await press(link, ' \n')).html).toContain('Сначала напишите ответ.');
	expect((await press(link, ' В 10:00 <ок>\r\nСпасибо ')).html).toContain('В 10:00 &lt;ок&gt;\nСпасибо');
	while (simulator.texts.length < 2) await sleep(50);
	// Until it waits again, n8n itself answers that the workflow is running.
	while ((await statusOf(first)) !== 'waiting') await sleep(50);
	const second = lastText().link;
	expect(second).not.toBe(link);
	// The signature of the first link is as good as ever.
	for (const page of [await open(link), await press(link, 'an old answer')])
		expect([page.status, page.html.includes('На этот вопрос уже ответили.')]).toEqual([410, true]);
	expect(await statusOf(first)).toBe('waiting');
	await press(second, 'нет');
	const end = await settled(first);
	expect(itemsOf(end, name)).toMatchObject([
		{ data: { text: 'В 10:00 <ок>\nСпасибо' } },
		{ data: { text: 'нет' } },
	]);
});

describe('does not wait', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

	it('for a text that was refused', async () => {
		const simulator = fresh(gateways.smsRu);
		const execution = await start(sms({}, retry), [{ ...ROW, phone: '+7916' }]);
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('too short');
		expect(simulator.requests).toHaveLength(0);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
		'for a text that nobody can know of, nor sends it again: On Error = %s',
		async (onError) => {
			const simulator = fresh(gateways.smsRu);
			simulator.fault({ at: 'after', how: 'reset', times: Infinity });
			const execution = await start(sms({}, { ...retry, onError }));
			expect(execution.status).toBe(onError === 'stopWorkflow' ? 'error' : 'success');
			expect(simulator.texts).toHaveLength(1);
			const [success = [], failed = []] = n8n.nodeItems(execution, 'SMS')[0] ?? [];
			if (onError === 'stopWorkflow')
				expect(execution.data.resultData.error?.description).toMatch(/Check your SMS\.RU account/);
			else
				expect([...success, ...failed]).toMatchObject([
					{ json: { error: { accepted: null, retry: 'check_first' } } },
				]);
		},
	);

	it('for several people', async () => {
		const simulator = fresh(gateways.smsRu);
		const execution = await start(sms(), [ROW, { ...ROW, phone: '+79161234568' }]);
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error).toMatchObject({
			message: 'n8n waits for one answer per execution, and this run has 2 recipients. Nothing was sent.',
			description: expect.stringContaining('Execute Sub-workflow'),
		});
		expect(simulator.requests).toHaveLength(0);
	});
});

it("n8n's own form behind a link in a text", async () => {
	const simulator = fresh(gateways.smsRu);
	const message = '=Please fill this in: {{ $execution.resumeFormUrl }}';
	const workflow = workflowOf('form by text', rowsNode([ROW]), sms({ operation: 'send', message }));
	const form = {
		resume: 'form',
		formTitle: 'The trip',
		formFields: { values: [{ fieldLabel: 'Name' }, { fieldLabel: 'Seats', fieldType: 'number' }] },
		options: {},
	};
	// What comes behind sending is n8n's Wait node.
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Sent'
			? { ...node, type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: form }
			: node,
	);
	const execution = await n8n.runWorkflow(await n8n.createWorkflow({ ...workflow, nodes }));
	expect([execution.status, simulator.texts.length]).toEqual(['waiting', 1]);
	const [, link = ''] = /^Please fill this in: (http\S+)$/.exec(simulator.texts[0]?.text ?? '') ?? [];
	const page = await open(link);
	expect(page.status).toBe(200);
	for (const words of ['The trip', 'Name', 'Seats']) expect(page.html).toContain(words);
	const filled = new FormData();
	filled.set('field-0', 'Ivan');
	filled.set('field-1', '2');
	await open(link, { method: 'POST', body: filled });
	const end = await settled(execution);
	expect(itemsOf(end, 'Sent')).toMatchObject([{ Name: 'Ivan', Seats: 2 }]);
});

it('through the Test Gateway the link is in the result, and works', async () => {
	const type = 'n8n-nodes-sms-gateways.sendSms';
	const execution = await start({ ...sms({ gateway: 'test' }), type, credentials: undefined });
	expect(execution.status).toBe('waiting');
	const [{ text = '' } = {}] = itemsOf(execution, 'SMS') as Array<{ text?: string }>;
	const link = text.split('\n').at(-1) ?? '';
	expect((await press(link, 'decline')).status).toBe(422);
	expect((await press(link, 'approve')).html).toContain(THANKS);
	expect(itemsOf(await settled(execution), 'SMS')).toMatchObject([
		{ data: { approved: true }, gateway: 'test', to: '+79161234567' },
	]);
});

it('a test run that sends nothing shows the link, and waits', async () => {
	const simulator = fresh(gateways.smsRu);
	const execution = await start(sms({ inTestRuns: 'preview' }));
	expect([execution.status, simulator.requests.length]).toEqual(['waiting', 0]);
	const [{ text = '' } = {}] = itemsOf(execution, 'SMS') as Array<{ text?: string }>;
	expect((await press(text.split('\n').at(-1) ?? '', 'approve')).html).toContain(THANKS);
	expect(itemsOf(await settled(execution), 'SMS')).toMatchObject([
		{ data: { approved: true }, messageId: null },
	]);
});

it('n8n is killed while it waits: one goes on when its time is over, the other when it is answered', async () => {
	const simulator = fresh(gateways.smsRu);
	const limit = { limitType: 'afterTimeInterval', resumeAmount: 0.03, resumeUnit: 'minutes' };
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const short = await start(sms({ options: { limitWaitTime: { values: limit } } }, retry));
	const shortLink = lastText().link;
	const long = await start(sms({}, retry), [{ ...ROW, order: 'later' }]);
	const { link } = lastText();
	await sleep(2000);
	// n8n looks after those whose time is over once a minute, and when it starts.
	const expired = await press(shortLink, 'approve');
	expect([expired.status, expired.html.includes('The time to answer has passed.')]).toEqual([410, true]);

	await body.kill();
	n8n = await body.boot([], {});

	const end = await settled(short);
	expect(end.status).toBe('success');
	const textIds = simulator.texts.map(({ messageId }) => messageId);
	// The input as it was; what sending said is in the node's context.
	expect(itemsOf(end, 'SMS')).toEqual([ROW]);
	expect(itemsOf(end, 'Sent')).toEqual([{ ...ROW, row: ROW.order, textId: textIds[0] }]);
	expect((await press(shortLink, 'approve')).html).not.toContain(THANKS);

	expect(await statusOf(long)).toBe('waiting');
	expect((await press(link, 'approve')).html).toContain(THANKS);
	expect(itemsOf(await settled(long), 'Sent')).toMatchObject([
		{ data: { approved: true }, row: 'later', textId: textIds[1] },
	]);
	expect(simulator.texts).toHaveLength(2);
});
