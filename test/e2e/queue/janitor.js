/**
 * Ends every process that works in a folder, then removes the folder: as soon as nobody holds this program's standard
 * input any more. Whoever started it may end in any way, Ctrl-C and `kill -9` included; the pipe closes with it.
 * Usage: node janitor.js FOLDER
 */
const { readdirSync, readlinkSync, rmSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 100;
/** PostgreSQL leaves shared memory behind unless it ends by itself: first it is asked, and only then killed. */
const SIGNALS = [
	['SIGINT', 8_000],
	['SIGQUIT', 2_000],
	['SIGKILL', 5_000],
];

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('Usage: node janitor.js FOLDER');

/** PostgreSQL and Redis overwrite their command lines, but they, n8n and its task runners all work in the folder. */
function residents() {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
		.map(Number)
		.filter((pid) => {
			try {
				const cwd = readlinkSync(`/proc/${pid}/cwd`);
				return cwd === folder || cwd.startsWith(`${folder}/`);
			} catch {
				// Somebody else's, or gone.
				return false;
			}
		});
}

function signalAll(signal) {
	for (const pid of residents()) {
		try {
			process.kill(pid, signal);
		} catch {
			// Gone meanwhile.
		}
	}
}

async function cleanUp() {
	for (const [signal, patience] of SIGNALS) {
		const end = Date.now() + patience;
		signalAll(signal);
		while (residents().length > 0 && Date.now() < end) await sleep(POLL_MS);
	}
	rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

// A terminal sends Ctrl-C to all that it can reach. This one still has work to do then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.on('end', cleanUp).on('error', cleanUp).resume();
