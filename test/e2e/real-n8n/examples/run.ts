/** Runs an example as a person would: presses the button, or fills in the form and reads its last page. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AcceptedText } from '../../../../simulators/simulator';
import { type Execution, nodeItems } from '../executions';
import type { N8n } from '../n8n';
import { afterAnswer } from './answers';
import type { Example, Gateways } from './examples';
import { gatewaysOf } from './examples';
import { FormVisit } from './forms';

/** Something that a person reads when the run is over. */
export interface Shown {
	/** The node that shows it, the file's name, or the title of the form's last page. */
	readonly where: string;
	readonly text: string;
}

export interface ExampleRun {
	readonly execution: Execution;
	/** The last page of the form, files to download, and answers of an agent. */
	readonly shown: readonly Shown[];
	/** What the gateways accepted during this run. */
	readonly arrived: readonly AcceptedText[];
}

/** How a visitor fills in a form; `texts` is what has arrived on the phones so far. */
export type Visitor = (visit: FormVisit, texts: () => readonly AcceptedText[]) => Promise<void>;

/** The one-time code in the last text. */
export const codeIn = (texts: readonly AcceptedText[]): string =>
	/\b\d{6}\b/.exec(texts.at(-1)?.text ?? '')?.[0] ?? '';

/** A number of the form's country that nobody has had a code for: codes are limited for each. */
export const newPhone = (): string => `067 ${randomInt(1_000_000, 10_000_000)}`;

/** A visitor who does everything right, for every example that has a form. */
const VISITORS: Readonly<Record<string, Visitor>> = {
	formToText: async (visit) => {
		await visit.send('8 (916) 123-45-67', 'Friday');
	},
	oneTimeCode: async (visit, texts) => {
		await visit.send(newPhone());
		await visit.send(codeIn(texts()));
	},
};

/** The texts that any of the example's gateways has accepted since it was reset. */
export function arrivedTexts({ workflow }: Example, gateways: Gateways): AcceptedText[] {
	return gatewaysOf(workflow).flatMap((gateway) => gateways[gateway].texts);
}

/** The files and the agent's answer at the ends of the workflow. */
async function shownBy(n8n: N8n, { workflow }: Example, execution: Execution): Promise<Shown[]> {
	const ends = workflow.nodes.filter(({ name }) => !(name in workflow.connections));
	const shown: Shown[] = [];
	for (const { name } of ends) {
		for (const { json, binary = {} } of nodeItems(execution, name).flat(2)) {
			for (const file of Object.values(binary)) {
				const text = (await n8n.download(file)).toString('utf8');
				shown.push({ where: file.fileName ?? name, text });
			}
			if (typeof json.output === 'string') shown.push({ where: name, text: json.output });
		}
	}
	return shown;
}

/** For every example that asks by text and is answered by one: what a person replies. */
const REPLIES: Readonly<Record<string, string>> = { answerByReply: 'YES' };

/** Texts that somebody writes, for every other example that a gateway calls. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = { stopListKeeper: ['STOP', 'START'] };

/** The run that a call of the gateway has started. */
async function startedBy(n8n: N8n, id: string, call: () => Promise<unknown>): Promise<Execution> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	const latest = async (): Promise<string | undefined> => {
		const path = `/executions?filter=${filter}&limit=1`;
		const { results } = await n8n.rest<{ results: ReadonlyArray<{ id: string }> }>('GET', path);
		return results[0]?.id;
	};
	const before = await latest();
	await call();
	for (let tries = 0; tries < 100; tries++) {
		const started = await latest();
		if (started !== undefined && started !== before) return await n8n.waitForExecution(started);
		await sleep(100);
	}
	throw new Error(`The call to workflow ${id} started nothing`);
}

/** Asks by text, has the person who was asked reply, and waits for the run that asked. */
async function askAndReply(
	n8n: N8n,
	gateways: Gateways,
	example: Example,
	reply: string,
): Promise<ExampleRun> {
	const { id } = await n8n.runWorkflow(example.workflow.id);
	const [asked] = arrivedTexts(example, gateways);
	if (asked === undefined) throw new Error(`${example.file} asked nobody`);
	const { arrived } = await runByText(n8n, gateways, example, asked.to, reply);
	return { execution: await afterAnswer(n8n, { id }), shown: [], arrived };
}

/** Somebody writes to the number of the example's gateway. */
export async function runByText(
	n8n: N8n,
	gateways: Gateways,
	example: Example,
	from: string,
	text: string,
): Promise<ExampleRun> {
	const [gateway] = gatewaysOf(example.workflow);
	if (gateway === undefined || example.hookPath === null) throw new Error(`No gateway calls ${example.file}`);
	const simulator = gateways[gateway];
	simulator.callTo(`${n8n.url}${example.hookPath}?charset=utf-8`);
	const execution = await startedBy(n8n, example.workflow.id, async () => {
		await simulator.receive({ from, to: '79037654321', text });
	});
	return { execution, shown: [], arrived: arrivedTexts(example, gateways) };
}

/** Forgets what earlier runs sent, runs the example once, and waits for its end. */
export async function runExample(
	n8n: N8n,
	gateways: Gateways,
	example: Example,
	visitor: Visitor | undefined = VISITORS[example.workflow.id],
): Promise<ExampleRun> {
	for (const simulator of Object.values(gateways)) simulator.reset();
	const { workflow, formPath, hookPath } = example;
	const reply = REPLIES[workflow.id];
	if (reply !== undefined) return await askAndReply(n8n, gateways, example, reply);
	if (hookPath !== null) {
		const [first = '', ...more] = WRITTEN[workflow.id] ?? [];
		let run = await runByText(n8n, gateways, example, '79161000002', first);
		for (const text of more) run = await runByText(n8n, gateways, example, '79161000002', text);
		return run;
	}
	if (formPath === null) {
		const execution = await n8n.runWorkflow(workflow.id);
		const shown = await shownBy(n8n, example, execution);
		return { execution, shown, arrived: arrivedTexts(example, gateways) };
	}
	if (visitor === undefined) throw new Error(`Nobody knows how to fill in the form of ${example.file}`);
	const visit = await FormVisit.open(n8n, formPath);
	await visitor(visit, () => arrivedTexts(example, gateways));
	const execution = await n8n.waitForExecution(visit.executionId);
	const { title, text } = visit.page;
	return { execution, shown: [{ where: title, text }], arrived: arrivedTexts(example, gateways) };
}
