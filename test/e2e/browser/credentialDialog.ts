/** Credentials as people fill them in: n8n tests them when they are saved, and says what is wrong. */
import type { Locator } from 'playwright-core';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { credentialType, fresh } from '../real-n8n/stage';
import type { Bench } from './bench';
import type { Editor } from './editor';
import { chain, startNode } from './flows';
import { NODES, typeOf } from './nodes';
import { builtCredential, entriesOf } from './panel';
import { eventually } from './patience';
import { onScreen, picture } from './pictures';

const PICTURED: GatewayId = 'smsRu';

type Values = Readonly<Record<string, string>>;

class CredentialDialog {
	private readonly dialog: Locator;

	constructor(
		private readonly editor: Editor,
		private readonly gateway: GatewayId,
	) {
		this.dialog = editor.page.getByTestId('editCredential-modal');
	}

	async openNew(): Promise<void> {
		await this.editor.panel.getByTestId('node-credentials-select').click();
		await this.editor.page.getByTestId('node-credentials-select-item-new').click();
		await this.dialog.waitFor();
	}

	/** Opens the credential that the node has. n8n tests it at once. */
	async openAgain(): Promise<void> {
		await this.editor.panel.getByTestId('credential-edit-button').click();
		await this.dialog.waitFor();
	}

	/** Fills in those of the values that the dialog has a field for. */
	async fill(values: Values): Promise<void> {
		for (const property of builtCredential(credentialType(this.gateway)).properties) {
			const value = values[property.name];
			const field = this.dialog.getByTestId(`parameter-input-${property.name}`);
			if (value === undefined || !(await field.isVisible())) continue;
			const entry = entriesOf(property).find((one) => one.value === value);
			if (entry === undefined) await field.locator('input').fill(value);
			else await this.editor.choose(this.editor.dropDown(this.dialog, property.name), entry.name);
		}
	}

	async save(): Promise<void> {
		const tested = this.editor.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.dialog.getByTestId('credential-save-button').click();
		await tested;
	}

	/** The reason that people read when they press "More details"; it takes the place of the last one. */
	async reason(expected: RegExp): Promise<string> {
		const banner = this.dialog.locator('.el-tag--danger').filter({ visible: true });
		const more = banner.getByText('More details');
		return await eventually(async () => {
			if (await more.isVisible()) await more.click();
			const reason = (await banner.innerText()).trim().split('\n').at(-1) ?? '';
			expect(reason).toMatch(expected);
			return reason;
		});
	}

	async waitForSuccess(): Promise<void> {
		await this.dialog.getByText('Connection tested successfully').waitFor();
	}

	async waitUntilClosed(): Promise<void> {
		await this.dialog.waitFor({ state: 'detached' });
	}
}

/** Each of the values that is secret, with another in its place. */
function wrong(values: Values, secrets: readonly string[]): Values {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, secrets.includes(value) ? 'wrong-key' : value]),
	);
}

export function describeCredentials(bench: () => Bench): void {
	const page = () => bench().editor.page;

	describe('credential dialog', () => {
		const nodes = GATEWAY_IDS.map((gateway) => {
			const node = NODES.find(({ folder }) => typeOf(folder).endsWith(`.${gateway}`));
			if (node === undefined) throw new Error(`${gateway} has no node`);
			return { gateway, ...node, picture: gateway === PICTURED ? ' (picture)' : '' };
		});

		it.each(nodes)(
			'$displayName: a wrong key, a wrong host and the right key are told in three sentences$picture',
			async ({ gateway, type, displayName }) =>
				await onScreen(page, async () => {
					const { stage, inbox, editor } = bench();
					const simulator = fresh(stage.gateways[gateway]);
					const right = { ...simulator.credentials, baseUrl: 'custom', customBaseUrl: simulator.baseUrl };

					await editor.open(chain(`${displayName}: credential`, [startNode, { name: 'SMS', type }]));
					await editor.openPanel('SMS');
					const dialog = new CredentialDialog(editor, gateway);
					await dialog.openNew();

					await dialog.fill(wrong(right, simulator.secrets));
					await dialog.save();
					const wrongKey = await dialog.reason(/does not accept/);

					// A website, as there is one at a mistyped address.
					await dialog.fill({ ...right, customBaseUrl: inbox.url });
					await dialog.save();
					const wrongHost = await dialog.reason(
						/(?:does not answer like|is not) .+\. Check '(?:Site|Provider|Environment)'\./,
					);

					expect(wrongHost).not.toBe(wrongKey);

					await dialog.fill(right);
					await dialog.save();
					await dialog.waitUntilClosed();
					await dialog.openAgain();
					await dialog.waitForSuccess();
					if (gateway === PICTURED) {
						await editor.dismissToasts();
						await picture(page(), 'credential');
					}
				})(),
		);
	});
}
