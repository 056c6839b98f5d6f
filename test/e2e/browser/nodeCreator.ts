/** The nodes are found by the words that people would type, and added with their panel open. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Bench } from './bench';
import { chain, startNode } from './flows';
import { NODES, type NodeFolder, TRIGGERS } from './nodes';
import { Promised, builtNode, entriesOf, shownPanel } from './panel';
import { eventually } from './patience';
import { lookAt, onScreen } from './pictures';

/** The search itself takes no time; a busy machine does. */
const SEARCH_TIMEOUT_MS = 15_000;

const root = path.join(__dirname, '..', '..', '..');

function aliasesOf(folder: NodeFolder, className: string = folder): string[] {
	const file = path.join(root, 'nodes', folder, `${className}.node.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { alias: string[] }).alias;
}

export function describeNodeCreator(bench: () => Bench): void {
	const page = () => bench().editor.page;

	async function findsByEach(words: readonly string[], found: Locator, displayName: string): Promise<void> {
		const search = page().getByTestId('node-creator-search-bar');
		for (const word of words) {
			// What the last word found is not to be taken for what this one finds.
			await search.fill('');
			await found.first().waitFor({ state: 'hidden' });
			await search.fill(word);
			await found
				.first()
				.waitFor({ timeout: SEARCH_TIMEOUT_MS })
				.catch(() => {
					throw new Error(`"${word}" does not find ${displayName}`);
				});
		}
	}

	describe('node creator', () => {
		it.each(NODES)(
			'$displayName is found by each of its words, and added',
			async ({ folder, displayName }) =>
				await onScreen(page, async () => {
					const { editor } = bench();
					await editor.open(chain(`Looking for ${displayName}`, [startNode]));
					const found = page().getByTestId('node-creator-item-name').getByText(displayName, { exact: true });
					await page().getByTestId('node-creator-plus-button').click();
					const words = [displayName, displayName.toLowerCase(), ...aliasesOf(folder)];
					await findsByEach(words, found, displayName);
					expect(words.length).toBeGreaterThan(5);

					await page().getByTestId('node-creator-search-bar').fill(displayName);
					await found.first().click();
					await page()
						.getByTestId('node-creator-item-name')
						.getByText('Send text message', { exact: true })
						.click();
					await editor.panel.waitFor();
					await eventually(async () => {
						const { fields } = await shownPanel(editor);
						expect(fields.find(({ name }) => name === 'operation')?.choice).toBe('Send');
					});
					await editor.closePanel();
					// n8n names the node after what it was chosen for.
					await editor.node('Send text message').waitFor();
				})(),
		);

		it.each(TRIGGERS)(
			'the trigger of $displayName is found by each of its words, and added for each of its events',
			async ({ folder, displayName }) =>
				await onScreen(page, async () => {
					const { editor } = bench();
					const className = `${folder}Trigger`;
					const { properties, displayName: triggerName } = builtNode(folder, className);
					const promised = properties.filter(({ type }) => type !== 'hidden');
					const events = promised.find(({ name }) => name === 'events');
					if (events === undefined) throw new Error('The trigger has no events');
					for (const [index, event] of entriesOf(events).entries()) {
						await editor.open(chain(`Waiting for ${displayName}`, []));
						await page().getByTestId('canvas-add-button').getByTestId('canvas-plus-button').click();
						const items = page().getByTestId('node-creator-item-name');
						const found = items.getByText(displayName, { exact: true });
						const words = [displayName, `${displayName} trigger`, ...aliasesOf(folder, className)];
						if (index === 0) await findsByEach(words, found, triggerName);
						await page().getByTestId('node-creator-search-bar').fill(displayName);
						await found.first().click();
						await items.getByText(`On ${event.name}`, { exact: false }).first().click();
						await editor.panel.waitFor();
						await eventually(async () => {
							const { fields, credentials } = await shownPanel(editor);
							const chosen = new Promised(builtNode(folder, className), { events: [event.value] });
							const labels = chosen.fields.map((field) => field.displayName.replace(/<[^>]+>/g, ''));
							expect(fields.map(({ label }) => label)).toEqual(labels);
							expect(fields.filter(({ isCutOff }) => isCutOff)).toEqual([]);
							expect(credentials).toEqual(chosen.credentials);
						});
						await lookAt(page(), `${triggerName} ${event.name}`);
						await editor.closePanel();
					}
				})(),
		);

		it(
			'"send sms" puts Send SMS on top',
			onScreen(page, async () => {
				const { editor } = bench();
				await editor.open(chain('My first text', [startNode]));
				await page().getByTestId('node-creator-plus-button').click();
				await page().getByTestId('node-creator-search-bar').fill('send sms');
				const names = page().getByTestId('node-creator-item-name');
				await eventually(async () => expect((await names.allInnerTexts())[0]?.trim()).toBe('Send SMS'));
				await lookAt(page(), 'node creator');
			}),
		);
	});
}
