/** Send At as sheets and people write it, in n8n's engine, with each On Error mode. */
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../nodes/shared/time/clock';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { realTime } from '../../support/clock';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { verdictOf } from '../../support/referee';

const DAY = 86_400_000;
/** Noon in Moscow, three days from now: the simulator has a clock of its own. */
const NOON = Math.floor(Date.now() / DAY) * DAY + 3 * DAY + 9 * 3_600_000;
const wall = (instant: number): string => new Date(instant + 3 * 3_600_000).toISOString().slice(0, 16);
const [year = '', month = '', day = ''] = wall(NOON).slice(0, 10).split('-');
const at = (hour: number, daysAhead = 0): number => NOON + (hour - 12) * 3_600_000 + daysAhead * DAY;

let smsRu: Simulator;
beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu());
});
beforeEach(() => {
	smsRu.reset();
	clock.now = () => NOON;
});
afterEach(realTime);
afterAll(async () => await smsRu.close());

const send = async (times: readonly unknown[], more: Partial<RunOptions> = {}): Promise<RunResult> =>
	await runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: times.map((time, n) => ({ phone: `+7916100000${n}`, time }) as IDataObject),
		parameters: {
			to: '={{ $json.phone }}',
			message: 'Hello',
			options: { sendAt: '={{ $json.time }}' },
		},
		...more,
	});

const GOOD: ReadonlyArray<readonly [unknown, number]> = [
	[`${day}.${month}.${year} 18:00`, at(18)],
	[`${year}-${month}-${day}T18:00:00`, at(18)],
	['18:00', at(18)],
	['10:00', at(10, 1)],
	[at(18) / 1000, at(18)],
	// The days since 30 December 1899, as a spreadsheet counts them.
	[(Date.UTC(Number(year), Number(month) - 1, Number(day)) - Date.UTC(1899, 11, 30)) / DAY + 0.75, at(18)],
];
const BAD = `05/06/${Number(year) + 1} 10:00`;

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'with %s',
	(onError) => {
		it.each([
			['the first row bad', [BAD, ...GOOD.map(([time]) => time)]],
			['the last row bad', [...GOOD.map(([time]) => time), BAD]],
		])('%s: the others go out at their times', async (_, times) => {
			const { success, failed, error } = await send(times, { onError });
			expect(error).toBeNull();
			const verdicts = [...success, ...failed].map(verdictOf);
			const refused = verdicts.filter(({ accepted }) => accepted === false);
			expect(refused.map(({ row, error: why }) => [row, why?.message])).toEqual([
				[
					times.indexOf(BAD),
					`'Send At' is "${BAD}", which can be 5 June ${Number(year) + 1} or 6 May ${Number(year) + 1}.`,
				],
			]);
			expect(refused[0]?.error?.hint).toBe(
				`Write ${Number(year) + 1}-06-05 10:00 or ${Number(year) + 1}-05-06 10:00. Nothing was sent.`,
			);
			const taken = verdicts.filter(({ accepted }) => accepted === true);
			expect(taken.map(({ json }) => json.scheduledFor)).toEqual(
				GOOD.map(([, instant]) => new Date(instant).toISOString()),
			);
			expect(smsRu.texts.map(({ scheduledFor }) => Date.parse(scheduledFor ?? '')).sort()).toEqual(
				GOOD.map(([, instant]) => instant).sort(),
			);
		});
	},
);

it('says in the result which day a time was taken for, in the zone of the workflow', async () => {
	const { success } = await send(['18:00', '10:00', `${day}.${month}.${year} 18:00`]);
	const local = (instant: number): string => wall(instant).replace('T', ' ');
	expect(success.map(({ json }) => json.scheduledForLocal)).toEqual([
		`${local(at(18))} Europe/Moscow (today)`,
		`${local(at(10, 1))} Europe/Moscow (tomorrow)`,
		`${local(at(18))} Europe/Moscow (today)`,
	]);
});

it('shows no time where a text goes out now', async () => {
	const { success } = await send(['']);
	expect(success[0]?.json).toMatchObject({ accepted: true, scheduledFor: null });
	expect(success[0]?.json).not.toHaveProperty('scheduledForLocal');
});

it('a time of a few minutes ago is now, not tomorrow: the workflow may have started at that time', async () => {
	const { success } = await send(['11:57', '11:54']);
	expect(success.map(({ json }) => json.scheduledFor)).toEqual([
		new Date(NOON - 3 * 60_000).toISOString(),
		new Date(NOON - 6 * 60_000 + DAY).toISOString(),
	]);
});

it.each([
	[`${day}.${month}.${Number(year)}`, 'which has no time of day'],
	[
		(Date.UTC(Number(year), Number(month) - 1, Number(day)) - Date.UTC(1899, 11, 30)) / DAY + 1,
		'which is not a valid date',
	],
	// In a sheet that counts from 1904 it is four years later.
	[(Date.UTC(Number(year) + 5, 0, 1) - Date.UTC(1899, 11, 30)) / DAY + 0.5, 'which is not a valid date'],
	['soon', 'which is not a valid date'],
	[`${day}.${month}.${Number(year) - 1} 10:00`, 'which has passed'],
])('refuses %j, and sends nothing', async (time, why) => {
	const { failed } = await send([time], { onError: 'continueErrorOutput' });
	expect(failed.map(verdictOf).map(({ error }) => error?.message)).toEqual([expect.stringContaining(why)]);
	expect(smsRu.requests).toHaveLength(0);
});

it("n8n's second try of a run does not take a time for another day, and so send again", async () => {
	// The first row is bad, so n8n tries the run again; by then the time has passed.
	clock.now = () => (smsRu.requests.length > 0 ? NOON + 6 * 60_000 : NOON);
	const { success } = await send([BAD, '12:00'], { maxTries: 3, onError: 'continueRegularOutput' });
	expect(success.map(verdictOf).map(({ accepted }) => accepted)).toEqual([false, true]);
	expect(clock.now()).toBeGreaterThan(NOON);
	expect(smsRu.texts).toHaveLength(1);
});
