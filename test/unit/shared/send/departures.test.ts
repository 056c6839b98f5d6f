/** Allowed Hours end while a run is sending: what has not left stays. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createSmsc } from '../../../../simulators/smsc';
import { realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';

const MINUTE = 60_000;
const [ANN, BOB, CEM] = ['+79161000001', '+79161000002', '+79161000003'] as const;
/** A Wednesday in Moscow. */
const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 25, hour - 3, minute);

let smsRu: Simulator;
let smsc: Simulator;
let now: number;
beforeAll(async () => {
	// One at a time, in their order.
	for (const gateway of [smsRuGateway, smscGateway]) jest.replaceProperty(gateway, 'requestsInFlight', 1);
	const time = { now: () => new Date(now) };
	smsRu = await startSimulator(createSmsRu(), time);
	smsc = await startSimulator(createSmsc(), time);
});
beforeEach(async () => {
	for (const simulator of [smsRu, smsc]) simulator.reset();
	forgetMarks();
	await freshProcessedData();
	now = at(19, 59);
	clock.now = () => now;
	clock.sleep = async (milliseconds) => void (now += milliseconds);
});
afterAll(async () => {
	realTime();
	await Promise.all([smsRu.close(), smsc.close()]);
});

/** Lets a minute pass with each request. */
const isSlow = (simulator: Simulator): void =>
	simulator.fault({
		at: 'before',
		how: 'reset',
		times: Infinity,
		matches: () => {
			now += MINUTE;
			return false;
		},
	});

const send = async (
	hours: INodeParameters = {},
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: smsRu.credentials, smscApi: smsc.credentials },
		rows: [ANN, BOB, CEM].map((to) => ({ to })),
		parameters: {
			gateway: 'smsRu',
			to: '={{ $json.to }}',
			message: 'Hello',
			limits: {
				allowedHours: { hours: { from: '9:00', to: '20:00', timeZone: 'Europe/Moscow', ...hours } },
			},
			options: { batchSize: 1 },
			...parameters,
		},
		onError: 'continueErrorOutput',
		execution: { mode: 'webhook' },
		...more,
	});

const errorsOf = (failed: RunResult['failed']): IDataObject[] =>
	failed.map(({ json }) => json.error as IDataObject);
const arrived = (simulator: Simulator): string[] => simulator.texts.map(({ to }) => `+${to}`);

it('what would leave too late stays, and what left in time is told', async () => {
	isSlow(smsRu);
	const { success, failed } = await send();
	expect(success.map(({ json }) => json.to)).toEqual([ANN]);
	expect(arrived(smsRu)).toEqual([ANN]);
	expect(smsRu.requests).toHaveLength(1);
	expect(failed.map(({ json, pairedItem }) => [pairedItem, json.error])).toEqual(
		[BOB, CEM].map((to, n) => [
			{ item: n + 1 },
			expect.objectContaining({
				to,
				accepted: false,
				kind: 'temporary',
				retry: 'later',
				message:
					"'Allowed Hours' are 9:00 to 20:00, and it is Wednesday, 20:00, in Europe/Moscow. Nothing was sent.",
				hint: expect.stringMatching(/during these hours/),
			}),
		]),
	);
});

it('a run that is fast enough sends all', async () => {
	const { success } = await send();
	expect(success).toHaveLength(3);
	expect(smsRu.requests).toHaveLength(3);
});

it('with Wait, another try hands them to the scheduling of the gateway', async () => {
	isSlow(smsRu);
	const rows = [{ to: 'call me' }, ...[ANN, BOB, CEM].map((to) => ({ to }))];
	const { success, failed } = await send({ outside: 'wait' }, {}, { rows, maxTries: 2 });
	expect(failed).toHaveLength(1);
	expect(success.map(({ json }) => [json.to, json.scheduledFor])).toEqual([
		[ANN, null],
		[BOB, '2026-11-26T06:00:00.000Z'],
		[CEM, '2026-11-26T06:00:00.000Z'],
	]);
	expect(arrived(smsRu)).toEqual([ANN, BOB, CEM]);
});

it('a text that waits for the hours, and leaves once they are over again, stays', async () => {
	// Scheduled for 9:00, and not yet gone when the hours end at 9:02.
	now = at(8, 59);
	isSlow(smsRu);
	const rows = Array.from({ length: 5 }, (_, n) => ({ to: `+7916${1_000_000 + n}` }));
	const { success, failed } = await send({ to: '9:02', outside: 'wait' }, {}, { rows });
	// At 8:59 with a time to wait for, at 9:00 and 9:01 at once.
	expect(success).toHaveLength(3);
	expect(smsRu.requests).toHaveLength(3);
	expect(errorsOf(failed)).toMatchObject([{ retry: 'later' }, { retry: 'later' }]);
});

it('a busy gateway is not asked again once the hours are over', async () => {
	const busy = { status: 429, headers: { 'retry-after': '50' }, body: '' };
	smsRu.fault({ at: 'before', how: 'reply', reply: busy, times: Infinity });
	now = at(19, 59) + 30_000;
	const { failed } = await send({}, {}, { rows: [{ to: ANN }] });
	expect(smsRu.requests).toHaveLength(1);
	expect(errorsOf(failed)).toMatchObject([{ kind: 'rate_limited', retry: 'later', accepted: false }]);
	// In time, it is.
	smsRu.reset();
	smsRu.fault({ at: 'before', how: 'reply', reply: busy });
	now = at(19, 0);
	expect((await send({}, {}, { rows: [{ to: ANN }] })).success).toHaveLength(1);
	expect(smsRu.requests).toHaveLength(2);
});

it('no backup gateway gets what came too late', async () => {
	isSlow(smsRu);
	const { success, failed } = await send({}, { backupGateway: 'smsc' });
	expect([success.length, failed.length]).toEqual([1, 2]);
	expect(smsc.requests).toEqual([]);
	expect(failed[0]?.json.error).not.toHaveProperty('attempts');
});

it('a backup gateway that is asked too late sends nothing', async () => {
	isSlow(smsRu);
	smsRu.balance = 0;
	const { failed } = await send({}, { backupGateway: 'smsc' }, { rows: [{ to: ANN }] });
	expect(smsRu.requests).toHaveLength(1);
	expect(smsc.requests).toEqual([]);
	expect(errorsOf(failed)).toMatchObject([{ accepted: false }]);
});

it('what stayed does not count as sent: the next day it goes out', async () => {
	isSlow(smsRu);
	const limits = {
		skipDuplicates: 'acrossRuns',
		skipDuplicatesScope: { scope: { oncePer: 'campaign', campaign: 'spring' } },
		allowedHours: { hours: { from: '9:00', to: '20:00', timeZone: 'Europe/Moscow' } },
	};
	await send({}, { limits });
	now += 24 * 60 * MINUTE - 10 * MINUTE;
	const { success, failed } = await send({}, { limits });
	expect(success.map(({ json }) => json.to)).toEqual([BOB, CEM]);
	expect(errorsOf(failed)).toMatchObject([{ to: ANN, kind: 'duplicate' }]);
	expect(arrived(smsRu)).toEqual([ANN, BOB, CEM]);
});
