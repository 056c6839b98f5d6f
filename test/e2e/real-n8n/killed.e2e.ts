/**
 * n8n dies: the process of an active workflow is killed, n8n is started again on the same folder, and the same rows
 * come again. What the node can know then, and what nobody can: docs/never-twice.md says the same.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import type { Execution } from './executions';
import { installHost } from './host';
import type { Host } from './host';
import { lineUnderTest } from './lines';
import { bootN8n } from './n8n';
import type { CredentialSeed, N8n, Owner, WorkflowJson, WorkflowNode } from './n8n';
import { freePort } from './ports';
import { judge } from '../../support/referee';
import { credentialType, fresh, packPackage } from './stage';

const PEOPLE = 60;
const OWNER: Owner = { email: 'owner@example.com', password: 'Only-for-this-run-1' };
const log = (line: string): void => void process.stderr.write(`${line}\n`);

let gateways: Readonly<Record<GatewayId, Simulator>>;
let host: Host;
let tarball: string;
let port: number;
let folder: string;
let n8n: N8n;

async function boot(credentials: readonly CredentialSeed[] = []): Promise<N8n> {
	return await bootN8n({
		host,
		packageTarball: tarball,
		userFolder: folder,
		owner: OWNER,
		port,
		credentials,
		log,
	});
}

/** Kills n8n without a word, as a crash or the system does, and starts it again. */
async function dieAndComeBack(): Promise<void> {
	process.kill(n8n.pid, 'SIGKILL');
	await n8n.ended;
	// Its task runner.
	await n8n.stop();
	n8n = await boot();
}

beforeAll(async () => {
	host = await installHost(log, undefined, lineUnderTest());
	gateways = await startGateways();
	tarball = packPackage();
	port = await freePort();
	folder = mkdtempSync(path.join(tmpdir(), 'n8n-killed-'));
	n8n = await boot(
		GATEWAY_IDS.map((gateway) => ({
			id: `${gateway}-simulated`,
			name: `${gateway} simulated`,
			type: credentialType(gateway),
			data: gateways[gateway].credentials,
		})),
	);
});
afterAll(async () => {
	await n8n?.stop();
	await Promise.all(Object.values(gateways ?? {}).map((gateway) => gateway.close()));
	if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const ROWS = Array.from({ length: PEOPLE }, (_, n) => ({
	phone: `+7916${String(1_000_000 + n)}`,
	order: `order-${n}`,
}));

interface Active {
	readonly id: string;
	/** Brings the same rows. */
	call(): Promise<void>;
	/** The executions so far, the latest first. */
	executions(): Promise<Array<{ id: string; status: string }>>;
}

let count = 0;

const sms = (
	gateway: GatewayId,
	name: string,
	parameters: Readonly<Record<string, unknown>>,
): WorkflowNode => ({
	name,
	type: `n8n-nodes-sms-gateways.${gateway}`,
	typeVersion: 1,
	parameters: { resource: 'message', operation: 'send', ...parameters },
	credentials: { [credentialType(gateway)]: { id: `${gateway}-simulated`, name: `${gateway} simulated` } },
	onError: 'continueErrorOutput',
});

/** Webhook → Rows → these nodes, active. */
async function activate(...nodes: readonly WorkflowNode[]): Promise<Active> {
	count++;
	const address = `orders-${count}`;
	const chain: WorkflowNode[] = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: `7c1d0a52-0000-4000-9000-${String(count).padStart(12, '0')}`,
			parameters: { httpMethod: 'POST', path: address, responseMode: 'onReceived', options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.rows', options: {} },
		},
		...nodes,
	];
	const connections = Object.fromEntries(
		chain
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: chain[index + 1]?.name, type: 'main', index: 0 }]] },
			]),
	);
	const workflow: WorkflowJson = {
		name: `Orders ${count}`,
		nodes: chain.map((node, index) => ({
			...node,
			id: `${String(count).padStart(4, '0')}${String(index).padStart(4, '0')}-0000-4000-8000-000000000000`,
			position: [index * 220, 0],
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
	const id = await n8n.createWorkflow(workflow);
	await n8n.activateWorkflow(id);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	return {
		id,
		async call() {
			// A moment passes until n8n takes calls for an active workflow.
			await until(async () => {
				const answer = await fetch(`http://127.0.0.1:${port}/webhook/${address}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ rows: ROWS }),
				});
				return answer.ok;
			});
		},
		async executions() {
			const page = await n8n.rest<{ results: Array<{ id: string; status: string }> }>(
				'GET',
				`/executions?filter=${filter}&limit=20`,
			);
			return page.results;
		},
	};
}

async function until(isSo: () => Promise<boolean> | boolean, timeoutMs = 60_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error('It did not come to that in time');
		await new Promise((done) => setTimeout(done, 50));
	}
}

const isOver = (status: string | undefined): boolean =>
	status !== undefined && !['new', 'running'].includes(status);

/** Calls the workflow and waits for the end of what that started. */
async function run(active: Active): Promise<Execution> {
	const before = (await active.executions()).length;
	await active.call();
	await until(async () => {
		const all = await active.executions();
		return all.length > before && isOver(all[0]?.status);
	});
	const [latest] = await active.executions();
	return await n8n.waitForExecution(latest?.id ?? '');
}

/** Calls the workflow and kills n8n when a part of the texts has gone out. Returns who had got one by then. */
async function runAndDie(active: Active, simulator: Simulator): Promise<string[]> {
	await active.call();
	await until(() => simulator.texts.length >= PEOPLE / 3);
	await dieAndComeBack();
	const had = simulator.texts.map(({ to }) => `+${to}`);
	expect(had.length).toBeLessThan(PEOPLE);
	log(`n8n was killed after ${had.length} of ${PEOPLE} texts`);
	return had;
}

/** How many texts each person of the sheet has. */
const textsEach = (simulator: Simulator): number[] =>
	ROWS.map(({ phone }) => simulator.texts.filter(({ to }) => `+${to}` === phone).length);

/** Half a second a request, ten people in each: slow enough to be killed in the middle. */
const SLOWLY = { batchSize: 10, requestsPerSecond: 2 };
const TEXT = { to: '={{ $json.phone }}', message: 'Your order is ready' };
const RECENT = { skipDuplicates: 'recent', skipDuplicatesMinutes: 60 };

it('a run that had ended before n8n died: the same rows again give nobody a second text', async () => {
	const simulator = fresh(gateways.smsRu);
	const active = await activate(sms('smsRu', 'SMS', { ...TEXT, limits: RECENT }));
	expect((await run(active)).status).toBe('success');
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));

	await dieAndComeBack();
	const again = await run(active);
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));
	const [sent = [], failed = []] = n8n.nodeItems(again, 'SMS')[0] ?? [];
	expect(sent).toEqual([]);
	expect(failed).toHaveLength(PEOPLE);
	for (const { json } of failed)
		expect(json.error).toMatchObject({ kind: 'duplicate', accepted: false, retry: 'never' });
});

it('a run that n8n died in: n8n does not take it up again, Skip Duplicates knows nothing of it, and who had a text gets it again', async () => {
	const simulator = fresh(gateways.smsRu);
	const active = await activate(sms('smsRu', 'SMS', { ...TEXT, limits: RECENT, options: SLOWLY }));
	const had = new Set(await runAndDie(active, simulator));
	await until(async () => isOver((await active.executions())[0]?.status));
	const [broken] = await active.executions();
	expect(broken?.status).toBe('crashed');
	await new Promise((done) => setTimeout(done, 3_000));
	expect(simulator.texts).toHaveLength(had.size);

	const each = ROWS.map(({ phone }) => (had.has(phone) ? 2 : 1));
	await run(active);
	expect(textsEach(simulator)).toEqual(each);
	// The second run ended, and is remembered: from here on nobody gets anything twice.
	await run(active);
	expect(textsEach(simulator)).toEqual(each);
});

/** Presses Retry in the list of executions, and waits for the end of it. */
async function pressRetry(active: Active): Promise<Execution> {
	const [broken] = await active.executions();
	const before = (await active.executions()).length;
	await n8n.rest('POST', `/executions/${broken?.id}/retry`, { loadWorkflow: false });
	await until(async () => {
		const all = await active.executions();
		return all.length > before && isOver(all[0]?.status);
	});
	const [latest] = await active.executions();
	return await n8n.waitForExecution(latest?.id ?? '');
}

it('Retry of a run that n8n died in: nobody gets a second text, nobody is missing, and few are in doubt', async () => {
	const simulator = fresh(gateways.smsRu);
	const active = await activate(sms('smsRu', 'SMS', { ...TEXT, options: SLOWLY }));
	const had = new Set(await runAndDie(active, simulator));
	await until(async () => isOver((await active.executions())[0]?.status));

	const [success = [], failed = []] = n8n.nodeItems(await pressRetry(active), 'SMS')[0] ?? [];
	const items = [...success, ...failed] as INodeExecutionData[];
	const { misses, unclear } = judge(simulator, items, PEOPLE, (row) => ROWS[row]?.phone ?? null);
	expect(misses).toEqual([]);
	const known = success.filter(({ json }) => json.alreadySent === true);
	log(`${had.size} had a text; the Retry knew ${known.length}, doubts ${unclear}, and sent the others`);
	// A request that was under way, and one more where the database is slow.
	expect(unclear).toBeLessThanOrEqual(2 * SLOWLY.batchSize);
	expect(known.length).toBeGreaterThan(0);
	expect(success.length).toBe(PEOPLE - unclear);

	// And once more, for those who press it twice.
	const texts = simulator.texts.length;
	await pressRetry(active).catch(() => undefined);
	expect(simulator.texts).toHaveLength(texts);
});

it('SMSC, each text with an ID from its row: Get Status tells who has it, and the others get theirs', async () => {
	const simulator = fresh(gateways.smsc);
	const options = { messageId: '={{ $json.order }}', requestsPerSecond: 15 };
	const sending = await activate(sms('smsc', 'SMS', { ...TEXT, options }));
	const had = await runAndDie(sending, simulator);

	const repair = await activate(
		sms('smsc', 'Status', {
			operation: 'getStatus',
			messageId: '={{ $json.order }}',
			to: '={{ $json.phone }}',
		}),
		{
			name: 'Not Known',
			type: 'n8n-nodes-base.filter',
			typeVersion: 2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
					conditions: [
						{
							id: '1',
							leftValue: '={{ $json.reasonCode }}',
							rightValue: '-3',
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			},
		},
		sms('smsc', 'SMS', {
			...TEXT,
			to: '={{ $json.to }}',
			options: { messageId: '={{ $json.messageId }}' },
		}),
	);
	const repaired = await run(repair);
	expect(repaired.status).toBe('success');
	expect(n8n.nodeItems(repaired, 'SMS')[0]?.[0]).toHaveLength(PEOPLE - had.length);
	expect(textsEach(simulator)).toEqual(ROWS.map(() => 1));
});
