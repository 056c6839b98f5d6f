import { Pool } from 'undici';
import type { Simulator } from '../../simulators/simulator';
import type { N8n, WorkflowNode } from '../../test/e2e/real-n8n/n8n';
import { rowsNode, workflowOf } from '../../test/e2e/real-n8n/stage';
import { processorSeconds } from '../process';
import { rows } from './rows';

export interface Measured {
	readonly name: string;
	readonly rows: number;
	readonly seconds: number;
	readonly requests: number;
	/** n8n's own processor time for the whole workflow. */
	readonly processor: number;
}

export const log = (line: string): void => void process.stderr.write(`${line}\n`);

function progress(measured: Measured): Measured {
	const { name, rows: count, seconds, requests, processor } = measured;
	log(
		`${name}: ${count} rows in ${seconds.toFixed(2)} s, ${requests} requests, ${processor.toFixed(2)} s of processor`,
	);
	return measured;
}

export class Bench {
	constructor(private readonly n8n: N8n) {}

	async run(name: string, count: number, node: WorkflowNode, simulator: Simulator | null): Promise<Measured> {
		simulator?.reset();
		if (simulator !== null) simulator.balance = 100_000_000;
		const id = await this.n8n.createWorkflow(workflowOf(name, rowsNode(rows(count)), node));
		const before = processorSeconds(this.n8n.pid);
		const execution = await this.n8n.runWorkflow(id, { timeoutMs: 600_000 });
		const processor = processorSeconds(this.n8n.pid) - before;
		const [run] = execution.data.resultData.runData.SMS ?? [];
		if (run === undefined || execution.status !== 'success') throw new Error(`${name} did not run`);
		if (simulator !== null && simulator.texts.length !== count) {
			const failed = (this.n8n.nodeItems(execution, 'SMS')[0] ?? [])
				.flat()
				.find(({ json }) => 'error' in json);
			throw new Error(
				`${name}: ${simulator.texts.length} texts arrived instead of ${count}: ${JSON.stringify(failed?.json.error)}`,
			);
		}
		const requests = simulator?.requests.length ?? 0;
		await this.n8n.rest('POST', `/workflows/${id}/archive`, {}).catch(() => undefined);
		return progress({ name, rows: count, seconds: run.executionTime / 1000, requests, processor });
	}
}

/** The same requests from undici with connections that stay open, outside of n8n: what the gateway and Node allow. */
export async function undici(
	name: string,
	count: number,
	inFlight: number,
	simulator: Simulator,
	body: (n: number) => string,
	url: string,
): Promise<Measured> {
	simulator.reset();
	simulator.balance = 100_000_000;
	const pool = new Pool(simulator.baseUrl, { connections: inFlight });
	const start = performance.now();
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let n = next++; n < count; n = next++) {
			const reply = await pool.request({
				method: 'POST',
				path: url,
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: body(n),
			});
			await reply.body.dump();
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
	await pool.close();
	const seconds = (performance.now() - start) / 1000;
	return progress({ name, rows: count, seconds, requests: simulator.requests.length, processor: 0 });
}
