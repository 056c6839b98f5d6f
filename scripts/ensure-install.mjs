/**
 * `npm ci`, when it is needed: the one step that every command of this repository takes first. Node's own modules only.
 * Also a command of its own: `node scripts/ensure-install.mjs`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { lock } from './lock.js';
import { Problem, checkRegistry, consoleLog, findNpm, npmEnvironment, npmProblem, runNode } from './steps.js';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed-lock');
const OLDEST_NODE = [20, 15];

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [wantedMajor, wantedMinor] = OLDEST_NODE;
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
	throw new Problem(
		`This needs Node ${OLDEST_NODE.join('.')} or newer, and this is Node ${process.versions.node}. Install a newer Node and start again.`,
	);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether npm's own record of what it installed last agrees with the lock file: then an `npm ci` by hand counts too. */
function agreesWithLock(lockFile) {
	const record = path.join(modules, '.package-lock.json');
	if (!existsSync(record)) return false;
	const { packages: wanted } = readJson(lockFile);
	const { packages: installed } = readJson(record);
	return Object.entries(wanted).every(([place, { version, optional }]) => {
		if (place === '') return true;
		const found = installed[place];
		return found === undefined ? optional === true : found.version === version;
	});
}

function isUpToDate(lockFile, hash) {
	try {
		if (readFileSync(stamp, 'utf8') === hash) return true;
	} catch {
		// No stamp: not installed, half installed, or installed by hand.
	}
	try {
		if (!agreesWithLock(lockFile)) return false;
		writeFileSync(stamp, hash);
		return true;
	} catch {
		return false;
	}
}

/** Installs what package-lock.json names, unless it is there already. */
export async function ensureInstall({ log = consoleLog(), signal } = {}) {
	checkNode();
	const lockFile = path.join(root, 'package-lock.json');
	const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
	if (isUpToDate(lockFile, hash)) return;

	const release = await lock(path.join(root, '.local', 'install.lock'), {
		onWait: (owner) => log(`Waiting for process ${owner}, which is installing the dependencies …`),
		signal,
	});
	try {
		if (isUpToDate(lockFile, hash)) return;
		await checkRegistry({ cwd: root, log, signal });
		await runNode(
			'Installing the dependencies (about a minute the first time)',
			findNpm(),
			['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
			{ cwd: root, env: npmEnvironment(), log, signal },
		);
		writeFileSync(stamp, hash);
	} catch (error) {
		const words = error instanceof Problem ? error.message : npmProblem(error.output ?? '');
		throw words === null ? error : new Problem(`The dependencies could not be installed.\n${words}`);
	} finally {
		release();
	}
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	ensureInstall().catch((error) => {
		console.error(error instanceof Problem ? error.message : error);
		process.exitCode = 1;
	});
}
