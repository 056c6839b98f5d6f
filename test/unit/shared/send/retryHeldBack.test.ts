/**
 * A Retry in which the gateway refuses all, or is stopped: whoever has the text from the earlier run is said to have it, and
 * is not held back with the others as one whose text was not sent.
 */
import type { IExecutionContext, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/time/clock';
import { startGateways } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';
import { onlyWaits, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import type { ProcessedData } from '../../../support/marks';
import { diesAtCall, freshN8n, restartN8n } from '../../../support/marks';
import { verdictOf } from '../../../support/referee';

jest.setTimeout(60_000);

let gateways: Awaited<ReturnType<typeof startGateways>>;
let marks: ProcessedData;

beforeAll(async () => {
	gateways = await startGateways({ now: () => new Date(clock.now()) });
});
beforeEach(async () => {
	for (const one of Object.values(gateways)) one.reset();
	marks = await freshN8n();
	onlyWaits();
});
afterEach(realTime);
afterAll(() => Promise.all(Object.values(gateways).map((one) => one.close())));

const PEOPLE = 40;
const BATCH = 2;
/** Those who have no text when the Retry begins: it meets the gateway's refusal with them, and holds the rest back. */
const WITHOUT = 16;

const phone = (n: number): string => `+7916${1_000_000 + n}`;
const rows = Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) }));

const execution = (): IExecutionContext => ({
	version: 1,
	establishedAt: Date.now(),
	source: 'webhook',
	triggerNode: { name: 'Rows', type: 'rows' },
});

type Gateway = 'smsRu' | 'smsc';

async function send(
	gateway: Gateway,
	context: IExecutionContext,
	mode: 'webhook' | 'retry',
	more: Partial<RunOptions> = {},
	parameters: INodeParameters = {},
): Promise<RunResult> {
	return await runNode({
		node: gateway,
		credentials: { [`${gateway}Api`]: gateways[gateway].credentials },
		rows,
		parameters: {
			to: '={{ $json.phone }}',
			message: 'Hello',
			options: { batchSize: BATCH },
			...parameters,
		},
		onError: 'continueErrorOutput',
		execution: { mode, context },
		...more,
	});
}

const itemsOf = ({ success, failed }: RunResult): RunResult['success'] => [...success, ...failed];
const texts = (gateway: Simulator): number => gateway.texts.length;

/** What the items say, held against what the gateways had. */
function expectTruth(result: RunResult, ...gateways: readonly Simulator[]): void {
	const have = new Set(gateways.flatMap((gateway) => gateway.texts.map(({ to }) => `+${to}`)));
	const said = itemsOf(result).map(verdictOf);
	expect(said.map(({ row }) => row).sort((a, b) => a - b)).toEqual(rows.map((_, row) => row));
	expect(said.filter(({ to, accepted }) => accepted === true && !have.has(to))).toEqual([]);
	expect(said.filter(({ to, accepted }) => accepted === false && have.has(to))).toEqual([]);
}
const alreadySent = ({ success }: RunResult): number =>
	success.filter(({ json }) => json.alreadySent === true && json.accepted === true).length;
const inDoubt = (result: RunResult): number =>
	itemsOf(result).filter((item) => verdictOf(item).accepted === null).length;

/** The first run reached all but the first rows. */
async function ranForTheLast(gateway: Gateway, parameters: INodeParameters = {}): Promise<IExecutionContext> {
	const context = execution();
	await send(gateway, context, 'webhook', { rows: rows.slice(WITHOUT) }, parameters);
	expect(texts(gateways[gateway])).toBe(PEOPLE - WITHOUT);
	restartN8n();
	return context;
}

describe.each<[string, (smsRu: Simulator) => Partial<RunOptions>]>([
	[
		'has no money left',
		(smsRu) => {
			smsRu.balance = 0;
			return {};
		},
	],
	[
		'refuses the key',
		() => ({ credentials: { smsRuApi: { ...gateways.smsRu.credentials, apiId: 'wrong' } } }),
	],
	[
		'cannot be reached',
		() => ({ credentials: { smsRuApi: { ...gateways.smsRu.credentials, baseUrl: 'http://127.0.0.1:9' } } }),
	],
])('the gateway %s', (_, breakIt) => {
	it.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)(
		'with On Error %s, whoever has the text is said to have it, and nobody gets one',
		async (onError) => {
			const { smsRu } = gateways;
			const context = await ranForTheLast('smsRu');
			const retry = await send('smsRu', context, 'retry', { onError, ...breakIt(smsRu) });
			expect(retry.error).toBeNull();
			expectTruth(retry, smsRu);
			expect([alreadySent(retry), inDoubt(retry), texts(smsRu)]).toEqual([
				PEOPLE - WITHOUT,
				0,
				PEOPLE - WITHOUT,
			]);
			// And whoever has not gets it by the next Retry.
			smsRu.reset();
			const again = await send('smsRu', context, 'retry');
			expect([alreadySent(again), inDoubt(again), texts(smsRu)]).toEqual([PEOPLE - WITHOUT, 0, WITHOUT]);
		},
	);

	it('with Retry On Fail, the same', async () => {
		const { smsRu } = gateways;
		const context = await ranForTheLast('smsRu');
		const retry = await send('smsRu', context, 'retry', { maxTries: 3, ...breakIt(smsRu) });
		expectTruth(retry, smsRu);
		expect(alreadySent(retry)).toBe(PEOPLE - WITHOUT);
	});
});

it('the gateway answers nothing any more: beyond the first, whoever has the text is said to have it', async () => {
	const { smsRu } = gateways;
	const context = await ranForTheLast('smsRu');
	smsRu.fault({ at: 'before', how: 'reply', reply: { status: 502, headers: {}, body: '' }, times: Infinity });
	const retry = await send('smsRu', context, 'retry');
	expectTruth(retry, smsRu);
	expect(alreadySent(retry)).toBe(PEOPLE - WITHOUT);
	expect(inDoubt(retry)).toBeGreaterThan(0);
});

it('Across Runs, the same', async () => {
	const { smsRu } = gateways;
	const limits = { limits: { skipDuplicates: 'acrossRuns' } };
	const context = await ranForTheLast('smsRu', limits);
	smsRu.balance = 0;
	const retry = await send('smsRu', context, 'retry', {}, limits);
	expectTruth(retry, smsRu);
	expect([alreadySent(retry), texts(smsRu)]).toEqual([PEOPLE - WITHOUT, PEOPLE - WITHOUT]);
	// Those who were held back are free for another run.
	smsRu.reset();
	await send('smsRu', execution(), 'webhook', {}, limits);
	expect(texts(smsRu)).toBe(WITHOUT);
});

it('both gateways refuse all: whoever has the text is said to have it', async () => {
	const { smsRu, smsc } = gateways;
	const more = {
		node: 'sendSms',
		credentials: { smsRuApi: smsRu.credentials, smscApi: smsc.credentials },
	};
	const both = { gateway: 'smsRu', backupGateway: 'smsc' };
	const context = execution();
	await send('smsRu', context, 'webhook', { ...more, rows: rows.slice(WITHOUT) }, both);
	restartN8n();
	smsRu.balance = 0;
	smsc.balance = 0;
	const retry = await send('smsRu', context, 'retry', more, both);
	expectTruth(retry, smsRu, smsc);
	expect([alreadySent(retry), texts(smsRu), texts(smsc)]).toEqual([PEOPLE - WITHOUT, PEOPLE - WITHOUT, 0]);
});

it('SMSC, without money: what was under way is asked all the same, and whoever has it is said to have it', async () => {
	const { smsc } = gateways;
	const context = execution();
	// Another Retry than the one that follows must not ask: the first rows have no text in either.
	const later = { rows: rows.slice(WITHOUT) };
	expect(await diesAtCall(6, [smsc], () => send('smsc', context, 'webhook', later))).toBe(true);
	onlyWaits();
	const had = texts(smsc);
	expect(had).toBeGreaterThan(0);
	smsc.balance = 0;
	const retry = await send('smsc', context, 'retry');
	expectTruth(retry, smsc);
	expect([alreadySent(retry), inDoubt(retry), texts(smsc)]).toEqual([had, 0, had]);
	const withIds = retry.success.filter(({ json }) => json.alreadySent === true && json.messageId !== null);
	expect(withIds.length).toBeGreaterThan(0);
});

it('a Retry that is stopped: whoever has the text is said to have it', async () => {
	const { smsRu } = gateways;
	const context = await ranForTheLast('smsRu');
	const retry = await send('smsRu', context, 'retry', { onStarted: (cancel) => setTimeout(cancel, 0) });
	expectTruth(retry, smsRu);
});

it('no Retry: what is held back is not written down', async () => {
	const { smsRu } = gateways;
	smsRu.balance = 0;
	const first = await send('smsRu', execution(), 'webhook');
	expect(first.failed).toHaveLength(PEOPLE);
	expect(marks.writes).toBeLessThan(10);
});
