/** The example with a form, filled in by a visitor's browser; the text is read in the inbox. */
import path from 'node:path';
import { GATEWAY_IDS } from '../../../nodes/SendSms/gateways';
import { readExamples } from '../real-n8n/examples/examples';
import type { WorkflowJson } from '../real-n8n/n8n';
import { type Stage, credentialType, fresh } from '../real-n8n/stage';
import type { Bench } from './bench';
import { eventually } from './patience';
import { onScreen, picture } from './pictures';

const root = path.join(__dirname, '..', '..', '..');

/** The workflow with the stage's credentials in place of those that `npm start` makes. */
function onStage(workflow: WorkflowJson, { credentials }: Stage): WorkflowJson {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const asked = Object.keys((node.credentials ?? {}) as Record<string, unknown>);
			const given = GATEWAY_IDS.filter((gateway) => asked.includes(credentialType(gateway)));
			return given.length === 0
				? node
				: {
						...node,
						credentials: Object.fromEntries(
							given.map((gateway) => [credentialType(gateway), credentials[gateway]]),
						),
					};
		}),
	};
}

export function describeForm(bench: () => Bench): void {
	const page = () => bench().editor.page;

	it(
		'a form: a visitor fills it in, reads that a text was sent, and the inbox has the text (picture)',
		onScreen(page, async () => {
			const { stage, inbox } = bench();
			for (const simulator of Object.values(stage.gateways)) fresh(simulator);
			const example = readExamples(root).find(({ workflow }) => workflow.id === 'formToText');
			if (example === undefined) throw new Error('There is no example with a form');
			await stage.n8n.putWorkflow({ ...onStage(example.workflow, stage), id: example.workflow.id });
			await stage.n8n.activateWorkflow(example.workflow.id);

			// A workflow that was just published may need a moment until its form is there.
			await eventually(async () => {
				const response = await page().goto(`${stage.n8n.url}/form/${example.formPath}`);
				expect(response?.status()).toBe(200);
			}, 30_000);
			await page().getByLabel('Phone number').fill('8 (916) 123-45-67');
			await page().getByLabel('Day').selectOption('Friday');
			await page().getByRole('button', { name: 'Book' }).click();
			await page().getByText('We have sent a text message to +79161234567.').waitFor();

			await page().goto(inbox.url);
			const phone = page().locator('.phone').filter({ hasText: '+79161234567' });
			expect(await phone.locator('.body').allInnerTexts()).toEqual([
				'Your appointment on Friday is booked. See you soon, ACME',
			]);
			await picture(page(), 'inbox');
		}),
	);
}
