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

interface Findable {
	readonly displayName: string;
	readonly words: readonly string[];
}

/** Word → the nodes that it has to find. */
function byWord(nodes: readonly Findable[]): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, string[]>();
	for (const { displayName, words } of nodes)
		for (const word of new Set(words)) found.set(word, [...(found.get(word) ?? []), displayName]);
	return found;
}

export function describeNodeCreator(bench: () => Bench): void {
	const page = () => bench().editor.page;

	/** Types each word once, and waits until all that it promises are in the list. */
	async function findByEach(promised: ReadonlyMap<string, readonly string[]>): Promise<void> {
		const search = page().getByTestId('node-creator-search-bar');
		for (const [word, displayNames] of promised) {
			// What the last word found is not to be taken for what this one finds.
			await search.fill('');
			for (const displayName of displayNames) await named(displayName).waitFor({ state: 'hidden' });
			await search.fill(word);
			for (const displayName of displayNames) {
				await named(displayName)
					.waitFor({ timeout: SEARCH_TIMEOUT_MS })
					.catch(() => {
						throw new Error(`"${word}" does not find ${displayName}`);
					});
			}
		}
	}

	const names = (): Locator => page().getByTestId('node-creator-item-name');
	const named = (displayName: string): Locator => names().getByText(displayName, { exact: true }).first();

	describe('node creator', () => {
		it(
			'each word finds the nodes that it stands for',
			onScreen(page, async () => {
				const promised = byWord(
					NODES.map(({ folder, displayName }) => ({
						displayName,
						words: [displayName, displayName.toLowerCase(), ...aliasesOf(folder)],
					})),
				);
				expect(promised.size).toBeGreaterThan(30);
				await bench().editor.open(chain('Looking for a node', [startNode]));
				await page().getByTestId('node-creator-plus-button').click();
				await findByEach(promised);
			}),
		);

		it(
			'each word finds the triggers that it stands for',
			onScreen(page, async () => {
				const promised = byWord(
					TRIGGERS.map(({ folder, displayName }) => ({
						displayName,
						words: [displayName, `${displayName} trigger`, ...aliasesOf(folder, `${folder}Trigger`)],
					})),
				);
				expect(promised.size).toBeGreaterThan(20);
				await bench().editor.open(chain('Looking for a trigger', []));
				await page().getByTestId('canvas-add-button').getByTestId('canvas-plus-button').click();
				await findByEach(promised);
			}),
		);

		it.each(NODES)(
			'$displayName is found by its name, and added',
			async ({ displayName }) =>
				await onScreen(page, async () => {
					const { editor } = bench();
					await editor.open(chain(`Looking for ${displayName}`, [startNode]));
					await page().getByTestId('node-creator-plus-button').click();
					await page().getByTestId('node-creator-search-bar').fill(displayName);
					await named(displayName).click();
					await names().getByText('Send text message', { exact: true }).click();
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
			'the trigger of $displayName is found by its name, and added for each of its events',
			async ({ folder, displayName }) =>
				await onScreen(page, async () => {
					const { editor } = bench();
					const className = `${folder}Trigger`;
					const { properties, displayName: triggerName } = builtNode(folder, className);
					const promised = properties.filter(({ type }) => type !== 'hidden');
					const events = promised.find(({ name }) => name === 'events');
					if (events === undefined) throw new Error('The trigger has no events');
					for (const event of entriesOf(events)) {
						await editor.open(chain(`Waiting for ${displayName}`, []));
						await page().getByTestId('canvas-add-button').getByTestId('canvas-plus-button').click();
						await page().getByTestId('node-creator-search-bar').fill(displayName);
						await named(displayName).click();
						await names().getByText(`On ${event.name}`, { exact: false }).first().click();
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
