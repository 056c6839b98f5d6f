/** The second half of `npm start`: simulators, inbox, n8n with credentials and examples, and one clean end. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startInbox } from '../test/gateways/inbox';
import { startGateways } from '../test/gateways/index';
import { GATEWAY_IDS, type GatewayId, type Simulator } from '../test/gateways/simulator';
import { installHost } from '../test/real-n8n/host';
import { type CredentialSeed, type N8n, type Owner, type WorkflowJson, bootN8n } from '../test/real-n8n/n8n';
import { freePortFrom } from '../test/real-n8n/ports';
import { RestError } from '../test/real-n8n/rest';
import { tryLock } from './lock';
import { type Log, Problem } from './steps';
import { printTexts } from './texts-table';

const N8N_PORT = 5678;
const INBOX_PORT = 8025;
const EMAIL = 'owner@example.com';

export interface StartOptions {
	readonly root: string;
	readonly tarball: string;
	/** Run the examples and report, instead of waiting for people. */
	readonly check: boolean;
	readonly log: Log;
	readonly signal: AbortSignal;
}

type Gateways = Readonly<Record<GatewayId, Simulator>>;

interface Example {
	readonly workflow: WorkflowJson & { readonly id: string };
	readonly hash: string;
}

function readExamples(root: string): Example[] {
	const folder = path.join(root, 'examples');
	const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
	return files.sort().map((name) => {
		const text = readFileSync(path.join(folder, name), 'utf8');
		const workflow = JSON.parse(text) as WorkflowJson;
		if (workflow.id === undefined) throw new Problem(`examples/${name} has no "id".`);
		return {
			workflow: { ...workflow, id: workflow.id },
			hash: createHash('sha256').update(text).digest('hex'),
		};
	});
}

const credentialId = (gateway: GatewayId): string => `${gateway}-demo`;

/** The simulators make up new keys and ports at every start, under ids that stay. */
function credentialSeeds(gateways: Gateways): CredentialSeed[] {
	return GATEWAY_IDS.map((gateway) => {
		const { displayName, credentials, baseUrl } = gateways[gateway];
		return {
			id: credentialId(gateway),
			name: `${displayName} (simulated)`,
			type: `${gateway}Api`,
			data: { ...credentials, baseUrl: 'custom', customBaseUrl: baseUrl },
		};
	});
}

/** The same account at every start, with a password that only this clone knows. */
function readOwner(local: string): Owner {
	const file = path.join(local, 'owner-password');
	if (!existsSync(file)) writeFileSync(file, `A1${randomBytes(12).toString('base64url')}\n`, { mode: 0o600 });
	return { email: EMAIL, password: readFileSync(file, 'utf8').trim() };
}

/** Imports an example once, and again when its file has changed: what people did to it in n8n stays. */
async function importExamples(n8n: N8n, examples: readonly Example[]): Promise<void> {
	const file = path.join(n8n.userFolder, 'imported-examples.json');
	const imported = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
	for (const { workflow, hash } of examples) {
		if (imported[workflow.id] === hash) continue;
		await n8n.putWorkflow(workflow);
		if (workflow.active === true) await n8n.activateWorkflow(workflow.id);
		imported[workflow.id] = hash;
	}
	writeFileSync(file, JSON.stringify(imported, null, 2));
}

async function portOrNext(wanted: number, what: string, log: Log): Promise<number> {
	const port = await freePortFrom(wanted);
	if (port !== wanted) log(`Port ${wanted} is in use, so ${what} is at ${port} this time.`);
	return port;
}

/** Keeps a second start in the same clone from opening the same database. */
function claimState(local: string): () => void {
	const result = tryLock(path.join(local, 'n8n.lock'));
	if (result.release !== undefined) return result.release;
	throw new Problem(
		`It is running already, as process ${result.owner}. Stop that one first (Ctrl-C in its window), or use its links.`,
	);
}

function explained(error: unknown, stateFolder: string): unknown {
	const advice = `If it does so again, remove ${stateFolder} (with the workflows you made there) and start again.`;
	if (error instanceof RestError && error.status === 401)
		return new Problem(
			`The n8n in ${stateFolder} does not know the password in .local/owner-password. Remove that folder (with the workflows you made there) and start again.`,
		);
	if (error instanceof Error && !(error instanceof Problem) && error.name !== 'AbortError')
		return new Problem(`${error.message}\n\n${advice}`);
	return error;
}

async function bootForPeople(
	{ root, tarball, log, signal }: StartOptions,
	gateways: Gateways,
	port: number,
): Promise<N8n> {
	const local = path.join(root, '.local');
	const userFolder = path.join(local, 'n8n');
	const host = await installHost(log, signal);
	try {
		return await bootN8n({
			host,
			packageTarball: tarball,
			userFolder,
			port,
			owner: readOwner(local),
			credentials: credentialSeeds(gateways),
			log,
			signal,
		});
	} catch (error) {
		throw explained(error, path.relative(root, userFolder));
	}
}

async function serve(options: StartOptions, gateways: Gateways): Promise<number> {
	const { root, log, signal } = options;
	mkdirSync(path.join(root, '.local'), { recursive: true });
	const release = claimState(path.join(root, '.local'));
	const examples = readExamples(root);
	const inbox = await startInbox(gateways, { port: await portOrNext(INBOX_PORT, 'the inbox', log) });
	let n8n: N8n | undefined;
	try {
		n8n = await bootForPeople(options, gateways, await portOrNext(N8N_PORT, 'n8n', log));
		await importExamples(n8n, examples);
		const [first] = examples;
		const editor = first === undefined ? n8n.url : `${n8n.url}/workflow/${first.workflow.id}`;
		log('');
		log(`  n8n       ${editor}`);
		log(`  Inbox     ${inbox.url}`);
		log(`  Sign in   ${n8n.owner.email}   ${n8n.owner.password}`);
		log('');
		log(
			'Open the workflow, press "Execute workflow", and watch the inbox: no real text leaves this computer.',
		);
		log('Ctrl-C stops everything.');
		const stopped = new Promise<void>((resolve) => {
			if (signal.aborted) resolve();
			else signal.addEventListener('abort', () => resolve(), { once: true });
		});
		await Promise.race([stopped, n8n.ended]);
		if (!signal.aborted)
			throw new Error(`n8n ended by itself. Its last words:\n${n8n.logText().slice(-2000)}`);
		log('Stopping …');
		return 0;
	} finally {
		await n8n?.stop();
		await inbox.close();
		release();
		if (signal.aborted && n8n !== undefined) log('Stopped.');
	}
}

/** The gateways whose credentials a workflow uses. */
function gatewaysOf({ nodes }: WorkflowJson): GatewayId[] {
	const used = new Set(
		nodes.flatMap(({ credentials }) =>
			Object.values((credentials ?? {}) as Record<string, { id?: string }>).map(({ id }) => id),
		),
	);
	return GATEWAY_IDS.filter((gateway) => used.has(credentialId(gateway)));
}

async function checkExample(n8n: N8n, gateways: Gateways, { workflow }: Example, log: Log): Promise<boolean> {
	for (const simulator of Object.values(gateways)) simulator.reset();
	const execution = await n8n.runWorkflow(workflow.id);
	log(`\n${workflow.name}: ${execution.status}`);
	const { error } = execution.data.resultData;
	if (error !== undefined) log([error.message, error.description].filter(Boolean).join(' '));
	printTexts(Object.values(gateways), log);
	const silent = gatewaysOf(workflow).filter((gateway) => gateways[gateway].texts.length === 0);
	for (const gateway of silent) log(`Nothing arrived at ${gateways[gateway].displayName}.`);
	return execution.status === 'success' && silent.length === 0;
}

/** Leaves .local/n8n and its ports alone, so that it can run beside a started one. */
async function checkExamples(options: StartOptions, gateways: Gateways): Promise<number> {
	const { root, tarball, log, signal } = options;
	const examples = readExamples(root);
	if (examples.length === 0) throw new Problem('There is no workflow in examples/ to check.');
	const host = await installHost(log, signal);
	const n8n = await bootN8n({
		host,
		packageTarball: tarball,
		credentials: credentialSeeds(gateways),
		log,
		signal,
	});
	const onAbort = (): void => void n8n.stop();
	signal.addEventListener('abort', onAbort, { once: true });
	try {
		await importExamples(n8n, examples);
		let good = true;
		for (const example of examples) good = (await checkExample(n8n, gateways, example, log)) && good;
		log(good ? '\nAll is well.' : '\nSomething is wrong: see above.');
		return good ? 0 : 1;
	} finally {
		signal.removeEventListener('abort', onAbort);
		await n8n.stop();
	}
}

/** Returns the exit code. */
export async function start(options: StartOptions): Promise<number> {
	options.signal.throwIfAborted();
	const gateways = await startGateways();
	try {
		return options.check ? await checkExamples(options, gateways) : await serve(options, gateways);
	} finally {
		await Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
	}
}
