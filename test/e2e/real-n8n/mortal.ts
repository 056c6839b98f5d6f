/** An n8n that is killed and comes back on the same database, with active workflows that rows are brought to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import type { Execution } from './executions';
import { installHost } from './host';
import { type N8nLine, lineUnderTest } from './lines';
import type { CredentialSeed, N8n, Owner, WorkflowJson, WorkflowNode } from './n8n';
import { bootN8n } from './n8n';
import { freePort } from './ports';
import { credentialType, packPackage } from './stage';

export const OWNER: Owner = { email: 'owner@example.com', password: 'Only-for-this-run-1' };

export const log = (line: string): void => void process.stderr.write(`${line}\n`);

export type Rows = ReadonlyArray<Readonly<Record<string, string>>>;

/** Of one execution, as the list shows it. */
export interface Listed {
	readonly id: string;
	readonly status: string;
}

export interface Active {
	readonly id: string;
	/** Resolves when n8n has taken the call. */
	call(rows: Rows): Promise<void>;
	/** The executions so far, the latest first. */
	executions(): Promise<Listed[]>;
}

type Environment = Readonly<Record<string, string>>;

/** What n8n consists of, and the place that outlives it. */
export interface Body {
	readonly name: string;
	/** Starts all of it. @param credentials to be made: the first time */
	boot(credentials: readonly CredentialSeed[], env: Environment): Promise<N8n>;
	/** SIGKILL to all of it at once. */
	kill(): Promise<void>;
	/** Ends it, and removes its place. */
	remove(): Promise<void>;
}

export async function until(isSo: () => Promise<boolean> | boolean, timeoutMs = 120_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error('It did not come to that in time');
		await new Promise((done) => setTimeout(done, 50));
	}
}

/** SMSC may be asked for a minute and a half what became of a text. */
const LONGEST_RUN_MS = 300_000;

export const isOver = (status: string | undefined): boolean =>
	status !== undefined && !['new', 'running'].includes(status);

export const sms = (
	gateway: GatewayId,
	name: string,
	parameters: Readonly<Record<string, unknown>>,
	credential = `${gateway}-simulated`,
): WorkflowNode => ({
	name,
	type: `n8n-nodes-sms-gateways.${gateway}`,
	typeVersion: 1,
	parameters: { resource: 'message', operation: 'send', ...parameters },
	credentials: { [credentialType(gateway)]: { id: credential, name: credential } },
	onError: 'continueErrorOutput',
});

/** Send SMS, with another gateway as the backup. @param credentials of both, by type */
export const sendSms = (
	gateway: GatewayId,
	backupGateway: GatewayId,
	credentials: NonNullable<WorkflowNode['credentials']>,
	options: Readonly<Record<string, unknown>> = {},
): WorkflowNode => ({
	name: 'SMS',
	type: 'n8n-nodes-sms-gateways.sendSms',
	typeVersion: 1,
	parameters: {
		resource: 'message',
		operation: 'send',
		gateway,
		backupGateway,
		to: '={{ $json.phone }}',
		message: 'Your order is ready',
		options,
	},
	credentials,
	onError: 'continueErrorOutput',
});

/** One process with SQLite, as n8n is when nothing is set. */
export async function singleProcess(line: N8nLine, more: Environment = {}): Promise<Body> {
	const host = await installHost(log, undefined, line);
	const port = await freePort();
	const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-killed-'));
	let current: N8n | null = null;
	return {
		name: `n8n ${line}`,
		async boot(credentials, env) {
			const options = { host, port, userFolder, packageTarball: packPackage(), owner: OWNER, log };
			current = await bootN8n({ ...options, credentials, env: { ...more, ...env } });
			return current;
		},
		async kill() {
			if (current !== null) await killed(current);
		},
		async remove() {
			await current?.stop();
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** Kills n8n without a word, as a crash or the system does. */
export async function killed(n8n: N8n): Promise<void> {
	process.kill(n8n.pid, 'SIGKILL');
	await n8n.ended;
	// Its task runner.
	await n8n.stop();
}

export interface MortalOptions {
	/** Default: one process with SQLite, of the line under test. */
	readonly body?: Body;
	/** How long the gateways take for an answer. */
	readonly latencyMs?: number;
	/** Of the first start. */
	readonly env?: Environment;
}

async function closed(gateways: Readonly<Record<GatewayId, Simulator>>): Promise<void> {
	await Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
}

export class MortalN8n {
	private count = 0;

	private constructor(
		readonly gateways: Readonly<Record<GatewayId, Simulator>>,
		private readonly body: Body,
		private current: N8n,
		/** Id of AlphaSMS's credential with a login. */
		readonly alphaSmsLogin: string,
	) {}

	static async start({ body, latencyMs = 0, env = {} }: MortalOptions = {}): Promise<MortalN8n> {
		const gateways = await startGateways({ latencyMs });
		const credentials = GATEWAY_IDS.map((gateway) => ({
			id: `${gateway}-simulated`,
			name: `${gateway} simulated`,
			type: credentialType(gateway),
			data: gateways[gateway].credentials,
		}));
		const mortal = body ?? (await singleProcess(lineUnderTest()));
		try {
			const n8n = await mortal.boot(credentials, env);
			const { id } = await n8n.rest<{ id: string }>('POST', '/credentials', {
				name: 'AlphaSMS, text interface',
				type: credentialType('alphaSms'),
				data: { ...gateways.alphaSms.credentials, authentication: 'login' },
			});
			return new MortalN8n(gateways, mortal, n8n, id);
		} catch (error) {
			await mortal.remove();
			await closed(gateways);
			throw error;
		}
	}

	get n8n(): N8n {
		return this.current;
	}

	/** Kills all of n8n, and starts it again. */
	async dieAndComeBack(env: Environment = {}): Promise<void> {
		await this.die();
		await this.comeBack(env);
	}

	async die(): Promise<void> {
		await this.body.kill();
	}

	async comeBack(env: Environment = {}): Promise<void> {
		this.current = await this.body.boot([], env);
	}

	async stop(): Promise<void> {
		await this.body.remove();
		await closed(this.gateways);
	}

	/** Webhook → Rows → these nodes, active. */
	async activate(...nodes: readonly WorkflowNode[]): Promise<Active> {
		const number = ++this.count;
		return await this.publish(workflowOf(number, `orders-${number}`, nodes), `orders-${number}`);
	}

	/** @param address of its webhook */
	async publish(workflow: WorkflowJson, address: string): Promise<Active> {
		const id = await this.current.createWorkflow(workflow);
		await this.current.activateWorkflow(id);
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		return {
			id,
			call: async (rows) => {
				// A moment passes until n8n takes calls for an active workflow.
				await until(async () => {
					const answer = await fetch(`${this.current.url}/webhook/${address}`, {
						method: 'POST',
						headers: { 'content-type': 'application/json', connection: 'close' },
						body: JSON.stringify({ rows }),
					});
					return answer.ok;
				});
			},
			executions: async () => {
				const page = await this.current.rest<{ results: Listed[] }>(
					'GET',
					`/executions?filter=${filter}&limit=20`,
				);
				return page.results;
			},
		};
	}

	/** Calls the workflow and waits for the end of what that started. */
	async run(active: Active, rows: Rows): Promise<Execution> {
		return await this.newExecution(active, () => active.call(rows));
	}

	/** Saves the workflow with what is changed in it, and publishes that. */
	async change(active: Active, change: (workflow: WorkflowJson) => WorkflowJson): Promise<void> {
		const workflow = await this.current.rest<WorkflowJson>('GET', `/workflows/${active.id}`);
		const { name, nodes, connections, settings = {} } = change(workflow);
		await this.current.putWorkflow({ id: active.id, name, nodes, connections, settings });
		await this.current.activateWorkflow(active.id);
	}

	/** Presses Retry in the list of executions, and waits for the end of it. @param id absent: of the latest */
	async pressRetry(active: Active, id?: string): Promise<Execution> {
		const broken = id ?? (await active.executions())[0]?.id ?? '';
		return await this.newExecution(active, async () => {
			const retried = this.current.rest('POST', `/executions/${broken}/retry`, { loadWorkflow: false });
			// n8n answers when the execution has ended.
			await retried.catch((error: Error) => {
				if (error.name !== 'TimeoutError') throw error;
			});
		});
	}

	/** Waits for the end of the latest execution, however it ends. */
	async latestEnded(active: Active): Promise<Listed> {
		await until(async () => isOver((await active.executions())[0]?.status), LONGEST_RUN_MS);
		const [latest] = await active.executions();
		if (latest === undefined) throw new Error('There is no execution');
		return latest;
	}

	private async newExecution(active: Active, begin: () => Promise<void>): Promise<Execution> {
		const [before] = await active.executions();
		await begin();
		await until(async () => {
			const [latest] = await active.executions();
			return latest?.id !== before?.id && isOver(latest?.status);
		}, LONGEST_RUN_MS);
		const [latest] = await active.executions();
		return await this.current.waitForExecution(latest?.id ?? '');
	}
}

/** Webhook → Rows → these nodes. */
export function workflowOf(number: number, address: string, nodes: readonly WorkflowNode[]): WorkflowJson {
	const chain: WorkflowNode[] = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: `7c1d0a52-0000-4000-9000-${String(number).padStart(12, '0')}`,
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
	return {
		name: `Orders ${number}`,
		nodes: chain.map((node, index) => ({
			...node,
			id: `${String(number).padStart(4, '0')}${String(index).padStart(4, '0')}-0000-4000-8000-000000000000`,
			position: [index * 220, 0],
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
