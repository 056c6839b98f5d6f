/** Boots a real n8n with our packed package in it, on loopback and in a folder of its own, and drives it. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type Log,
	type NodeChild,
	Problem,
	endGroup,
	lastLines,
	spawnNode,
	withProgress,
} from '../../../scripts/steps';
import { type Execution, type ExecutionFile, type ExecutionItem, nodeItems, readFlatted } from './executions';
import type { Host } from './host';
import { LINE_FACTS, type LineFacts } from './lines';
import { installPackage } from './package';
import { freePort, isFree } from './ports';
import { prepare } from './prepared';
import { RestClient, RestError } from './rest';

const READY_TIMEOUT_MS = 180_000;
const READY_POLL_MS = 200;
const STOP_PATIENCE_MS = 10_000;
const RUN_TIMEOUT_MS = 60_000;
const RUN_POLL_MS = 150;

export interface Owner {
	readonly email: string;
	readonly password: string;
}

export interface CredentialSeed {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly [field: string]: unknown;
}

/** As n8n exports it. With an id of its own it is created under that id. */
export interface WorkflowJson {
	readonly id?: string;
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly [field: string]: unknown;
}

export interface CredentialTestResult {
	readonly status: 'OK' | 'Error';
	readonly message?: string;
}

export interface RunOptions {
	/** Name of the trigger; default: the workflow's first trigger. */
	readonly triggerToStartFrom?: string;
	readonly timeoutMs?: number;
}

export interface BootOptions {
	readonly host: Host;
	/** What `npm pack` made. */
	readonly packageTarball: string;
	/** Kept when it is given; without it a temporary one is made, and removed by stop(). */
	readonly userFolder?: string;
	readonly port?: number;
	/** Default: made up, with a random password. */
	readonly owner?: Owner;
	readonly credentials?: readonly CredentialSeed[];
	readonly workflows?: readonly WorkflowJson[];
	/** The folder that n8n's file nodes may read and write; default: `files` in the user folder. */
	readonly filesFolder?: string;
	/** Added to n8n's environment, which is otherwise independent of ours. */
	readonly env?: Readonly<Record<string, string>>;
	readonly log?: Log;
	readonly signal?: AbortSignal;
}

export interface N8n {
	readonly url: string;
	readonly owner: Owner;
	readonly pid: number;
	readonly userFolder: string;
	readonly filesFolder: string;
	/** Returns the `data` of the answer; throws RestError. */
	rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
	/** The names of all types that the editor offers. */
	typeNames(kind: 'nodes' | 'credentials'): Promise<string[]>;
	/** Creates the credential, or replaces the one with this id. */
	importCredential(credential: CredentialSeed): Promise<void>;
	/** What n8n says about a new credential with this data. */
	testCredential(type: string, data: Readonly<Record<string, unknown>>): Promise<CredentialTestResult>;
	/** Returns the workflow's id. */
	createWorkflow(workflow: WorkflowJson): Promise<string>;
	/** Creates the workflow, or replaces the one with this id. */
	putWorkflow(workflow: WorkflowJson & { readonly id: string }): Promise<void>;
	/** Publishes it; a moment may pass until its webhooks are live. */
	activateWorkflow(id: string): Promise<void>;
	/** Takes its webhooks away, a moment later. */
	deactivateWorkflow(id: string): Promise<void>;
	/** Runs the workflow as the editor's button does, and waits for its end. */
	runWorkflow(id: string, options?: RunOptions): Promise<Execution>;
	waitForExecution(executionId: string, timeoutMs?: number): Promise<Execution>;
	/** Per run of the node, per output: its items. */
	nodeItems(execution: Execution, nodeName: string): ExecutionItem[][][];
	/** What the Download button of an item's file gives. */
	download(file: ExecutionFile): Promise<Buffer>;
	/** Resolves when n8n has ended, for whatever reason. */
	readonly ended: Promise<void>;
	/** All that n8n has written to its standard output and error. */
	logText(): string;
	/** Ends n8n and its task runner, and removes the user folder if it was a temporary one. */
	stop(): Promise<void>;
}

/** Where a process of n8n lives. */
export interface Place {
	readonly host: Host;
	readonly userFolder: string;
	readonly filesFolder: string;
	readonly env: Readonly<Record<string, string>>;
}

/** n8n knows nothing of our environment but what it needs to run: no proxy, no N8N_… setting of the person's own. */
export function environment(
	place: Omit<Place, 'env'>,
	port: number,
	brokerPort: number,
): Record<string, string> {
	const { host, userFolder, filesFolder } = place;
	return {
		PATH: `${path.dirname(host.node)}${path.delimiter}${process.env.PATH ?? ''}`,
		HOME: homedir(),
		TMPDIR: tmpdir(),
		LANG: process.env.LANG ?? 'C.UTF-8',
		GENERIC_TIMEZONE: 'UTC',
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		DB_TYPE: 'sqlite',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
		...LINE_FACTS[host.line].env,
	};
}

/** Starts a command of n8n's; all it writes is kept. */
export function startCommand(
	place: Place,
	args: readonly string[],
): { child: NodeChild; text: () => string } {
	const child = spawnNode(place.host.n8n, args, {
		node: place.host.node,
		env: place.env,
		// n8n reads a .env file from where it is started.
		cwd: place.userFolder,
	});
	let text = '';
	const keep = (chunk: string): void => {
		text += chunk;
	};
	child.stdout.setEncoding('utf8').on('data', keep);
	child.stderr.setEncoding('utf8').on('data', keep);
	return { child, text: () => text };
}

/** Imports by n8n's own command, which takes ids of our choice. Works beside a running n8n, too. */
async function importByCommand(
	place: Place,
	what: 'credential' | 'workflow',
	entries: ReadonlyArray<CredentialSeed | WorkflowJson>,
	signal?: AbortSignal,
): Promise<void> {
	const file = path.join(place.userFolder, `import-${randomBytes(4).toString('hex')}.json`);
	await writeFile(file, JSON.stringify(entries), { mode: 0o600 });
	const command = what === 'credential' ? 'import:credentials' : 'import:workflow';
	const { child, text } = startCommand(place, [command, `--input=${file}`]);
	const onAbort = (): void => void endGroup(child);
	signal?.addEventListener('abort', onAbort);
	try {
		await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
		signal?.throwIfAborted();
		// The command's exit code is 0 when it fails.
		if (!text().includes(`Successfully imported ${entries.length} ${what}`))
			throw new Error(`n8n could not import the ${what}s:\n${lastLines(text())}`);
	} finally {
		signal?.removeEventListener('abort', onAbort);
		await rm(file, { force: true });
	}
}

const randomOwner = (): Owner => ({
	email: 'owner@example.com',
	password: `A1${randomBytes(18).toString('base64url')}`,
});

class RunningN8n implements N8n {
	readonly ended: Promise<void>;
	private readonly client: RestClient;
	private readonly facts: LineFacts;

	constructor(
		readonly url: string,
		readonly owner: Owner,
		private readonly place: Place,
		private readonly child: NodeChild,
		readonly logText: () => string,
		private readonly cleanUp: () => Promise<void>,
	) {
		this.client = new RestClient(url);
		this.facts = LINE_FACTS[place.host.line];
		this.ended = new Promise((resolve) => child.once('exit', () => resolve()));
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	get userFolder(): string {
		return this.place.userFolder;
	}

	get filesFolder(): string {
		return this.place.filesFolder;
	}

	async rest<T = unknown>(method: string, restPath: string, body?: unknown): Promise<T> {
		return await this.client.request<T>(method, restPath, body);
	}

	async typeNames(kind: 'nodes' | 'credentials'): Promise<string[]> {
		const types = (await this.client.file(`/types/${kind}.json`)) as ReadonlyArray<{ name: string }>;
		return types.map(({ name }) => name);
	}

	/** The health check is there before the REST routes are. */
	async waitUntilReady(signal?: AbortSignal): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		for (;;) {
			signal?.throwIfAborted();
			if (this.child.exitCode !== null || this.child.signalCode !== null)
				throw new Error(`n8n ended while it was starting:\n${lastLines(this.logText(), 20)}`);
			if (Date.now() > deadline)
				throw new Error(
					`n8n was not ready after ${READY_TIMEOUT_MS / 1000} s:\n${lastLines(this.logText(), 20)}`,
				);
			if ((await this.answers('/healthz/readiness')) && (await this.answers('/rest/settings'))) return;
			await sleep(READY_POLL_MS);
		}
	}

	private async answers(urlPath: string): Promise<boolean> {
		try {
			const response = await fetch(`${this.url}${urlPath}`, { signal: AbortSignal.timeout(5_000) });
			const text = await response.text();
			return response.ok && text.startsWith('{');
		} catch {
			return false;
		}
	}

	async signIn(): Promise<void> {
		const { email, password } = this.owner;
		const settings = await this.rest<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad === true) {
			const name = { firstName: 'Workflow', lastName: 'Owner' };
			await this.rest('POST', '/owner/setup', { email, password, ...name });
		} else {
			await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}

	async importCredential(credential: CredentialSeed): Promise<void> {
		const { id, name, type, data } = credential;
		try {
			await this.rest('PATCH', `/credentials/${id}`, { name, type, data });
		} catch (error) {
			if (!(error instanceof RestError && error.status === 404)) throw error;
			await importByCommand(this.place, 'credential', [credential]);
		}
	}

	async testCredential(type: string, data: Readonly<Record<string, unknown>>): Promise<CredentialTestResult> {
		// As the editor does: it saves before it tests, and n8n 1.123 tests nothing else.
		const unsaved = { name: 'Test', type, data };
		const { id } = await this.rest<{ id: string }>('POST', '/credentials', unsaved);
		try {
			return await this.rest('POST', '/credentials/test', { credentials: { id, ...unsaved } });
		} finally {
			await this.rest('DELETE', `/credentials/${id}`);
		}
	}

	async createWorkflow(workflow: WorkflowJson): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/workflows', {
			...this.facts.newWorkflow,
			...workflow,
		});
		return id;
	}

	async putWorkflow(workflow: WorkflowJson & { readonly id: string }): Promise<void> {
		try {
			await this.rest('PATCH', `/workflows/${workflow.id}`, workflow);
		} catch (error) {
			if (!(error instanceof RestError && error.status === 404)) throw error;
			if (this.facts.takesWorkflowIds) await this.createWorkflow(workflow);
			else await importByCommand(this.place, 'workflow', [{ ...this.facts.newWorkflow, ...workflow }]);
		}
	}

	async activateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.rest<{ versionId: string }>('GET', `/workflows/${id}`);
		if (this.facts.publishesWorkflows) await this.rest('POST', `/workflows/${id}/activate`, { versionId });
		else await this.rest('PATCH', `/workflows/${id}`, { active: true, versionId });
	}

	async deactivateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.rest<{ versionId: string }>('GET', `/workflows/${id}`);
		if (this.facts.publishesWorkflows) await this.rest('POST', `/workflows/${id}/deactivate`, {});
		else await this.rest('PATCH', `/workflows/${id}`, { active: false, versionId });
	}

	private firstTrigger({ name, nodes }: WorkflowJson): string {
		const triggers = nodes.filter(({ type }) => /trigger$/i.test(type));
		const trigger = triggers.find(({ type }) => type === 'n8n-nodes-base.manualTrigger') ?? triggers[0];
		if (trigger === undefined) throw new Error(`Workflow "${name}" has no trigger to start from`);
		return trigger.name;
	}

	async runWorkflow(id: string, options: RunOptions = {}): Promise<Execution> {
		const workflowData = await this.rest<WorkflowJson>('GET', `/workflows/${id}`);
		const name = options.triggerToStartFrom ?? this.firstTrigger(workflowData);
		const { executionId } = await this.rest<{ executionId?: string }>('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name },
			...(this.facts.runSendsWorkflow ? { workflowData } : {}),
		});
		if (executionId === undefined)
			throw new Error(`n8n waits for "${name}" and did not start workflow ${id}`);
		return await this.waitForExecution(executionId, options.timeoutMs);
	}

	async waitForExecution(executionId: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (let pause = RUN_POLL_MS; ; pause = Math.min(pause * 1.5, 2_000)) {
			const execution = await this.rest<Omit<Execution, 'data'> & { data: string }>(
				'GET',
				`/executions/${executionId}`,
			);
			if (!['new', 'running'].includes(execution.status)) {
				const data = readFlatted(execution.data) as Execution['data'] | undefined;
				// n8n 1.123 writes the status a moment before it writes what came out.
				if (data?.resultData !== undefined) return { ...execution, data };
			}
			if (Date.now() > deadline)
				throw new Error(
					`Execution ${executionId} was not written after ${timeoutMs / 1000} s; its status is ${execution.status}`,
				);
			await sleep(pause);
		}
	}

	nodeItems(execution: Execution, nodeName: string): ExecutionItem[][][] {
		return nodeItems(execution, nodeName);
	}

	async download({ id, data }: ExecutionFile): Promise<Buffer> {
		if (id === undefined) return Buffer.from(data, 'base64');
		return await this.client.download(`/binary-data?action=download&id=${encodeURIComponent(id)}`);
	}

	async stop(): Promise<void> {
		await endGroup(this.child, STOP_PATIENCE_MS);
		await this.cleanUp();
	}
}

/** Whether all that this n8n keeps is in its folder: the database, and the key to it. */
const keepsOwnDatabase = (env: Readonly<Record<string, string>>): boolean =>
	env.DB_TYPE === 'sqlite' && env.N8N_ENCRYPTION_KEY === undefined;

/** Boots n8n; when it cannot, nothing stays behind. */
export async function bootN8n(options: BootOptions): Promise<N8n> {
	const { host, signal, log = () => undefined, credentials = [], workflows = [] } = options;
	const isTemporary = options.userFolder === undefined;
	const userFolder = path.resolve(options.userFolder ?? (await mkdtemp(path.join(tmpdir(), 'n8n-'))));
	const filesFolder = path.resolve(options.filesFolder ?? path.join(userFolder, 'files'));
	const cleanUp = async (): Promise<void> => {
		if (isTemporary) await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	let n8n: RunningN8n | undefined;
	try {
		await mkdir(filesFolder, { recursive: true });
		await installPackage(options.packageTarball, userFolder);
		const port = options.port ?? (await freePort());
		// Whatever else listens there would answer in n8n's place.
		if (!(await isFree(port))) throw new Problem(`Port ${port} is in use by another program.`);
		const env = {
			...environment({ host, userFolder, filesFolder }, port, await freePort()),
			...options.env,
		};
		const place: Place = { host, userFolder, filesFolder, env };
		const isNew = !existsSync(path.join(userFolder, '.n8n', 'database.sqlite'));
		n8n = await withProgress(isNew ? 'Starting n8n for the first time' : 'Starting n8n', log, async () => {
			const make = async (empty: readonly CredentialSeed[]): Promise<void> => {
				await importByCommand(place, 'credential', empty, signal);
			};
			// REST cannot choose ids; it can replace what has one.
			if (isNew && credentials.length > 0) {
				if (keepsOwnDatabase(env)) await prepare(host, userFolder, credentials, make);
				else await make(credentials);
			}
			signal?.throwIfAborted();
			const { child, text } = startCommand(place, ['start']);
			n8n = new RunningN8n(
				`http://127.0.0.1:${port}`,
				options.owner ?? randomOwner(),
				place,
				child,
				text,
				cleanUp,
			);
			await n8n.waitUntilReady(signal);
			await n8n.signIn();
			for (const credential of credentials) await n8n.importCredential(credential);
			for (const workflow of workflows) {
				if (workflow.id === undefined) await n8n.createWorkflow(workflow);
				else await n8n.putWorkflow({ ...workflow, id: workflow.id });
			}
			return n8n;
		});
		return n8n;
	} catch (error) {
		if (n8n === undefined) await cleanUp();
		else await n8n.stop();
		throw error;
	}
}
