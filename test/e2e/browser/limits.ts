/** The lists of Limits: filled in by hand, kept by n8n, and kept to when the workflow runs. */
import type { INodeParameters } from 'n8n-workflow';
import { countryOptions } from '../../../nodes/shared/contract/countries';
import { fresh, rowsNode, smsNode, workflowOf } from '../real-n8n/stage';
import type { Bench } from './bench';
import type { Editor } from './editor';
import { eventually } from './patience';
import { lookAt, onScreen } from './pictures';

const [RU, STOPPED, KE, KZ] = ['+79161234567', '+79161234568', '+254712345678', '+77011234567'] as const;

/** The last of a name: some fields of Allowed Hours are called as fields of the message are. */
const inputOf = (editor: Editor, name: string) => editor.panel.getByTestId(`parameter-input-${name}`).last();

/** What a list offers of which several may be chosen, for what is typed into it. It has one field to type in and one to show. */
async function offered(editor: Editor, name: string, typed: string) {
	const box = inputOf(editor, name).getByRole('combobox').first();
	await box.fill(typed);
	const list = editor.page.locator(`[id="${await box.getAttribute('aria-controls')}"]`);
	return list.getByRole('option').filter({ visible: true });
}

/** Types so much that one entry is left, and chooses it. */
async function search(editor: Editor, name: string, typed: string): Promise<string> {
	const left = await offered(editor, name, typed);
	await eventually(async () => expect(await left.count()).toBe(1));
	const entry = (await left.first().innerText()).trim();
	await left.first().click();
	return entry;
}

const tagsOf = async (editor: Editor, name: string): Promise<string[]> =>
	(await inputOf(editor, name).locator('.el-tag').allInnerTexts()).map((text) => text.trim());

/** The wall clock in Moscow, some hours from now. */
const moscow = (hoursFromNow: number): string => `${(new Date().getUTCHours() + 3 + hoursFromNow) % 24}:00`;

export function describeLimits(bench: () => Bench): void {
	const page = () => bench().editor.page;

	/** Opens a workflow whose SMS node has these limits. */
	async function openWith(limits: INodeParameters): Promise<void> {
		const { editor, stage } = bench();
		fresh(stage.gateways.smsRu);
		const rows = rowsNode([RU, STOPPED, KE, KZ].map((phone) => ({ phone })));
		const parameters = { to: '={{ $json.phone }}', message: 'Hello', defaultCountry: 'RU', limits };
		const sms = smsNode('sendSms', stage, 'smsRu', parameters, { onError: 'continueErrorOutput' });
		await editor.open(workflowOf('Limits', rows, sms));
		await editor.openPanel('SMS');
	}

	/** Runs the workflow, and reads which rows failed and why. */
	async function failures(): Promise<Array<readonly [phone: string | undefined, why: string | undefined]>> {
		const { editor } = bench();
		await editor.closePanel();
		await editor.execute('Failed');
		await editor.dismissToasts();
		await editor.openPanel('Failed');
		const rows = await editor.table('ndv-input-panel');
		return rows.map(({ phone, error }) => [phone, error] as const);
	}

	const arrived = (): string[] => bench().stage.gateways.smsRu.texts.map(({ to }) => `+${to}`);

	describe('limits', () => {
		it(
			'Allowed Countries is searched by name, Do Not Text takes a line for each number, and both hold',
			onScreen(page, async () => {
				const { editor } = bench();
				await openWith({ allowedCountries: [], stopList: '' });
				await inputOf(editor, 'allowedCountries').click();
				const all = await offered(editor, 'allowedCountries', '');
				await eventually(async () => expect(await all.count()).toBe(countryOptions.length - 1));
				expect(await search(editor, 'allowedCountries', 'keny')).toBe('Kenya');
				expect(await search(editor, 'allowedCountries', 'russi')).toBe('Russia');
				await eventually(async () =>
					expect((await tagsOf(editor, 'allowedCountries')).sort()).toEqual(['Kenya', 'Russia']),
				);
				// Numbers as people have them, a line each.
				await page().keyboard.press('Escape');
				await inputOf(editor, 'stopList').locator('textarea').fill('8 (916) 123-45-68\n+254 712 345 678');
				await lookAt(page(), 'Limits lists');
				expect(await failures()).toEqual([
					[STOPPED, expect.stringContaining('blocked_recipient')],
					[KE, expect.stringContaining('blocked_recipient')],
					[KZ, expect.stringContaining('a number of Kazakhstan')],
				]);
				expect(arrived()).toEqual([RU]);
			}),
		);

		it(
			'Allowed Hours: days are taken out one by one, and outside the hours nothing is sent',
			onScreen(page, async () => {
				const { editor } = bench();
				const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
				const hours = { days, severalZones: 'narrowest', timeZone: 'Europe/Moscow', outside: 'reject' };
				await openWith({ allowedHours: { hours: { from: '0:00', to: '24:00', ...hours } } });
				await eventually(async () => expect(await tagsOf(editor, 'days')).toHaveLength(7));
				await inputOf(editor, 'days').click();
				expect(await search(editor, 'days', 'sund')).toBe('Sunday');
				await eventually(async () => expect(await tagsOf(editor, 'days')).toHaveLength(6));
				expect(await search(editor, 'days', 'sund')).toBe('Sunday');
				await eventually(async () => expect(await tagsOf(editor, 'days')).toHaveLength(7));
				await page().keyboard.press('Escape');
				await inputOf(editor, 'from').locator('input').fill(moscow(2));
				await inputOf(editor, 'to').locator('input').fill(moscow(4));
				await lookAt(page(), 'Limits hours');
				const late = expect.stringContaining("'Allowed Hours'") as unknown as string;
				expect(await failures()).toEqual([RU, STOPPED, KE, KZ].map((phone) => [phone, late]));
				expect(arrived()).toEqual([]);

				// Two hours before and after now.
				await editor.closePanel();
				await editor.openPanel('SMS');
				await inputOf(editor, 'from').locator('input').fill(moscow(22));
				await inputOf(editor, 'to').locator('input').fill(moscow(2));
				await editor.closePanel();
				await editor.execute('Sent');
				await eventually(() => expect(arrived().sort()).toEqual([RU, STOPPED, KE, KZ].sort()));
			}),
		);
	});
}
