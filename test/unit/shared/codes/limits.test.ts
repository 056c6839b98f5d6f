/** Send Code under Limits: what is kept back costs nothing, and takes nothing of what a number or a day may have. */
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { forgetFrontiers } from '../../../../nodes/shared/codes/claims';
import { forgetTries } from '../../../../nodes/shared/codes/tries';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { forgetEverything } from '../../../../nodes/shared/send/ledger';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import type { RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';

let smsRu: Simulator;

beforeAll(async () => void (smsRu = await startSimulator(createSmsRu())));
beforeEach(async () => {
	smsRu.reset();
	forgetTries();
	forgetFrontiers();
	forgetMarks();
	forgetEverything();
	await freshProcessedData();
});
afterAll(async () => await smsRu.close());

const PHONE = '+79161234567';
const ABROAD = '+254712345678';
/** One code for a number and two on a day: whoever counts what was not sent lets nothing through. */
const ONE_EACH = { waitSeconds: 0, perNumber: 1, perDay: 2 };

async function sendCodes(
	numbers: readonly string[],
	limits: INodeParameters,
	onError: OnError = 'continueErrorOutput',
): Promise<RunResult> {
	return await runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: numbers.map((phone) => ({ phone })),
		onError,
		maxTries: 2,
		execution: { mode: 'webhook' },
		parameters: {
			resource: 'oneTimeCode',
			operation: 'send',
			to: '={{ $json.phone }}',
			message: '{code} is your code',
			codeSettings: ONE_EACH,
			limits,
		},
	});
}

const textedTo = (): string[] => smsRu.texts.map(({ to }) => `+${to}`);
const errorOf = (json: IDataObject): IDataObject => json.error as IDataObject;

describe.each<[string, INodeParameters, string, string]>([
	['Allowed Countries', { allowedCountries: ['RU'] }, ABROAD, 'no_route'],
	['Do Not Text', { stopList: '+79161234568' }, '+79161234568', 'blocked_recipient'],
])('%s', (_, limits, forbidden, kind) => {
	it.each([
		['first', [forbidden, PHONE]],
		['last', [PHONE, forbidden]],
	] as const)(
		'a forbidden number that comes %s gets no code, and the other one does',
		async (__, numbers) => {
			const result = await sendCodes(numbers, limits);
			expect(textedTo()).toEqual([PHONE]);
			expect(result.success).toMatchObject([{ json: { to: PHONE, codeId: expect.any(String) } }]);
			expect(result.failed.map(({ json }) => errorOf(json))).toMatchObject([
				{ to: forbidden, kind, accepted: false },
			]);
			expect(JSON.stringify(result.failed)).not.toContain('codeId');
		},
	);

	it('what was kept back counts neither for its number nor for the day', async () => {
		for (let run = 0; run < 3; run++) await sendCodes([forbidden], limits);
		expect(textedTo()).toEqual([]);
		await sendCodes([forbidden, PHONE], {});
		expect(textedTo()).toEqual([forbidden, PHONE]);
	});
});

it('Max Segments counts the text with the code in it', async () => {
	const sendWith = async (settings: INodeParameters): Promise<RunResult> =>
		await runNode({
			node: 'smsRu',
			credentials: { smsRuApi: smsRu.credentials },
			execution: { mode: 'webhook' },
			parameters: {
				resource: 'oneTimeCode',
				operation: 'send',
				to: PHONE,
				// 160 characters with eight digits, in place of six characters.
				message: `${'x'.repeat(152)}{code}`,
				codeSettings: { ...ONE_EACH, digits: 8, ...settings },
				limits: { maxSegments: 1 },
			},
		});
	const result = await sendWith({ website: 'example.com' });
	expect(result.error?.message).toMatch(/segment/);
	expect(smsRu.requests).toEqual([]);
	const fits = await sendWith({});
	expect(fits.success).toMatchObject([{ json: { segments: 1, accepted: true } }]);
});

it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'Max Texts per Run: none of too many gets a code, and all of few enough do: On Error = %s',
	async (onError) => {
		const both = [PHONE, '+79161234568'];
		const result = await sendCodes(both, { maxTexts: 1 }, onError);
		expect(smsRu.requests).toEqual([]);
		expect(result.error === null).toBe(onError !== 'stopWorkflow');
		await sendCodes(both, { maxTexts: 2 }, onError);
		expect(textedTo()).toEqual(both);
	},
);
