/** An n8n that is killed and comes back on the same folder, with active workflows that the same rows are brought to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import type { Execution } from './executions';
import type { Host } from './host';
import { installHost } from './host';
import { lineUnderTest } from './lines';
import type { N8n, Owner, WorkflowJson, WorkflowNode } from './n8n';
import { bootN8n } from './n8n';
import { freePort } from './ports';
import { credentialType, packPackage } from './stage';

const OWNER: Owner = { email: 'owner@example.com', password: 'Only-for-this-run-1' };

export const log = (line: string): void => void process.stderr.write(`${line}\n`);

export type Rows = ReadonlyArray<Readonly<Record<string, string>>>;

export interface Active {
	readonly id: string;
	/** Brings the same rows. */
	call(): Promise<void>;
	/** The executions so far, the latest first. */
	executions(): Promise<Array<{ id: string; status: string }>>;
}

export async function until(isSo: () => Promise<boolean> | boolean, timeoutMs = 120_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error('It did not come to that in time');
		await new Promise((done) => setTimeout(done, 50));
	}
}

export const isOver = (status: string | undefined): boolean =>
	status !== undefined && !['new', 'running'].includes(status);

export const sms = (
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

export class MortalN8n {
	private count = 0;

	private constructor(
		readonly gateways: Readonly<Record<GatewayId, Simulator>>,
		private readonly place: { host: Host; port: number; userFolder: string },
		private current: N8n,
	) {}

	static async start(): Promise<MortalN8n> {
		const host = await installHost(log, undefined, lineUnderTest());
		const gateways = await startGateways();
		const place = {
			host,
			port: await freePort(),
			userFolder: mkdtempSync(path.join(tmpdir(), 'n8n-killed-')),
		};
		const credentials = GATEWAY_IDS.map((gateway) => ({
			id: `${gateway}-simulated`,
			name: `${gateway} simulated`,
			type: credentialType(gateway),
			data: gateways[gateway].credentials,
		}));
		const n8n = await bootN8n({ ...place, packageTarball: packPackage(), owner: OWNER, credentials, log });
		return new MortalN8n(gateways, place, n8n);
	}

	get n8n(): N8n {
		return this.current;
	}

	/** Kills n8n without a word, as a crash or the system does, and starts it again. */
	async dieAndComeBack(): Promise<void> {
		process.kill(this.current.pid, 'SIGKILL');
		await this.current.ended;
		// Its task runner.
		await this.current.stop();
		this.current = await bootN8n({ ...this.place, packageTarball: packPackage(), owner: OWNER, log });
	}

	async stop(): Promise<void> {
		await this.current.stop();
		await Promise.all(Object.values(this.gateways).map((gateway) => gateway.close()));
		rmSync(this.place.userFolder, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Webhook → Rows → these nodes, active. */
	async activate(rows: Rows, ...nodes: readonly WorkflowNode[]): Promise<Active> {
		const number = ++this.count;
		const address = `orders-${number}`;
		const id = await this.current.createWorkflow(workflowOf(number, address, nodes));
		await this.current.activateWorkflow(id);
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		return {
			id,
			call: async () => {
				// A moment passes until n8n takes calls for an active workflow.
				await until(async () => {
					const answer = await fetch(`http://127.0.0.1:${this.place.port}/webhook/${address}`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ rows }),
					});
					return answer.ok;
				});
			},
			executions: async () => {
				const page = await this.current.rest<{ results: Array<{ id: string; status: string }> }>(
					'GET',
					`/executions?filter=${filter}&limit=20`,
				);
				return page.results;
			},
		};
	}

	/** Calls the workflow and waits for the end of what that started. */
	async run(active: Active): Promise<Execution> {
		return await this.newExecution(active, () => active.call());
	}

	/** Presses Retry in the list of executions, and waits for the end of it. */
	async pressRetry(active: Active): Promise<Execution> {
		const [broken] = await active.executions();
		return await this.newExecution(active, async () => {
			await this.current.rest('POST', `/executions/${broken?.id}/retry`, { loadWorkflow: false });
		});
	}

	private async newExecution(active: Active, begin: () => Promise<void>): Promise<Execution> {
		const before = (await active.executions()).length;
		await begin();
		await until(async () => {
			const all = await active.executions();
			return all.length > before && isOver(all[0]?.status);
		});
		const [latest] = await active.executions();
		return await this.current.waitForExecution(latest?.id ?? '');
	}
}

function workflowOf(number: number, address: string, nodes: readonly WorkflowNode[]): WorkflowJson {
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
