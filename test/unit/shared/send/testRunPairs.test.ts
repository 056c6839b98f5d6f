/** Send All to One Number beside what else decides over a text: limits over earlier runs, and a backup gateway. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { forgetTestRuns } from '../../../../nodes/shared/send/testMemory';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createSmsc } from '../../../../simulators/smsc';
import { realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';

const [ANN, BOB, CEM, MINE] = ['+79161000001', '+79161000002', '+79161000003', '+79169999999'] as const;
const PEOPLE = [ANN, BOB, CEM];
const ROWS = PEOPLE.map((to, n) => ({ to, order: `A${n}` }));
const HOUR = 3_600_000;

let smsRu: Simulator;
let smsc: Simulator;
let now: number;
beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu());
	smsc = await startSimulator(createSmsc());
});
beforeEach(async () => {
	for (const simulator of [smsRu, smsc]) simulator.reset();
	forgetMarks();
	forgetTestRuns();
	await freshProcessedData();
	now = Date.now();
	clock.now = () => now;
});
afterAll(async () => {
	realTime();
	await Promise.all([smsRu.close(), smsc.close()]);
});

const press = async (parameters: INodeParameters = {}, more: Partial<RunOptions> = {}): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: smsRu.credentials, smscApi: smsc.credentials },
		rows: ROWS,
		parameters: {
			gateway: 'smsRu',
			to: '={{ $json.to }}',
			message: '=Hello {{ $json.order }}',
			inTestRuns: 'oneNumber',
			testNumber: MINE,
			...parameters,
		},
		execution: { mode: 'manual' },
		onError: 'continueErrorOutput',
		...more,
	});

const arrived = ({ texts }: Simulator): string[] => texts.map(({ to, text }) => `+${to} ${text}`);
const ALL_TO_ME = ROWS.map(({ order }) => `${MINE} Hello ${order}`);
const errorsOf = ({ failed }: RunResult): IDataObject[] =>
	failed.map(({ json }) => json.error as IDataObject);

const across = (scope: Readonly<Record<string, string | number>>): INodeParameters => ({
	skipDuplicates: 'acrossRuns',
	skipDuplicatesScope: { scope },
});

describe.each<readonly [name: string, limits: INodeParameters, kind: string]>([
	['a campaign', across({ oncePer: 'campaign', campaign: 'spring' }), 'duplicate'],
	['a value', across({ oncePer: 'value', value: 'order' }), 'duplicate'],
	['a time', across({ oncePer: 'time', count: 1, unit: 'days' }), 'duplicate'],
	['One Text per Number', { onePerNumber: 'day' }, 'rate_limited'],
	[
		'both, with a limit for the run',
		{ skipDuplicates: 'acrossRuns', onePerNumber: 'day', maxTexts: 3 },
		'rate_limited',
	],
])('once per %s counts the people of the rows, not the one number', (_, limits, kind) => {
	it('each of them is told to it, and later presses leave them out', async () => {
		const first = await press({ limits });
		expect(errorsOf(first)).toEqual([]);
		expect(arrived(smsRu)).toEqual(ALL_TO_ME);
		now += HOUR;
		const later = await press({ limits });
		expect(arrived(smsRu)).toEqual(ALL_TO_ME);
		expect(errorsOf(later)).toMatchObject(PEOPLE.map((to) => ({ to, kind, accepted: false })));
	});

	it('an active workflow sends to all of them all the same', async () => {
		await press({ limits });
		const { success } = await press({ limits }, { execution: { mode: 'webhook' } });
		expect(success.map(({ json }) => json.to)).toEqual(PEOPLE);
	});
});

describe('with a backup gateway', () => {
	it('what the first does not take goes to the number through the backup, once each', async () => {
		smsRu.balance = 0;
		const { success } = await press({ backupGateway: 'smsc' });
		expect(arrived(smsRu)).toEqual([]);
		expect(arrived(smsc).sort()).toEqual(ALL_TO_ME);
		expect(success.map(({ json }) => [json.to, json.toRedirectedFrom, json.gateway])).toEqual(
			PEOPLE.map((to) => [MINE, to, 'smsc']),
		);
	});

	it('a second press repeats nothing, whichever took it', async () => {
		smsRu.balance = 0;
		await press({ backupGateway: 'smsc' });
		smsRu.balance = 1000;
		const { success } = await press({ backupGateway: 'smsc' });
		expect(success.map(({ json }) => json.alreadySent)).toEqual([true, true, true]);
		expect([arrived(smsRu), arrived(smsc).length]).toEqual([[], 3]);
	});

	it('Preview Only asks neither', async () => {
		const { success } = await press({ backupGateway: 'smsc', inTestRuns: 'preview' });
		expect(success).toHaveLength(3);
		expect([...smsRu.requests, ...smsc.requests]).toEqual([]);
	});

	it('a lost answer is not sent again through the backup, nor at the next press', async () => {
		smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
		const first = await press({ backupGateway: 'smsc' });
		expect(errorsOf(first)).toMatchObject(PEOPLE.map(() => ({ accepted: null, retry: 'check_first' })));
		await press({ backupGateway: 'smsc' });
		expect(arrived(smsRu)).toEqual(ALL_TO_ME);
		expect(smsc.requests).toEqual([]);
	});
});
