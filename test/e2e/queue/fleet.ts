/** n8n in queue mode as docs/scaling.md sets it up: main, two workers and a webhook process on PostgreSQL and Redis. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, endGroup, lastLines, withProgress } from '../../../scripts/steps';
import { type Host, installHost } from '../real-n8n/host';
import {
	type CredentialSeed,
	type N8n,
	type Owner,
	type Place,
	bootN8n,
	environment,
	startCommand,
} from '../real-n8n/n8n';
import { installPackage } from '../real-n8n/package';
import { freePort } from '../real-n8n/ports';
import { packPackage } from '../real-n8n/stage';
import { makeFolder } from './folder';
import { type Postgres, type Server, createPostgres, createRedis, ensureServers } from './servers';

const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 200;
/** Executions that one worker has in its hands at a time. */
export const CONCURRENCY = 10;

/** n8n's defaults are 60, 10 and 30 s. Shorter ones here, so that a dead worker is noticed while a test waits for it. */
const SHORT_LOCKS = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** One process of n8n's beside main. */
export interface Member {
	readonly name: string;
	readonly url: string;
	readonly pid: number;
	readonly logText: () => string;
	isAlive(): boolean;
	/** SIGKILL to this one process, as the out-of-memory killer would. */
	kill(): Promise<void>;
}

export interface Fleet {
	/** The one that was started last. */
	readonly main: N8n;
	killMain(): Promise<void>;
	startMain(): Promise<void>;
	/** The one that was started last, always at the same address. */
	readonly webhook: Member;
	startWebhook(): Promise<void>;
	/** All that were ever started, the dead included. */
	readonly workers: readonly Member[];
	readonly postgres: Postgres;
	readonly redis: Server;
	startWorker(): Promise<Member>;
	stop(): Promise<void>;
}

/** What each process of n8n's is started with. */
export interface Outfit {
	readonly host: Host;
	readonly tarball: string;
	readonly env: Readonly<Record<string, string>>;
}

/** @param parent where its folder is made */
export async function startMember(
	name: string,
	args: readonly string[],
	parent: string,
	{ host, tarball, env }: Outfit,
	ownPort?: number,
): Promise<Member> {
	const userFolder = path.join(parent, name);
	const filesFolder = path.join(userFolder, 'files');
	await mkdir(filesFolder, { recursive: true });
	// Every process loads the nodes from its own folder.
	await installPackage(tarball, userFolder);
	const port = ownPort ?? (await freePort());
	const home = { host, userFolder, filesFolder };
	const place: Place = {
		...home,
		env: {
			...environment(home, port, await freePort()),
			...env,
			// Workers have no other port than that of their health check.
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
	};
	const { child, text } = startCommand(place, args);
	const url = `http://127.0.0.1:${port}`;
	const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
	const deadline = Date.now() + READY_TIMEOUT_MS;
	for (;;) {
		if (!isAlive() || Date.now() > deadline) {
			await endGroup(child);
			throw new Error(`n8n's ${name} did not get ready:\n${lastLines(text(), 20)}`);
		}
		const ready = await fetch(`${url}/healthz/readiness`, { signal: AbortSignal.timeout(5_000) }).then(
			({ ok }) => ok,
			() => false,
		);
		if (ready) break;
		await sleep(READY_POLL_MS);
	}
	return {
		name,
		url,
		pid: child.pid ?? 0,
		logText: text,
		isAlive,
		async kill() {
			const gone = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGKILL');
			await gone;
			// Its task runner.
			await endGroup(child);
		},
	};
}

/** For n8n in one process, too. */
export const postgresEnvironment = ({ port }: Postgres): Record<string, string> => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(port),
	DB_POSTGRESDB_DATABASE: 'postgres',
	DB_POSTGRESDB_USER: 'postgres',
	DB_POSTGRESDB_PASSWORD: '-',
	DB_POSTGRESDB_POOL_SIZE: '10',
});

export const queueEnvironment = (postgres: Postgres, redis: Server): Record<string, string> => ({
	...postgresEnvironment(postgres),
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64url'),
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	...SHORT_LOCKS,
});

/** Everything of it lives in one temporary folder that a janitor removes, with all that runs in it. */
export async function startFleet(credentials: readonly CredentialSeed[], log: Log): Promise<Fleet> {
	await ensureServers(log);
	const host = await installHost(log);
	const tarball = packPackage();
	const folder = await makeFolder();
	try {
		const postgres = await createPostgres(folder.path);
		const redis = await createRedis(folder.path);
		await Promise.all([postgres.start(), redis.start()]);
		const webhookPort = await freePort();
		const env = {
			// Where people and gateways reach it: the webhook process.
			N8N_WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
			...queueEnvironment(postgres, redis),
		};
		const bootMain = async (seeds: readonly CredentialSeed[], owner?: Owner): Promise<N8n> =>
			await bootN8n({
				host,
				packageTarball: tarball,
				userFolder: path.join(folder.path, 'main'),
				credentials: seeds,
				// Production webhooks are answered by the webhook process alone.
				env: { ...env, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
				log,
				...(owner === undefined ? {} : { owner }),
			});
		let main = await bootMain(credentials);
		const workers: Member[] = [];
		let started = 0;
		const startWorker = async (): Promise<Member> => {
			const args = ['worker', `--concurrency=${CONCURRENCY}`];
			const name = `worker${++started}`;
			const worker = await startMember(name, args, folder.path, { host, tarball, env });
			workers.push(worker);
			return worker;
		};
		const startWebhook = async (): Promise<Member> =>
			await startMember('webhook', ['webhook'], folder.path, { host, tarball, env }, webhookPort);
		let webhook = await withProgress('Starting two workers and a webhook process', log, async () => {
			await startWorker();
			const [webhook] = await Promise.all([startWebhook(), startWorker()]);
			return webhook;
		});
		return {
			get main() {
				return main;
			},
			async killMain() {
				process.kill(main.pid, 'SIGKILL');
				await main.ended;
			},
			async startMain() {
				main = await bootMain([], main.owner);
			},
			get webhook() {
				return webhook;
			},
			async startWebhook() {
				webhook = await startWebhook();
			},
			workers,
			postgres,
			redis,
			startWorker,
			stop: async () => await folder.remove(),
		};
	} catch (error) {
		await folder.remove();
		throw error;
	}
}
