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
import { fresh, rowsNode, setStages, smsNode, workflowOf } from './stage';

const SEED = Number(process.env.FAULTS_SEED ?? 20_261);
const PEOPLE = 120;
/** Twelve requests each, so that a share of them can be hit. */
const BATCH_SIZE = 10;
/** A connection is broken before there is anything to choose it by: so many of them instead of a share. */
const BROKEN_CONNECTIONS = 4;
/** SMSC is asked for a minute and a half what became of a request before it counts as not sent. */
const RUN_TIMEOUT_MS = 240_000;
/** More than a busy machine needs to answer: replies that only come late would hide the fault. */
const TIMEOUT_MS = 3_000;

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

/** A set of gateways for each fault: SMSC's look-ups take a minute and a half, and need not wait for each other. */
let stages: readonly Stage[] = [];
let campaigns: ReadonlyArray<Promise<Shots>> = [];
const table: string[] = [];

beforeAll(async () => {
	process.stderr.write(`Seed ${SEED}\n`);
	stages = await setStages(FAULTS.length, (line) => process.stderr.write(`${line}\n`));
	campaigns = FAULTS.map(async (fault, index) => await shootAll(fault, index, stages[index]));
	// Each is awaited by its own test; one that fails before its turn is no unhandled rejection.
	for (const campaign of campaigns) campaign.catch(() => undefined);
});
afterAll(async () => {
	await Promise.allSettled(campaigns);
	await stages[0]?.close();
	process.stderr.write(`\naccepted/not accepted/unclear\n${table.join('\n')}\n\n`);
});

interface Shot extends Judgement {
	readonly status: string;
	readonly sent: readonly INodeExecutionData[];
	readonly failed: readonly INodeExecutionData[];
	/** Requests and connections that were hit. */
	readonly hits: number;
}

interface Shots {
	readonly shots: ReadonlyArray<readonly [gateway: string, shot: Shot]>;
	readonly seconds: number;
}

async function shootAll(fault: FaultCase, index: number, stage: Stage | undefined): Promise<Shots> {
	if (stage === undefined) throw new Error('There are fewer stages than faults');
	const start = Date.now();
	const shots = await Promise.all(
		GATEWAYS.map(async (subject, which) => {
			const random = seeded(SEED + index * 7919 + which * 104_729);
			return [subject.gateway, await shoot(stage, subject, fault, random)] as const;
		}),
	);
	return { shots, seconds: Math.round((Date.now() - start) / 1000) };
}

async function shoot(
	stage: Stage,
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
			options: { batchSize: BATCH_SIZE, timeout: TIMEOUT_MS },
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

it.each(FAULTS.map((fault, index) => [fault.name, index] as const))('%s', async (name, index) => {
	const campaign = campaigns[index];
	if (campaign === undefined) throw new Error('There are fewer campaigns than faults');
	const { shots, seconds } = await campaign;
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
	table.push(`${name}: ${cells.join(', ')} (${seconds} s)`);
});
