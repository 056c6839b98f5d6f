/** Locks between processes: a file that holds the owner's process id. A lock whose owner is gone is taken over. */
const { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 500;

/** Tells a process from a later one with the same id; empty where the system does not say. */
function startTimeOf(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
	} catch {
		return '';
	}
}

function isAlive(pid, startTime) {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: it is there and belongs to someone else.
		if (error.code !== 'EPERM') return false;
	}
	return startTime === '' || startTimeOf(pid) === startTime;
}

function read(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return null;
	}
}

function removeStale(file, content) {
	const aside = `${file}.stale-${process.pid}`;
	try {
		renameSync(file, aside);
		// Another process may have been faster and hold a fresh lock by now: give it back.
		if (read(aside) !== content) linkSync(aside, file);
	} catch {
		// Someone else removed it or took it.
	}
	rmSync(aside, { force: true });
}

/** Written aside and linked into place, so that nobody ever reads half of it. */
function create(file, content) {
	const draft = `${file}.new-${process.pid}`;
	writeFileSync(draft, content);
	try {
		linkSync(draft, file);
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(draft, { force: true });
	}
}

/** Takes the lock and returns its release, or the process id of the owner that has it. */
function tryLock(file) {
	mkdirSync(path.dirname(file), { recursive: true });
	const mine = `${process.pid} ${startTimeOf(process.pid)}`;
	for (;;) {
		if (create(file, mine)) {
			const release = () => {
				process.off('exit', release);
				if (read(file) === mine) rmSync(file, { force: true });
			};
			process.on('exit', release);
			return { release };
		}
		const content = read(file);
		if (content === null) continue;
		const [pid, startTime = ''] = content.split(' ');
		if (isAlive(Number(pid), startTime)) return { owner: Number(pid) };
		removeStale(file, content);
	}
}

/** Waits for the lock. `onWait` is called once when another process has it. */
async function lock(file, { onWait, signal } = {}) {
	let told = false;
	for (;;) {
		const { release, owner } = tryLock(file);
		if (release) return release;
		if (!told) onWait?.(owner);
		told = true;
		await sleep(POLL_MS, undefined, { signal });
	}
}

module.exports = { lock, tryLock };
