/** Pictures of what the tests have on the screen: for the README, and of what went wrong. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const root = path.join(__dirname, '..', '..', '..');
const local = path.join(root, '.local', 'browser');

/** The README's pictures; `npm run pictures` makes them where the README finds them. */
export type Picture = 'credential' | 'first-text' | 'inbox' | 'two-outputs' | 'failed-rows';

/** `npm run pictures` sets this. */
const isForReadme = process.env.REMAKE_PICTURES === 'true';

async function save(page: Page, file: string, fullPage = false): Promise<void> {
	mkdirSync(path.dirname(file), { recursive: true });
	await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', fullPage });
}

/** Takes the picture of this name, of what is on the screen now. */
export async function picture(page: Page, name: Picture): Promise<void> {
	await save(page, path.join(isForReadme ? path.join(root, 'docs', 'images') : local, `${name}.png`));
}

/** A picture for whoever looks after the fields: not for the README. High enough for a whole panel. */
export async function lookAt(page: Page, name: string): Promise<void> {
	const before = page.viewportSize();
	if (before !== null) await page.setViewportSize({ ...before, height: Math.max(before.height, 1300) });
	await save(page, path.join(local, 'fields', `${name.replace(/[^\w.-]+/g, '-')}.png`));
	if (before !== null) await page.setViewportSize(before);
}

/** The same, of what is on the screen at this size. */
export async function lookAtScreen(page: Page, name: string): Promise<void> {
	await save(page, path.join(local, 'looks', `${name.replace(/[^\w.-]+/g, '-')}.png`));
}

/** Runs a test's steps; when they fail, the screen is kept as it was then. */
export function onScreen(page: () => Page, steps: () => Promise<void>): () => Promise<void> {
	return async () => {
		const test = expect.getState().currentTestName ?? 'test';
		const startedAt = Date.now();
		try {
			await steps();
			process.stderr.write(`${test}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
		} catch (error) {
			process.stderr.write(`${test}: failed, ${error instanceof Error ? error.message : String(error)}\n`);
			const name = test.replace(/[^\w.-]+/g, '-').slice(0, 120);
			await save(page(), path.join(local, 'failed', `${name}.png`)).catch((reason: unknown) => {
				process.stderr.write(`No picture of the failure: ${String(reason)}\n`);
			});
			throw error;
		}
	};
}
