/** Active workflows that begin with one of the triggers, and what came of the calls they got. */
import { request } from 'undici';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import type { Execution } from './executions';
import type { WorkflowJson, WorkflowNode } from './n8n';
import type { Stage } from './stage';
import { credentialType } from './stage';

export interface Listening {
	readonly id: string;
	/** Where the gateway calls. */
	readonly url: string;
	/** Items of every execution that the trigger started, in order. */
	events(atLeast: number): Promise<Array<Array<Record<string, unknown>>>>;
	stop(): Promise<void>;
}

let count = 0;

export async function activeWorkflow(
	stage: Stage,
	type: string,
	gateway: GatewayId,
	parameters: Record<string, unknown>,
	behind: readonly WorkflowNode[] = [],
): Promise<Listening> {
	count++;
	const webhookId = `7c1d0a52-0000-4000-8000-${String(count).padStart(12, '0')}`;
	const { id: credentialId, name } = stage.credentials[gateway];
	const workflow: WorkflowJson = {
		name: `Listening ${count}`,
		nodes: [
			{
				id: `${count}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
				name: 'Trigger',
				type: `n8n-nodes-sms-gateways.${type}`,
				typeVersion: 2,
				position: [0, 0],
				webhookId,
				parameters,
				credentials: { [credentialType(gateway)]: { id: credentialId, name } },
			},
			...behind,
		],
		connections: { Trigger: { main: [behind.map((node) => ({ node: node.name, type: 'main', index: 0 }))] } },
		settings: { executionOrder: 'v1' },
	};
	const id = await stage.n8n.createWorkflow(workflow);
	await stage.n8n.activateWorkflow(id);
	const url = `${stage.n8n.url}/webhook/${webhookId}/webhook`;
	// n8n 2.x says "active" before the address is there.
	await until(async () => (await request(url, { method: 'POST' })).statusCode !== 404);
	const started = async (): Promise<string[]> => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const ids: string[] = [];
		for (let from = ''; ; ) {
			const { results, nextCursor } = await stage.n8n.rest<{
				results: Array<{ id: string; status: string }>;
				nextCursor?: string | null;
			}>('GET', `/executions?filter=${filter}&limit=100${from}`);
			ids.push(...results.filter(({ status }) => status === 'success').map((one) => one.id));
			const last = results.at(-1);
			if (last === undefined || results.length < 100 || nextCursor === null) return ids.reverse();
			// n8n 1.123 goes on by the last one's ID, 2.41 by a cursor.
			from = nextCursor === undefined ? `&lastId=${last.id}` : `&cursor=${encodeURIComponent(nextCursor)}`;
		}
	};
	return {
		id,
		url,
		async events(atLeast) {
			let ids: string[] = [];
			await until(async () => (ids = await started()).length >= atLeast);
			const executions: Execution[] = [];
			for (let at = 0; at < ids.length; at += 20) {
				const some = ids.slice(at, at + 20).map((one) => stage.n8n.waitForExecution(one));
				executions.push(...(await Promise.all(some)));
			}
			return executions.map((execution) =>
				(stage.n8n.nodeItems(execution, 'Trigger')[0]?.[0] ?? []).map(({ json }) => json),
			);
		},
		async stop() {
			await stage.n8n.deactivateWorkflow(id);
		},
	};
}

export async function until(isSo: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error('It did not come to that in time');
		await new Promise((done) => setTimeout(done, 100));
	}
}
