/**
 * `npm start`: from a fresh clone to a real n8n with this package in it, simulated gateways and an inbox that shows what
 * they accepted. `npm start -- --check` runs the examples without a browser and says what arrived.
 *
 * Node's own modules only until the dependencies are there; scripts/start.ts goes on from there.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { ensureInstall } from './ensure-install.mjs';
import { CommandFailed, Problem, consoleLog, findNpm, npmEnvironment, runNode } from './steps.js';

const require = createRequire(import.meta.url);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const ONE_PRESS_MS = 1_000;
const PARENT_POLL_MS = 1_000;
const local = path.join(root, '.local');

/** Builds and packs the package as it would be published; returns the tarball. */
async function packPackage(folder, log, signal) {
	const npm = findNpm();
	const options = { cwd: root, env: npmEnvironment(), log, signal };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await runNode('Building the package', npm, ['run', 'build'], options);
	await runNode('Packing it', npm, ['pack', '--ignore-scripts', `--pack-destination=${folder}`], options);
	const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
	return path.join(folder, tarball);
}

function options() {
	try {
		return parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
	} catch (error) {
		throw new Problem(`${error.message}\nUsage: npm start, or npm start -- --check`);
	}
}

/**
 * The first signal asks for a clean shutdown, a later one ends everything at once. npm passes on the Ctrl-C that the
 * terminal has already sent us: the two count as one. An npm that is gone counts as a signal.
 */
function abortOnSignal() {
	const controller = new AbortController();
	let firstAt = Infinity;
	const onSignal = () => {
		if (Date.now() - firstAt > ONE_PRESS_MS) process.exit(130);
		firstAt = Math.min(firstAt, Date.now());
		controller.abort();
	};
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, onSignal);
	if (process.env.npm_lifecycle_event !== undefined) {
		const parent = process.ppid;
		setInterval(() => {
			if (process.ppid !== parent) controller.abort();
		}, PARENT_POLL_MS).unref();
	}
	return controller.signal;
}

async function main() {
	const log = consoleLog();
	const signal = abortOnSignal();
	let check = false;
	try {
		({ check } = options());
		await ensureInstall({ log, signal });
		const tarball = await packPackage(path.join(local, check ? 'check' : 'package'), log, signal);
		require('tsx/cjs');
		const { start } = require('./start');
		return await start({ root, tarball, check, log, signal });
	} catch (error) {
		if (signal.aborted) {
			log('Stopped.');
			return check ? 130 : 0;
		}
		const isTold = error instanceof Problem || error instanceof CommandFailed;
		console.error(`\n${isTold ? error.message : (error.stack ?? error)}`);
		return 1;
	}
}

process.exitCode = await main();
