/** The n8ns that are killed: in one process with SQLite or PostgreSQL, and in queue mode with two workers. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installHost } from '../real-n8n/host';
import type { N8nLine } from '../real-n8n/lines';
import { type Body, OWNER, killed, log, singleProcess } from '../real-n8n/mortal';
import { type N8n, bootN8n } from '../real-n8n/n8n';
import { freePort } from '../real-n8n/ports';
import { packPackage } from '../real-n8n/stage';
import { type Member, postgresEnvironment, queueEnvironment, startMember } from '../queue/fleet';
import { makeFolder } from '../queue/folder';
import { type Postgres, createPostgres, createRedis, ensureServers } from '../queue/servers';

export const DATABASES = ['sqlite', 'postgres', 'queue'] as const;
export type Database = (typeof DATABASES)[number];

export interface CrashBody extends Body {
	/** Null with SQLite. */
	readonly postgres: Postgres | null;
	/** Those that run at present; empty in one process. */
	workers(): readonly Member[];
}

/** A worker that died is noticed after its lock and two checks (fleet.ts), and a little more. */
const STALLED_MS = 18_000;
/** Executions in one worker at the same time. */
const CONCURRENCY = 8;

export async function bodyOf(line: N8nLine, database: Database): Promise<CrashBody> {
	switch (database) {
		case 'sqlite':
			return {
				...(await singleProcess(line)),
				name: `n8n ${line}, SQLite`,
				postgres: null,
				workers: () => [],
			};
		case 'postgres':
			return await onPostgres(line);
		case 'queue':
			return await inQueueMode(line);
	}
}

async function onPostgres(line: N8nLine): Promise<CrashBody> {
	await ensureServers(log);
	const folder = await makeFolder();
	const postgres = await createPostgres(folder.path);
	await postgres.start();
	const body = await singleProcess(line, postgresEnvironment(postgres));
	return {
		...body,
		name: `n8n ${line}, PostgreSQL`,
		postgres,
		workers: () => [],
		async remove() {
			await body.remove();
			await folder.remove();
		},
	};
}

async function inQueueMode(line: N8nLine): Promise<CrashBody> {
	await ensureServers(log);
	const host = await installHost(log, undefined, line);
	const tarball = packPackage();
	const folder = await makeFolder();
	const postgres = await createPostgres(folder.path);
	const redis = await createRedis(folder.path);
	await Promise.all([postgres.start(), redis.start()]);
	const place = queueEnvironment(postgres, redis);
	const port = await freePort();
	let main: N8n | null = null;
	let workers: Member[] = [];
	let killedAt: number | null = null;
	const startWorkers = async (env: Readonly<Record<string, string>>): Promise<void> => {
		const outfit = { host, tarball, env: { ...place, ...env } };
		const args = ['worker', `--concurrency=${CONCURRENCY}`];
		workers = await Promise.all(
			['worker1', 'worker2'].map(async (name) => await startMember(name, args, folder.path, outfit)),
		);
	};
	const startMain = async (
		credentials: Parameters<Body['boot']>[0],
		env: Readonly<Record<string, string>>,
	): Promise<N8n> =>
		await bootN8n({
			host,
			port,
			packageTarball: tarball,
			userFolder: path.join(folder.path, 'main'),
			owner: OWNER,
			credentials,
			env: { ...place, ...env },
			log,
		});
	return {
		name: `n8n ${line}, queue mode`,
		postgres,
		workers: () => workers,
		async boot(credentials, env) {
			if (killedAt === null) {
				main = await startMain(credentials, env);
				await startWorkers(env);
				return main;
			}
			// As after a long boot: by the time that main is there, a worker knows that nobody works on these any more.
			await startWorkers(env);
			await sleep(Math.max(0, killedAt + STALLED_MS - Date.now()));
			main = await startMain([], env);
			return main;
		},
		async kill() {
			killedAt = Date.now();
			await Promise.all([
				...(main === null ? [] : [killed(main)]),
				...workers.map(async (worker) => await worker.kill()),
			]);
		},
		async remove() {
			await folder.remove();
		},
	};
}
