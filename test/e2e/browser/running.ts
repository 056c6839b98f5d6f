/** A first text as the README tells it, and a sheet whose failed rows leave by the error output. */
import type { WorkflowJson } from '../real-n8n/n8n';
import { fresh, rowsNode, smsNode, workflowOf } from '../real-n8n/stage';
import type { Bench } from './bench';
import { chain, startNode } from './flows';
import { eventually } from './patience';
import { onScreen, picture } from './pictures';

const SHEET = [
	{ phone: '8 (916) 123-45-67', name: 'Ivan' },
	{ phone: '+7 916 123-45-68', name: 'Olga' },
	{ phone: 'call office', name: 'Anna' },
	{ phone: '7.91612E+10', name: 'Pavel' },
];

/** With the two ends above each other, as n8n draws the two outputs. */
function forked(workflow: WorkflowJson): WorkflowJson {
	const x = 220 * (workflow.nodes.length - 2);
	const places: Readonly<Record<string, readonly [number, number]>> = { Sent: [x, -110], Failed: [x, 110] };
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => ({ ...node, position: places[node.name] ?? node.position })),
	};
}

export function describeRunning(bench: () => Bench): void {
	const page = () => bench().editor.page;

	it(
		'a first text: added, filled in, run as a step, and read in the table (picture)',
		onScreen(page, async () => {
			const { editor, stage } = bench();
			const simulator = fresh(stage.gateways.smsRu);
			await editor.open(chain('My first text', [startNode]));
			await editor.node('Start').click();
			await page().getByTestId('node-creator-plus-button').click();
			await page().getByTestId('node-creator-search-bar').fill('send sms');
			await page().getByTestId('node-creator-item-name').getByText('Send SMS', { exact: true }).click();
			await page()
				.getByTestId('node-creator-item-name')
				.getByText('Send text message', { exact: true })
				.click();

			const { panel } = editor;
			await panel.waitFor();
			await editor.choose(editor.dropDown(panel, 'gateway'), 'SMS.RU');
			await panel.getByText('Credential for SMS.RU API').waitFor();
			await panel.getByTestId('node-credentials-select').click();
			await page().getByTestId('node-credentials-select-item-smsRu-simulated').click();
			await panel.getByTestId('parameter-input-to').locator('input').fill('+79161234567');
			await panel.getByTestId('parameter-input-message').locator('textarea').fill('Your order is ready');
			await panel.getByTestId('parameter-input-from').locator('input').fill('ACME');
			// What a press will do is said before it.
			await panel
				.getByText(/Executing this step sends for real/)
				.first()
				.waitFor();
			expect(simulator.requests).toEqual([]);
			await editor.executeStep();
			await eventually(async () =>
				expect(await editor.table('output-panel')).toEqual([expect.objectContaining({ accepted: 'true' })]),
			);

			const [row, ...more] = await editor.table('output-panel');
			expect(more).toEqual([]);
			expect(row).toMatchObject({
				gateway: 'smsRu',
				to: '+79161234567',
				from: 'ACME',
				messageId: simulator.texts[0]?.messageId,
				status: 'queued',
				accepted: 'true',
				segments: '1',
			});
			expect(simulator.texts.map(({ to, text }) => [to, text])).toEqual([
				['79161234567', 'Your order is ready'],
			]);
			await editor.dismissToasts();
			await picture(page(), 'first-text');
		}),
	);

	it(
		'a sheet: failed rows leave by the error output, each with its row and the reason (pictures)',
		onScreen(page, async () => {
			const { editor, stage } = bench();
			const simulator = fresh(stage.gateways.smsRu);
			const sms = smsNode(
				'sendSms',
				stage,
				'smsRu',
				{
					to: '={{ $json.phone }}',
					message: '=Hello {{ $json.name }}, your order is ready',
					from: 'ACME',
					defaultCountry: 'RU',
					options: {},
				},
				{ onError: 'continueErrorOutput' },
			);
			await editor.open(forked(workflowOf('A sheet', rowsNode(SHEET), sms)));
			await editor.execute('Failed');
			expect(simulator.texts.map(({ to, text }) => [to, text])).toEqual([
				['79161234567', 'Hello Ivan, your order is ready'],
				['79161234568', 'Hello Olga, your order is ready'],
			]);
			await editor.dismissToasts();
			await editor.fitView();
			await picture(page(), 'two-outputs');

			await editor.openPanel('Failed');
			const failed = await editor.table('ndv-input-panel');
			expect(failed).toEqual([
				{
					phone: 'call office',
					name: 'Anna',
					error: expect.stringContaining('a phone number cannot contain letters'),
				},
				{ phone: '7.91612E+10', name: 'Pavel', error: expect.stringContaining('rounded this number') },
			]);
			await eventually(() => expect(editor.table('output-panel')).resolves.toHaveLength(2));
			await picture(page(), 'failed-rows');
		}),
	);
}
