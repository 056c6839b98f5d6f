/** Runs the long commands of the scripts, and says what goes on while they run. Node's own modules only. */
const { spawn } = require('node:child_process');
const { existsSync, realpathSync } = require('node:fs');
const path = require('node:path');

const PROGRESS_EVERY_MS = 5_000;
const PATIENCE_MS = 5_000;
const WATCHER = path.join(__dirname, 'end-with-parent.js');

/** A failure that people can act on: its message is the whole story, without a stack. */
class Problem extends Error {}

class CommandFailed extends Error {
	constructor(title, code, output) {
		super(`${title}: failed (exit code ${code}).\n${lastLines(output)}`);
		this.output = output;
	}
}

function lastLines(text, count = 15) {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** npm's own program, to be run by this Node or another. */
function findNpm() {
	const given = process.env.npm_execpath ?? '';
	const besideNode = path.join(
		path.dirname(process.execPath),
		'..',
		'lib',
		'node_modules',
		'npm',
		'bin',
		'npm-cli.js',
	);
	const onPath = (process.env.PATH ?? '')
		.split(path.delimiter)
		.map((directory) => path.join(directory, 'npm'));
	for (const candidate of [given, ...onPath, besideNode]) {
		if (candidate === '' || !existsSync(candidate)) continue;
		const file = realpathSync(candidate);
		if (path.basename(file) === 'npm-cli.js') return file;
	}
	throw new Problem('npm was not found. It comes with Node: install Node 20 or newer together with npm.');
}

/**
 * The environment for an npm in another folder. Under `npm start` npm hands its settings for this project down as
 * npm_config_… variables, and they would win over the other folder's .npmrc.
 */
function npmEnvironment(extra = {}) {
	const ours = /^(npm_(package|lifecycle|command|execpath|node_execpath)|init_cwd$)/i;
	const settings =
		/^npm_config_(local_prefix|global_prefix|prefix|user_agent|ignore_scripts|omit.*|include|audit|fund|node_gyp)$/i;
	const kept = Object.entries(process.env).filter(
		([name]) => !ours.test(name) && !settings.test(name) && !/^(NODE_ENV|NODE_OPTIONS)$/.test(name),
	);
	return {
		npm_config_update_notifier: 'false',
		// Without a network, people should know after half a minute rather than after more than one.
		npm_config_fetch_retry_maxtimeout: '15000',
		...Object.fromEntries(kept),
		...extra,
	};
}

function signalGroup(child, signal) {
	try {
		process.kill(-child.pid, signal);
	} catch {
		// All of them have ended.
	}
}

/**
 * Starts a Node program as the leader of its own process group. The group ends with this process, however this process
 * ends.
 */
function spawnNode(program, args, { node = process.execPath, cwd, env } = {}) {
	const child = spawn(node, ['--require', WATCHER, program, ...args], {
		cwd,
		env,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const killAll = () => signalGroup(child, 'SIGKILL');
	process.on('exit', killAll);
	child.once('close', () => process.off('exit', killAll));
	return child;
}

/** Ends a child and everything it started, by force if need be. Resolves when the child is gone. */
async function endGroup(child, patienceMs = PATIENCE_MS) {
	const gone = new Promise((resolve) => {
		if (child.exitCode !== null || child.signalCode !== null) resolve();
		else child.once('exit', resolve);
	});
	signalGroup(child, 'SIGTERM');
	const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs);
	await gone;
	clearTimeout(timer);
	signalGroup(child, 'SIGKILL');
}

const seconds = (since) => Math.round((Date.now() - since) / 1000);

/** Runs `work` and logs `title … 15 s` while it lasts. */
async function withProgress(title, log, work) {
	const startedAt = Date.now();
	log(`${title} …`);
	const timer = setInterval(() => log(`${title} … ${seconds(startedAt)} s`), PROGRESS_EVERY_MS);
	try {
		const result = await work();
		log(`${title} … done in ${seconds(startedAt)} s`);
		return result;
	} finally {
		clearInterval(timer);
	}
}

/** Runs a Node program to its end and resolves with its output; rejects with CommandFailed. */
async function runNode(title, program, args, { log, signal, ...options }) {
	signal?.throwIfAborted();
	return await withProgress(title, log, async () => {
		const child = spawnNode(program, args, options);
		const onAbort = () => void endGroup(child);
		signal?.addEventListener('abort', onAbort);
		let output = '';
		const keep = (chunk) => {
			output += chunk;
		};
		child.stdout.setEncoding('utf8').on('data', keep);
		child.stderr.setEncoding('utf8').on('data', keep);
		try {
			const code = await new Promise((resolve, reject) => {
				child.once('error', reject);
				child.once('close', resolve);
			});
			signal?.throwIfAborted();
			if (code !== 0) throw new CommandFailed(title, code, output);
			return output;
		} finally {
			signal?.removeEventListener('abort', onAbort);
		}
	});
}

/** What to tell people when npm failed; null when it is not one of the usual reasons. */
function npmProblem(output) {
	if (/ENOSPC/.test(output)) return 'The disk is full. Free some space and start again.';
	if (/\b(E404|ETARGET|ENOVERSIONS|ENOTCACHED)\b/.test(output))
		return `The npm registry in use does not have everything that is needed:\n${lastLines(output, 5)}`;
	if (
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50[234]|CERT/.test(
			output,
		)
	)
		return [
			"npm cannot reach its registry. Check the network connection, or npm's `registry` and `proxy` settings,",
			'and start again: nothing is lost, and what was already downloaded is kept.',
		].join('\n');
	return null;
}

/**
 * Says at once that there is no network: npm itself finds out only after trying for every package, which takes minutes.
 * Skipped with npm's own `offline` setting.
 */
async function checkRegistry(options) {
	if (/^(true|1)$/.test(process.env.npm_config_offline ?? '')) return;
	try {
		const quick = ['ping', '--fetch-retries=0', '--fetch-timeout=20000', '--loglevel=error'];
		await runNode('Checking the npm registry', findNpm(), quick, { env: npmEnvironment(), ...options });
	} catch (error) {
		// A registry without a ping may still have the packages.
		if (!(error instanceof CommandFailed)) throw error;
		const isOutOfReach = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH/.test(error.output);
		if (isOutOfReach) throw new Problem(npmProblem(error.output) ?? error.message);
	}
}

/**
 * A log for people. On a terminal a line about the same step replaces the line before it, elsewhere each is written.
 */
function consoleLog() {
	let last = '';
	const step = (line) => (line.includes(' …') ? line.slice(0, line.indexOf(' …')) : null);
	return (line) => {
		const replaces = process.stdout.isTTY && step(line) !== null && step(line) === step(last);
		process.stdout.write(`${replaces ? '\u001B[1A\u001B[2K' : ''}${line}\n`);
		last = line;
	};
}

module.exports = {
	CommandFailed,
	Problem,
	checkRegistry,
	consoleLog,
	endGroup,
	findNpm,
	lastLines,
	npmEnvironment,
	npmProblem,
	runNode,
	spawnNode,
	withProgress,
};
