/** PostgreSQL and Redis of one's own: Debian's programs on free loopback ports, with their files in a given folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Log, Problem, lastLines, withProgress } from '../../../scripts/steps';
import { freePort } from '../real-n8n/ports';

const run = promisify(execFile);

const READY_TIMEOUT_MS = 30_000;
const READY_POLL_MS = 50;
const INSTALL_TIMEOUT_MS = 300_000;
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
/** What Debian's packages ask before they start a service they have installed; 101 means "do not". */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

export interface Server {
	readonly port: number;
	/** Resolves when it accepts connections. */
	start(): Promise<void>;
	/** Ends it as its service would be ended. What it has on disk stays. */
	stop(): Promise<void>;
}

export interface Postgres extends Server {
	/** Rows of a query, each as its columns' texts. */
	query(sql: string): Promise<string[][]>;
}

interface Account {
	readonly uid: number;
	readonly gid: number;
}

interface Command {
	readonly name: string;
	readonly program: string;
	readonly args: readonly string[];
	readonly folder: string;
	readonly port: number;
	readonly account?: Account | undefined;
	readonly endSignal: NodeJS.Signals;
	readonly isReady: () => Promise<boolean>;
}

const isRoot = (): boolean => process.getuid?.() === 0;

function onPath(program: string): string | undefined {
	return [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin']
		.map((folder) => path.join(folder, program))
		.find((file) => existsSync(file));
}

/** The folder of the newest PostgreSQL's programs: Debian keeps them out of the PATH. */
function postgresPrograms(): string | undefined {
	if (!existsSync(DEBIAN_POSTGRES)) return undefined;
	return readdirSync(DEBIAN_POSTGRES)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'))
		.find((folder) => existsSync(path.join(folder, 'initdb')));
}

function missingPackages(): string[] {
	return [
		...(postgresPrograms() === undefined ? ['postgresql'] : []),
		...(onPath('redis-server') === undefined ? ['redis-server'] : []),
	];
}

async function install(packages: readonly string[]): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const apt = async (...args: string[]): Promise<void> => {
		await run('apt-get', args, { env, timeout: INSTALL_TIMEOUT_MS, maxBuffer: 1e8 });
	};
	// Only the programs are wanted, not the services that the packages would start on the usual ports.
	const isOurs = !existsSync(SERVICE_POLICY);
	if (isOurs) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		await apt('update');
		await apt('install', '-y', '--no-install-recommends', ...packages);
	} finally {
		if (isOurs) rmSync(SERVICE_POLICY);
	}
}

/** Installs PostgreSQL and Redis where they are missing, or says in a sentence what to install. */
export async function ensureServers(log: Log): Promise<void> {
	const missing = missingPackages();
	if (missing.length === 0) return;
	const advice = `On Debian or Ubuntu: apt-get install ${missing.join(' ')}. Then start again.`;
	if (!isRoot() || onPath('apt-get') === undefined)
		throw new Problem(`Queue mode needs ${missing.join(' and ')}, and this machine lacks it. ${advice}`);
	try {
		await withProgress(`Installing ${missing.join(' and ')}`, log, async () => await install(missing));
	} catch (error) {
		throw new Problem(`${missing.join(' and ')} could not be installed. ${advice}\n${String(error)}`);
	}
}

async function accountOf(user: string): Promise<Account> {
	const id = async (flag: string): Promise<number> => Number((await run('id', [flag, user])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

function server({ name, program, args, folder, port, account, endSignal, isReady }: Command): Server {
	const logFile = path.join(folder, '..', `${name}.log`);
	let child: ChildProcess | undefined;
	return {
		port,
		async start() {
			const output = openSync(logFile, 'a');
			const started = spawn(program, args, {
				cwd: folder,
				env: { PATH: process.env.PATH, LANG: 'C.UTF-8', TZ: 'UTC' },
				stdio: ['ignore', output, output],
				detached: true,
				...account,
			});
			child = started;
			const deadline = Date.now() + READY_TIMEOUT_MS;
			while (!(await isReady())) {
				if (started.exitCode !== null || started.signalCode !== null || Date.now() > deadline)
					throw new Error(`${name} did not start:\n${lastLines(readFileSync(logFile, 'utf8'))}`);
				await sleep(READY_POLL_MS);
			}
		},
		async stop() {
			const ending = child;
			if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
			const gone = new Promise((resolve) => ending.once('exit', resolve));
			ending.kill(endSignal);
			await gone;
		},
	};
}

/** PostgreSQL refuses to run as root: for root it runs as Debian's user `postgres`. */
export async function createPostgres(parent: string): Promise<Postgres> {
	const programs = postgresPrograms();
	if (programs === undefined) throw new Error('PostgreSQL is not installed');
	const account = isRoot() ? await accountOf('postgres') : undefined;
	const port = await freePort();
	const folder = path.join(parent, 'postgres');
	await mkdir(folder, { mode: 0o700 });
	if (account !== undefined) await chown(folder, account.uid, account.gid);
	await run(
		path.join(programs, 'initdb'),
		['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-locale', '--no-sync'],
		{ cwd: folder, ...account },
	);
	const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
	const base = server({
		name: 'postgres',
		program: path.join(programs, 'postgres'),
		// prettier-ignore
		args: ['-D', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
		folder,
		port,
		account,
		// "Fast": what Debian's service does; connections are cut, nothing that was committed is lost.
		endSignal: 'SIGINT',
		async isReady() {
			return await run(path.join(programs, 'pg_isready'), address).then(
				() => true,
				() => false,
			);
		},
	});
	return {
		...base,
		async query(sql) {
			const { stdout } = await run(path.join(programs, 'psql'), [...address, '-XAtc', sql], {
				maxBuffer: 1e8,
			});
			return stdout
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => line.split('|'));
		},
	};
}

/** With Debian's own setting: what it holds is written to disk when it is stopped, and read when it starts. */
export async function createRedis(parent: string): Promise<Server> {
	const port = await freePort();
	const folder = path.join(parent, 'redis');
	await mkdir(folder, { mode: 0o700 });
	return server({
		name: 'redis',
		program: onPath('redis-server') ?? 'redis-server',
		args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '3600 1'],
		folder,
		port,
		endSignal: 'SIGTERM',
		isReady: async () =>
			await new Promise((resolve) => {
				const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
				socket.setTimeout(1_000, () => socket.destroy());
				socket.once('data', (answer) => {
					// While it reads its file it answers -LOADING.
					resolve(answer.toString().startsWith('+PONG'));
					socket.destroy();
				});
				socket.once('error', () => resolve(false)).once('close', () => resolve(false));
			}),
	});
}
