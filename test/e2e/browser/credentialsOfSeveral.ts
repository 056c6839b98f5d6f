/** Send SMS with several gateways: it asks for the credentials of those that are in use, and of no other. */
import type { INodeParameters } from 'n8n-workflow';
import type { Editor } from './editor';
import { chain, startNode } from './flows';
import { typeOf } from './nodes';
import { Promised, builtNode, shownPanel } from './panel';
import { eventually } from './patience';
import { lookAt, onScreen } from './pictures';

const ROUTES: INodeParameters = { routes: ['advantaSms'], advantaSmsRouteBackup: 'africasTalking' };

/** What is saved, and whose credentials it takes. */
const SAVED: ReadonlyArray<
	readonly [name: string, parameters: INodeParameters, gateways: readonly string[]]
> = [
	['a route and its backup', { gateway: 'smsc', ...ROUTES }, ['SMSC', 'Advanta SMS', "Africa's Talking"]],
	[
		'a backup and a route',
		{ gateway: 'smsc', backupGateway: 'smsRu', routes: ['alphaSms'] },
		['SMSC', 'SMS.RU', 'AlphaSMS'],
	],
	['a preview with several gateways', { gateway: 'smsc', operation: 'preview', backupGateway: 'smsRu' }, []],
	[
		'a preview of the cheapest: those that tell prices',
		{
			gateway: 'smsc',
			operation: 'preview',
			backupGateway: 'smsRu',
			secondBackupGateway: 'advantaSms',
			gatewayOrder: 'cheapest',
		},
		['SMSC', 'SMS.RU'],
	],
	[
		'balances of several',
		{ gateway: 'smsc', resource: 'account', operation: 'getBalance', otherGateways: ['smsRu'] },
		['SMSC', 'SMS.RU'],
	],
	[
		'a balance, beside routes',
		{ gateway: 'smsc', resource: 'account', operation: 'getBalance', ...ROUTES },
		['SMSC'],
	],
];

async function openWith(editor: Editor, parameters: INodeParameters): Promise<void> {
	const node = { name: 'SMS', type: typeOf('SendSms'), parameters };
	await editor.open(chain('Several gateways', [startNode, node]));
	await editor.openPanel('SMS');
}

async function asksFor(editor: Editor, gateways: readonly string[]): Promise<void> {
	await eventually(async () => {
		const { credentials } = await shownPanel(editor);
		expect(credentials).toEqual(gateways.map((gateway) => `Credential for ${gateway} API`));
	});
}

export function describeCredentialsOfSeveral(theEditor: () => Editor): void {
	const inEditor = (steps: (editor: Editor) => Promise<void>): (() => Promise<void>) =>
		onScreen(
			() => theEditor().page,
			async () => await steps(theEditor()),
		);

	describe('Send SMS asks for the credentials of the gateways in use, and of no other', () => {
		it(
			'a gateway and its backups, as they are chosen',
			inEditor(async (editor) => {
				await openWith(editor, {});
				const choose = async (name: string, entry: string): Promise<void> =>
					void (await editor.choose(editor.dropDown(editor.panel, name), entry));
				await choose('gateway', 'SMSC');
				await asksFor(editor, ['SMSC']);
				await choose('backupGateway', 'SMS.RU');
				await asksFor(editor, ['SMSC', 'SMS.RU']);
				await choose('secondBackupGateway', 'AlphaSMS');
				await asksFor(editor, ['SMSC', 'SMS.RU', 'AlphaSMS']);
				await choose('gateway', 'Advanta SMS');
				await asksFor(editor, ['SMS.RU', 'AlphaSMS', 'Advanta SMS']);
				await lookAt(editor.page, 'Send SMS credentials of several gateways');
				// The second backup goes with the first.
				await choose('backupGateway', 'None');
				await asksFor(editor, ['Advanta SMS']);
			}),
		);

		it.each(SAVED)('%s', async (name, parameters, gateways) => {
			await inEditor(async (editor) => {
				await openWith(editor, parameters);
				const { fields } = new Promised(builtNode('SendSms'), parameters);
				await eventually(async () => {
					const shown = await shownPanel(editor);
					// In n8n 1.123 the credentials stand among the fields; they are looked at below.
					const labels = shown.fields.map(({ label }) => label);
					expect(labels.filter((label) => !label.startsWith('Credential for '))).toEqual(
						fields.map(({ displayName }) => displayName),
					);
				});
				await asksFor(editor, gateways);
				await lookAt(editor.page, `Send SMS ${name}`);
			})();
		});
	});
}
