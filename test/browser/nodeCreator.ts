/** The nodes are found by the words that people would type, and added with their panel open. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench';
import { chain, startNode } from './flows';
import { NODES, type NodeFolder } from './nodes';
import { shownPanel } from './panel';
import { eventually } from './patience';
import { lookAt, onScreen } from './pictures';

/** The search itself takes no time; a busy machine does. */
const SEARCH_TIMEOUT_MS = 15_000;

const root = path.join(__dirname, '..', '..');

function aliasesOf(folder: NodeFolder): string[] {
	const file = path.join(root, 'nodes', folder, `${folder}.node.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { alias: string[] }).alias;
}

export function describeNodeCreator(bench: () => Bench): void {
	const page = () => bench().editor.page;

	describe('node creator', () => {
		it.each(NODES)(
			'$displayName is found by each of its words, and added',
			async ({ folder, displayName }) =>
				await onScreen(page, async () => {
					const { editor } = bench();
					await editor.open(chain(`Looking for ${displayName}`, [startNode]));
					const found = page().getByTestId('node-creator-item-name').getByText(displayName, { exact: true });
					await page().getByTestId('node-creator-plus-button').click();
					const search = page().getByTestId('node-creator-search-bar');
					const words = [displayName, displayName.toLowerCase(), ...aliasesOf(folder)];
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
					expect(words.length).toBeGreaterThan(5);

					await search.fill(displayName);
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
