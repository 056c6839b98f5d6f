/**
 * Questions and one-time codes in queue mode: asked and checked by two workers, answered through a webhook process that is
 * killed meanwhile.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { createSmsc } from '../../../simulators/smsc';
import { press } from '../real-n8n/examples/answers';
import type { Execution, ExecutionItem } from '../real-n8n/executions';
import type { N8n, WorkflowJson, WorkflowNode } from '../real-n8n/n8n';
import { call, publish } from './campaigns';
import { type Fleet, type Member, startFleet } from './fleet';
import { executionsOf } from './tally';

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const PATIENCE_MS = 120_000;

let smsRu: Simulator;
let smsc: Simulator;
let fleet: Fleet;

beforeAll(async () => {
	[smsRu, smsc] = await Promise.all([startSimulator(createSmsRu()), startSimulator(createSmsc())]);
	const seeds = [
		{ id: 'smsRu', name: 'smsRu', type: 'smsRuApi', data: smsRu.credentials },
		{ id: 'smsc-demo', name: 'SMSC (simulated)', type: 'smscApi', data: smsc.credentials },
	];
	fleet = await startFleet(seeds, log);
	for (const simulator of [smsRu, smsc]) {
		simulator.reset();
		simulator.balance = 1_000_000;
	}
});
afterAll(async () => {
	await fleet?.stop();
	await Promise.all([smsRu?.close(), smsc?.close()]);
});

async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error(`${what} did not come true in ${PATIENCE_MS / 1000} s`);
		await sleep(100);
	}
}

const jobsOf = (worker: Member): number => worker.logText().split('Worker started execution ').length - 1;

/** A webhook and one node of ours behind it, for each path. */
function workflowOf(
	name: string,
	responseMode: string,
	ways: Readonly<Record<string, { readonly label: string; readonly parameters: object }>>,
): WorkflowJson {
	const nodes = Object.entries(ways).flatMap(([way, { label, parameters }], index): WorkflowNode[] => {
		const common = { id: `${index}0000000-0000-4000-8000-000000000000`, position: [0, index * 220] };
		return [
			{
				...common,
				name: way,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: way,
				parameters: { httpMethod: 'POST', path: way, responseMode, options: {} },
			},
			{
				...common,
				id: common.id.replace(/^./, String(index + 5)),
				position: [220, index * 220],
				name: label,
				type: 'n8n-nodes-sms-gateways.smsRu',
				typeVersion: 1,
				parameters,
				credentials: { smsRuApi: { id: 'smsRu', name: 'smsRu' } },
				onError: 'continueRegularOutput',
			},
		];
	});
	const connections = Object.fromEntries(
		Object.entries(ways).map(([way, { label }]) => [
			way,
			{ main: [[{ node: label, type: 'main', index: 0 }]] },
		]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

const itemsOf = (execution: Execution, node: string): Array<ExecutionItem['json']> =>
	fleet.main
		.nodeItems(execution, node)
		.flat(2)
		.map(({ json }) => json);

/** Kills the process that takes the answers, and starts it again. */
async function webhookDies(link: string): Promise<void> {
	await fleet.webhook.kill();
	await expect(press(link, 'approve')).rejects.toThrow('fetch failed');
	await fleet.startWebhook();
}

it('a question outlives the webhook process that will take its answer, and every worker but one', async () => {
	const asking = {
		resource: 'message',
		operation: 'sendAndWait',
		to: '={{ $json.body.to }}',
		message: 'Approve?',
		approvalOptions: { values: { approvalType: 'double' } },
	};
	const id = await publish(
		fleet.main,
		workflowOf('ask', 'onReceived', { ask: { label: 'Ask', parameters: asking } }),
	);
	const people = ['+79161234501', '+79161234502', '+79161234503', '+79161234504'];
	await Promise.all(people.map(async (to) => await call(fleet.webhook.url, 'ask', { to })));
	await until('Four questions that wait', async () => {
		const executions = await executionsOf(fleet.postgres, id);
		return executions.length === 4 && executions.every(({ status }) => status === 'waiting');
	});
	const texts = new Map(smsRu.texts.map(({ to, text }) => [to, text.split('\n').at(-1) ?? '']));
	expect([...texts.keys()].sort()).toEqual(people.map((to) => to.slice(1)));
	for (const link of texts.values()) expect(new URL(link).origin).toBe(fleet.webhook.url);

	await webhookDies(texts.get('79161234501') ?? '');
	await fleet.workers[0]?.kill();
	await Promise.all(
		[...texts].map(async ([to, link]) => {
			const answer = to.endsWith('1') || to.endsWith('2') ? 'approve' : 'decline';
			const pages = await Promise.all([press(link, answer), press(link, answer)]);
			expect(pages.filter(({ thanks }) => thanks.includes('Thank you.'))).toHaveLength(1);
		}),
	);
	await until('Four answers', async () =>
		(await executionsOf(fleet.postgres, id)).every(({ status }) => status === 'success'),
	);
	const answers = await Promise.all(
		(await executionsOf(fleet.postgres, id)).map(async (execution) =>
			itemsOf(await fleet.main.waitForExecution(execution.id), 'Ask'),
		),
	);
	expect(
		answers
			.flat()
			.map(({ to, data }) => [to, (data as { approved?: unknown } | undefined)?.approved])
			.sort(),
	).toEqual(people.map((to) => [to, to.endsWith('1') || to.endsWith('2')]));
	expect(smsRu.texts).toHaveLength(4);
	await fleet.startWorker();
});

/** The example, published, and its table beside it. */
async function publishReplies(main: N8n): Promise<{ id: string; hook: string }> {
	const file = path.join(__dirname, '..', '..', '..', 'examples', '13-answer-by-reply.json');
	const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
	const nodes = example.nodes.map((node) =>
		node.name === 'Start'
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: 'ask-by-text',
					parameters: { httpMethod: 'POST', path: 'ask-by-text', responseMode: 'onReceived', options: {} },
				}
			: node,
	);
	const trigger = nodes.find(({ name }) => name === 'SMSC Trigger');
	const id = await publish(main, { ...example, nodes });
	return { id, hook: `/webhook/${String(trigger?.webhookId)}/webhook?charset=utf-8` };
}

it('a reply finds its question, whichever process takes it, also after the webhook process was killed', async () => {
	const { id, hook } = await publishReplies(fleet.main);
	const waiting = async (): Promise<string[]> =>
		(await executionsOf(fleet.postgres, id)).flatMap((one) => (one.status === 'waiting' ? [one.id] : []));
	for (let asked = 1; asked <= 2; asked++) {
		await call(fleet.webhook.url, 'ask-by-text', {});
		await until('A question that waits', async () => (await waiting()).length === asked);
	}
	const [first = '', second = ''] = await waiting();
	const [one, two] = smsc.texts.map(({ text }) => /YES (\d+)/.exec(text)?.[1]);
	await fleet.webhook.kill();
	await fleet.startWebhook();
	smsc.callTo(`${fleet.webhook.url}${hook}`);
	const reply = async (text: string): Promise<void> =>
		void (await smsc.receive({ from: '79161234567', to: '79037654321', text }));
	await reply(`NO ${two}`);
	await until('The second answer', async () => (await waiting()).length === 1);
	await reply('yes');
	await until('The first answer', async () => (await waiting()).length === 0);
	const ends = async (execution: string): Promise<string[]> => {
		const done = await fleet.main.waitForExecution(execution);
		return ['Ship the Order', 'Hold the Order', 'Call the Manager'].filter(
			(name) => itemsOf(done, name).length > 0,
		);
	};
	expect([one === two, await ends(first), await ends(second)]).toEqual([
		false,
		['Ship the Order'],
		['Hold the Order'],
	]);
	expect(smsc.texts).toHaveLength(2);
});

describe('one-time codes, checked by two workers', () => {
	type Json = Readonly<Record<string, unknown>>;
	const TRIES = 3;
	const codesOf = (to: string): string[] =>
		smsRu.texts.filter((text) => `+${text.to}` === to).map(({ text }) => text.slice(0, 8));
	const wrong = (code: string, by: number): string =>
		String((Number(code) + by) % 100_000_000).padStart(8, '0');
	const send = async (to: string): Promise<Json> => (await call(fleet.webhook.url, 'send', { to })) as Json;
	const check = async (codeId: unknown, code: string): Promise<Json> =>
		(await call(fleet.webhook.url, 'check', { codeId, code })) as Json;

	beforeAll(async () => {
		await publish(
			fleet.main,
			workflowOf('codes', 'lastNode', {
				send: {
					label: 'Send Code',
					parameters: {
						resource: 'oneTimeCode',
						operation: 'send',
						to: '={{ $json.body.to }}',
						message: '{code} is your code',
						codeSettings: { digits: 8, tries: TRIES, perNumber: 2, waitSeconds: 0 },
					},
				},
				check: {
					label: 'Check Code',
					parameters: {
						resource: 'oneTimeCode',
						operation: 'check',
						codeId: '={{ $json.body.codeId }}',
						code: '={{ $json.body.code }}',
					},
				},
			}),
		);
	});

	it('one after another: tries, use and the limit of a number hold over all of them', async () => {
		const before = fleet.workers.map(jobsOf);
		for (let number = 1; number <= 8; number++) {
			const to = `+7916123460${number}`;
			const { codeId } = await send(to);
			const [code = ''] = codesOf(to);
			expect((await check(codeId, wrong(code, 1))).state).toBe('wrong');
			expect((await check(codeId, code)).state).toBe('confirmed');
			expect((await check(codeId, code)).state).toBe('used');
			expect((await check(codeId, code)).state).toBe('locked');
			expect((await send(to)).accepted).toBe(true);
			expect(await send(to)).toMatchObject({ accepted: false, status: 'rejected' });
			expect(codesOf(to)).toHaveLength(2);
		}
		const took = fleet.workers.map((worker, index) => jobsOf(worker) - (before[index] ?? 0));
		expect(took.filter((jobs) => jobs > 0).length).toBeGreaterThan(1);
	});

	it('at once: no more than the tries of each worker, and no code gets through that was guessed', async () => {
		const to = '+79161234700';
		const { codeId } = await send(to);
		const [code = ''] = codesOf(to);
		const guesses = Array.from({ length: 200 }, (_, n) => wrong(code, n + 1));
		const states: unknown[] = [];
		let next = 0;
		const guesser = async (): Promise<void> => {
			for (let guess = guesses[next++]; guess !== undefined; guess = guesses[next++])
				states.push((await check(codeId, guess)).state);
		};
		await Promise.all(Array.from({ length: 20 }, guesser));
		expect(states).toHaveLength(200);
		const looked = states.filter((state) => state !== 'locked');
		expect(new Set(looked)).toEqual(new Set(['wrong']));
		expect(looked.length).toBeLessThanOrEqual(TRIES * 2);
		log(`200 guesses at once by two workers: ${looked.length} were looked at`);
		expect((await check(codeId, code)).state).toBe('locked');
	});
});
