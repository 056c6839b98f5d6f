/** n8n dies in a run over two gateways, at any call to its database: the Retry texts nobody twice, over both together. */
import type { IExecutionContext, INodeParameters } from 'n8n-workflow';
import { Journal } from '../../../nodes/shared/journal/journal';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { judgeAll, withoutPriceQuestions } from '../../support/attempts';
import { onlyWaits, realTime } from '../../support/clock';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { diesAtCall, freshN8n } from '../../support/marks';
import { verdictOf } from '../../support/referee';

jest.setTimeout(120_000);

let smsc: Simulator;
let smsRu: Simulator;
let others: readonly Simulator[];

beforeAll(async () => {
	const { smsc: first, smsRu: backup, ...rest } = await startGateways();
	[smsc, smsRu, others] = [first, backup, Object.values(rest)];
});
afterAll(() => Promise.all([smsc, smsRu, ...others].map((one) => one.close())));
afterEach(realTime);

const PEOPLE = 24;
const BLOCK = 2;
const phone = (n: number): string => `+7916${1_000_000 + n}`;

async function fresh(): Promise<void> {
	smsc.reset();
	smsRu.reset();
	await freshN8n();
	// Blocks keep their size where nothing takes time.
	onlyWaits();
}

let limits: INodeParameters = {};
let order = 'listed';

const send = async (context: IExecutionContext, mode: 'webhook' | 'retry'): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: { smscApi: smsc.credentials, smsRuApi: smsRu.credentials },
		rows: Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) })),
		parameters: {
			gateway: 'smsc',
			backupGateway: 'smsRu',
			gatewayOrder: order,
			to: '={{ $json.phone }}',
			message: 'Hello',
			options: { batchSize: BLOCK },
			limits,
		},
		onError: 'continueErrorOutput',
		execution: { mode, context },
	});

const execution = (): IExecutionContext => ({
	version: 1,
	establishedAt: Date.now(),
	source: 'webhook',
	triggerNode: { name: 'Rows', type: 'rows' },
});

const dieAt = async (call: number, context: IExecutionContext, mode: 'webhook' | 'retry'): Promise<boolean> =>
	await diesAtCall(call, [smsc, smsRu], () => send(context, mode));

const itemsOf = ({ success, failed }: RunResult): RunResult['success'] => [...success, ...failed];
const inDoubt = (result: RunResult): number =>
	itemsOf(result).filter((item) => verdictOf(item).accepted === null).length;

it.each<[string, number, INodeParameters]>([
	['all of the first gateway is refused', 0, {}],
	['the money ends in mid-run', 14, {}],
	['the money ends in mid-run, Skip Duplicates across runs', 14, { skipDuplicates: 'acrossRuns' }],
])('%s: a run that is killed at any call, and Retries that are killed, too', async (_, balance, limited) => {
	limits = limited;
	let atSwitch = 0;
	for (let call = 2; ; call++) {
		await fresh();
		const context = execution();
		smsc.balance = balance;
		if (!(await dieAt(call, context, 'webhook'))) break;
		const had = smsc.texts.length + smsRu.texts.length;
		if (smsRu.texts.length > 0) atSwitch++;
		if (call % 3 === 0) await dieAt(3 + (call % 5), context, 'retry');
		const before = [smsc, smsRu].map(({ requests }) => requests.length);
		const retry = await send(context, 'retry');
		const both = [smsc, smsRu].map(({ gateway, texts, requests }, n) => {
			// What became of a text is asked of SMSC in the Retry.
			const sending = requests.slice(before[n]).filter(({ url }) => !url.includes('/sys/status.php'));
			return { gateway, texts, requests: sending };
		});
		expect([call, judgeAll(both, itemsOf(retry), PEOPLE, phone)]).toEqual([call, []]);
		expect(smsc.texts.length + smsRu.texts.length).toBeGreaterThanOrEqual(had);
		// Whoever took a text in an earlier run, nobody knows.
		for (const { json } of retry.success) if (json.alreadySent === true) expect(json.gateway).toBeNull();
		// Doubt ends: the next one knows the same, and texts nobody.
		const sent = smsc.texts.length + smsRu.texts.length;
		const again = await send(context, 'retry');
		expect(smsc.texts.length + smsRu.texts.length).toBe(sent);
		expect(inDoubt(again)).toBe(inDoubt(retry));
	}
	expect(atSwitch).toBeGreaterThan(3);
});

it('Cheapest First, and the prices change before the Retry: nobody has two texts', async () => {
	limits = {};
	order = 'cheapest';
	// SMSC is the cheaper one in the first run, and SMS.RU in the Retry.
	const sells = (cost: number): void => {
		const mutate = (json: unknown): unknown => {
			const reply = json as { sms: Record<string, { cost: number }> };
			for (const entry of Object.values(reply.sms)) entry.cost = cost;
			return reply;
		};
		smsRu.fault({ at: 'after', how: 'mutate', mutate, matches: ({ path }) => path === '/sms/cost' });
	};
	let [turned, atSwitch] = [0, 0];
	for (let call = 2; ; call++) {
		await fresh();
		const context = execution();
		smsc.balance = 14;
		if (!(await dieAt(call, context, 'webhook'))) break;
		if (smsRu.texts.length > 0) atSwitch++;
		const before = [smsc, smsRu].map(({ requests, texts }) => ({ from: requests.length, had: texts.length }));
		sells(1);
		const retry = await send(context, 'retry');
		const both = [smsc, smsRu].map((simulator, n) => {
			const { gateway, texts, requests } = withoutPriceQuestions(simulator);
			const earlier = new Set(simulator.requests.slice(0, before[n]?.from));
			const sending = requests.filter((one) => !earlier.has(one) && !one.url.includes('/sys/status.php'));
			return { gateway, texts, requests: sending };
		});
		expect([call, judgeAll(both, itemsOf(retry), PEOPLE, phone)]).toEqual([call, []]);
		// SMS.RU is the first now, and takes all that SMSC has not.
		if (smsc.texts.length === before[0]?.had && smsRu.texts.length > (before[1]?.had ?? 0)) turned++;
	}
	order = 'listed';
	expect(turned).toBeGreaterThan(3);
	expect(atSwitch).toBeGreaterThan(3);
});

it('a run that ended leaves nothing in doubt', async () => {
	limits = {};
	await fresh();
	const context = execution();
	smsc.balance = 14;
	expect((await send(context, 'webhook')).success).toHaveLength(PEOPLE);
	const retry = await send(context, 'retry');
	expect(retry.success.filter(({ json }) => json.alreadySent === true)).toHaveLength(PEOPLE);
	expect(smsc.texts.length + smsRu.texts.length).toBe(PEOPLE);
});

it('that the first did not take it, and that the second gets it, is written in one call', async () => {
	const calls: string[][] = [];
	const known = new Set<string>();
	const journal = new Journal({
		store: {
			record: async (added) => {
				calls.push([...added]);
				const earlier = new Set(added.filter((mark) => known.has(mark)));
				for (const mark of added) known.add(mark);
				return await Promise.resolve(earlier);
			},
			remove: async () => await Promise.reject(new Error('Nothing is taken out')),
			ask: async () => await Promise.reject(new Error('Nothing is asked')),
			leave: () => undefined,
			trim: async () => await Promise.resolve(false),
			flush: async () => await Promise.resolve(),
		},
		scopes: ['execution'],
		heedsEarlier: false,
		isComplete: true,
		latest: new Map(),
	});
	const parcels = [{ texts: ['text'], nameIn: null }];
	await journal.enter(parcels);
	journal.settle('text', false);
	expect((await journal.enter(parcels)).standings).toEqual(new Map([['text', 'mine']]));
	journal.settle('text', true);
	await journal.write();
	expect(calls).toEqual([
		['execution|text|0|begun'],
		['execution|text|0|notSent', 'execution|text|1|begun'],
		['execution|text|1|sent'],
	]);
});
