/** A run that n8n died in, and its Retry: the journal as the nodes keep it, in n8n's own engine, with SMS.RU's simulator. */
import type { IExecutionContext, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/time/clock';
import { MARKS_KEPT } from '../../../../nodes/shared/journal/n8nMarks';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { hurry, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { executionContext } from '../../../support/executionContext';
import { runNode } from '../../../support/engine';
import type { ProcessedData } from '../../../support/marks';
import { diesAtCall, freshN8n, freshProcessedData, restartN8n } from '../../../support/marks';
import { judge, verdictOf } from '../../../support/referee';

let smsRu: Simulator;
let marks: ProcessedData;

beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu({ dailyLimit: 1_000_000 }));
});
beforeEach(async () => {
	smsRu.reset();
	marks = await freshN8n();
});
afterEach(realTime);
afterAll(() => smsRu.close());

const phone = (n: number): string => `+7916${String(1_000_000 + n)}`;
const PEOPLE = 40;
/** People in a request: as long as nothing takes time, each is a block. */
const BLOCK = 2;
/** Four requests are in flight at most. */
const IN_DOUBT = 4 * BLOCK;

/** What n8n 1.123 gives: nothing of it is saved by the time of a crash. */
const withoutTrigger = (source: 'webhook' | 'retry'): IExecutionContext => ({
	version: 1,
	establishedAt: Date.now(),
	source,
});

function send(
	context: IExecutionContext,
	isRetry: boolean,
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	return runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) })),
		parameters: parameters(),
		onError: 'continueErrorOutput',
		execution: { mode: isRetry ? 'retry' : 'webhook', context },
		...more,
	});
}

const parameters = (more: INodeParameters = {}): INodeParameters => ({
	to: '={{ $json.phone }}',
	message: 'Hello',
	options: { batchSize: 2 },
	...more,
});

/** Starts a run whose process dies at its n-th call to the database, and waits for that. */
async function dieAt(
	call: number,
	context: IExecutionContext,
	isRetry = false,
	more: Partial<RunOptions> = {},
) {
	expect(await diesAtCall(call, [smsRu], () => send(context, isRetry, more))).toBe(true);
}

const judged = (result: RunResult) =>
	judge(smsRu, [...result.success, ...result.failed], PEOPLE, (row) => phone(row));
const inDoubt = ({ failed }: RunResult): number =>
	failed.map(verdictOf).filter(({ error }) => error?.retry === 'check_first').length;
const alreadySent = ({ success }: RunResult): number =>
	success.filter(({ json }) => json.alreadySent === true).length;

it('a run that ended: its Retry texts nobody, and everybody leaves by the success output', async () => {
	const context = executionContext();
	await send(context, false);
	expect(smsRu.texts).toHaveLength(PEOPLE);
	restartN8n();
	for (const mode of ['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const) {
		const again = await send(context, true, { onError: mode });
		expect(judged(again).misses).toEqual([]);
		expect(again.failed).toEqual([]);
		expect(alreadySent(again)).toBe(PEOPLE);
		const [first] = again.success;
		expect(first?.json).toMatchObject({ to: phone(0), accepted: true, status: 'unknown', messageId: null });
	}
});

// The first two calls see that the history is empty, and write the first block.
it.each([2, 3, 4, 5])('n8n dies at the %ith call to its database: the Retry sends the rest', async (call) => {
	const context = executionContext();
	await dieAt(call, context);
	const had = new Set(smsRu.texts.map(({ to }) => `+${to}`));
	expect(had.size).toBe(call === 2 ? 0 : (call - 2) * BLOCK);
	const retry = await send(context, true);
	expect(judged(retry).misses).toEqual([]);
	if (call === 2) expect(inDoubt(retry)).toBe(0);
	else expect(inDoubt(retry)).toBeGreaterThanOrEqual(BLOCK);
	expect(inDoubt(retry)).toBeLessThanOrEqual(IN_DOUBT);
	expect(alreadySent(retry) + inDoubt(retry)).toBe(had.size);
	expect(retry.success).toHaveLength(PEOPLE - inDoubt(retry));
	// The block in doubt had arrived.
	expect(smsRu.texts).toHaveLength(PEOPLE);
});

jest.setTimeout(120_000);

it('n8n dies in the Retry as well, at any call: nobody gets a text twice', async () => {
	for (const call of [2, 3, 4, 5, 6, 7, 9]) {
		smsRu.reset();
		restartN8n();
		marks = await freshProcessedData();
		const context = executionContext();
		await dieAt(4, context);
		await dieAt(call, context, true);
		const retry = await send(context, true);
		expect(judged(retry).misses).toEqual([]);
		// What was in doubt, what the Retry left in doubt, and a block that it had asked about. (At the fourth call, it dies
		// in the middle of asking how far back the history reaches, and nobody can be sure of the rest.)
		if (call !== 4) expect(inDoubt(retry)).toBeLessThanOrEqual(2 * IN_DOUBT + BLOCK);
	}
});

it('the same text in another execution, before or after, is another text', async () => {
	const [lastWeek, today] = [executionContext(Date.now() - 7 * 24 * 3_600_000), executionContext()];
	await send(lastWeek, false);
	restartN8n();
	await dieAt(3, today);
	const had = smsRu.texts.length - PEOPLE;
	expect(had).toBe(BLOCK);
	smsRu.reset();
	const retry = await send(today, true);
	expect(alreadySent(retry)).toBe(0);
	expect(inDoubt(retry)).toBe(BLOCK);
	expect(smsRu.texts).toHaveLength(PEOPLE - BLOCK);
});

it('whoever was refused for good is sent to by the Retry', async () => {
	const context = executionContext();
	smsRu.balance = 0;
	const first = await send(context, false, { onError: 'stopWorkflow' });
	expect(first.error?.message).toContain('balance');
	restartN8n();
	smsRu.reset();
	const retry = await send(context, true, { onError: 'stopWorkflow' });
	expect(retry.error).toBeNull();
	expect(smsRu.texts).toHaveLength(PEOPLE);
	expect(alreadySent(retry) + inDoubt(retry)).toBe(0);
});

it('a text that changes with every run is named by its row', async () => {
	const context = executionContext();
	const changing = { parameters: parameters({ message: '=It is {{ $now.toMillis() }}' }) };
	await dieAt(5, context, false, changing);
	const had = smsRu.texts.length;
	expect(had).toBeGreaterThan(0);
	const retry = await send(context, true, changing);
	expect(judged(retry).misses).toEqual([]);
	expect(alreadySent(retry) + inDoubt(retry)).toBe(had);
});

it('rows that changed between: whoever has the text is known wherever the row stands now', async () => {
	const context = executionContext();
	await dieAt(5, context);
	const rows = Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) }))
		.slice(5)
		.reverse();
	const retry = await send(context, true, { rows });
	expect(alreadySent(retry) + inDoubt(retry)).toBe(3 * BLOCK - 5);
	expect(inDoubt(retry)).toBeLessThanOrEqual(IN_DOUBT);
	expect(smsRu.texts).toHaveLength(PEOPLE);
	expect(new Set(smsRu.texts.map(({ to }) => to)).size).toBe(smsRu.texts.length);
});

it('equal rows that are all wanted stay apart', async () => {
	const context = executionContext();
	const rows = [phone(0), phone(0), phone(1)].map((one) => ({ phone: one }));
	const limits = { skipDuplicates: 'inThisRun' };
	const first = await send(context, false, { rows, parameters: parameters({ limits }) });
	expect(first.failed.map(verdictOf).map(({ error }) => error?.kind)).toEqual(['duplicate']);
	restartN8n();
	const retry = await send(context, true, { rows, parameters: parameters({ limits }) });
	expect(alreadySent(retry)).toBe(2);
	expect(retry.failed.map(verdictOf).map(({ error }) => error?.kind)).toEqual(['duplicate']);
});

describe('a run of one text', () => {
	const one = { rows: [{ phone: phone(0) }] };

	it('takes one write, and what came of it goes with the next', async () => {
		const [first, second] = [executionContext(Date.now() - 1000), executionContext()];
		await send(first, false, one);
		expect(marks.writes).toBe(1);
		await send(second, false, one);
		expect(marks.writes).toBe(2);
		restartN8n();
		expect(alreadySent(await send(first, true, one))).toBe(1);
		expect(inDoubt(await send(second, true, one))).toBe(1);
		expect(smsRu.texts).toHaveLength(2);
	});

	it('is known in the same process', async () => {
		const context = executionContext();
		await send(context, false, one);
		expect(alreadySent(await send(context, true, one))).toBe(1);
		expect(smsRu.texts).toHaveLength(1);
	});

	it('that was refused is written down at once', async () => {
		const context = executionContext();
		smsRu.balance = 0;
		await send(context, false, one);
		restartN8n();
		smsRu.reset();
		expect(inDoubt(await send(context, true, one))).toBe(0);
		expect(smsRu.texts).toHaveLength(1);
	});
});

it('a lost reply is in doubt for the Retry', async () => {
	const context = executionContext();
	smsRu.fault({ at: 'after', how: 'reset' });
	const first = await send(context, false);
	expect(inDoubt(first)).toBe(2);
	restartN8n();
	const retry = await send(context, true);
	expect(judged(retry).misses).toEqual([]);
	expect(inDoubt(retry)).toBe(2);
	expect(alreadySent(retry)).toBe(PEOPLE - 2);
});

it('Retry On Fail within a Retry repeats what failed, and nobody else', async () => {
	const context = executionContext();
	await dieAt(3, context);
	const rows = Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(PEOPLE - 1 - n) }));
	// The request of the first row, three times.
	smsRu.fault({
		at: 'before',
		how: 'reply',
		reply: { status: 429, headers: {}, body: '' },
		times: 3,
		matches: ({ body }) => String(body).includes(phone(PEOPLE - 1).slice(1)),
	});
	hurry(50);
	const retry = await send(context, true, { rows, maxTries: 3 });
	realTime();
	expect(
		judge(smsRu, [...retry.success, ...retry.failed], PEOPLE, (row) => phone(PEOPLE - 1 - row)).misses,
	).toEqual([]);
	expect(inDoubt(retry)).toBe(BLOCK);
	expect(retry.success).toHaveLength(PEOPLE - BLOCK);
	expect(smsRu.requests.some(({ status }) => status === 429)).toBe(true);
});

describe('n8n 1, which hands nothing on', () => {
	it.each([
		['within the day', 0],
		['on the day after', 24 * 3_600_000],
	])('a Retry %s knows what was sent', async (_, later) => {
		await dieAt(9, withoutTrigger('webhook'));
		const now = clock.now() + later;
		clock.now = () => now;
		const retry = await send(withoutTrigger('retry'), true);
		expect(judged(retry).misses).toEqual([]);
		expect(alreadySent(retry) + inDoubt(retry)).toBe(7 * BLOCK);
		expect(alreadySent(retry)).toBeGreaterThan(0);
	});

	it('a Retry two days later knows nothing', async () => {
		await send(withoutTrigger('webhook'), false);
		const now = clock.now() + 2 * 24 * 3_600_000;
		clock.now = () => now;
		const retry = await send(withoutTrigger('retry'), true);
		expect(alreadySent(retry) + inDoubt(retry)).toBe(0);
		expect(smsRu.texts).toHaveLength(2 * PEOPLE);
	});

	it('two runs on one day with the same text are two', async () => {
		await send(withoutTrigger('webhook'), false);
		await send(withoutTrigger('webhook'), false);
		expect(smsRu.texts).toHaveLength(2 * PEOPLE);
	});

	it('the same alarm all day: the hundredth costs no more than the third', async () => {
		const alarm = async (): Promise<number> => {
			const before = marks.writes;
			await send(withoutTrigger('webhook'), false, { rows: [{ phone: phone(0) }] });
			return marks.writes - before;
		};
		const writes: number[] = [];
		for (let n = 0; n < 100; n++) writes.push(await alarm());
		expect(smsRu.texts).toHaveLength(100);
		expect(writes[99]).toBeLessThanOrEqual(writes[2] ?? 0);
		restartN8n();
		const retry = await send(withoutTrigger('retry'), true, { rows: [{ phone: phone(0) }] });
		expect(smsRu.texts).toHaveLength(100);
		expect([retry.success.length, inDoubt(retry)]).toEqual([0, 1]);
	});
});

describe('a sub-workflow', () => {
	const called = (source: 'integrated' | 'retry'): IExecutionContext => ({
		...executionContext(),
		source,
		parentExecutionId: '7',
	});
	const start = (context: IExecutionContext, mode: 'integrated' | 'retry') =>
		send(context, false, { execution: { mode, context } });

	it('that the Retry of another workflow starts is a new execution, and sends to all', async () => {
		await start(called('integrated'), 'integrated');
		restartN8n();
		const again = await start(called('integrated'), 'integrated');
		expect(alreadySent(again) + inDoubt(again)).toBe(0);
		expect(smsRu.texts).toHaveLength(2 * PEOPLE);
	});

	it.each(['integrated', 'retry'] as const)(
		'that is retried by itself is known, whether its context is handed on or made anew (source: %s)',
		async (source) => {
			await start(called('integrated'), 'integrated');
			restartN8n();
			expect(alreadySent(await start(called(source), 'retry'))).toBe(PEOPLE);
			expect(smsRu.texts).toHaveLength(PEOPLE);
		},
	);
});

describe('nothing is written', () => {
	it.each([
		['in a test run', { execution: { mode: 'manual', context: executionContext() } }],
		['with Skip Duplicates off', { parameters: parameters({ limits: { skipDuplicates: 'off' } }) }],
		['in a preview', { parameters: parameters({ operation: 'preview' }) }],
	] as const)('%s', async (_, more) => {
		await send(executionContext(), false, more);
		expect(marks.writes).toBe(0);
	});
});

describe("n8n's database does not answer", () => {
	beforeEach(() => {
		marks.before = () => {
			throw new Error('the database is away');
		};
	});

	it('a first run sends, and says what that means for a Retry', async () => {
		const { run, success } = await send(executionContext(), false);
		expect(success).toHaveLength(PEOPLE);
		expect(run.data.resultData.runData.SMS?.[0]?.hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/do not press Retry.*the database is away/),
			expect.stringMatching(/^Accepted: /),
		]);
	});

	it('a Retry sends nothing', async () => {
		const retry = await send(executionContext(), true);
		expect(inDoubt(retry)).toBe(PEOPLE);
		expect(smsRu.texts).toEqual([]);
	});

	it('comes back: what was not written down meanwhile is written then', async () => {
		let calls = 0;
		marks.before = () => {
			if (++calls === 3) throw new Error('away for a moment');
		};
		const context = executionContext();
		await send(context, false);
		restartN8n();
		const retry = await send(context, true);
		// The block that was not written down is not known.
		expect(alreadySent(retry)).toBe(PEOPLE - BLOCK);
	});
});

it('a history that forgot the run: nobody is texted, since somebody may have the text', async () => {
	smsRu.balance = 1_000_000;
	const context = executionContext(Date.now() - 3 * 3_600_000);
	const others = executionContext(Date.now() - 3_600_000);
	await send(context, false, { rows: [{ phone: phone(0) }] });
	const rows = Array.from({ length: MARKS_KEPT / 2 }, (_, n) => ({ phone: `+7917${1_000_000 + n}` }));
	// Twice: a run of so many keeps its own marks besides.
	for (const n of [0, 1])
		await send(others, false, { rows, parameters: parameters({ message: `Other ${n}`, options: {} }) });
	await send(others, false, { rows: rows.slice(0, 1), parameters: parameters({ message: 'Last' }) });
	smsRu.reset();
	restartN8n();
	expect(inDoubt(await send(context, true, { rows: [{ phone: phone(0) }] }))).toBe(1);
	expect(smsRu.texts).toEqual([]);
	// A later execution is remembered as far back as it needs.
	await send(executionContext(Date.now() + 3_600_000), true, { rows: [{ phone: phone(0) }] });
	expect(smsRu.texts).toHaveLength(1);
});
