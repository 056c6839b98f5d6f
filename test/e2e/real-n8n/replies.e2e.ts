/**
 * Questions that are answered by a reply, as the example does it: several are open to one number, n8n is killed meanwhile,
 * and people reply too late, twice, with other words, or not at all.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateways } from '../../../simulators';
import { SHORT_CODE } from '../../../simulators/africasTalking';
import { OWNED_NUMBER } from '../../../simulators/voipCommunications';
import { startChatModel } from '../../support/chatModel';
import { afterAnswer } from './examples/answers';
import {
	type Example,
	type Gateways,
	demoCredentials,
	importExamples,
	readExamples,
} from './examples/examples';
import { runByText } from './examples/run';
import { type Execution, nodeItems } from './executions';
import { lineUnderTest } from './lines';
import { type Body, singleProcess } from './mortal';
import type { N8n, WorkflowNode } from './n8n';
import { fresh } from './stage';

const COLUMNS = ['phone', 'question', 'answer', 'until', 'resume_link'];
const ENDS = ['Ship the Order', 'Hold the Order', 'Call the Manager'];

let gateways: Gateways;
let body: Body;
let n8n: N8n;
let example: Example;

/** n8n 1.123 neither creates a Data Table in a workflow nor finds one by its name: a person does what the example's note says. */
async function tableByHand({ workflow, ...rest }: Example): Promise<Example> {
	const { id: project } = await n8n.rest<{ id: string }>('GET', '/projects/personal');
	const columns = COLUMNS.map((name) => ({ name, type: 'string' }));
	const table = { name: 'questions', columns };
	const { id } = await n8n.rest<{ id: string }>('POST', `/projects/${project}/data-tables`, table);
	const nodes = workflow.nodes.map((node): WorkflowNode => {
		if (node.type !== 'n8n-nodes-base.dataTable') return node;
		if (node.name === 'Questions Table')
			return { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const dataTableId = { __rl: true, mode: 'id', value: id };
		return { ...node, parameters: { ...(node.parameters as object), dataTableId } };
	});
	return { ...rest, workflow: { ...workflow, nodes } };
}

beforeAll(async () => {
	gateways = await startGateways();
	const model = await startChatModel();
	body = await singleProcess(lineUnderTest());
	n8n = await body.boot(demoCredentials(gateways, model), {});
	await model.close();
	const found = readExamples(path.join(__dirname, '..', '..', '..')).find(
		({ workflow }) => workflow.id === 'answerByReply',
	);
	if (found === undefined) throw new Error('There is no such example');
	example = lineUnderTest() === '1.123' ? await tableByHand(found) : found;
	await importExamples(n8n, [example]);
});
afterAll(async () => {
	await body?.remove();
	await Promise.all(Object.values(gateways ?? {}).map((gateway) => gateway.close()));
});

const PHONE = '79161234567';

/** What is read of an Edit Fields node here. */
interface Assignments {
	readonly assignments: { readonly assignments: ReadonlyArray<{ readonly name: string; value: unknown }> };
}

const itemsOf = (execution: Execution, name: string): Array<Readonly<Record<string, unknown>>> =>
	nodeItems(execution, name)
		.flat(2)
		.map(({ json }) => json);

interface Question {
	readonly execution: Execution;
	/** As the text says it. */
	readonly number: string;
	readonly link: string;
}

/**
 * n8n 1.123 believes its log of events before its database: where the last event of a node stands behind that of the
 * execution's pause, it takes what waits for crashed (MessageEventBusLogWriter). With another name it begins a new log.
 */
const WITHOUT_OLD_EVENTS = { N8N_EVENTBUS_LOGWRITER_LOGBASENAME: 'afterTheCrash' };

async function ask(id = example.workflow.id): Promise<Question> {
	const execution = await n8n.runWorkflow(id);
	expect([execution.status, execution.data.resultData.error?.message]).toEqual(['waiting', undefined]);
	const [row] = itemsOf(execution, 'Note the Question');
	const number = String(row?.id);
	const { to, text } = gateways.smsc.texts.at(-1) ?? {};
	expect([to, text]).toEqual([
		PHONE,
		`Order A-1024 of Ivan for 48 000 RUB: ship it before it is paid? Reply YES ${number} or NO ${number}.`,
	]);
	return { execution, number, link: String(row?.resume_link) };
}

/** Which of the lower half's ends it reached, and what it texted back. */
async function reply(text: string, from = PHONE): Promise<{ end: string[]; texts: string[] }> {
	const before = gateways.smsc.texts.length;
	const { execution } = await runByText(n8n, gateways, example, from, text);
	expect(execution.status).toBe('success');
	const ends = ['Other Texts', 'Wake Up the Run', 'Ask Which One', 'Say It Is Over'];
	return {
		end: ends.filter((name) => itemsOf(execution, name).length > 0),
		texts: gateways.smsc.texts.slice(before).map(({ to, text: sent }) => `${to}: ${sent}`),
	};
}

async function statusOf({ execution }: Question): Promise<string> {
	return (await n8n.rest<{ status: string }>('GET', `/executions/${execution.id}`)).status;
}

async function endOf({ execution }: Question): Promise<string[]> {
	const done = await afterAnswer(n8n, execution);
	expect(done.status).toBe('success');
	return ENDS.filter((name) => itemsOf(done, name).length > 0);
}

/** Calls what wakes a run up, and lets it look at the table. */
async function wake(question: Question, link: string): Promise<number> {
	const { status } = await fetch(link, { method: 'POST', headers: { connection: 'close' } });
	const deadline = Date.now() + 10_000;
	while ((await statusOf(question)) === 'running' && Date.now() < deadline) await sleep(50);
	return status;
}

const ANSWERED = { end: ['Wake Up the Run'], texts: [] };
const OVER = {
	end: ['Say It Is Over'],
	texts: [`${PHONE}: This question can no longer be answered. Please call us.`],
};
const OTHER = { end: ['Other Texts'], texts: [] };

it('one question is open: a plain yes is its answer, once', async () => {
	fresh(gateways.smsc);
	const question = await ask();
	expect(await reply('Yes!')).toEqual(ANSWERED);
	expect(await endOf(question)).toEqual(['Ship the Order']);
	for (const text of ['no', `NO ${question.number}`]) expect(await reply(text)).toEqual(OVER);
	expect(await endOf(question)).toEqual(['Ship the Order']);
	expect(gateways.smsc.texts).toHaveLength(3);
});

it('nothing else is an answer, whoever writes it', async () => {
	fresh(gateways.smsc);
	const question = await ask();
	const others = ['STOP', `Stop ${question.number}`, 'СТОП', 'maybe', `YES or NO ${question.number}`, ''];
	for (const text of others) expect([text, await reply(text)]).toEqual([text, OTHER]);
	const stranger = '79160000009';
	const words = 'This question can no longer be answered. Please call us.';
	for (const text of ['YES', `YES ${question.number}`])
		expect(await reply(text, stranger)).toEqual({
			end: ['Say It Is Over'],
			texts: [`${stranger}: ${words}`],
		});
	expect(await reply(`YES ${Number(question.number) + 1}`)).toEqual(OVER);

	// Whoever guesses the link, or has it from the table, has answered nothing.
	const { origin, pathname } = new URL(question.link);
	for (const link of [`${origin}${pathname}`, `${origin}${pathname}?signature=${'0'.repeat(64)}`])
		await wake(question, link);
	expect(await wake(question, question.link)).toBe(200);
	expect(await statusOf(question)).toBe('waiting');

	expect(await reply(`нет ${question.number}`)).toEqual(ANSWERED);
	expect(await endOf(question)).toEqual(['Hold the Order']);
});

it('two are open to one number: the number in the reply decides, also after n8n was killed', async () => {
	fresh(gateways.smsc);
	const [first, second] = [await ask(), await ask()];
	expect(await reply('Yes')).toEqual({
		end: ['Ask Which One'],
		texts: [
			`${PHONE}: Which question do you mean? Please add its number: ${first.number}, ${second.number}.`,
		],
	});
	await body.kill();
	n8n = await body.boot([], WITHOUT_OLD_EVENTS);
	expect(await Promise.all([first, second].map(statusOf))).toEqual(['waiting', 'waiting']);
	expect(await reply(`No, ${second.number}.`)).toEqual(ANSWERED);
	expect(await endOf(second)).toEqual(['Hold the Order']);
	expect(await statusOf(first)).toBe('waiting');
	expect(await reply('y')).toEqual(ANSWERED);
	expect(await endOf(first)).toEqual(['Ship the Order']);
});

it('two replies of one moment: one of them counts', async () => {
	fresh(gateways.smsc);
	const question = await ask();
	const { smsc } = gateways;
	smsc.callTo(`${n8n.url}${example.hookPath}?charset=utf-8`);
	await Promise.all(
		['YES', 'NO', 'YES', 'NO'].map((text) => smsc.receive({ from: PHONE, to: '79037654321', text })),
	);
	const ends = await endOf(question);
	expect(ends).toHaveLength(1);
	await sleep(1000);
	const { data } = await n8n.waitForExecution(question.execution.id);
	const runs = ENDS.map((name) => data.resultData.runData[name]?.length ?? 0);
	expect(runs.reduce((all, some) => all + some)).toBe(1);
});

it.each([
	['advantaSms', '254712345678', '20123'],
	['africasTalking', '254712345679', SHORT_CODE],
	['voipCommunications', '12125550123', OWNED_NUMBER],
] as const)('through %s', async (gateway, phone, ownNumber) => {
	const simulator = fresh(gateways[gateway]);
	const id = `answerBy${gateway}`;
	const text = JSON.stringify(example.workflow)
		.replaceAll('n8n-nodes-sms-gateways.smsc', `n8n-nodes-sms-gateways.${gateway}`)
		.replaceAll('smscApi', `${gateway}Api`)
		.replaceAll('smsc-demo', `${gateway}-demo`)
		.replace('+79161234567', `+${phone}`)
		.replace(example.hookPath?.split('/')[2] ?? 'no address', id);
	const workflow = { ...(JSON.parse(text) as Example['workflow']), id, name: id };
	await importExamples(n8n, [{ ...example, hash: id, hookPath: `/webhook/${id}/webhook`, workflow }]);
	const execution = await n8n.runWorkflow(id);
	expect([execution.status, execution.data.resultData.error?.message]).toEqual(['waiting', undefined]);
	expect(simulator.texts.map(({ to }) => to)).toEqual([phone]);
	simulator.callTo(`${n8n.url}/webhook/${id}/webhook`);
	// n8n may need a moment until it takes calls for a new workflow.
	let taken = false;
	for (let tries = 0; tries < 100 && !taken; tries++) {
		const calls = await simulator.receive({ from: phone, to: ownNumber, text: 'Yes' });
		taken = calls.some(({ status }) => status === 200);
		if (!taken) await sleep(100);
	}
	const done = await afterAnswer(n8n, execution);
	expect(ENDS.filter((name) => itemsOf(done, name).length > 0)).toEqual(['Ship the Order']);
	// Nobody is texted besides: a short code would text an answer of ours to the person.
	expect(simulator.texts).toHaveLength(1);
});

it('nothing in time is not a yes, and who replies then is told so', async () => {
	fresh(gateways.smsc);
	const id = 'answerByReplyLate';
	const { nodes, connections } = structuredClone(example.workflow);
	const order = nodes.find(({ name }) => name === 'Order')?.parameters as Assignments;
	const hours = order.assignments.assignments.find(({ name }) => name === 'hours');
	if (hours === undefined) throw new Error('Order has no hours');
	hours.value = 0.0005;
	// The trigger of the example itself takes the replies.
	const asking = nodes.filter(({ name }) => name !== 'SMSC Trigger');
	const workflow = {
		...example.workflow,
		id,
		name: 'Late',
		nodes: asking,
		connections: { ...connections, 'SMSC Trigger': undefined },
	};
	await importExamples(n8n, [{ ...example, hookPath: null, hash: 'late', workflow }]);
	const question = await ask(id);
	await sleep(2500);
	expect(await reply('YES')).toEqual(OVER);
	expect(await endOf(question)).toEqual(['Call the Manager']);
	expect(await reply(`YES ${question.number}`)).toEqual(OVER);
});
