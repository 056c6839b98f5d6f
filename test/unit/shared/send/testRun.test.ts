/** In Test Runs: tries in the editor cost nothing by accident, and an active workflow is never touched by it. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError, WorkflowExecuteMode } from 'n8n-workflow';
import { forgetTestRuns, testTextsRemembered } from '../../../../nodes/shared/send/testMemory';
import { clock } from '../../../../nodes/shared/time/clock';
import { createAdvantaSms } from '../../../../simulators/advantaSms';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsc } from '../../../../simulators/smsc';
import { createSmsRu } from '../../../../simulators/smsRu';
import { realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';

let smsRu: Simulator;
let smsc: Simulator;
let advantaSms: Simulator;
beforeAll(async () => {
	[smsRu, smsc, advantaSms] = await Promise.all([
		startSimulator(createSmsRu()),
		startSimulator(createSmsc()),
		startSimulator(createAdvantaSms()),
	]);
});
beforeEach(() => {
	forgetTestRuns();
	for (const simulator of [smsRu, smsc, advantaSms]) {
		simulator.reset();
		simulator.balance = 1_000_000;
	}
});
afterEach(realTime);
afterAll(async () => void (await Promise.all([smsRu, smsc, advantaSms].map((one) => one.close()))));

const [ANN, BOB, CEM, MINE] = ['+79161000001', '+79161000002', '+79161000003', '+79169999999'] as const;
const rowsOf = (...numbers: readonly string[]): IDataObject[] => numbers.map((to) => ({ to }));
const three = rowsOf(ANN, BOB, CEM);

const through = async (
	simulator: Simulator,
	rows: readonly IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: simulator.gateway,
		credentials: { [`${simulator.gateway}Api`]: simulator.credentials },
		rows,
		parameters: {
			to: '={{ $json.to }}',
			message: 'Hello',
			defaultCountry: 'RU',
			inTestRuns: 'preview',
			...parameters,
		},
		execution: { mode: 'manual' },
		onError: 'continueErrorOutput',
		...more,
	});
const press = async (
	rows: readonly IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> => await through(smsRu, rows, parameters, more);

const jsons = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
const errors = ({ failed }: RunResult): IDataObject[] => failed.map(({ json }) => json.error as IDataObject);
const hints = ({ run }: RunResult): string[] =>
	(run.data.resultData.runData.SMS?.at(-1)?.hints ?? []).map(({ message }) => message);
const arrived = ({ texts }: Simulator = smsRu): string[] => texts.map(({ to }) => `+${to}`);
const NOT_SENT = "Nothing was sent: this is a test run, and 'In Test Runs' is Preview Only.";

describe('an active workflow', () => {
	const modes: readonly WorkflowExecuteMode[] = [
		'trigger',
		'webhook',
		'integrated',
		'cli',
		'error',
		'internal',
	];
	it.each(modes)('sends to everybody, whatever In Test Runs is (%s)', async (mode) => {
		const choices: readonly INodeParameters[] = [
			{},
			{ inTestRuns: 'preview' },
			{ inTestRuns: 'oneNumber', testNumber: MINE },
			{ inTestRuns: 'oneNumber', testNumber: 'call me' },
			{ inTestRuns: 'oneNumber', testNumber: '' },
			{ inTestRuns: 'no such thing' },
			{ inTestRuns: 'send' },
		];
		for (const parameters of choices) {
			smsRu.reset();
			const result = await press(three, parameters, { execution: { mode } });
			expect(arrived()).toEqual([ANN, BOB, CEM]);
			expect(jsons(result).map(({ to, status, accepted }) => [to, status, accepted])).toEqual(
				[ANN, BOB, CEM].map((to) => [to, 'queued', true]),
			);
			expect(hints(result).join()).not.toMatch(/test run/i);
		}
		expect(testTextsRemembered()).toBe(0);
	});
});

describe('Preview Only', () => {
	it('nothing is sent, and each row says so', async () => {
		const result = await press([...three, { to: 'call me' }]);
		expect(smsRu.requests).toEqual([]);
		expect(jsons(result)).toEqual(
			[ANN, BOB, CEM].map((to) => ({
				to,
				status: 'unknown',
				segments: 1,
				cost: null,
				currency: 'RUB',
				messageId: null,
				accepted: false,
				reason: NOT_SENT,
				hint: "To send from the editor, set 'In Test Runs' to Send. Active workflows always send.",
				encoding: 'GSM-7',
				from: null,
				text: 'Hello',
				scheduledFor: null,
				gateway: 'smsRu',
			})),
		);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(errors(result)).toMatchObject([{ to: 'call me', kind: 'invalid_recipient', accepted: false }]);
		expect(hints(result)[0]).toMatch(/^Nothing was sent: this is a test run.*"Send"/);
		expect(hints(result)).toContain('Would be sent: 3 texts, 3 segments.');
	});

	it.each<readonly [OnError, number, number]>([
		['stopWorkflow', 4, 0],
		['continueRegularOutput', 4, 0],
		['continueErrorOutput', 3, 1],
	])('%s: rows and outputs as when it sends', async (onError, success, failed) => {
		for (const rows of [
			[...three, { to: '12' }],
			[{ to: '12' }, ...three],
		]) {
			const result = await press(rows, {}, { onError, maxTries: 3 });
			expect([result.error, result.success.length, result.failed.length]).toEqual([null, success, failed]);
		}
		expect(smsRu.requests).toEqual([]);
	});

	it('a run of which nothing would go out fails as it would', async () => {
		const { error } = await press(rowsOf('12'), {}, { onError: 'stopWorkflow' });
		expect(error?.message).toMatch(/Cannot send to "12"/);
	});

	it.each<readonly [INodeParameters, RegExp]>([
		[{ limits: { maxTexts: 2 } }, /has 3 texts to send/],
		[{ limits: { maxCost: 1, pricePerSegment: 1 } }, /would cost 3/],
		[{ limits: { stopList: `${ANN}, ${BOB}, ${CEM}` } }, /Do Not Text/],
		[{ message: 'Hello {{ $json.name }}' }, /\{\{/],
	])('keeps what stops Send: %j', async (parameters, words) => {
		const result = await press(three, parameters);
		expect(errors(result)).toMatchObject(three.map(() => ({ message: expect.stringMatching(words) })));
		expect(smsRu.requests).toEqual([]);
	});

	it('a text in Test Mode is simulated by the gateway all the same', async () => {
		const result = await press(three, { options: { testMode: true } });
		expect(jsons(result)).toMatchObject(three.map(() => ({ status: 'queued', testMode: true })));
		expect(smsRu.requests).toHaveLength(1);
		expect(hints(result)[0]).toMatch(/Test Mode/);
	});

	it('an evaluation is a test run, and so is the Retry of one', async () => {
		await press(three, {}, { execution: { mode: 'evaluation' } });
		const context = { version: 1 as const, establishedAt: 1, source: 'manual' as const };
		const result = await press(three, {}, { execution: { mode: 'retry', context } });
		expect(jsons(result)).toMatchObject(three.map(() => ({ reason: NOT_SENT })));
		expect(smsRu.requests).toEqual([]);
		const production = { ...context, source: 'webhook' as const };
		const retried = await press(three, {}, { execution: { mode: 'retry', context: production } });
		// What an earlier run has sent is asked of n8n's database, which is not there.
		expect(errors(retried)).toMatchObject(three.map(() => ({ message: expect.stringMatching(/database/) })));
	});

	it('the Test Gateway, which sends nothing, shows all it has', async () => {
		const { success } = await runNode({
			node: 'sendSms',
			credentials: {},
			parameters: { gateway: 'test', to: ANN, message: 'Hello' },
			execution: { mode: 'manual' },
		});
		expect(success.map(({ json }) => json)).toMatchObject([{ status: 'queued', testMode: true }]);
	});

	it('a value that is none stops the run', async () => {
		const result = await press(three, { inTestRuns: '={{ "later" }}' });
		expect(errors(result)).toMatchObject(
			three.map(() => ({ message: expect.stringMatching(/In Test Runs/) })),
		);
		expect(smsRu.requests).toEqual([]);
	});
});

describe('calls, look-ups, e-mails and groups', () => {
	it('a call is not made, and nothing is called a text', async () => {
		const call = { resource: 'verification', operation: 'call' };
		const result = await press(rowsOf(ANN), call);
		expect(smsRu.requests).toEqual([]);
		expect(jsons(result)).toMatchObject([{ to: ANN, accepted: false, reason: NOT_SENT }]);
		expect(jsons(result)[0]).not.toHaveProperty('segments');
		expect(jsons(await press(rowsOf(ANN), { ...call, inTestRuns: 'send' }))).toMatchObject([
			{ to: ANN, accepted: true },
		]);
		expect(smsRu.requests).toHaveLength(1);
	});

	it('a one-time code by a route of its own is not sent', async () => {
		const code = { resource: 'message', operation: 'sendOtp', defaultCountry: 'KE' };
		const result = await through(advantaSms, rowsOf('0712345678'), code);
		expect(jsons(result)).toMatchObject([{ reason: NOT_SENT, segments: 1, text: 'Hello' }]);
		expect(advantaSms.requests).toEqual([]);
		await through(advantaSms, rowsOf('0712345678'), { ...code, inTestRuns: 'send' });
		expect(arrived(advantaSms)).toEqual(['+254712345678']);
	});

	it('a look-up, which reaches nobody, is made', async () => {
		const lookUp = { resource: 'number', operation: 'lookup', waitUntilFinal: false };
		const result = await through(smsc, rowsOf(ANN), lookUp);
		expect(jsons(result)).toMatchObject([{ to: ANN, accepted: true }]);
	});

	it('what goes to an address goes nowhere else', async () => {
		const email = { messageKind: 'email', to: 'ann@example.com', from: 'me@example.com', subject: 'Hi' };
		const parameters = { ...email, inTestRuns: 'oneNumber', testNumber: MINE };
		const result = await through(smsc, [{}], parameters);
		expect(smsc.requests).toEqual([]);
		expect(jsons(result)).toMatchObject([
			{ to: 'ann@example.com', accepted: false, reason: expect.stringMatching(/is not a phone number/) },
		]);
		const sent = await through(smsc, [{}], { ...parameters, inTestRuns: 'send' });
		expect(jsons(sent)).toMatchObject([{ to: 'ann@example.com', accepted: true }]);
	});
});

describe('Send', () => {
	const send = { inTestRuns: 'send' };

	it('sends once, and a second press shows what the first did', async () => {
		const first = await press(three, send);
		const second = await press(three, send);
		expect(arrived()).toEqual([ANN, BOB, CEM]);
		expect(jsons(second)).toEqual(jsons(first).map((json) => ({ ...json, alreadySent: true })));
		expect(hints(first).join()).not.toMatch(/not sent again/);
		expect(hints(second)).toEqual([
			'3 texts were not sent again: a test run sent the same less than 10 minutes ago, and these are its results. To send again now, set "In Test Runs" to "Send Every Time".',
		]);
		await press(three, { inTestRuns: 'sendAgain' });
		expect(smsRu.texts).toHaveLength(6);
	});

	it('is what a new node does', async () => {
		const untouched = async (): Promise<RunResult> =>
			await runNode({
				node: 'smsRu',
				credentials: { smsRuApi: smsRu.credentials },
				rows: three,
				parameters: { to: '={{ $json.to }}', message: 'Hello' },
				execution: { mode: 'manual' },
			});
		expect(jsons(await untouched()).map(({ accepted }) => accepted)).toEqual([true, true, true]);
		expect(jsons(await untouched()).map(({ alreadySent }) => alreadySent)).toEqual([true, true, true]);
		expect(arrived()).toEqual([ANN, BOB, CEM]);
	});

	it('sends what is new: another person, text, sender or option', async () => {
		await press(three, send);
		await press(rowsOf(ANN, '+79161000004'), send);
		await press(three, { ...send, message: 'Hello!' });
		expect(arrived().slice(3)).toEqual(['+79161000004', ANN, BOB, CEM]);
		await press(rowsOf(ANN), { ...send, options: { ttl: 5 } });
		await press(rowsOf(ANN), { ...send, message: 'Hello' });
		expect(smsRu.texts).toHaveLength(8);
		await through(smsc, rowsOf(ANN), send);
		expect(arrived(smsc)).toEqual([ANN]);
	});

	it('sends again after ten minutes', async () => {
		let now = Date.now();
		clock.now = () => now;
		await press(rowsOf(ANN), send);
		now += 10 * 60_000 - 1;
		await press(rowsOf(ANN), send);
		expect(arrived()).toEqual([ANN]);
		now += 1;
		await press(rowsOf(ANN), send);
		expect(arrived()).toEqual([ANN, ANN]);
		now += 11 * 60_000;
		await press(rowsOf('12'), send);
		expect(testTextsRemembered()).toBe(0);
	});

	it('tries again what was refused, and nobody else', async () => {
		smsRu.orders.recipientCodes.set(BOB.slice(1), '207');
		const first = await press(three, send);
		expect(errors(first)).toMatchObject([{ to: BOB }]);
		smsRu.orders.recipientCodes.clear();
		const second = await press(three, send);
		expect(arrived()).toEqual([ANN, CEM, BOB]);
		expect(jsons(second).map(({ to, alreadySent = false }) => [to, alreadySent])).toEqual([
			[ANN, true],
			[BOB, false],
			[CEM, true],
		]);
	});

	it('does not repeat what may have gone out', async () => {
		smsRu.fault({ at: 'after', how: 'reset' });
		const first = await press(three, send);
		expect(errors(first)).toMatchObject(three.map(() => ({ accepted: null, retry: 'check_first' })));
		const second = await press(three, send);
		expect(errors(second)).toEqual(errors(first));
		expect(arrived()).toEqual([ANN, BOB, CEM]);
	});

	it('two equal rows go out twice where Skip Duplicates is off', async () => {
		const limits = { skipDuplicates: 'off' };
		await press(rowsOf(ANN, ANN), { ...send, limits });
		expect(arrived()).toEqual([ANN, ANN]);
	});

	it('Retry On Fail sends once', async () => {
		const result = await press([{ to: '12' }, ...three], send, { maxTries: 3 });
		expect(arrived()).toEqual([ANN, BOB, CEM]);
		expect(jsons(result).some(({ alreadySent }) => alreadySent === true)).toBe(false);
	});

	it('keeps no more than it says', async () => {
		const limits = { skipDuplicates: 'off' };
		const rows = Array.from({ length: 200 }, (_, n) => ({ to: `+7916${1_000_000 + n}` }));
		await press(rows, { ...send, limits });
		expect(testTextsRemembered()).toBe(200);
	});
});

describe('Send All to One Number', () => {
	const mine = { inTestRuns: 'oneNumber', testNumber: '8 916 999-99-99' };
	const named = { ...mine, message: '=Hello {{ $json.to }}' };

	it('sends each different text to it, and tells whose it was', async () => {
		const result = await press([...three, { to: ANN }, { to: '12' }], named);
		expect(smsRu.texts.map(({ to, text }) => [`+${to}`, text])).toEqual(
			[ANN, BOB, CEM].map((to) => [MINE, `Hello ${to}`]),
		);
		expect(jsons(result)).toMatchObject(
			[ANN, BOB, CEM].map((toRedirectedFrom) => ({ to: MINE, toRedirectedFrom, accepted: true })),
		);
		// What is wrong with a row is told of the row.
		expect(errors(result)).toMatchObject([
			{ to: ANN, kind: 'duplicate' },
			{ to: '12', kind: 'invalid_recipient' },
		]);
		expect(hints(result)[0]).toBe(
			`This test run sent 3 texts to ${MINE}, and none to the people in the rows: "In Test Runs" is "Send All to One Number". Active workflows send to them.`,
		);
	});

	it('sends a text for many people once', async () => {
		const result = await press([{ to: `${ANN}, ${BOB}` }, { to: CEM }], mine);
		expect(arrived()).toEqual([MINE]);
		expect(jsons(result).map(({ accepted }) => accepted)).toEqual([true, false, false]);
		expect(jsons(result)[2]).toMatchObject({
			toRedirectedFrom: CEM,
			reason: `Nothing was sent: in this test run, ${MINE} gets this text for row 1.`,
		});
		const again = await press([{ to: CEM }, { to: ANN }], mine);
		expect(arrived()).toEqual([MINE]);
		expect(jsons(again)[0]).toMatchObject({ to: MINE, toRedirectedFrom: CEM, alreadySent: true });
	});

	it('with Retry On Fail, once, and to nobody else', async () => {
		smsRu.orders.recipientCodes.set(MINE.slice(1), '209');
		await press([{ to: '12' }, ...three], named, { maxTries: 3 });
		smsRu.orders.recipientCodes.clear();
		const result = await press([{ to: '12' }, ...three], named, { maxTries: 3 });
		expect(arrived()).toEqual([MINE, MINE, MINE]);
		expect(jsons(result).map(({ to, toRedirectedFrom }) => [to, toRedirectedFrom])).toEqual(
			[ANN, BOB, CEM].map((to) => [MINE, to]),
		);
	});

	it.each<readonly [INodeParameters, number, string]>([
		[{ allowedCountries: ['KE'] }, 1, 'no_route'],
		[{ stopList: MINE }, 1, 'blocked_recipient'],
	])('%j holds for this number, too', async (limits, rows, kind) => {
		const own = { ...named, testNumber: MINE, limits };
		const result = await press(
			Array.from({ length: rows }, () => ({ to: '+254712345678' })),
			own,
		);
		expect(errors(result)).toMatchObject([{ kind }]);
		expect(smsRu.requests).toEqual([]);
	});

	it.each(['', 'call me', `${ANN}, ${BOB}`, '={{ $json.nothing }}'])(
		'the number %j stops the run',
		async (testNumber) => {
			const result = await press(three, { ...mine, testNumber });
			expect(errors(result)).toMatchObject(
				three.map(() => ({ message: expect.stringMatching(/'Test Number'.*Nothing was sent/) })),
			);
			expect(smsRu.requests).toEqual([]);
		},
	);
});

it('whatever the rows and presses, nobody gets a text by accident', async () => {
	const person = fc.constantFrom(ANN, BOB, CEM, '12', `${ANN}, ${BOB}`);
	const choice = fc.constantFrom('preview', 'send', 'oneNumber');
	const pressed = fc.record({
		inTestRuns: choice,
		rows: fc.array(fc.record({ to: person, name: fc.constantFrom('a', 'b') }), {
			minLength: 1,
			maxLength: 4,
		}),
		lost: fc.boolean(),
		maxTries: fc.constantFrom(1, 2),
	});
	let sends = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(pressed, { minLength: 1, maxLength: 4 }), async (presses) => {
			forgetTestRuns();
			smsRu.reset();
			const wanted = new Set<string>();
			for (const { inTestRuns, rows, lost, maxTries } of presses) {
				const before = smsRu.requests.length;
				if (lost) smsRu.fault({ at: 'after', how: 'reset' });
				const parameters = { inTestRuns, testNumber: MINE, message: '=Hello {{ $json.name }}' };
				const result = await press(rows, parameters, { maxTries });
				expect(result.success.length + result.failed.length).toBeGreaterThanOrEqual(rows.length);
				if (inTestRuns === 'preview') expect(smsRu.requests.length).toBe(before);
				for (const { to, name } of rows) {
					if (inTestRuns === 'oneNumber') wanted.add(`${MINE} Hello ${name}`);
					if (inTestRuns === 'send') for (const one of to.split(', ')) wanted.add(`${one} Hello ${name}`);
				}
			}
			const got = smsRu.texts.map(({ to, text }) => `+${to} ${text}`);
			sends += got.length;
			// Each once, and only what was asked for.
			expect(new Set(got).size).toBe(got.length);
			for (const one of got) expect(wanted.has(one)).toBe(true);
		}),
		{ numRuns: 40 },
	);
	expect(sends).toBeGreaterThan(20);
});
