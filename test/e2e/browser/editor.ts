/** n8n's editor as a person uses it: what can be seen and clicked, by n8n's own test ids. */
import { type Browser, type Locator, type Page, selectors } from 'playwright-core';
import type { N8n, WorkflowJson } from '../real-n8n/n8n';
import { eventually } from './patience';

export const VIEWPORT = { width: 1440, height: 900 };
/** The first page of a cold n8n on a busy machine takes the longest. */
const ACTION_TIMEOUT_MS = 120_000;

export class Editor {
	private constructor(
		readonly page: Page,
		private readonly n8n: N8n,
	) {}

	static async signIn(browser: Browser, n8n: N8n): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-US', timezoneId: 'UTC' });
		context.setDefaultTimeout(ACTION_TIMEOUT_MS);
		// Nothing slides or fades: what a click opens is there at once.
		await context.addInitScript(`addEventListener('DOMContentLoaded', () => {
			const style = document.createElement('style');
			style.textContent = '*, *::before, *::after { transition: none !important; animation: none !important; }';
			document.head.append(style);
		})`);
		const page = await context.newPage();
		// What a test leaves unsaved is not to keep the next one from its page.
		page.on('dialog', (dialog) => void dialog.accept());
		const editor = new Editor(page, n8n);
		await page.goto(`${n8n.url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(n8n.owner.email);
		await page.locator('input[name=password]').fill(n8n.owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		return editor;
	}

	/** Creates the workflow and opens it. */
	async open(workflow: WorkflowJson): Promise<void> {
		const id = await this.n8n.createWorkflow(workflow);
		await this.page.goto(`${this.n8n.url}/workflow/${id}`);
		for (const { name } of workflow.nodes) await this.node(name).waitFor();
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The panel of a node. */
	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	async openPanel(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.panel.waitFor();
	}

	async closePanel(): Promise<void> {
		await this.panel.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'detached' });
	}

	/** Runs the whole workflow and waits until this node shows its green tick. */
	async execute(lastNode: string): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').first().click();
		await this.node(lastNode).getByTestId('canvas-node-status-success').waitFor();
	}

	/** Presses "Execute step" in the panel, and waits for its success. */
	async executeStep(): Promise<void> {
		await this.panel.getByTestId('node-execute-button').click();
		await this.panel.getByTestId('node-run-status-success').first().waitFor();
	}

	/** Rows of the table in the input or output pane, by column. */
	async table(pane: 'ndv-input-panel' | 'output-panel'): Promise<Array<Record<string, string>>> {
		const panel = this.panel.getByTestId(pane);
		await panel.getByTestId('radio-button-table').click();
		return await eventually(async () => {
			const columns = await panel.locator('thead th').allInnerTexts();
			const rows = await panel.locator('tbody tr').all();
			const cells = await Promise.all(
				rows.map(async (row) => (await row.locator('td').allInnerTexts()).map((text) => text.trim())),
			);
			if (cells.length === 0) throw new Error(`The table of the ${pane} has no row`);
			return cells.map((row) =>
				Object.fromEntries(
					columns.flatMap((column, index) =>
						column.trim() === '' ? [] : [[column.trim(), row[index] ?? '']],
					),
				),
			);
		});
	}

	/** The drop-down of a parameter, inside of a panel or dialog. */
	dropDown(inside: Locator, name: string): Locator {
		return inside.getByTestId(`parameter-input-${name}`).getByRole('combobox');
	}

	/** Opens a drop-down and returns its list and what stands in it. */
	private async openList(dropDown: Locator): Promise<{ list: Locator; entries: string[] }> {
		await dropDown.click();
		const list = this.page.locator(`[id="${await dropDown.getAttribute('aria-controls')}"]`);
		await list.getByRole('option').first().waitFor();
		const options = await list.getByRole('option').allInnerTexts();
		// A description stands below the name.
		return { list, entries: options.map((text) => text.split('\n')[0]?.trim() ?? '') };
	}

	/** Opens a drop-down, chooses one of its entries, and returns all of them. */
	async choose(dropDown: Locator, entry: string): Promise<string[]> {
		const { list, entries } = await this.openList(dropDown);
		if (!entries.includes(entry)) throw new Error(`"${entry}" is not among ${entries.join(', ')}`);
		await list.getByRole('option').nth(entries.indexOf(entry)).click();
		await list.waitFor({ state: 'hidden' });
		return entries;
	}

	/** What a drop-down offers; it is closed again. */
	async entries(dropDown: Locator): Promise<string[]> {
		const { list, entries } = await this.openList(dropDown);
		await dropDown.click();
		await list.waitFor({ state: 'hidden' });
		return entries;
	}

	/** Moves and scales the canvas so that all nodes are in sight. */
	async fitView(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		const node = this.page.getByTestId('canvas-node').first();
		await eventually(async () => {
			const before = await node.boundingBox();
			await this.page.evaluate(
				'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
			);
			if (JSON.stringify(await node.boundingBox()) !== JSON.stringify(before))
				throw new Error('The canvas is still moving');
		});
	}

	/** Closes the messages in the corner: they cover what lies behind. */
	async dismissToasts(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		await eventually(async () => {
			const buttons = await close.all();
			for (const button of buttons) await button.click({ timeout: 1_000 });
			if ((await close.count()) > 0) throw new Error('A message does not close');
		});
	}
}
