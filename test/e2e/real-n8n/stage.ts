/** The stage of the real runs: all simulated gateways, and a real n8n of the line under test with the packed package and its credentials. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { installHost } from './host';
import { lineUnderTest } from './lines';
import type { CredentialSeed, N8n, WorkflowJson, WorkflowNode } from './n8n';
import { bootN8n } from './n8n';

const root = path.join(__dirname, '..', '..', '..');

export interface Stage {
	readonly gateways: Readonly<Record<GatewayId, Simulator>>;
	readonly n8n: N8n;
	readonly credentials: Readonly<Record<GatewayId, { id: string; name: string; type: string }>>;
	close(): Promise<void>;
}

/** All that the package is made from. */
const SOURCES = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'package.json', 'index.js', 'index.d.ts'];

/** Names the state of the sources, by the time and size of every file. */
function stateOfSources(): string {
	const hash = createHash('sha256');
	const files = SOURCES.flatMap((name) => {
		const place = path.join(root, name);
		if (!statSync(place).isDirectory()) return [place];
		return readdirSync(place, { recursive: true, encoding: 'utf8' }).map((file) => path.join(place, file));
	});
	for (const file of files.sort()) {
		const { mtimeMs, size } = statSync(file);
		hash.update(`${file} ${mtimeMs} ${size}\n`);
	}
	return hash.digest('hex').slice(0, 12);
}

/** Builds and packs the package as it would be published, unless that was done and nothing has changed since. */
export function packPackage(): string {
	const folder = path.join(root, '.local', 'packed', stateOfSources());
	const packed = tarballIn(folder);
	if (packed !== null && existsSync(path.join(root, 'dist', 'package.js'))) return packed;
	rmSync(path.dirname(folder), { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync(process.execPath, [path.join(root, 'node_modules/gulp/bin/gulp.js'), 'build', '--silent'], {
		cwd: root,
	});
	execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
		cwd: root,
		stdio: 'pipe',
	});
	const made = tarballIn(folder);
	if (made === null) throw new Error('npm pack made no tarball');
	return made;
}

function tarballIn(folder: string): string | null {
	if (!existsSync(folder)) return null;
	const [name] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
	return name === undefined ? null : path.join(folder, name);
}

export const credentialType = (gateway: GatewayId): string => `${gateway}Api`;

/** @param env added to n8n's environment */
export async function setStage(
	log: (line: string) => void = () => undefined,
	env: Readonly<Record<string, string>> = {},
): Promise<Stage> {
	const [stage] = await setStages(1, log, env);
	return stage;
}

/** Several sets of gateways with their credentials, all before one n8n: to close any of them closes all. */
export async function setStages(
	count: number,
	log: (line: string) => void = () => undefined,
	env: Readonly<Record<string, string>> = {},
): Promise<[Stage, ...Stage[]]> {
	const host = await installHost(log, undefined, lineUnderTest());
	const sets: Array<Stage['gateways']> = [];
	const closeGateways = async (): Promise<void> => {
		await Promise.all(
			sets.flatMap((set) => Object.values(set)).map(async (gateway) => await gateway.close()),
		);
	};
	try {
		while (sets.length < count) sets.push(await startGateways());
		const credentials = sets.flatMap(seedsOf);
		const n8n = await bootN8n({ host, packageTarball: packPackage(), credentials, env, log });
		const close = async (): Promise<void> => {
			await n8n.stop();
			await closeGateways();
		};
		const [first, ...others] = sets.map((gateways, set) => ({
			gateways,
			n8n,
			credentials: credentialsOf(set),
			close,
		}));
		if (first === undefined) throw new Error('A stage needs a set of gateways');
		return [first, ...others];
	} catch (error) {
		await closeGateways();
		throw error;
	}
}

function seedsOf(gateways: Stage['gateways'], set: number): CredentialSeed[] {
	const credentials = credentialsOf(set);
	return GATEWAY_IDS.map((gateway) => ({
		...credentials[gateway],
		data: gateways[gateway].credentials,
	}));
}

function credentialsOf(set: number): Stage['credentials'] {
	const suffix = set === 0 ? '' : ` ${set + 1}`;
	return Object.fromEntries(
		GATEWAY_IDS.map((gateway) => [
			gateway,
			{
				id: `${gateway}-simulated${suffix.replace(' ', '-')}`,
				name: `${gateway} simulated${suffix}`,
				type: credentialType(gateway),
			},
		]),
	) as Stage['credentials'];
}

/** A gateway with its memory emptied and as much money as a test may need. */
export function fresh(simulator: Simulator): Simulator {
	simulator.reset();
	simulator.balance = 1_000_000;
	return simulator;
}

/** Nodes in a row: Start → … → the SMS node → Sent, and Failed when its error output is on. */
export function workflowOf(name: string, before: readonly WorkflowNode[], sms: WorkflowNode): WorkflowJson {
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	const ends = ['Sent', 'Failed'].map((end) => ({
		name: end,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		parameters: {},
	}));
	const chain = [start, ...before, sms];
	const link = (node: string): unknown => ({ node, type: 'main', index: 0 });
	const connections: Record<string, unknown> = {};
	chain.forEach((node, index) => {
		const next = chain[index + 1];
		if (next !== undefined) connections[node.name] = { main: [[link(next.name)]] };
	});
	connections[sms.name] = {
		main: sms.onError === 'continueErrorOutput' ? [[link('Sent')], [link('Failed')]] : [[link('Sent')]],
	};
	return {
		name,
		nodes: [...chain, ...ends].map((node, index) => ({
			...node,
			id: `${index}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
			position: [index * 220, 0],
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}

/** Rows made by n8n's Edit Fields node, as a person would map them. */
export function rowsNode(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): WorkflowNode[] {
	return [
		{
			name: 'One Item',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	];
}

export function smsNode(
	type: string,
	stage: Stage,
	gateway: GatewayId,
	parameters: Readonly<Record<string, unknown>>,
	settings: Readonly<Record<string, unknown>> = {},
): WorkflowNode {
	const { id, name, type: credential } = stage.credentials[gateway];
	return {
		name: 'SMS',
		type: `n8n-nodes-sms-gateways.${type}`,
		typeVersion: 1,
		parameters: {
			resource: 'message',
			operation: 'send',
			// Workflows of tests are started as the editor's button does.
			inTestRuns: 'sendAgain',
			...(type === 'sendSms' ? { gateway } : {}),
			...parameters,
		},
		credentials: { [credential]: { id, name } },
		...settings,
	};
}
