/** The Test Gateway, run in n8n's engine: every outcome that its page promises, and no request to anybody. */
import { readFileSync } from 'node:fs';
import { subscribe } from 'node:diagnostics_channel';
import path from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { testGateway } from '../../../nodes/TestGateway/gateway';
import { ERROR_KINDS } from '../../../nodes/shared/contract/outcome';
import { Journal } from '../../../nodes/shared/journal/journal';
import { clock } from '../../../nodes/shared/time/clock';
import { startSimulator } from '../../../simulators/server';
import { createSmsRu } from '../../../simulators/smsRu';
import { realTime } from '../../support/clock';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const START = Date.UTC(2026, 10, 25, 9, 0, 0);
let now = START;
beforeEach(() => {
	now = START;
	clock.now = () => now;
	clock.sleep = async (milliseconds) => {
		now += milliseconds;
	};
});
afterAll(realTime);

const leaves = jest.fn();
for (const channel of ['http.client.request.created', 'net.client.socket']) subscribe(channel, leaves);
const expectNothingLeft = (): void => expect(leaves).not.toHaveBeenCalled();
afterEach(() => leaves.mockClear());

const run = async (
	rows: readonly IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> => {
	const result = await runNode({
		node: 'sendSms',
		credentials: {},
		rows,
		parameters: { gateway: 'test', to: '={{ $json.to }}', message: 'Hello', ...parameters },
		onError: 'continueErrorOutput',
		...more,
	});
	expectNothingLeft();
	return result;
};
const errors = ({ failed }: RunResult): IDataObject[] => failed.map(({ json }) => json.error as IDataObject);
const hintsOf = ({ run: { data } }: RunResult): string[] =>
	(data.resultData.runData.SMS?.[0]?.hints ?? []).map(({ message }) => message);
const numbered = (last: string): string => `+1202555${last}`;

it('would be seen to send, as another gateway is', async () => {
	const simulator = await startSimulator(createSmsRu());
	const { success } = await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: simulator.credentials },
		parameters: { gateway: 'smsRu', to: '+79161234567', message: 'Hello' },
	});
	await simulator.close();
	expect(success[0]?.json).not.toHaveProperty('testMode');
	expect(expectNothingLeft).toThrow();
});

it('the Test Mode of another gateway is told as well, and a run that sends says nothing', async () => {
	const simulator = await startSimulator(createSmsRu());
	const [real, pretended] = await Promise.all(
		[{}, { testMode: true }].map(
			async (options) =>
				await runNode({
					node: 'smsRu',
					credentials: { smsRuApi: simulator.credentials },
					parameters: { to: '+79161234567', message: 'Hello', options },
				}),
		),
	);
	await simulator.close();
	// This engine has no database for the journal, which says so.
	expect(real && hintsOf(real).filter((hint) => !/could be recorded/.test(hint))).toEqual([]);
	expect(pretended && hintsOf(pretended)).toEqual([
		'Nothing was sent: "Test Mode" is on, and SMS.RU only simulated sending. To send texts, remove it from the options.',
	]);
});

it('takes any number, and every result says that it was a test', async () => {
	const result = await run([{ to: '+79161234567' }, { to: '+254712345678' }]);
	expect(result.success.map(({ json }) => json)).toMatchObject(
		['+79161234567', '+254712345678'].map((to) => ({
			to,
			gateway: 'test',
			status: 'queued',
			accepted: true,
			segments: 1,
			cost: 0.05,
			currency: 'XTS',
			messageId: expect.stringMatching(/^test-/),
			testMode: true,
		})),
	);
	expect(result.failed).toEqual([]);
	expect(hintsOf(result)[0]).toMatch(/^Nothing was sent: .*Gateway/);
});

describe('failed items say it, too', () => {
	// One refused by the gateway, one before it is asked, and one whose answer is lost.
	const rows = [numbered('0113'), 'call me', numbered('0130')].map((to) => ({ to }));
	const runs: ReadonlyArray<readonly [string, readonly IDataObject[], INodeParameters]> = [
		['sending', rows, {}],
		['preview', [{ to: 'call me' }], { operation: 'preview' }],
		['a query', [{ to: 'hello' }], { operation: 'getStatus', messageId: '={{ $json.to }}' }],
		['what the gateway cannot do', [{ to: 'hello' }], { resource: 'sender', operation: 'getAll' }],
	];

	it.each(runs)('%s', async (_, given, parameters) => {
		const flat = await run(given, parameters, { onError: 'continueRegularOutput' });
		expect(flat.success.map(({ json: { testMode, error } }) => [testMode, typeof error])).toEqual(
			given.map(() => [true, 'object']),
		);
		// n8n moves an item to this output, with its row beside the error, as long as "error" is its only key.
		const apart = await run(given, parameters);
		expect(apart.failed.map(({ json }) => json)).toEqual(
			given.map((row) => ({ ...row, error: expect.objectContaining({ testMode: true }) })),
		);
	});

	it('and those of a gateway that sends do not', async () => {
		const simulator = await startSimulator(createSmsRu());
		const failing = async (
			options: INodeParameters,
			onError: NonNullable<RunOptions['onError']>,
		): Promise<RunResult> =>
			await runNode({
				node: 'smsRu',
				credentials: { smsRuApi: simulator.credentials },
				rows: [{}],
				parameters: { to: '+79161234567', message: 'Hello', ...options },
				onError,
			});
		const tooLong = { message: 'a'.repeat(400), limits: { maxSegments: 1 } };
		const real = await failing(tooLong, 'continueErrorOutput');
		const pretended = await failing({ ...tooLong, options: { testMode: true } }, 'continueErrorOutput');
		const flat = await failing(tooLong, 'continueRegularOutput');
		await simulator.close();
		leaves.mockClear();
		expect(errors(real)).toMatchObject([{ accepted: false }]);
		expect(errors(real)[0]).not.toHaveProperty('testMode');
		expect(errors(pretended)).toMatchObject([{ accepted: false, testMode: true }]);
		expect(flat.success[0]?.json).toHaveProperty('error');
		expect(flat.success[0]?.json).not.toHaveProperty('testMode');
	});
});

it('says no such thing where nothing looks sent', async () => {
	const result = await run([{ to: numbered('0113') }, { to: 'call me' }]);
	expect(result.failed).toHaveLength(2);
	expect(hintsOf(result)).toEqual([]);
});

describe('its numbers', () => {
	const refusals = [
		['0113', 'invalid_recipient', 'after_fix'],
		['0114', 'invalid_sender', 'after_fix'],
		['0115', 'invalid_parameter', 'after_fix'],
		['0116', 'content_rejected', 'after_fix'],
		['0117', 'rate_limited', 'later'],
		['0118', 'duplicate', 'never'],
		['0119', 'blocked_recipient', 'never'],
		['0120', 'no_route', 'never'],
		['0121', 'temporary', 'later'],
		['0122', 'unknown', 'later'],
	] as const;
	const stopping = [
		['0111', 'authentication', 'after_fix'],
		['0112', 'insufficient_funds', 'after_fix'],
	] as const;

	it('are refused, each with its kind, and the rows around them are sent', async () => {
		const numbers = refusals.map(([last]) => ({ to: numbered(last) }));
		const result = await run([{ to: '+79161234567' }, ...numbers, { to: '+79161234568' }]);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 11 }]);
		expect(errors(result).map(({ code, kind, retry, accepted }) => [code, kind, retry, accepted])).toEqual(
			refusals.map((expected) => [...expected, false]),
		);
	});

	it.each(stopping)('%s stops the run: %s', async (last, kind, retry) => {
		const rows = ['+79161234567', numbered(last), '+79161234568'].map((to) => ({ to }));
		const result = await run(rows);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(errors(result)).toMatchObject([
			{ kind, retry, accepted: false },
			{ kind, retry, accepted: false },
		]);
	});

	it('have one for every kind of failure', () => {
		const kinds = [...refusals, ...stopping].map(([, kind]) => kind);
		expect([...kinds].sort()).toEqual([...ERROR_KINDS].sort());
	});

	it('lose the answer of one text alone', async () => {
		const result = await run([{ to: numbered('0130') }, { to: '+79161234568' }]);
		expect(errors(result)).toMatchObject([{ accepted: null, retry: 'check_first', to: numbered('0130') }]);
		expect(result.success.map(({ json }) => json.to)).toEqual(['+79161234568']);
	});

	it('of no country of its own: a number without a code is refused', async () => {
		expect(errors(await run([{ to: '8 916 123-45-67' }]))).toMatchObject([{ kind: 'invalid_recipient' }]);
	});
});

describe('Get Status, from the ID alone', () => {
	const status = async (messageId: unknown, parameters: INodeParameters = {}): Promise<IDataObject> => {
		const { success } = await run([{ id: messageId } as IDataObject], {
			operation: 'getStatus',
			messageId: '={{ $json.id }}',
			...parameters,
		});
		return success[0]?.json ?? {};
	};
	const sent = async (last: string, options: INodeParameters = {}): Promise<unknown> =>
		(await run([{ to: numbered(last) }], { options })).success[0]?.json.messageId;

	type Step = readonly [seconds: number, status: string];
	it.each<readonly [last: string, course: readonly Step[]]>([
		[
			'0100',
			[
				[0, 'queued'],
				[5, 'sent'],
				[19, 'sent'],
				[20, 'delivered'],
			],
		],
		[
			'0101',
			[
				[0, 'queued'],
				[20, 'sent'],
				[299, 'sent'],
				[300, 'delivered'],
			],
		],
		[
			'0102',
			[
				[0, 'queued'],
				[5, 'sent'],
				[20, 'undelivered'],
			],
		],
		[
			'0103',
			[
				[0, 'queued'],
				[59, 'sent'],
				[60, 'expired'],
			],
		],
		[
			'0104',
			[
				[0, 'queued'],
				[5, 'sent'],
				[86_400 * 365, 'sent'],
			],
		],
	])('+1 202 555 %s', async (last, course) => {
		const id = await sent(last);
		for (const [seconds, expected] of course) {
			now = START + seconds * 1000;
			const final = ['delivered', 'undelivered', 'expired'].includes(expected);
			const isBad = final && expected !== 'delivered';
			expect(await status(id)).toMatchObject({
				messageId: id,
				status: expected,
				final,
				testMode: true,
				reason: isBad ? expect.stringContaining('test number') : null,
			});
		}
	});

	it('is scheduled until its time has come', async () => {
		const id = await sent('0100', { sendAt: '2026-11-25T15:00:00+03:00' });
		expect(await status(id)).toMatchObject({ status: 'scheduled', final: false, occurredAt: null });
		now = Date.UTC(2026, 10, 25, 12, 0, 20);
		expect(await status(id)).toMatchObject({ status: 'delivered', occurredAt: '2026-11-25T12:00:20.000Z' });
	});

	it('waits until it is final', async () => {
		const id = await sent('0100');
		expect(await status(id, { waitUntilFinal: true, waitMinutes: 1 })).toMatchObject({ status: 'delivered' });
	});

	it.each(['test-x1-0123456789', '000000-10000000', 'test-dzzzzzzzzz-0123456789', 'hello'])(
		'knows nothing of %s',
		async (messageId) => {
			const { success, failed } = await run([{}], { operation: 'getStatus', messageId });
			expect([success.length, failed.length]).toEqual([0, 1]);
		},
	);
});

it('has prices for a preview, and a balance that stays', async () => {
	const preview = { operation: 'preview', includePrice: true, message: 'я'.repeat(150) };
	const [item] = (await run([{ to: '+79161234567' }], preview)).success;
	expect(item?.json).toMatchObject({ segments: 3, cost: 0.15, currency: 'XTS' });
	const balance = await run([{}], { resource: 'account', operation: 'getBalance' });
	expect(balance.success.map(({ json }) => json)).toEqual([
		{ gateway: 'test', balance: 100, currency: 'XTS', testMode: true },
	]);
});

it('does not send a text again on a retry, like any other', async () => {
	const rows = [numbered('0121'), '+79161234567'].map((to) => ({ to }));
	const answer = jest.spyOn(testGateway, 'answer');
	const { success } = await run(rows, {}, { maxTries: 3, onError: 'continueRegularOutput' });
	const asked = answer.mock.calls.map(([{ body }]) => body?.kind === 'json' && body.value.to);
	answer.mockRestore();
	expect(success).toHaveLength(2);
	expect(asked).toEqual(['12025550121', '79161234567', '12025550121', '12025550121']);
});

it('is no reason to leave a text out later: nobody has got it', async () => {
	const parameters = { limits: { skipDuplicates: 'acrossRuns' } };
	const once = async (): Promise<number> => (await run([{ to: '+79161234567' }], parameters)).success.length;
	expect([await once(), await once()]).toEqual([1, 1]);
	// Within a run it is.
	const twice = await run([{ to: '+79161234567' }, { to: '+79161234567' }], parameters);
	expect(errors(twice)).toMatchObject([{ kind: 'duplicate' }]);
});

it('writes nothing into the journal, which another gateway does', async () => {
	const openJournal = jest.spyOn(Journal.prototype, 'enter');
	await run([{ to: '+79161234567' }]);
	expect(openJournal).not.toHaveBeenCalled();
	const simulator = await startSimulator(createSmsRu());
	await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: simulator.credentials },
		parameters: { gateway: 'smsRu', to: '+79161234567', message: 'Hello' },
	});
	await simulator.close();
	expect(openJournal).toHaveBeenCalledTimes(1);
	openJournal.mockRestore();
});

it('refuses by name the options that it does not have', async () => {
	const result = await run([{ to: '+79161234567' }], { options: { transliterate: true } });
	expect(errors(result)).toMatchObject([
		{ message: expect.stringMatching(/^'Transliterate'.*Test Gateway/) },
	]);
});

it('a thousand texts are a thousand results', async () => {
	const rows = Array.from({ length: 1000 }, (_, n) => ({ to: `+7916${1_000_000 + n}` }));
	const { success } = await run(rows);
	expect(new Set(success.map(({ json }) => json.messageId)).size).toBe(1000);
});

it('its page names every number with what comes of it', () => {
	const page = readFileSync(path.join(__dirname, '../../../docs/gateways/test-gateway.md'), 'utf8');
	for (const kind of ERROR_KINDS)
		expect(page).toMatch(new RegExp(`\\| \\+1 202 555 01\\d\\d \\| .*\`${kind}\``));
	for (const last of ['0101', '0102', '0103', '0104', '0130'])
		expect(page).toContain(`| +1 202 555 ${last} |`);
});
