/**
 * Fault injection in a real n8n: the same faults and the same referee as in test/faults, through n8n's own engine, helpers
 * and database. FAULTS_SEED=… chooses other requests.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import { subjects } from '../../conformance/subjects';
import type { Subject } from '../../conformance/subjects';
import { faultNamed, seeded } from '../faults/faults';
import type { FaultCase } from '../faults/faults';
import { GATEWAY_IDS } from '../../../nodes/SendSms/gateways';
import { judge } from '../../support/referee';
import type { Judgement } from '../../support/referee';
import type { Stage } from './stage';
import { fresh, rowsNode, setStage, smsNode, workflowOf } from './stage';

const SEED = Number(process.env.FAULTS_SEED ?? 20_261);
const PEOPLE = 120;
/** Twelve requests each, so that a share of them can be hit. */
const BATCH_SIZE = 10;
/** A connection is broken before there is anything to choose it by: so many of them instead of a share. */
const BROKEN_CONNECTIONS = 4;
/** SMSC is asked for a minute and a half what became of a request before it counts as not sent. */
const RUN_TIMEOUT_MS = 240_000;

const FAULTS = [
	'reset before it is read',
	'reset after it is accepted',
	'500, acted on',
	'HTML with 200, acted on',
	'stall, acted on',
	'missing rows',
].map(faultNamed);

const GATEWAYS = GATEWAY_IDS.map((gateway) => {
	const subject = subjects.find((one) => one.gateway === gateway);
	if (subject === undefined) throw new Error(`${gateway} is not among the subjects`);
	return subject;
});

let stage: Stage;
const table: string[] = [];

beforeAll(async () => {
	process.stderr.write(`Seed ${SEED}\n`);
	stage = await setStage((line) => process.stderr.write(`${line}\n`));
});
afterAll(async () => {
	await stage.close();
	process.stderr.write(`\naccepted/not accepted/unclear\n${table.join('\n')}\n\n`);
});

interface Shot extends Judgement {
	readonly status: string;
	readonly sent: readonly INodeExecutionData[];
	readonly failed: readonly INodeExecutionData[];
	/** Requests and connections that were hit. */
	readonly hits: number;
}

async function shoot(
	{ gateway, parameters, number }: Subject,
	{ spoil, share }: FaultCase,
	random: () => number,
): Promise<Shot> {
	const simulator = fresh(stage.gateways[gateway]);
	if (spoil === null) throw new Error('This fault does not lie with the gateway');
	if (spoil.at === 'connect') simulator.fault({ ...spoil, times: BROKEN_CONNECTIONS });
	else simulator.fault({ ...spoil, times: Infinity, matches: () => random() < share });
	const rows = Array.from({ length: PEOPLE }, (_, row) => ({ phone: number(row), name: `Person ${row}` }));
	const node = smsNode(
		gateway,
		stage,
		gateway,
		{
			...parameters,
			to: '={{ $json.phone }}',
			message: 'Hello',
			options: { batchSize: BATCH_SIZE, timeout: 700 },
		},
		{ onError: 'continueErrorOutput' },
	);
	const id = await stage.n8n.createWorkflow(workflowOf('Under fire', rowsNode(rows), node));
	const execution = await stage.n8n.runWorkflow(id, { timeoutMs: RUN_TIMEOUT_MS });
	const [sent = [], failed = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
	const items = [...sent, ...failed] as INodeExecutionData[];
	return {
		...judge(simulator, items, PEOPLE, number),
		status: execution.status,
		sent: sent as INodeExecutionData[],
		failed: failed as INodeExecutionData[],
		hits: simulator.requests.filter(({ fault }) => fault !== null).length + simulator.brokenConnections,
	};
}

// All gateways at once: each has its own simulator, and n8n runs workflows side by side.
it.each(FAULTS.map((fault, index) => [fault.name, fault, index] as const))(
	'%s',
	async (name, fault, index) => {
		const start = Date.now();
		const shots = await Promise.all(
			GATEWAYS.map(
				async (subject, which) =>
					[
						subject.gateway,
						await shoot(subject, fault, seeded(SEED + index * 7919 + which * 104_729)),
					] as const,
			),
		);
		const cells: string[] = [];
		for (const [gateway, { misses, status, sent, failed, accepted, notAccepted, unclear }] of shots) {
			cells.push(`${gateway} ${accepted}/${notAccepted}/${unclear}`);
			expect({ gateway, seed: SEED, status, misses: misses.slice(0, 5) }).toEqual({
				gateway,
				seed: SEED,
				status: 'success',
				misses: [],
			});
			expect(accepted + notAccepted + unclear).toBe(PEOPLE);
			expect(sent.filter(({ json }) => json.error !== undefined)).toEqual([]);
			for (const { json } of failed)
				expect(json).toEqual({
					phone: expect.any(String),
					name: expect.any(String),
					error: expect.any(Object),
				});
		}
		// The dice may spare all twelve requests of one gateway, but not those of all.
		expect(shots.reduce((sum, [, { hits }]) => sum + hits, 0)).toBeGreaterThan(0);
		table.push(`${name}: ${cells.join(', ')} (${Math.round((Date.now() - start) / 1000)} s)`);
	},
);
