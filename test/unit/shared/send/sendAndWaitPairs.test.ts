/** Send and Wait for Response together with what keeps texts from going out twice or at all. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readPendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { forgetEverything } from '../../../../nodes/shared/send/ledger';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createSmsc } from '../../../../simulators/smsc';
import { hurry, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';

let smsRu: Simulator;
let smsc: Simulator;
let now: number;

function restart(): void {
	forgetMarks();
	forgetEverything();
}

beforeAll(async () => {
	[smsRu, smsc] = await Promise.all([startSimulator(createSmsRu()), startSimulator(createSmsc())]);
});
beforeEach(async () => {
	for (const simulator of [smsRu, smsc]) simulator.reset();
	restart();
	await freshProcessedData();
	now = Date.now();
	clock.now = () => now;
});
afterEach(realTime);
afterAll(async () => {
	await Promise.all([smsRu.close(), smsc.close()]);
});

const PHONE = '+79161234567';
const DAY = 86_400_000;

async function ask(parameters: INodeParameters = {}, more: Partial<RunOptions> = {}): Promise<RunResult> {
	return await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: smsRu.credentials, smscApi: smsc.credentials },
		execution: { mode: 'webhook' },
		...more,
		parameters: { gateway: 'smsRu', operation: 'sendAndWait', to: PHONE, message: 'Approve?', ...parameters },
	});
}

const waits = ({ run }: RunResult): boolean => run.waitTill !== undefined && run.waitTill !== null;

function keptBy({ run }: RunResult): ReturnType<typeof readPendingQuestion> {
	const context = run.data.executionData?.contextData['node:SMS'] as IDataObject | undefined;
	return readPendingQuestion(context?.question);
}

/** What a failed text is told with, wherever On Error sends it. */
function failureOf({ error, success, failed }: RunResult): string {
	const [item] = [...failed, ...success];
	return error?.message ?? String((item?.json.error as IDataObject | undefined)?.message);
}

const across = (scope: INodeParameters): INodeParameters => ({
	limits: { skipDuplicates: 'acrossRuns', skipDuplicatesScope: { scope } },
});

describe.each<[string, INodeParameters, INodeParameters, RegExp]>([
	// The links of two questions differ, and the questions do not.
	['a day', across({ count: 1, unit: 'days' }), { message: 'Approve the other one?' }, /was sent this text/],
	[
		'a campaign',
		across({ oncePer: 'campaign', campaign: 'trip' }),
		across({ oncePer: 'campaign', campaign: 'party' }),
		/was sent a text of the campaign "trip"/,
	],
	['a number', { limits: { onePerNumber: 'day' } }, { to: '+79161234568' }, /\+79161234567/],
])('asked once per %s', (_, parameters, other, sentence) => {
	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'another run asks nobody again and does not wait, also after a restart: On Error = %s',
		async (onError) => {
			expect(waits(await ask(parameters))).toBe(true);
			for (const isNew of [false, true]) {
				if (isNew) restart();
				const again = await ask(parameters, { onError, maxTries: 3 });
				expect([waits(again), smsRu.texts.length]).toEqual([false, 1]);
				expect(failureOf(again)).toMatch(sentence);
			}
			expect(waits(await ask({ ...parameters, ...other }))).toBe(true);
			expect(smsRu.texts).toHaveLength(2);
		},
	);
});

it('who was asked yesterday can be asked again today', async () => {
	const parameters = across({ count: 1, unit: 'days' });
	expect(waits(await ask(parameters))).toBe(true);
	now += 1.3 * DAY;
	restart();
	expect(waits(await ask(parameters))).toBe(true);
	expect(smsRu.texts).toHaveLength(2);
});

it('a question that was refused has not been asked: another run asks it', async () => {
	const parameters = across({ count: 1, unit: 'days' });
	smsRu.balance = 0;
	expect(waits(await ask(parameters))).toBe(false);
	smsRu.balance = 1000;
	expect(waits(await ask(parameters))).toBe(true);
	expect(smsRu.texts).toHaveLength(1);
});

describe('a backup gateway', () => {
	const backup = { backupGateway: 'smsc' };

	it('does not ask where nobody knows whether the first one did', async () => {
		hurry(1000);
		smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
		const result = await ask(backup, { maxTries: 3 });
		expect([waits(result), smsRu.texts.length, smsc.requests.length]).toEqual([false, 1, 0]);
	});

	it('that asked counts across runs', async () => {
		smsRu.balance = 0;
		const parameters = { ...backup, ...across({ count: 1, unit: 'days' }) };
		const first = await ask(parameters);
		expect([waits(first), keptBy(first)?.gateway, smsc.texts.length]).toEqual([true, 'smsc', 1]);
		smsRu.balance = 1000;
		restart();
		const second = await ask(parameters);
		expect([waits(second), smsRu.texts.length, smsc.texts.length]).toEqual([false, 0, 1]);
		expect(failureOf(second)).toMatch(/was sent this text/);
	});

	it('that refuses, too, leaves nobody waiting', async () => {
		smsRu.balance = 0;
		smsc.balance = 0;
		const result = await ask(backup, { onError: 'continueErrorOutput' });
		expect([waits(result), result.failed.length]).toEqual([false, 1]);
	});

	it('does not ask in a test run that sends nothing, and the run waits', async () => {
		smsRu.balance = 0;
		const result = await ask({ ...backup, inTestRuns: 'preview' }, { execution: { mode: 'manual' } });
		expect([waits(result), smsRu.requests.length, smsc.requests.length]).toEqual([true, 0, 0]);
	});
});

describe('test runs', () => {
	const manual = { execution: { mode: 'manual' } } as const;

	it('that send nothing do not count across runs', async () => {
		const parameters = across({ count: 1, unit: 'days' });
		for (let press = 0; press < 2; press++)
			expect(waits(await ask({ ...parameters, inTestRuns: 'preview' }, manual))).toBe(true);
		expect(waits(await ask(parameters))).toBe(true);
		expect(smsRu.texts).toHaveLength(1);
	});

	it('to one number ask that one alone', async () => {
		const own = { inTestRuns: 'oneNumber', testNumber: '+79160000009' };
		expect(waits(await ask(own, manual))).toBe(true);
		expect(smsRu.texts.map(({ to }) => to)).toEqual(['79160000009']);
	});
});

describe('limits', () => {
	it.each<[string, INodeParameters]>([
		['Max Segments, with the link', { limits: { maxSegments: 1 } }],
		['Allowed Countries', { limits: { allowedCountries: ['KE'] } }],
		['Do Not Text', { limits: { stopList: PHONE } }],
	])('%s: nobody is asked, and nothing waits', async (_, parameters) => {
		const result = await ask(parameters);
		expect([waits(result), smsRu.requests.length]).toEqual([false, 0]);
		expect(result.error).not.toBeNull();
		// Without the limit it would have gone out.
		expect(waits(await ask())).toBe(true);
	});
});
