/** n8n dies in a run, and its Retry asks the gateway what became of what was under way: SMSC, and AlphaSMS by its own numbers. */
import type { IExecutionContext, INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/time/clock';
import { startGateways } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';
import { onlyWaits, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { executionContext } from '../../../support/executionContext';
import { runNode } from '../../../support/engine';
import { diesAtCall, freshN8n } from '../../../support/marks';
import { judge, verdictOf } from '../../../support/referee';

jest.setTimeout(120_000);

type Asked = 'smsc' | 'alphaSms';
let gateways: Awaited<ReturnType<typeof startGateways>>;

beforeAll(async () => {
	// SMSC counts how often it is asked in a minute.
	gateways = await startGateways({ now: () => new Date(clock.now()) });
});
afterAll(() => Promise.all(Object.values(gateways).map((one) => one.close())));
afterEach(realTime);

const PEOPLE = 16;
const BLOCK = 2;
const phone = (n: number): string => `+38067${String(1_000_000 + n)}`;

async function fresh(gateway: Asked): Promise<Simulator> {
	await freshN8n();
	onlyWaits();
	gateways[gateway].reset();
	return gateways[gateway];
}

async function send(
	gateway: Asked,
	context: IExecutionContext,
	mode: 'webhook' | 'retry',
	more: { readonly parameters?: INodeParameters; readonly options?: Partial<RunOptions> } = {},
): Promise<RunResult> {
	return await runNode({
		node: gateway,
		credentials: { [`${gateway}Api`]: gateways[gateway].credentials },
		rows: Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) })),
		parameters: {
			to: '={{ $json.phone }}',
			message: 'Hello',
			...(gateway === 'alphaSms' ? { from: 'ACME' } : {}),
			options: { batchSize: BLOCK },
			...more.parameters,
		},
		onError: 'continueErrorOutput',
		execution: { mode, context },
		...more.options,
	});
}

const dieAt = async (
	gateway: Asked,
	call: number,
	context: IExecutionContext,
	mode: 'webhook' | 'retry',
): Promise<boolean> => await diesAtCall(call, [gateways[gateway]], () => send(gateway, context, mode));

const itemsOf = ({ success, failed }: RunResult): RunResult['success'] => [...success, ...failed];
const misses = (simulator: Simulator, result: RunResult) =>
	judge(simulator, itemsOf(result), PEOPLE, phone).misses;
const inDoubt = (result: RunResult): number =>
	itemsOf(result).filter((item) => verdictOf(item).accepted === null).length;
const questions = ({ requests }: Simulator): number =>
	requests.filter(({ url }) => url.includes('/sys/status.php')).length;

it('SMSC, killed at each call to the database: after the Retry everybody has one text, and nobody is in doubt', async () => {
	let asked = 0;
	for (let call = 2; ; call++) {
		const smsc = await fresh('smsc');
		const context = executionContext();
		if (!(await dieAt('smsc', call, context, 'webhook'))) break;
		const had = smsc.texts.length;
		const retry = await send('smsc', context, 'retry');
		expect([call, misses(smsc, retry), inDoubt(retry)]).toEqual([call, [], 0]);
		const known = retry.success.filter(({ json }) => json.alreadySent === true);
		expect([retry.success.length, known.length]).toEqual([PEOPLE, had]);
		// Those of the requests that were asked about have an id.
		asked += known.filter(({ json }) => json.messageId !== null).length;
		// It is written down for the next one.
		const before = questions(smsc);
		const again = await send('smsc', context, 'retry');
		expect([again.success.filter(({ json }) => json.alreadySent === true).length, smsc.texts.length]).toEqual(
			[PEOPLE, PEOPLE],
		);
		expect(questions(smsc)).toBe(before);
	}
	expect(asked).toBeGreaterThan(10);
});

it('SMSC never got the request: the Retry sends it, once SMSC has said so for a minute and a half', async () => {
	const smsc = await fresh('smsc');
	smsc.fault({ at: 'before', how: 'stall', times: Infinity });
	const context = executionContext();
	await dieAt('smsc', 4, context, 'webhook');
	expect([smsc.requests.length > 0, smsc.texts.length]).toEqual([true, 0]);
	const lost = smsc.requests.length;
	smsc.reset();
	const retry = await send('smsc', context, 'retry');
	expect([misses(smsc, retry), inDoubt(retry), smsc.texts.length]).toEqual([[], 0, PEOPLE]);
	expect(retry.success.filter(({ json }) => json.alreadySent === true)).toEqual([]);
	// Four times for each.
	expect(questions(smsc)).toBeGreaterThanOrEqual(4 * Math.min(lost, 2));
});

it('SMSC, killed in the Retry as well, at any call: nobody has two', async () => {
	for (const call of [2, 3, 4, 5, 6, 7, 8, 9, 10, 12]) {
		const smsc = await fresh('smsc');
		const context = executionContext();
		await dieAt('smsc', 5, context, 'webhook');
		await dieAt('smsc', call, context, 'retry');
		const retry = await send('smsc', context, 'retry');
		expect([call, misses(smsc, retry)]).toEqual([call, []]);
	}
});

describe('SMSC is not asked, and nobody gets a second text', () => {
	it.each<[string, Parameters<typeof send>[3]]>([
		['where other texts share a request now', { parameters: { options: { batchSize: 3 } } }],
		[
			'where a row is gone',
			{ options: { rows: Array.from({ length: PEOPLE - 1 }, (_, n) => ({ phone: phone(n + 1) })) } },
		],
		[
			'where the credential is of another account',
			{ options: { credentials: { smscApi: { login: 'another', password: 'x' } } } },
		],
	])('%s', async (_, more) => {
		const smsc = await fresh('smsc');
		const context = executionContext();
		await dieAt('smsc', 4, context, 'webhook');
		const had = new Set(smsc.texts.map(({ to }) => `+${to}`));
		expect(had.size).toBeGreaterThan(0);
		const credentials = more?.options?.credentials?.smscApi;
		const options = {
			...more?.options,
			...(credentials === undefined
				? {}
				: { credentials: { smscApi: { ...smsc.credentials, ...credentials } } }),
		};
		const retry = await send('smsc', context, 'retry', { ...more, options });
		expect(questions(smsc)).toBe(0);
		expect(inDoubt(retry)).toBeGreaterThan(0);
		const texts = smsc.texts.map(({ to }) => to);
		expect(new Set(texts).size).toBe(texts.length);
	});
});

it('AlphaSMS, killed at each call: what it knows by our number is known, the rest of what was under way is in doubt', async () => {
	let known = 0;
	for (let call = 2; ; call++) {
		const alphaSms = await fresh('alphaSms');
		const context = executionContext();
		if (!(await dieAt('alphaSms', call, context, 'webhook'))) break;
		const had = alphaSms.texts.length;
		const retry = await send('alphaSms', context, 'retry');
		expect([call, misses(alphaSms, retry)]).toEqual([call, []]);
		const already = retry.success.filter(({ json }) => json.alreadySent === true).length;
		expect([already, inDoubt(retry)]).toEqual([had, 0]);
		known += already;
	}
	expect(known).toBeGreaterThan(PEOPLE);
});
