/** Limits: what may not go out does not, whatever the order of rows, retries and lost answers. Through the Test Gateway. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { answerTest } from '../../../../nodes/TestGateway/answers';
import { testGateway } from '../../../../nodes/TestGateway/gateway';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createAfricasTalking } from '../../../../simulators/africasTalking';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createVoipCommunications } from '../../../../simulators/voipCommunications';
import { realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';

const answer = jest.spyOn(testGateway, 'answer');
beforeEach(() => answer.mockClear());
afterAll(realTime);

/** The numbers that requests to send have left for, in order. */
const asked = (): string[] =>
	answer.mock.calls.flatMap(([{ path, body }]) =>
		path === '/send' && body?.kind === 'json' ? [`+${String(body.value.to)}`] : [],
	);

const run = async (
	rows: readonly IDataObject[],
	limits: INodeParameters | string,
	more: Partial<RunOptions> = {},
	parameters: INodeParameters = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: {},
		rows,
		parameters: {
			gateway: 'test',
			to: '={{ $json.to }}',
			message: 'Hello',
			defaultCountry: 'RU',
			limits,
			...parameters,
		},
		onError: 'continueErrorOutput',
		...more,
	});
const errors = ({ failed }: RunResult): IDataObject[] => failed.map(({ json }) => json.error as IDataObject);
const outcomes = ({ success, failed }: RunResult): unknown[] =>
	[...success, ...failed]
		.map(({ json, pairedItem }) => {
			const error = json.error as IDataObject | undefined;
			return [(pairedItem as { item: number }).item, error === undefined ? 'sent' : error.kind] as const;
		})
		.sort(([a], [b]) => a - b)
		.map(([, kind]) => kind);
const rowsOf = (...numbers: readonly string[]): IDataObject[] => numbers.map((to) => ({ to }));

const [RU, RU2, KE, US] = ['+79161234567', '+79161234568', '+254712345678', '+12025550100'] as const;
const LOST = '+12025550130';
const BUSY = '+12025550121';

/** Preview says the same as Send, and asks nobody. */
async function expectSameInPreview(rows: readonly IDataObject[], limits: INodeParameters): Promise<void> {
	const sent = await run(rows, limits);
	answer.mockClear();
	const preview = await run(rows, limits, {}, { operation: 'preview' });
	expect(outcomes(preview)).toEqual(outcomes(sent));
	expect(answer).not.toHaveBeenCalled();
}

describe('Allowed Countries', () => {
	it.each<readonly [typed: unknown, number: string, kind: string]>([
		[['RU'], RU, 'sent'],
		[['RU'], KE, 'no_route'],
		[['RU', 'KE'], KE, 'sent'],
		['={{ ["ke", "RU"] }}', KE, 'sent'],
		['=KE, RU', RU, 'sent'],
		[['RU'], '+77011234567', 'no_route'],
		[['KZ'], '+77011234567', 'sent'],
		[['US'], '+14165550100', 'no_route'],
		[['CA'], '+14165550100', 'sent'],
		[['RU'], '8 916 123-45-67', 'sent'],
	])('%j and %s: %s', async (allowedCountries, number, kind) => {
		const result = await run(rowsOf(number), { allowedCountries } as INodeParameters);
		expect(outcomes(result)).toEqual([kind]);
		expect(asked()).toHaveLength(kind === 'sent' ? 1 : 0);
	});

	it('names the country, and leaves the others alone', async () => {
		const rows = rowsOf(RU, KE, 'call me', RU2);
		const result = await run(rows, { allowedCountries: ['RU'] });
		expect(outcomes(result)).toEqual(['sent', 'no_route', 'invalid_recipient', 'sent']);
		expect(errors(result)[0]).toMatchObject({
			message: `${KE} belongs to Kenya, which 'Allowed Countries' does not allow. Nothing was sent.`,
			retry: 'never',
		});
		await expectSameInPreview(rows, { allowedCountries: ['RU'] });
	});

	it.each([[[]], [['XX']], ['={{ [] }}'], ['={{ $json.nothing }}'], ['=Kenya']])(
		'%j stops the run',
		async (allowedCountries) => {
			const result = await run(rowsOf(RU, RU2), { allowedCountries });
			expect(errors(result)).toMatchObject(
				[0, 1].map(() => ({ message: expect.stringContaining("'Allowed Countries'") })),
			);
			expect(asked()).toEqual([]);
		},
	);
});

describe('Do Not Text', () => {
	it.each<readonly [typed: unknown]>([
		[RU],
		['8 (916) 123-45-67'],
		[`${KE}; 8 916 123 45 67\n${US}`],
		[`={{ ["${KE}", "", null, 79161234567] }}`],
		['={{ ["7.9161234567E+10"] }}'],
	])('%j stops the one and no other', async (stopList) => {
		const result = await run(rowsOf(RU, RU2), { stopList } as INodeParameters);
		expect(outcomes(result)).toEqual(['blocked_recipient', 'sent']);
		expect(asked()).toEqual([RU2]);
		expect(errors(result)).toMatchObject([{ to: RU, retry: 'never', accepted: false }]);
	});

	it.each(['', ' , ', '={{ [] }}', '={{ "" }}', '={{ [null, ""] }}'])(
		'%j is empty: refused, unless it may be',
		async (stopList) => {
			const result = await run(rowsOf(RU, RU2), { stopList });
			expect(errors(result)).toMatchObject(
				[0, 1].map(() => ({
					kind: 'invalid_parameter',
					message: expect.stringMatching(/Do Not Text' is empty/),
				})),
			);
			expect(asked()).toEqual([]);
			expect(outcomes(await run(rowsOf(RU), { stopList, stopListMayBeEmpty: true }))).toEqual(['sent']);
		},
	);

	it.each([
		['={{ $json.nothing }}', /Do Not Text/],
		["={{ $('Nowhere').all() }}", /Do Not Text/],
		['+79161234568, ask Peter', /"ask Peter"/],
		['={{ [{ phone: "+79161234567" }] }}', /"\[object\]"/],
	])('%j cannot be read: refused, also where it may be empty', async (stopList, words) => {
		const result = await run(rowsOf(RU), { stopList, stopListMayBeEmpty: true });
		expect(errors(result)).toMatchObject([{ message: expect.stringMatching(words), accepted: false }]);
		expect(asked()).toEqual([]);
	});

	it('without a country, a number of the list that needs one is not guessed', async () => {
		const result = await run(rowsOf(RU), { stopList: '8 916 123-45-67' }, {}, { defaultCountry: 'none' });
		expect(errors(result)).toMatchObject([{ hint: expect.stringContaining('Default Country') }]);
		expect(asked()).toEqual([]);
	});

	it('does not stop a workflow in which everybody is on the list', async () => {
		const { error, success } = await run(rowsOf(RU), { stopList: RU }, { onError: 'stopWorkflow' });
		expect([error, success.length]).toEqual([null, 1]);
	});

	it('shows in Preview', async () =>
		await expectSameInPreview(rowsOf(RU, RU2, KE), { stopList: `${RU}, ${KE}` }));

	it('a list of ten thousand', async () => {
		const stopList = `={{ Array.from({ length: 10000 }, (_, n) => '8916' + (1000000 + n)) }}`;
		const result = await run(rowsOf('+79161004321', RU), { stopList });
		expect(outcomes(result)).toEqual(['blocked_recipient', 'sent']);
	});
});

describe('Max Texts per Run', () => {
	it.each([
		[3, ['sent', 'sent', 'sent']],
		[2, ['invalid_parameter', 'invalid_parameter', 'invalid_parameter']],
	])('%s for three: all or nothing', async (maxTexts, expected) => {
		const result = await run(rowsOf(RU, RU2, KE), { maxTexts });
		expect(outcomes(result)).toEqual(expected);
		expect(asked()).toHaveLength(maxTexts === 3 ? 3 : 0);
		await expectSameInPreview(rowsOf(RU, RU2, KE), { maxTexts });
	});

	it('says the figures once, as an error of the node', async () => {
		const { error } = await run(rowsOf(RU, RU2, KE), { maxTexts: 2 }, { onError: 'stopWorkflow' });
		expect(error?.message).toBe(
			"This run has 3 texts to send, and 'Max Texts per Run' is 2. Nothing was sent.",
		);
	});

	it('counts recipients, and only those that would be sent', async () => {
		const limits = { maxTexts: 2, stopList: KE };
		expect(outcomes(await run([{ to: `${RU}, ${RU2}, ${US}` }], limits))).toEqual([
			'invalid_parameter',
			'invalid_parameter',
			'invalid_parameter',
		]);
		expect(asked()).toEqual([]);
		const rows = rowsOf(RU, RU, KE, 'call me', RU2);
		expect(outcomes(await run(rows, limits))).toEqual([
			'sent',
			'duplicate',
			'blocked_recipient',
			'invalid_recipient',
			'sent',
		]);
	});
});

describe('Max Cost per Run', () => {
	const three = rowsOf(RU, RU2, KE);
	const pricesAsked = (): number => answer.mock.calls.filter(([{ path }]) => path === '/price').length;

	it.each<readonly [limits: INodeParameters, expected: string]>([
		[{ maxCost: 0.3, pricePerSegment: 0.1 }, 'sent'],
		[{ maxCost: 0.29, pricePerSegment: 0.1 }, 'invalid_parameter'],
		[{ maxCost: 0.15 }, 'sent'],
		[{ maxCost: 0.14 }, 'invalid_parameter'],
		[{ maxCost: '={{ 0.1 + 0.05 }}' }, 'sent'],
	])('%j for three texts: %s', async (limits, expected) => {
		const result = await run(three, limits);
		expect(outcomes(result)).toEqual([expected, expected, expected]);
		expect(asked()).toHaveLength(expected === 'sent' ? 3 : 0);
		// Who types a price asks nobody.
		expect(pricesAsked()).toBe(limits.pricePerSegment === undefined ? 3 : 0);
		const preview = await run(three, limits, {}, { operation: 'preview', includePrice: true });
		expect(outcomes(preview)).toEqual([expected, expected, expected]);
	});

	it('counts segments, and says the figures', async () => {
		const limits = { maxCost: 0.5, pricePerSegment: 0.1 };
		const long = { message: 'я'.repeat(150) };
		const { error } = await run(three, limits, { onError: 'stopWorkflow' }, long);
		expect(error?.message).toBe(
			"The 3 texts of this run would cost 0.9, at 0.1 for a segment, and 'Max Cost per Run' is 0.5. Nothing was sent.",
		);
		const asks = await run(rowsOf(RU), { maxCost: 0.1 }, {}, long);
		expect(errors(asks)[0]?.message).toBe(
			"This text would cost 0.15 XTS, and 'Max Cost per Run' is 0.1. Nothing was sent.",
		);
	});

	it('does not count what is left out', async () => {
		const limits = { maxCost: 0.1, pricePerSegment: 0.1, stopList: RU2, allowedCountries: ['RU'] };
		expect(outcomes(await run(rowsOf(RU, RU, RU2, KE, 'call me'), limits))).toEqual([
			'sent',
			'duplicate',
			'blocked_recipient',
			'no_route',
			'invalid_recipient',
		]);
	});

	it('a preview without prices asks nobody, and keeps a typed price', async () => {
		const preview = { operation: 'preview' };
		expect(outcomes(await run(three, { maxCost: 0.01 }, {}, preview))).toEqual(['sent', 'sent', 'sent']);
		const typed = { maxCost: 0.01, pricePerSegment: 0.1 };
		expect(outcomes(await run(rowsOf(RU), typed, {}, preview))).toEqual(['invalid_parameter']);
		expect(answer).not.toHaveBeenCalled();
	});

	it.each([
		[{ maxCost: 0 }, /'Max Cost per Run'/],
		[{ maxCost: 1, pricePerSegment: 0 }, /'Price per Segment'/],
		[{ maxCost: '={{ $json.nothing }}' }, /'Max Cost per Run'/],
	])('%j stops the run', async (limits, words) => {
		expect(errors(await run(rowsOf(RU), limits))).toMatchObject([{ message: expect.stringMatching(words) }]);
		expect(asked()).toEqual([]);
	});

	describe('with prices of a gateway', () => {
		let smsRu: Simulator;
		let voip: Simulator;
		beforeAll(async () => {
			smsRu = await startSimulator(createSmsRu());
			voip = await startSimulator(createVoipCommunications());
		});
		beforeEach(() => [smsRu, voip].forEach((simulator) => simulator.reset()));
		afterAll(async () => void (await Promise.all([smsRu.close(), voip.close()])));

		const rows = rowsOf(RU, RU2, '+79161234569');
		const through = async (simulator: Simulator, limits: INodeParameters): Promise<RunResult> =>
			await run(
				rows,
				limits,
				{ credentials: { [`${simulator.gateway}Api`]: simulator.credentials } },
				{ gateway: simulator.gateway, from: '+12025550100' },
			);

		it('one text that has no price stays back, and its row says why', async () => {
			smsRu.orders.recipientCodes.set(RU2.slice(1), '207');
			const result = await run(
				rows,
				{ maxCost: 7 },
				{ credentials: { smsRuApi: smsRu.credentials } },
				{ gateway: 'smsRu' },
			);
			expect(outcomes(result)).toEqual(['sent', 'no_route', 'sent']);
			expect(smsRu.texts.map(({ to }) => `+${to}`)).toEqual([RU, '+79161234569']);
			smsRu.reset();
			expect(
				outcomes(
					await run(
						rows,
						{ maxCost: 7 },
						{ credentials: { smsRuApi: smsRu.credentials } },
						{ gateway: 'smsRu' },
					),
				),
			).toEqual(rows.map(() => 'invalid_parameter'));
			expect(smsRu.texts).toEqual([]);
		});

		it('a gateway that does not answer the question is not sent to', async () => {
			smsRu.fault({
				at: 'before',
				how: 'reset',
				times: Infinity,
				matches: ({ path }) => path.includes('cost'),
			});
			const result = await run(
				rows,
				{ maxCost: 70 },
				{ credentials: { smsRuApi: smsRu.credentials } },
				{ gateway: 'smsRu' },
			);
			expect(errors(result)).toMatchObject(rows.map(() => ({ accepted: false, retry: 'later' })));
			expect(smsRu.texts).toEqual([]);
		});

		it('a gateway without prices needs a typed one', async () => {
			const refused = await through(voip, { maxCost: 10 });
			expect(errors(refused)).toMatchObject(
				rows.map(() => ({
					message: expect.stringContaining('VoIP Communications gives no prices'),
					hint: expect.stringContaining('Price per Segment'),
				})),
			);
			expect(voip.requests).toEqual([]);
		});
	});
});

describe('Allowed Hours', () => {
	/** A Wednesday. */
	const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 25, hour, minute);
	const setClock = (instant: number): void => {
		clock.now = () => instant;
		clock.sleep = async () => undefined;
	};
	afterEach(realTime);
	const hours = (more: INodeParameters = {}): INodeParameters => ({
		allowedHours: { hours: { from: '9:00', to: '20:00', ...more } },
	});
	const moscow = { timeZone: 'Europe/Moscow' };

	it.each<readonly [more: INodeParameters, to: string, now: number, kind: string, words: RegExp | null]>([
		[moscow, RU, at(6), 'sent', null],
		[moscow, RU, at(5, 59), 'temporary', /9:00 to 20:00.*Wednesday, 8:59, in Europe\/Moscow/],
		[moscow, RU, at(17), 'temporary', /Wednesday, 20:00/],
		[{ ...moscow, days: ['monday', 'friday'] }, RU, at(9), 'temporary', /Wednesday/],
		[{ ...moscow, days: ['wednesday'] }, RU, at(9), 'sent', null],
		// The country's own, where it has one.
		[{}, KE, at(6), 'sent', null],
		[{}, KE, at(5, 59), 'temporary', /Africa\/Nairobi/],
		[{}, '+380501234567', at(7), 'sent', null],
		[{}, '+380501234567', at(6, 59), 'temporary', /Europe\/Kiev/],
		// Never guessed.
		[{}, RU, at(9), 'invalid_parameter', /Russia has several time zones/],
		[{}, US, at(17), 'invalid_parameter', /United States has several time zones/],
		[{ severalZones: 'narrowest' }, RU, at(9), 'temporary', /part of the country/],
		// 9:00 in Kaliningrad is 19:00 in Kamchatka.
		[{ severalZones: 'narrowest' }, RU, at(7, 30), 'sent', null],
		[{ severalZones: 'narrowest', to: '18:00' }, RU, at(7, 30), 'invalid_parameter', /never apply/],
	])('%j, %s at %d: %s', async (more, to, now, kind, words) => {
		setClock(now);
		const result = await run(rowsOf(to), hours(more));
		expect(outcomes(result)).toEqual([kind]);
		expect(asked()).toHaveLength(kind === 'sent' ? 1 : 0);
		if (words !== null) expect(errors(result)).toMatchObject([{ message: expect.stringMatching(words) }]);
		await expectSameInPreview(rowsOf(to), hours(more));
	});

	it('may come from expressions, for the whole run', async () => {
		setClock(at(6));
		const rows = [
			{ to: RU, start: '9:00' },
			{ to: RU2, start: '12:00' },
		];
		const limits = hours({ ...moscow, from: '={{ $json.start }}' });
		expect(outcomes(await run(rows, limits))).toEqual(['sent', 'sent']);
	});

	it("takes each row's own zone from a column, then the fixed one, then the country's", async () => {
		setClock(at(4));
		const rows = [
			{ to: RU, zone: 'Asia/Omsk' },
			{ to: RU2, zone: '' },
			{ to: '+79161234569', zone: 'Omsk' },
			{ to: KE },
		];
		const limits = hours({ timeZoneColumn: 'zone' });
		const result = await run(rows, limits);
		expect(outcomes(result)).toEqual(['sent', 'invalid_parameter', 'invalid_parameter', 'temporary']);
		expect(errors(result)[1]).toMatchObject({
			message: expect.stringContaining('"Omsk" is not a time zone'),
		});
		const fixed = await run(rows, hours({ timeZoneColumn: 'zone', timeZone: 'Asia/Vladivostok' }));
		expect(outcomes(fixed)).toEqual(['sent', 'sent', 'invalid_parameter', 'sent']);
	});

	it('waits by the scheduling of the gateway, until the hours begin there', async () => {
		setClock(at(18));
		const rows = [
			{ to: RU, zone: 'Europe/Moscow' },
			{ to: RU2, zone: 'Asia/Kamchatka' },
			{ to: '+79161234569', zone: 'America/New_York' },
		];
		const limits = hours({ timeZoneColumn: 'zone', outside: 'wait' });
		const result = await run(rows, limits);
		expect(result.success.map(({ json }) => [json.status, json.scheduledFor])).toEqual([
			['scheduled', '2026-11-26T06:00:00.000Z'],
			['scheduled', '2026-11-25T21:00:00.000Z'],
			['queued', null],
		]);
	});

	it('a time to send at is moved as well, and one within the hours stays', async () => {
		setClock(at(9));
		const limits = hours({ ...moscow, outside: 'wait' });
		for (const [sendAt, expected] of [
			['2026-11-25T23:00', '2026-11-26T06:00:00.000Z'],
			['2026-11-25T19:00', '2026-11-25T16:00:00.000Z'],
		]) {
			const { success } = await run(rowsOf(RU), limits, {}, { options: { sendAt } });
			expect(success.map(({ json }) => json.scheduledFor)).toEqual([expected]);
		}
	});

	it('a later try does not send at once what an earlier one has scheduled', async () => {
		let now = at(5, 59) + 59_000;
		clock.now = () => now;
		clock.sleep = async () => undefined;
		const calls: string[] = [];
		answer.mockImplementation((request, time) => {
			if (request.body?.kind === 'json')
				calls.push(`${String(request.body.value.to)} ${String(request.body.value.sendAt)}`);
			now += 2000;
			return answerTest(request, time);
		});
		const limits = hours({ ...moscow, outside: 'wait' });
		const { success } = await run(rowsOf(BUSY, RU), limits, {
			maxTries: 3,
			onError: 'continueRegularOutput',
		});
		answer.mockImplementation(answerTest);
		expect(success).toHaveLength(2);
		// The busy one is asked again, by then without a wait; the other was scheduled once.
		expect(calls).toEqual([
			`${BUSY.slice(1)} ${at(6)}`,
			`${RU.slice(1)} ${at(6)}`,
			`${BUSY.slice(1)} null`,
			`${BUSY.slice(1)} null`,
		]);
	});

	it('a gateway that cannot send later says so', async () => {
		setClock(at(2));
		const simulator = await startSimulator(createAfricasTalking());
		const result = await run(
			rowsOf(KE),
			hours({ outside: 'wait' }),
			{ credentials: { africasTalkingApi: simulator.credentials } },
			{ gateway: 'africasTalking' },
		);
		await simulator.close();
		expect(errors(result)).toMatchObject([
			{ kind: 'temporary', message: expect.stringContaining("Africa's Talking cannot send later") },
		]);
		expect(simulator.requests).toEqual([]);
	});

	it('says first that a person wants no texts', async () => {
		setClock(at(2));
		expect(outcomes(await run(rowsOf(KE), { ...hours(), stopList: KE }))).toEqual(['blocked_recipient']);
	});

	it.each<[INodeParameters[string]]>([
		[{}],
		['={{ $json.nothing }}'],
		[{ hours: { from: '9', to: '9:00' } }],
		[{ hours: { from: 'nine', to: '20:00' } }],
		[{ hours: { from: '9:00', to: '25:00' } }],
		[{ hours: { from: '9:00', to: '20:60' } }],
		[{ hours: { from: '9:00', to: '20:00', days: [] } }],
		[{ hours: { from: '9:00', to: '20:00', days: ['someday'] } }],
		[{ hours: { from: '9:00', to: '20:00', timeZone: 'Moscow' } }],
	])('%j stops the run', async (allowedHours) => {
		const result = await run(rowsOf(KE), { allowedHours });
		expect(errors(result)).toMatchObject([{ message: expect.stringContaining("'Allowed Hours'") }]);
		expect(asked()).toEqual([]);
	});
});

describe('whatever the rows and tries', () => {
	const numbers = [RU, RU2, KE, US, LOST, BUSY, '8 916 123-45-67', 'call me', '+14165550100'];
	const limited = fc.record({
		rows: fc.array(fc.constantFrom(...numbers), { minLength: 1, maxLength: 8 }),
		allowedCountries: fc.constantFrom(['RU'], ['RU', 'US'], ['KE', 'RU', 'US']),
		stopList: fc.constantFrom(RU, `${RU2}; 8 916 123-45-67`, US),
		maxTexts: fc.integer({ min: 1, max: 6 }),
		maxCost: fc.constantFrom(0.05, 0.1, 0.2, 0.3),
		isTyped: fc.boolean(),
		maxTries: fc.constantFrom(undefined, 3),
		onError: fc.constantFrom<OnError>('continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'),
	});
	const COUNTRY: ReadonlyArray<readonly [start: RegExp, country: string]> = [
		[/^\+7/, 'RU'],
		[/^\+254/, 'KE'],
		[/^\+1202/, 'US'],
		[/^\+1416/, 'CA'],
	];
	const countryOf = (to: string): string => COUNTRY.find(([start]) => start.test(to))?.[1] ?? '';

	it('no request leaves past a limit', async () => {
		let left = 0;
		await fc.assert(
			fc.asyncProperty(limited, async ({ rows, maxTries, onError, isTyped, ...limits }) => {
				answer.mockClear();
				let now = Date.UTC(2026, 10, 25);
				clock.now = () => now;
				clock.sleep = async (milliseconds) => void (now += milliseconds);
				const price = isTyped ? { pricePerSegment: 0.05 } : {};
				await run(
					rowsOf(...rows),
					{ ...limits, ...price },
					{ onError, ...(maxTries === undefined ? {} : { maxTries }) },
				);
				const sent = asked();
				left += sent.length;
				expect(sent.filter((to) => !limits.allowedCountries.includes(countryOf(to)))).toEqual([]);
				expect(sent).not.toContain(limits.stopList.includes('8 916') ? RU2 : limits.stopList);
				if (limits.stopList.includes('8 916')) expect(sent).not.toContain(RU);
				// A busy gateway is asked again for the same text.
				expect(new Set(sent).size).toBeLessThanOrEqual(limits.maxTexts);
				expect(new Set(sent).size).toBeLessThanOrEqual(Math.round(limits.maxCost / 0.05));
				for (const to of sent) if (to !== BUSY) expect(sent.filter((one) => one === to)).toHaveLength(1);
			}),
			{ numRuns: 400 },
		);
		expect(left).toBeGreaterThan(20);
	}, 60_000);
});
