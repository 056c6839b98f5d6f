/** Debian's Chromium, or the Chrome or Chromium that is there; playwright-core brings no browser of its own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { type Log, Problem, withProgress } from '../../../scripts/steps';

const run = promisify(execFile);

/** In this order: Ubuntu's `chromium-browser` is a snap, which sees neither our folders nor our fonts. */
const PROGRAMS = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
const PACKAGES = ['chromium', 'fonts-noto-core', 'fonts-noto-color-emoji'];
const INSTALL_TIMEOUT_MS = 300_000;
const LAUNCH_TIMEOUT_MS = 60_000;

function findBrowser(): string | null {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const candidates = PROGRAMS.flatMap((program) => folders.map((folder) => path.join(folder, program)));
	return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

async function aptGet(...args: string[]): Promise<void> {
	await run('apt-get', args, {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		timeout: INSTALL_TIMEOUT_MS,
		maxBuffer: 64 * 1024 * 1024,
	});
}

async function installBrowser(log: Log): Promise<void> {
	const advice = `A Chromium is needed for the browser tests. On Debian: apt-get install ${PACKAGES.join(' ')}. Then start again.`;
	if (process.getuid?.() !== 0) throw new Problem(advice);
	try {
		await withProgress('Installing Chromium', log, async () => {
			await aptGet('update');
			await aptGet('install', '-y', '--no-install-recommends', ...PACKAGES);
		});
	} catch (error) {
		throw new Problem(`${advice}\napt-get said: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Starts the browser with an empty profile, which is removed at its end. Installs Chromium first where it may. */
export async function launchBrowser(log: Log): Promise<Browser> {
	if (findBrowser() === null) await installBrowser(log);
	const executablePath = findBrowser();
	if (executablePath === null) throw new Problem('Chromium was installed and is not on the PATH.');
	return await chromium.launch({
		executablePath,
		timeout: LAUNCH_TIMEOUT_MS,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=en-US'],
	});
}
