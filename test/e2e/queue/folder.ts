/** A temporary folder that nothing outlives: neither the processes that work in it nor itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Folder {
	readonly path: string;
	/** Ends what works in the folder and removes it. Happens by itself when this process ends, however it ends. */
	remove(): Promise<void>;
}

export async function makeFolder(): Promise<Folder> {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'n8n-queue-')));
	// PostgreSQL runs as a user of its own and has to get to its folder in this one.
	await chmod(folder, 0o711);
	const janitor = spawn(process.execPath, [path.join(__dirname, 'janitor.js'), folder], {
		// Its standard output is ours: whoever waits for the end of our output waits for the cleaning, too.
		stdio: ['pipe', 'inherit', 'inherit'],
		detached: true,
	});
	janitor.stdin.on('error', () => undefined);
	const done = new Promise<void>((resolve) => janitor.once('exit', () => resolve()));
	return {
		path: folder,
		async remove() {
			janitor.stdin.end();
			await done;
		},
	};
}
