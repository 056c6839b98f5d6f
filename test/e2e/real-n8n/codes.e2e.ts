/** One-time codes behind two webhooks of a real n8n, as a website would call them, and as an attacker would. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowJson, WorkflowNode } from './n8n';
import type { Stage } from './stage';
import { credentialType, fresh, setStage } from './stage';

const GATEWAY = 'smsRu';

let stage: Stage;
beforeAll(async () => {
	const log = (line: string): void => void process.stderr.write(`${line}\n`);
	// As docs/scaling.md recommends for so many calls.
	const env = { N8N_LOG_LEVEL: 'debug', N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
	stage = await setStage(log, env);
	await stage.n8n.activateWorkflow(await stage.n8n.createWorkflow(workflow()));
});
beforeEach(() => void fresh(stage.gateways[GATEWAY]));
afterAll(() => stage?.close());

/** Two ways through one workflow: /send-code and /check-code. */
function workflow(): WorkflowJson {
	const { id, name } = stage.credentials[GATEWAY];
	const webhook = (path: string): WorkflowNode => ({
		name: path,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	});
	const code = (node: string, parameters: object): WorkflowNode => ({
		name: node,
		type: 'n8n-nodes-sms-gateways.sendSms',
		typeVersion: 1,
		parameters: { gateway: GATEWAY, resource: 'oneTimeCode', ...parameters },
		credentials: { [credentialType(GATEWAY)]: { id, name } },
		onError: 'continueRegularOutput',
	});
	const nodes = [
		webhook('send-code'),
		code('Send Code', {
			operation: 'send',
			to: '={{ $json.body.to }}',
			message: '{code} is your code',
			// So long that no other number of n8n's log is the same.
			codeSettings: { digits: 8 },
		}),
		webhook('check-code'),
		code('Check Code', {
			operation: 'check',
			codeId: '={{ $json.body.codeId }}',
			code: '={{ $json.body.code }}',
		}),
	];
	const to = (node: string): unknown => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'Codes',
		nodes: nodes.map((node, index) => ({
			...node,
			id: `${index}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
			position: [(index % 2) * 220, Math.floor(index / 2) * 220],
		})),
		connections: { 'send-code': to('Send Code'), 'check-code': to('Check Code') },
		settings: { executionOrder: 'v1' },
	};
}

type Json = Readonly<Record<string, unknown>>;

/** A workflow that was just published may need a moment until its webhooks are there. */
async function call(path: string, body: Json): Promise<Json> {
	for (let tries = 0; tries < 100; tries++) {
		const response = await fetch(`${stage.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (response.ok) return (await response.json()) as Json;
		if (response.status !== 404)
			throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
		await sleep(100);
	}
	throw new Error(`${path} is not there`);
}

/** Some at a time, as a browser or a script would. */
async function callAll(path: string, bodies: readonly Json[]): Promise<Json[]> {
	const answers: Json[] = [];
	let next = 0;
	const caller = async (): Promise<void> => {
		for (let index = next++; index < bodies.length; index = next++)
			answers[index] = await call(path, bodies[index] ?? {});
	};
	await Promise.all(Array.from({ length: 50 }, caller));
	return answers;
}

const codes = (): string[] =>
	stage.gateways[GATEWAY].texts.map(({ text }) => /^\d{8}(?= is your code$)/.exec(text)?.[0] ?? 'no code');
const wrong = (code: string, by: number): string =>
	String((Number(code) + by) % 100_000_000).padStart(8, '0');

it('a code is confirmed once, in another execution, and is in no execution and not in the log', async () => {
	const { codeId, to } = await call('send-code', { to: '+79161234501' });
	const [code = ''] = codes();
	expect(code).toMatch(/^\d{8}$/);
	expect(await call('check-code', { codeId, code: wrong(code, 1) })).toEqual({
		to,
		confirmed: false,
		state: 'wrong',
		triesLeft: 2,
		gateway: GATEWAY,
	});
	const { results } = await stage.n8n.rest<{ results: ReadonlyArray<{ id: string }> }>('GET', '/executions');
	const stored = await Promise.all(
		results.map(async ({ id }) => JSON.stringify(await stage.n8n.rest('GET', `/executions/${id}`))),
	);
	expect(stored.length).toBeGreaterThanOrEqual(2);
	// What is stored is what was searched, and the log talks.
	expect(stored.join()).toContain(String(codeId));
	expect(stored.join()).not.toContain(code);
	expect(stage.n8n.logText()).toMatch(/debug/);
	expect(stage.n8n.logText()).not.toContain(code);
	expect(await call('check-code', { codeId, code })).toMatchObject({
		state: 'confirmed',
		to: '+79161234501',
	});
	expect(await call('check-code', { codeId, code })).toMatchObject({ state: 'used', confirmed: false });
});

it('of a thousand guesses, three are looked at, and none gets through', async () => {
	const { codeId } = await call('send-code', { to: '+79161234502' });
	const [code = ''] = codes();
	const guesses = Array.from({ length: 1000 }, (_, n) => ({ codeId, code: wrong(code, n + 1) }));
	// Behind those that are under way at once.
	guesses.splice(500, 1, { codeId, code });
	const states = (await callAll('check-code', guesses)).map(({ state }) => state);
	expect(states.filter((state) => state === 'wrong')).toHaveLength(3);
	expect(states.filter((state) => state === 'locked')).toHaveLength(997);
});

it('of fifty who ask for a code to one number at once, one gets it', async () => {
	const asked = Array.from({ length: 50 }, () => ({ to: '+79161234503' }));
	const answers = await callAll('send-code', asked);
	expect(answers.filter(({ accepted }) => accepted === true)).toHaveLength(1);
	expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(49);
	expect(codes()).toHaveLength(1);
});

it('a changed codeId is none', async () => {
	const { codeId } = await call('send-code', { to: '+79161234504' });
	const [code = ''] = codes();
	const [version, body = '', seal] = String(codeId).split('.');
	const content = JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
	const changed = { ...content, to: '+79161234505', tries: 1000 };
	const forged = [version, Buffer.from(JSON.stringify(changed)).toString('base64url'), seal].join('.');
	expect(await call('check-code', { codeId: forged, code })).toMatchObject({ state: 'invalid', to: null });
	expect(await call('check-code', { codeId, code })).toMatchObject({ state: 'confirmed' });
});
