/**
 * Loaded into a child process with `node --require`: ends it, and what it started, when its parent process is gone. A
 * parent that was killed can no longer end its children; this way none is left behind.
 */
const EVERY_MS = 1_000;
const PATIENCE_MS = 10_000;

const parent = process.ppid;

function signalGroup(signal) {
	try {
		// Children that lead a group of their own take all of it along.
		process.kill(-process.pid, signal);
	} catch {
		process.kill(process.pid, signal);
	}
}

const timer = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(timer);
	setTimeout(() => signalGroup('SIGKILL'), PATIENCE_MS).unref();
	signalGroup('SIGTERM');
}, EVERY_MS);
timer.unref();
