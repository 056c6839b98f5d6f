/** What may be sent once across runs: Skip Duplicates → Across Runs and One Text per Number, in n8n's own engine. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { hurry, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { executionContext } from '../../../support/executionContext';
import { runNode } from '../../../support/engine';
import type { ProcessedData } from '../../../support/marks';
import { diesAtCall, freshProcessedData, restartN8n } from '../../../support/marks';
import { judge } from '../../../support/referee';

let smsRu: Simulator;
let marks: ProcessedData;
let now: number;

beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu({ dailyLimit: 1_000_000 }));
});
beforeEach(async () => {
	smsRu.reset();
	restartN8n();
	marks = await freshProcessedData();
	now = Date.now();
	clock.now = () => now;
});
afterEach(realTime);
afterAll(() => smsRu.close());

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const phone = (n: number): string => `+7916${String(1_000_000 + n)}`;
const PEOPLE = 6;
const ROWS = Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n), order: `A${n}` }));

type Scope = Readonly<Record<string, string | number>>;
const ACROSS = { skipDuplicates: 'acrossRuns' };
const across = (scope: Scope): INodeParameters => ({ ...ACROSS, skipDuplicatesScope: { scope } });
const CAMPAIGN = across({ oncePer: 'campaign', campaign: 'spring' });
const PER_ORDER = across({ oncePer: 'value', value: '={{ $json.order }}' });

function send(limits: INodeParameters, more: Partial<RunOptions> & { parameters?: INodeParameters } = {}) {
	return runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: ROWS,
		onError: 'continueErrorOutput',
		execution: { mode: 'webhook' },
		...more,
		parameters: {
			to: '={{ $json.phone }}',
			message: 'Hello',
			options: { batchSize: 2 },
			limits,
			...more.parameters,
		},
	});
}

/** Starts a run whose process dies at its n-th call to the database, if it comes to that. */
async function dieAt(call: number, limits: INodeParameters, more: Partial<RunOptions> = {}): Promise<void> {
	await diesAtCall(call, [smsRu], () => send(limits, more));
}

const errors = ({ failed }: RunResult): IDataObject[] => failed.map(({ json }) => json.error as IDataObject);
const kinds = (result: RunResult): unknown[] => [
	...new Set(errors(result).map(({ kind, accepted, retry }) => `${kind} ${accepted} ${retry}`)),
];
const DUPLICATE = 'duplicate false never';
const CHECK_FIRST = 'unknown null check_first';

describe.each([
	['a day', ACROSS, `Skipped: ${phone(0)} was sent this text less than 1 day ago.`],
	[
		'5 minutes',
		across({ count: 5, unit: 'minutes' }),
		`Skipped: ${phone(0)} was sent this text less than 5 minutes ago.`,
	],
	['a campaign', CAMPAIGN, `Skipped: ${phone(0)} was sent a text of the campaign "spring".`],
	['a value', PER_ORDER, `Skipped: ${phone(0)} was sent a text for "A0".`],
])('once per %s', (_, limits, sentence) => {
	it('an earlier run that ended: nobody gets a second text, in this process and after a restart', async () => {
		expect((await send(limits)).success).toHaveLength(PEOPLE);
		for (const isNew of [false, true]) {
			if (isNew) restartN8n();
			const again = await send(limits);
			expect([again.success.length, kinds(again)]).toEqual([0, [DUPLICATE]]);
			expect(errors(again)[0]?.message).toBe(sentence);
		}
		expect(smsRu.texts).toHaveLength(PEOPLE);
	});

	it.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'an earlier run that died at its call %i to the database',
		async (call) => {
			await dieAt(call, limits);
			const had = smsRu.texts.length;
			const again = await send(limits);
			const items = [...again.success, ...again.failed];
			expect(new Set(smsRu.texts.map(({ to }) => to)).size).toBe(smsRu.texts.length);
			expect(items).toHaveLength(PEOPLE);
			expect(kinds(again).filter((one) => one !== DUPLICATE && one !== CHECK_FIRST)).toEqual([]);
			// Nobody who is told to be a duplicate is without a text.
			const got = new Set(smsRu.texts.map(({ to }) => `+${to}`));
			for (const { kind, to } of errors(again)) if (kind === 'duplicate') expect(got).toContain(to);
			expect(again.success).toHaveLength(smsRu.texts.length - had);
			// Two requests are in flight at most that are not written down yet, and the block at hand.
			expect(errors(again).filter(({ accepted }) => accepted === null).length).toBeLessThanOrEqual(PEOPLE);
		},
	);

	it('an earlier run that is still going', async () => {
		const [one, other] = await Promise.all([send(limits), send(limits)]);
		expect(smsRu.texts).toHaveLength(PEOPLE);
		expect(one.success.length + other.success.length).toBe(PEOPLE);
		expect(
			[...kinds(one), ...kinds(other)].filter((kind) => kind !== DUPLICATE && kind !== CHECK_FIRST),
		).toEqual([]);
	});

	it('what was refused is sent again, and what is not known is not', async () => {
		smsRu.fault({ at: 'after', how: 'reset', times: 1 });
		expect(kinds(await send(limits, { rows: ROWS.slice(0, 2) }))).toEqual([CHECK_FIRST]);
		smsRu.balance = 0;
		expect((await send(limits, { rows: ROWS.slice(2) })).success).toEqual([]);
		smsRu.balance = 1000;
		restartN8n();
		const again = await send(limits);
		expect([again.success.length, kinds(again)]).toEqual([PEOPLE - 2, [CHECK_FIRST]]);
		expect(errors(again)[0]?.message).toMatch(/^Another run was sending .* its outcome is not known\.$/);
	});

	it('a Retry of the same execution leaves what it sent by the success output', async () => {
		const context = executionContext(now);
		const rows = Array.from({ length: 20 }, (_, n) => ({ phone: phone(n), order: `A${n}` }));
		await dieAt(16, limits, { rows, execution: { mode: 'webhook', context } });
		expect(smsRu.texts.length).toBeLessThan(20);
		const retry = await send(limits, { rows, execution: { mode: 'retry', context } });
		expect(judge(smsRu, [...retry.success, ...retry.failed], 20, (row) => phone(row)).misses).toEqual([]);
		expect(kinds(retry).filter((kind) => kind !== CHECK_FIRST)).toEqual([]);
		expect(retry.success.some(({ json }) => json.alreadySent === true)).toBe(true);
	});

	it('Retry On Fail repeats what failed, and nobody else', async () => {
		smsRu.fault({ at: 'before', how: 'reply', reply: { status: 429, headers: {}, body: '' }, times: 3 });
		hurry(50);
		const { success } = await send(limits, { maxTries: 3 });
		expect(success).toHaveLength(PEOPLE);
		expect(smsRu.texts).toHaveLength(PEOPLE);
		expect(smsRu.requests.some(({ status }) => status === 429)).toBe(true);
	});

	it('test runs are kept apart, and count among themselves', async () => {
		const manual = { execution: { mode: 'manual' } } as const;
		expect((await send(limits, manual)).success).toHaveLength(PEOPLE);
		// Within minutes, this process gives the results of the first.
		restartN8n();
		expect(kinds(await send(limits, manual))).toEqual([DUPLICATE]);
		expect((await send(limits)).success).toHaveLength(PEOPLE);
		expect(kinds(await send(limits))).toEqual([DUPLICATE]);
	});

	it("n8n's database is away: nothing is sent, and it is said", async () => {
		marks.before = () => {
			throw new Error('away');
		};
		const result = await send(limits);
		expect([result.success.length, kinds(result)]).toEqual([0, ['temporary false later']]);
		expect(errors(result)[0]).toMatchObject({
			message:
				"'Skip Duplicates' cannot be enforced: n8n's database could not be asked what earlier runs have sent. Nothing was sent.",
			hint: expect.stringMatching(/never saved, save it.*away/),
		});
		expect(smsRu.requests).toEqual([]);
	});

	it('a preview tells it, and leaves nothing behind', async () => {
		const preview = { parameters: { operation: 'preview' } };
		expect((await send(limits, preview)).success).toHaveLength(PEOPLE);
		await send(limits, { rows: ROWS.slice(0, 2) });
		const before = JSON.stringify([...marks.entries]);
		const seen = await send(limits, preview);
		expect([seen.success.length, kinds(seen)]).toEqual([PEOPLE - 2, [DUPLICATE]]);
		expect(JSON.stringify([...marks.entries])).toBe(before);
	});

	it('Max Texts per Run counts only what is still to be sent', async () => {
		await send(limits, { rows: ROWS.slice(0, 4) });
		const { success, failed } = await send({ ...limits, maxTexts: 2 });
		expect([success.length, failed.length]).toEqual([2, 4]);
		expect(
			kinds(
				await send(
					{ ...limits, maxTexts: 1 },
					{ rows: [...ROWS, { phone: phone(8), order: 'x' }, { phone: phone(9), order: 'y' }] },
				),
			),
		).toEqual([DUPLICATE, 'invalid_parameter false after_fix']);
	});
});

describe('a time', () => {
	const HOURLY = across({ oncePer: 'time', count: 1, unit: 'hours' });

	it('ends: no later than it says, and no earlier than a quarter before', async () => {
		await send(HOURLY);
		now += 44 * MINUTE;
		expect(kinds(await send(HOURLY))).toEqual([DUPLICATE]);
		now += 16 * MINUTE;
		expect((await send(HOURLY)).success).toHaveLength(PEOPLE);
		expect(smsRu.texts).toHaveLength(2 * PEOPLE);
	});

	it('is not made longer by runs that sent nothing', async () => {
		await send(HOURLY);
		for (const minutes of [10, 10, 10, 10]) {
			now += minutes * MINUTE;
			expect((await send(HOURLY)).success).toEqual([]);
		}
		now += 20 * MINUTE;
		expect((await send(HOURLY)).success).toHaveLength(PEOPLE);
	});

	it('the same text every day, once a day: it comes every day', async () => {
		for (let day = 0; day < 10; day++) {
			expect((await send(ACROSS, { rows: ROWS.slice(0, 1) })).success).toHaveLength(1);
			now += DAY;
		}
		expect(smsRu.texts).toHaveLength(10);
	});

	it('another text, number or sender is another; a time to be sent at is not, save within a run', async () => {
		const day = (n: number): string => new Date(now + n * DAY).toISOString();
		const rows = [1, 2].map((n) => ({ phone: phone(0), at: day(n) }));
		const planned = { rows, parameters: { options: { sendAt: '={{ $json.at }}' } } };
		expect((await send(ACROSS, planned)).success).toHaveLength(2);
		expect(kinds(await send(ACROSS, planned))).toEqual([DUPLICATE]);
		expect((await send(ACROSS, { rows, parameters: { message: 'Other' } })).success).toHaveLength(1);
		expect((await send(ACROSS, { rows, parameters: { from: 'ACME' } })).success.length).toBeLessThanOrEqual(
			1,
		);
	});
});

it('a campaign: each number once, whatever the text; another name is another campaign', async () => {
	const rows = [ROWS[0], ROWS[1], ROWS[0]].map((row) => ({ ...row }));
	const parameters = { message: '=Hello {{ $json.order }} {{ $itemIndex }}' };
	const first = await send(CAMPAIGN, { rows, parameters });
	expect([first.success.length, kinds(first)]).toEqual([2, [DUPLICATE]]);
	expect(errors(first)[0]?.message).toBe(
		`Skipped: row 1 of this run already sends a text of the campaign "spring" to ${phone(0)}.`,
	);
	now += 400 * DAY;
	expect(kinds(await send(CAMPAIGN, { rows }))).toEqual([DUPLICATE]);
	expect((await send(across({ oncePer: 'campaign', campaign: 'autumn' }), { rows })).success).toHaveLength(2);
});

describe('a value', () => {
	it.each(['={{ $json.order }}', 'order', '={{ "" + $json.order }}'])('%s: from each row', async (value) => {
		const limits = across({ oncePer: 'value', value });
		await send(limits, { rows: ROWS.slice(0, 2) });
		const next = await send(limits, {
			rows: [
				{ phone: phone(0), order: 'A0' },
				{ phone: phone(0), order: 'B' },
			],
		});
		expect([next.success.length, kinds(next)]).toEqual([1, [DUPLICATE]]);
	});

	it('that a row lacks keeps that row back', async () => {
		const result = await send(PER_ORDER, {
			rows: [
				{ phone: phone(0), order: '' },
				{ phone: phone(1), order: 0 },
			],
		});
		expect([result.success.length, kinds(result)]).toEqual([1, ['invalid_parameter false after_fix']]);
		const none = await send(across({ oncePer: 'value' }));
		expect([none.success.length, none.failed.length]).toEqual([0, PEOPLE]);
	});
});

describe('One Text per Number', () => {
	const PER_HOUR = { onePerNumber: 'hour' };

	it.each([
		['hour', HOUR],
		['day', DAY],
		['week', 7 * DAY],
	])('per %s: any text counts, until it is over', async (onePerNumber, ms) => {
		await send({ onePerNumber }, { rows: ROWS.slice(0, 1) });
		now += 0.7 * ms;
		const soon = await send({ onePerNumber }, { rows: ROWS.slice(0, 2), parameters: { message: 'Other' } });
		expect([soon.success.length, kinds(soon)]).toEqual([1, ['rate_limited false later']]);
		now += 0.3 * ms;
		expect((await send({ onePerNumber }, { rows: ROWS.slice(0, 1) })).success).toHaveLength(1);
	});

	it('within a run, too, and with Skip Duplicates set to Off', async () => {
		const limits = { ...PER_HOUR, skipDuplicates: 'off' };
		const rows = [ROWS[0], ROWS[0]].map((row) => ({ ...row }));
		const result = await send(limits, { rows, parameters: { message: '=Hello {{ $itemIndex }}' } });
		expect([result.success.length, kinds(result)]).toEqual([1, ['rate_limited false later']]);
		expect(errors(await send(limits))[0]?.message).toBe(
			`${phone(0)} was sent a text less than 1 hour ago. Nothing was sent.`,
		);
	});

	it('with Across Runs: what one of both keeps back is free for the other', async () => {
		const both = { ...CAMPAIGN, ...PER_HOUR };
		await send(PER_HOUR, { rows: ROWS.slice(0, 1), parameters: { message: 'Other' } });
		expect(kinds(await send(both, { rows: ROWS.slice(0, 1) }))).toEqual(['rate_limited false later']);
		now += HOUR;
		expect((await send(both, { rows: ROWS.slice(0, 1) })).success).toHaveLength(1);
		now += HOUR;
		expect(kinds(await send(both, { rows: ROWS.slice(0, 1) }))).toEqual([DUPLICATE]);
	});
});

describe('a history that is full', () => {
	const many = (from: number, count: number) =>
		Array.from({ length: count }, (_, n) => ({ phone: phone(1000 + from + n), order: `B${from + n}` }));
	const quick = { parameters: { options: {} } };

	it('of a time: nothing is sent as long as it cannot be known, and it says what to raise', async () => {
		smsRu.balance = 1_000_000;
		const limits = { ...across({ oncePer: 'time', count: 4, unit: 'hours' }), rememberTexts: 100 };
		await send(limits);
		for (let n = 0; n < 4; n++) {
			now += 2 * MINUTE;
			await send(limits, { ...quick, rows: many(n * 800, 800) });
		}
		now += 2 * MINUTE;
		const result = await send(limits);
		expect([result.success.length, kinds(result)]).toEqual([0, ['temporary false later']]);
		expect(errors(result)[0]).toMatchObject({
			message: expect.stringMatching(/^'Skip Duplicates' cannot be enforced: this node remembers 100 texts/),
			hint: expect.stringContaining("Raise 'Remember (Texts)'"),
		});
		now += 5 * HOUR;
		expect((await send(limits)).success).toHaveLength(PEOPLE);
	});

	it('of a campaign: a run of one text forgets nothing of a large one', async () => {
		smsRu.balance = 1_000_000;
		const limits = { ...CAMPAIGN, rememberTexts: 100 };
		await send(limits, { ...quick, rows: many(0, 3000) });
		restartN8n();
		await send(limits, { rows: ROWS.slice(0, 1) });
		const again = await send(limits, { ...quick, rows: many(0, 10) });
		expect([again.success.length, kinds(again)]).toEqual([0, [DUPLICATE]]);
	});
});

it.each([
	[{ ...ACROSS, skipDuplicatesScope: { scope: { oncePer: 'campaign', campaign: ' ' } } }, /has no campaign/],
	[across({ oncePer: 'time', count: 0, unit: 'hours' }), /has the time "0 hours"/],
	[across({ oncePer: 'time', count: 400, unit: 'days' }), /has the time "400 days"/],
	[across({ oncePer: 'month' }), /is "month"/],
	[{ ...ACROSS, skipDuplicatesScope: {} }, /is empty/],
	[{ onePerNumber: 'year' }, /is "year"/],
	[{ skipDuplicates: 'recent' }, /is "recent"/],
])('%j is refused by name', async (limits, sentence) => {
	const result = await send(limits);
	expect(result.success).toEqual([]);
	expect(errors(result)[0]?.message).toMatch(sentence);
});
