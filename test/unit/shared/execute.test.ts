/**
 * The run in n8n's own engine: On Error, Retry On Fail, pairing, and what happens to every row. SMS.RU's simulator
 * stands for all gateways here; the conformance suite runs them all.
 */
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { forgetEverything, textsRemembered } from '../../../nodes/shared/send/ledger';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { createSmsc } from '../../../simulators/smsc';
import { hurry, realTime } from '../../support/clock';
import { facts } from '../../facts';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { freshProcessedData } from '../../support/marks';
import { judge, verdictOf } from '../../support/referee';

const GOOD = ['+79161000001', '+79161000002', '+79161000003', '+79161000004'] as const;
const BAD = 'call office';

let smsRu: Simulator;
let smsc: Simulator;

beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu());
	smsc = await startSimulator(createSmsc());
	hurry(50);
});
beforeEach(async () => {
	smsRu.reset();
	smsc.reset();
	await freshProcessedData();
});
afterAll(async () => {
	realTime();
	await Promise.all([smsRu.close(), smsc.close()]);
});

function send(
	phones: readonly unknown[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	return runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: phones.map((phone, n) => ({ phone: phone as IDataObject[string], name: `Person ${n}` })),
		parameters: { to: '={{ $json.phone }}', message: 'Hello', options: {}, ...parameters },
		...more,
	});
}

const all = ({ success, failed }: RunResult) => [...success, ...failed];
const textsPerPerson = (): number[] => {
	const counts = new Map<string, number>();
	for (const { to } of smsRu.texts) counts.set(to, (counts.get(to) ?? 0) + 1);
	return [...counts.values()];
};

describe.each<[OnError | undefined]>([
	[undefined],
	['stopWorkflow'],
	['continueRegularOutput'],
	['continueErrorOutput'],
])('On Error = %s', (onError) => {
	const stops = onError === undefined || onError === 'stopWorkflow';
	const settings = onError === undefined ? {} : { onError };

	describe.each([undefined, 3])('Retry On Fail = %s', (maxTries) => {
		const more = { ...settings, ...(maxTries === undefined ? {} : { maxTries }) };

		it('all good: everybody once, every item paired to its row', async () => {
			const result = await send(GOOD, {}, more);
			expect(result.error).toBeNull();
			expect(judge(smsRu, all(result), 4, (row) => GOOD[row] ?? null)).toMatchObject({
				misses: [],
				accepted: 4,
			});
			expect(result.success.map(verdictOf).map(({ row }) => row)).toEqual([0, 1, 2, 3]);
		});

		it('the first row bad: nobody gets two, the bad row says why', async () => {
			const result = await send([BAD, ...GOOD.slice(1)], {}, more);
			expect(result.error).toBeNull();
			expect(textsPerPerson()).toEqual([1, 1, 1]);
			expect(all(result)).toHaveLength(4);
			const bad = all(result)
				.map(verdictOf)
				.find(({ row }) => row === 0);
			expect(bad?.error).toMatchObject({
				kind: 'invalid_recipient',
				retry: 'after_fix',
				to: BAD,
				gateway: 'smsRu',
			});
			expect(result.failed).toHaveLength(onError === 'continueErrorOutput' ? 1 : 0);
			if (onError === 'continueErrorOutput')
				expect(result.failed[0]?.json).toMatchObject({ phone: BAD, name: 'Person 0' });
			else {
				const good = result.success.find(({ json }) => json.error === undefined)?.json ?? {};
				const { reason, hint, ...same } = bad?.json ?? {};
				// What is left on the account is told of texts that were taken.
				const shared = Object.keys(good).filter((key) => key !== 'balance');
				expect(Object.keys(same)).toEqual([...shared, 'error']);
				expect(same).toMatchObject({ to: BAD, status: 'rejected', accepted: false, messageId: null });
				expect({ reason, hint }).toEqual({ reason: bad?.error?.message, hint: bad?.error?.hint });
			}
		});

		it('the gateway refuses the first row: nobody gets two', async () => {
			smsRu.orders.recipientCodes.set(GOOD[0].slice(1), '202');
			const result = await send(GOOD, {}, more);
			expect(result.error).toBeNull();
			expect(textsPerPerson()).toEqual([1, 1, 1]);
			expect(smsRu.requests).toHaveLength(1);
		});

		it('the second row bad: nobody gets two', async () => {
			const result = await send([GOOD[0], BAD, GOOD[1]], {}, more);
			expect(result.error).toBeNull();
			expect(textsPerPerson()).toEqual([1, 1]);
			expect(
				all(result)
					.map(verdictOf)
					.map(({ row }) => row)
					.sort(),
			).toEqual([0, 1, 2]);
		});

		it('all bad: said in one sentence, or row by row', async () => {
			const result = await send([BAD, '', '123'], {}, more);
			expect(smsRu.requests).toHaveLength(0);
			if (stops) {
				expect(result.error).toMatchObject({
					name: 'NodeOperationError',
					message: expect.stringContaining('None of the 3 texts was sent'),
				});
				expect(result.error?.description).toEqual(expect.any(String));
			} else {
				expect(result.error).toBeNull();
				expect(
					all(result)
						.map(verdictOf)
						.map(({ row, accepted }) => [row, accepted]),
				).toEqual([
					[0, false],
					[1, false],
					[2, false],
				]);
			}
		});

		it('the gateway refuses all: the error is the API’s', async () => {
			smsRu.orders.requestCode = '201';
			const result = await send(GOOD, {}, more);
			if (stops) {
				expect(result.error).toMatchObject({
					name: 'NodeApiError',
					message: expect.stringContaining('is too low'),
				});
				expect(result.error?.description).toMatch(/Top up/);
			} else {
				expect(result.error).toBeNull();
				expect(all(result)).toHaveLength(4);
			}
			expect(smsRu.texts).toHaveLength(0);
			expect(smsRu.requests).toHaveLength(1);
		});

		it('a lost answer: never sent again, not by the engine either', async () => {
			smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
			const result = await send([GOOD[0]], {}, more);
			expect(smsRu.requests).toHaveLength(1);
			expect(smsRu.texts).toHaveLength(1);
			if (stops) expect(result.error?.description).toMatch(/before you send this text again/);
			else expect(all(result).map(verdictOf)).toEqual([expect.objectContaining({ accepted: null })]);
		});

		it('what may be tried again is tried again by Retry On Fail, and only that', async () => {
			// Everything fails three times (our own tries), then the line is back.
			smsRu.fault({ at: 'before', how: 'reply', reply: { status: 429, headers: {}, body: '' }, times: 3 });
			const result = await send([GOOD[0], BAD], {}, more);
			const texts = maxTries === undefined ? 0 : 1;
			expect(smsRu.texts).toHaveLength(texts);
			if (!stops || texts > 0) expect(all(result)).toHaveLength(2);
		});
	});
});

describe('what n8n shows beside the results', () => {
	const hintsOf = ({ run }: RunResult): readonly string[] =>
		(run.data.resultData.runData.SMS ?? []).flatMap(({ hints = [] }) => hints.map(({ message }) => message));

	it.each<[OnError, boolean]>([
		['stopWorkflow', true],
		['continueRegularOutput', true],
		['continueErrorOutput', false],
	])('with On Error = %s and a bad row among good ones', async (onError, tellsOfErrors) => {
		const result = await send([GOOD[0], BAD, GOOD[1]], {}, { onError });
		expect(result.error).toBeNull();
		const ofErrors = expect.stringMatching(/^1 of 3 results has an error\. 1 × .*On Error/);
		expect(hintsOf(result)).toEqual([
			...(tellsOfErrors ? [ofErrors] : []),
			'Accepted: 2 texts, 2 segments, 7 RUB.',
		]);
	});

	it('is nothing where all went well, where a repeated row was left out as asked, and in a preview', async () => {
		expect(hintsOf(await send(GOOD.slice(0, 1)))).toEqual([]);
		const repeated = await send([GOOD[0], GOOD[0]]);
		expect(all(repeated).map(verdictOf)).toMatchObject([{ accepted: true }, { accepted: false }]);
		expect(hintsOf(repeated)).toEqual([]);
		expect(hintsOf(await send(GOOD.slice(0, 1), { operation: 'preview' }))).toEqual([]);
	});
});

it.each<[string, INodeParameters]>([
	['the text', { message: '=It is {{ $now.toMillis() }} {{ Math.random() }}' }],
	['the sender', { from: "={{ 'ACME' + Math.floor(Math.random() * 1e6) }}" }],
	['an option', { options: { sendAt: '={{ $now.plus({ hours: 1 }).toISO() }}' } }],
])('%s changes with every try: nobody is texted by a later one', async (_, parameters) => {
	const result = await send([BAD, ...GOOD], parameters, { onError: 'continueErrorOutput', maxTries: 3 });
	expect(result.run.data.resultData.runData.SMS).toHaveLength(1);
	expect(textsPerPerson()).toEqual([1, 1, 1, 1]);
	expect(result.success).toHaveLength(4);
});

describe('one row and its people', () => {
	it('gives one item for each number of the cell, the same person once', async () => {
		const result = await send(
			[`${GOOD[0]}; 8 (916) 100-00-02, +7 916 100 00 01\n${BAD}`],
			{ defaultCountry: 'RU' },
			{ onError: 'continueRegularOutput' },
		);
		expect(result.success.map(verdictOf).map(({ row, to, accepted }) => [row, to, accepted])).toEqual([
			[0, '+79161000001', true],
			[0, '+79161000002', true],
			[0, BAD, false],
		]);
		expect(result.success[1]?.json.toCorrectedFrom).toBe('8 (916) 100-00-02');
		expect(result.success[0]?.json.toCorrectedFrom).toBeUndefined();
	});

	it('sends the same text to the same number once in a run, and says which row it was', async () => {
		const result = await send(
			[GOOD[0], GOOD[1], '8 916 100-00-01'],
			{ defaultCountry: 'RU' },
			{ onError: 'continueErrorOutput' },
		);
		expect(textsPerPerson()).toEqual([1, 1]);
		expect(result.failed.map(verdictOf)).toEqual([
			expect.objectContaining({
				row: 2,
				error: expect.objectContaining({
					kind: 'duplicate',
					retry: 'never',
					message: expect.stringContaining('row 1'),
				}),
			}),
		]);
	});

	it('sends it as often as it stands there when asked to', async () => {
		const result = await send([GOOD[0], GOOD[0]], { limits: { skipDuplicates: 'off' } });
		expect(result.success).toHaveLength(2);
		expect(smsRu.texts).toHaveLength(2);
		expect(smsRu.requests).toHaveLength(2);
	});

	it('sends different texts to the same number', async () => {
		const result = await send([GOOD[0], GOOD[0]], {
			message: '=Hello {{ $json.name }}',
		});
		expect(result.success).toHaveLength(2);
		expect(smsRu.texts.map(({ text }) => text).sort()).toEqual(['Hello Person 0', 'Hello Person 1']);
	});

	it('takes the same text for another time for another text', async () => {
		const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString();
		const result = await send([GOOD[0], GOOD[0], GOOD[0]], {
			options: { sendAt: `={{ $itemIndex === 0 ? '${day(1)}' : '${day(2)}' }}` },
		});
		expect(result.success.map(verdictOf).map(({ accepted }) => accepted)).toEqual([true, true, false]);
		expect(smsRu.texts).toHaveLength(2);
	});
});

describe('rows that cannot be read', () => {
	it('says that a number is missing where only this row lacks the column', async () => {
		const rows = [{ name: 'Esther', phone: '+79161000001' }, { name: 'Faith' }];
		expect(
			all(await send([], {}, { rows })).map(({ json }) => (json.error as IDataObject | undefined)?.message),
		).toEqual([undefined, 'This row has no phone number.']);
	});

	it('a field that some rows have is empty where a row lacks it, as in n8n', async () => {
		const { success } = await runNode({
			node: 'smsRu',
			credentials: { smsRuApi: smsRu.credentials },
			rows: [{ phone: GOOD[0], name: 'Anna' }, { phone: GOOD[1] }],
			parameters: { to: '={{ $json.phone }}', message: '=Hello {{ $json.name }}!' },
			onError: 'continueErrorOutput',
		});
		expect(success).toHaveLength(2);
		expect(smsRu.texts.map(({ text }) => text)).toEqual(['Hello Anna!', 'Hello !']);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a field that no row has', { to: '={{ $json.mobile }}' }, /^To uses \{\{ \$json\.mobile \}\}/],
		['an empty text', { message: '   ' }, /text is empty/],
		['an expression that throws', { message: "={{ $('Nowhere').item.json.text }}" }, /could not be read/],
		[
			'a text of too many segments',
			{ message: 'x'.repeat(161), limits: { maxSegments: 1 } },
			/needs 2 segments/,
		],
		['an option out of range', { options: { ttl: 5000 } }, /'Time to Live \(Minutes\)'/],
		['a batch size over the limit', { options: { batchSize: 101 } }, /'Batch Size'/],
	])('%s', async (_, parameters, sentence) => {
		const result = await send([GOOD[0]], parameters, { onError: 'continueErrorOutput' });
		expect(result.error).toBeNull();
		expect(smsRu.requests).toHaveLength(0);
		const [verdict] = result.failed.map(verdictOf);
		expect(verdict).toMatchObject({
			row: 0,
			accepted: false,
			error: { gateway: 'smsRu', retry: 'after_fix' },
		});
		expect(String(verdict?.error?.message)).toMatch(sentence);
	});

	it('name a country that does not exist', async () => {
		const result = await send(
			['9161000001'],
			{ defaultCountry: "={{ 'Kenia' }}" },
			{ onError: 'continueErrorOutput' },
		);
		expect(result.failed.map(verdictOf)[0]?.error).toMatchObject({
			kind: 'invalid_recipient',
			message: expect.stringContaining('Kenia'),
		});
	});

	it('leave the others alone', async () => {
		const result = await send(
			[GOOD[0], BAD, GOOD[1]],
			{ message: '={{ $itemIndex === 0 ? undefined : "Hi " + $json.name }}' },
			{ onError: 'continueErrorOutput' },
		);
		expect(smsRu.texts.map(({ text }) => text)).toEqual(['Hi Person 2']);
		expect(result.failed.map(verdictOf).map(({ row }) => row)).toEqual([0, 1]);
	});

	it('take their country from a column, else from the option', async () => {
		const result = await runNode({
			node: 'smsc',
			credentials: { smscApi: smsc.credentials },
			rows: [
				{ phone: '0712 345 678', country: 'ke' },
				{ phone: '8 (916) 123-45-67', country: '' },
			],
			parameters: {
				to: '={{ $json.phone }}',
				message: 'Hi',
				defaultCountry: 'RU',
				options: { defaultCountryField: 'country' },
			},
		});
		expect(result.success.map(({ json }) => json.to)).toEqual(['+254712345678', '+79161234567']);
	});
});

it('puts order, sender, segments and price in the result, as the shape has it', async () => {
	const result = await send([GOOD[0]], {
		message: 'Ваш заказ готов',
		from: 'ACME',
		options: { includeRaw: true },
	});
	const { raw, messageId, ...json } = result.success[0]?.json ?? {};
	expect(json).toEqual({
		gateway: 'smsRu',
		to: GOOD[0],
		from: 'ACME',
		status: 'queued',
		accepted: true,
		segments: 1,
		encoding: 'UCS-2',
		cost: 3.5,
		balance: smsRu.balance,
		currency: 'RUB',
		scheduledFor: null,
	});
	expect(messageId).toBe(smsRu.texts[0]?.messageId);
	expect(raw).toMatchObject({ status: 'OK', sms: { [GOOD[0].slice(1)]: { sms_id: messageId } } });
});

it('shows a schedule as what it is', async () => {
	const result = await send([GOOD[0]], {
		options: { sendAt: new Date(Date.now() + 3 * 86_400_000).toISOString() },
	});
	expect(result.success[0]?.json).toMatchObject({ status: 'scheduled', accepted: true });
	expect(
		Math.abs(
			Date.parse(String(result.success[0]?.json.scheduledFor)) -
				Date.parse(String(smsRu.texts[0]?.scheduledFor)),
		),
	).toBeLessThan(1000);
});

it('marks what was only a test', async () => {
	const result = await send([GOOD[0]], { options: { testMode: true } });
	expect(result.success[0]?.json).toMatchObject({ accepted: true, testMode: true });
	expect(smsRu.texts).toHaveLength(0);
});

it('asks for a price without sending (SMSC)', async () => {
	const result = await runNode({
		node: 'smsc',
		credentials: { smscApi: smsc.credentials },
		parameters: { to: GOOD[0], message: 'Hi', options: { cost: 1 } },
	});
	expect(result.error).toBeNull();
	expect(result.success[0]?.json).toMatchObject({
		accepted: false,
		status: 'unknown',
		messageId: null,
		cost: expect.any(Number),
	});
	expect(smsc.texts).toHaveLength(0);
});

it.each([0, 1, 2, 3])('reads every layout of SMSC into the same result: fmt %i', async (responseFormat) => {
	const result = await runNode({
		node: 'smsc',
		credentials: { smscApi: smsc.credentials },
		rows: GOOD.map((phone) => ({ phone })),
		parameters: { to: '={{ $json.phone }}', message: 'Hi', expertOptions: { responseFormat } },
	});
	expect(judge(smsc, result.success, 4, (row) => GOOD[row] ?? null)).toMatchObject({
		misses: [],
		accepted: 4,
	});
	for (const [row, { json }] of result.success.entries()) {
		expect(json).toMatchObject({
			gateway: 'smsc',
			to: GOOD[row],
			status: 'queued',
			accepted: true,
			segments: 1,
			currency: null,
		});
	}
});

it("shows the vendor's own words, in whatever bytes they came", async () => {
	smsc.orders.requestCode = '6';
	const result = await runNode({
		node: 'smsc',
		credentials: { smscApi: smsc.credentials },
		parameters: { to: GOOD[0], message: 'Hi', expertOptions: { responseFormat: 0 } },
	});
	expect(result.error?.message).toMatch(/\(SMSC: "[а-яё ]+/i);
});

it('stops when the run is stopped: what was sent stays sent, nothing else goes', async () => {
	smsRu.fault({ at: 'after', how: 'stall', times: Infinity, matches: () => smsRu.requests.length > 2 });
	const phones = Array.from({ length: 1000 }, (_, n) => `+7916${2_000_000 + n}`);
	const result = await send(
		phones,
		{ options: { batchSize: 10 } },
		{
			onError: 'continueRegularOutput',
			onStarted: (cancel) => {
				const wait = setInterval(() => {
					if (smsRu.requests.length < 6) return;
					clearInterval(wait);
					cancel();
				}, 5);
			},
		},
	);
	expect(smsRu.requests.length).toBeLessThan(20);
	expect(result.run.finished).not.toBe(true);
});

describe('preview', () => {
	it('needs no credential and makes no request', async () => {
		const result = await send(
			[GOOD[0], BAD],
			{ operation: 'preview', message: 'Sale −50% “today”' },
			{ credentials: {}, onError: 'continueErrorOutput' },
		);
		expect(result.error).toBeNull();
		expect(smsRu.requests).toHaveLength(0);
		expect(result.success[0]?.json).toEqual({
			to: GOOD[0],
			from: null,
			gateway: 'smsRu',
			text: 'Sale −50% “today”',
			encoding: 'UCS-2',
			segments: 1,
			characters: 17,
			remaining: 53,
			parts: ['Sale −50% “today”'],
			forcesUnicode: [
				{ character: '−', replacement: '-' },
				{ character: '“', replacement: '"' },
				{ character: '”', replacement: '"' },
			],
		});
		expect(result.failed.map(verdictOf)).toEqual([expect.objectContaining({ row: 1, accepted: false })]);
	});

	it('stops the workflow only when nothing can be previewed', async () => {
		expect((await send([GOOD[0], BAD], { operation: 'preview' })).error).toBeNull();
		expect((await send([BAD], { operation: 'preview' })).error).toMatchObject({ name: 'NodeOperationError' });
	});
});

describe('the generic node', () => {
	it.each(GATEWAY_IDS)('refuses by name what %s cannot do', async (gateway) => {
		const {
			lacks: [options, label],
			parameters,
		} = facts[gateway];
		const result = await runNode({
			node: 'sendSms',
			credentials: { [`${gateway}Api`]: { baseUrl: 'http://127.0.0.1:9', apiKey: 'k', shortcode: 'S' } },
			parameters: {
				gateway,
				to: '+79161000001',
				message: 'Hi',
				...parameters,
				options,
			},
		});
		expect(result.error?.message).toContain(
			`'${label}' is not supported by ${gateways[gateway].displayName}`,
		);
	});

	it('takes a batch size for the upper limit that it is', async () => {
		const result = await runNode({
			node: 'sendSms',
			credentials: { smsRuApi: smsRu.credentials },
			rows: Array.from({ length: 150 }, (_, n) => ({ phone: `+7916${3_000_000 + n}` })),
			parameters: {
				gateway: 'smsRu',
				to: '={{ $json.phone }}',
				message: 'Hi',
				options: { batchSize: 500 },
			},
		});
		expect(result.success).toHaveLength(150);
		expect(smsRu.requests).toHaveLength(2);
	});

	it('does not mind a switch that is off', async () => {
		const result = await runNode({
			node: 'sendSms',
			credentials: { smsRuApi: smsRu.credentials },
			parameters: { gateway: 'smsRu', to: GOOD[0], message: 'Hi', options: { flash: false, wapPushUrl: '' } },
		});
		expect(result.success).toHaveLength(1);
	});
});

it('refuses an address that would let the key be read', async () => {
	const result = await send(
		[GOOD[0]],
		{},
		{ credentials: { smsRuApi: { ...smsRu.credentials, baseUrl: 'http://sms.example.com' } } },
	);
	expect(result.error).toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringContaining('https://'),
	});
});

describe('what is remembered of texts', () => {
	beforeEach(forgetEverything);

	it.each<[string, unknown[], number | undefined, number]>([
		['nothing once all is sent', [...GOOD], undefined, 0],
		['nothing once all is sent, with Retry On Fail', [...GOOD], 3, 0],
		['nothing once a row has failed and nothing is tried again', [BAD, ...GOOD], undefined, 0],
		['what was sent while n8n may call again', [BAD, ...GOOD], 3, GOOD.length],
	])('is %s', async (_, phones, maxTries, remembered) => {
		await send(
			phones,
			{},
			{ onError: 'continueErrorOutput', ...(maxTries === undefined ? {} : { maxTries }) },
		);
		expect(textsPerPerson()).toEqual(GOOD.map(() => 1));
		expect(textsRemembered()).toBe(remembered);
	});
});
