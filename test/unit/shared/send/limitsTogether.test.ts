/**
 * All limits at once, over two gateways, with lost answers, refusals, Retry On Fail, later runs and time that passes: no
 * request leaves past a limit. What may leave is worked out here again, from the rows alone.
 */
import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { forgetEverything } from '../../../../nodes/shared/send/ledger';
import { clock } from '../../../../nodes/shared/time/clock';
import { startSimulator } from '../../../../simulators/server';
import type { SimulatedRequest, Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createSmsc } from '../../../../simulators/smsc';
import { realTime } from '../../../support/clock';
import type { RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Wednesday, 00:00 UTC. */
const DAY = Date.UTC(2026, 10, 25);

let smsRu: Simulator;
let smsc: Simulator;
let now = DAY;
beforeAll(async () => {
	// One at a time: a request arrives at the time at which it left.
	for (const gateway of [smsRuGateway, smscGateway]) jest.replaceProperty(gateway, 'requestsInFlight', 1);
	const time = { now: () => new Date(now) };
	smsRu = await startSimulator(createSmsRu({ dailyLimit: 1_000_000 }), time);
	smsc = await startSimulator(createSmsc(), time);
});
afterAll(async () => {
	realTime();
	await Promise.all([smsRu.close(), smsc.close()]);
});

/** People by their numbers, as the rows have them, with the hours that their clocks are ahead of UTC. */
const PEOPLE = [
	{ to: '+79161000001', typed: '8 916 100-00-01', country: 'RU', zone: 'Europe/Moscow', ahead: 3 },
	{ to: '+79161000002', typed: '+79161000002', country: 'RU', zone: 'Asia/Omsk', ahead: 6 },
	{ to: '+79161000003', typed: '79161000003', country: 'RU', zone: '', ahead: null },
	{ to: '+77011000004', typed: '+7 701 100 00 04', country: 'KZ', zone: 'Asia/Almaty', ahead: 5 },
	{ to: '+254712000005', typed: '+254712000005', country: 'KE', zone: '', ahead: 3 },
] as const;

const TEXTS = {
	short: { text: 'Hello', segments: 1 },
	/** In Cyrillic, 70 characters fit into one segment. */
	long: { text: 'Ж'.repeat(71), segments: 2 },
} as const;

const TIMES: Readonly<Record<'hour' | 'day', number>> = { hour: HOUR, day: 24 * HOUR };

const person = fc.constantFrom(...PEOPLE);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
	fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: value });

const limited = fc.record({
	countries: maybe(fc.subarray(['RU', 'KZ', 'KE'], { minLength: 1 })),
	stopped: maybe(person),
	maxSegments: maybe(fc.constantFrom(1, 2)),
	maxTexts: maybe(fc.integer({ min: 1, max: 4 })),
	cost: maybe(fc.record({ most: fc.constantFrom(4, 8, 16), price: fc.constantFrom(null, 4) })),
	perNumber: maybe(fc.constantFrom<'hour' | 'day'>('hour', 'day')),
	hours: maybe(fc.record({ from: fc.constantFrom(8, 9), to: fc.constantFrom(12, 21), waits: fc.boolean() })),
	skipDuplicates: fc.constantFrom<'inThisRun' | 'acrossRuns'>('inThisRun', 'acrossRuns'),
});

const TROUBLES = ['none', 'lost', 'notTaken', 'busy', 'noMoney', 'refusals'] as const;
const run = fc.record({
	rows: fc.array(fc.record({ person, text: fc.constantFrom(TEXTS.short, TEXTS.long) }), {
		minLength: 2,
		maxLength: 6,
	}),
	trouble: fc.constantFrom(...TROUBLES),
	troubleAt: fc.constantFrom(1, 2),
	isRestarted: fc.boolean(),
	/** What passes before the run, and with each request. */
	before: fc.constantFrom(10 * MINUTE, HOUR, 5 * HOUR, 24 * HOUR),
	each: fc.constantFrom(0, MINUTE, HOUR),
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

const world = fc.record({
	limits: limited,
	runs: fc.array(run, { minLength: 1, maxLength: 3 }),
	startsAt: fc.integer({ min: 0, max: 23 }),
	hasBackup: fc.boolean(),
	batchSize: fc.constantFrom(1, 1, 2, 100),
	maxTries: fc.constantFrom(undefined, 3),
	onError: fc.constantFrom<OnError>('continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function limitsOf({ limits, hasBackup }: World): INodeParameters {
	const { countries, stopped, maxSegments, maxTexts, cost, perNumber, hours, skipDuplicates } = limits;
	// With a backup, the price has to be typed.
	const price = hasBackup ? 4 : (cost?.price ?? null);
	return {
		skipDuplicates,
		...(countries === null ? {} : { allowedCountries: countries }),
		...(stopped === null ? {} : { stopList: stopped.typed }),
		...(maxSegments === null ? {} : { maxSegments }),
		...(maxTexts === null ? {} : { maxTexts }),
		...(cost === null ? {} : { maxCost: cost.most, ...(price === null ? {} : { pricePerSegment: price }) }),
		...(perNumber === null ? {} : { onePerNumber: perNumber }),
		...(hours === null
			? {}
			: {
					allowedHours: {
						hours: {
							from: `${hours.from}:00`,
							to: `${hours.to}:00`,
							timeZoneColumn: 'zone',
							outside: hours.waits ? 'wait' : 'reject',
						},
					},
				}),
	};
}

/** A request that could send, as it came. */
interface Left {
	readonly at: number;
	readonly numbers: readonly string[];
}

const sends = ({ path, form, query }: SimulatedRequest): boolean =>
	!/cost|status|balance/.test(path) && form?.get('cost') !== '1' && query.get('cost') !== '1';

const numbersIn = ({ body, rawQuery }: SimulatedRequest): string[] =>
	decodeURIComponent(`${body.toString('latin1')} ${rawQuery}`.replace(/%(?![\dA-F]{2})/gi, ''))
		.match(/(?:7916|7701|25471)\d{7}/g)
		?.map((digits) => `+${digits}`) ?? [];

/** The run at hand. */
let current: Run | null = null;
let left: Left[] = [];
let seen = 0;
/** Time that a request took, which the node sees when it next looks at the clock. */
let passing = 0;

/** A watch on every request that could send, and the trouble of its run. */
function watch(simulator: Simulator): void {
	const comes = (request: SimulatedRequest, trouble: Run['trouble']): boolean => {
		if (current?.trouble !== trouble || !sends(request)) return false;
		left.push({ at: now, numbers: [...new Set(numbersIn(request))] });
		passing += current.each;
		seen++;
		return seen === current.troubleAt;
	};
	const busy = { status: 429, headers: { 'retry-after': '30' }, body: '' };
	const times = Infinity;
	const never = (request: SimulatedRequest, trouble: Run['trouble']): boolean =>
		comes(request, trouble) && false;
	simulator.fault({ at: 'after', how: 'reset', times, matches: (one) => comes(one, 'lost') });
	simulator.fault({ at: 'before', how: 'reset', times, matches: (one) => comes(one, 'notTaken') });
	simulator.fault({ at: 'before', how: 'reply', reply: busy, times, matches: (one) => comes(one, 'busy') });
	for (const trouble of ['none', 'noMoney', 'refusals'] as const)
		simulator.fault({ at: 'before', how: 'reset', times, matches: (one) => never(one, trouble) });
}

function prepare(simulator: Simulator, { trouble }: Run): void {
	simulator.balance = trouble === 'noMoney' ? 5 : 10_000;
	simulator.orders.recipientCodes.clear();
	if (trouble === 'refusals' && simulator === smsRu)
		simulator.orders.recipientCodes.set(PEOPLE[0].to.slice(1), '207');
}

const minuteThere = (instant: number, ahead: number): number =>
	Math.floor((instant + ahead * HOUR) / MINUTE) % (24 * 60);

/** How often each limit had something to do, by what it says. */
const SAYS = {
	countries: /'Allowed Countries' does not allow/,
	stopped: /is in 'Do Not Text'/,
	maxSegments: /'Max Segments' allows/,
	maxTexts: /'Max Texts per Run' is/,
	cost: /'Max Cost per Run' is/,
	perNumber: /was sent a text|already sends a text to/,
	hours: /'Allowed Hours'/,
} as const;
const kept: Record<keyof typeof SAYS, number> = {
	countries: 0,
	stopped: 0,
	maxSegments: 0,
	maxTexts: 0,
	cost: 0,
	perNumber: 0,
	hours: 0,
};

function countKept({ success, failed, error }: RunResult): void {
	const said = [...success, ...failed].map(({ json }) => {
		const { message } = (json.error ?? {}) as IDataObject;
		return typeof message === 'string' ? message : '';
	});
	for (const [name, words] of Object.entries(SAYS) as ReadonlyArray<[keyof typeof SAYS, RegExp]>)
		if ([...said, error?.message ?? ''].some((one) => words.test(one))) kept[name]++;
}

const taken = (): Simulator['texts'] => [...smsRu.texts, ...smsc.texts];

async function play(one: World): Promise<void> {
	for (const simulator of [smsRu, smsc]) simulator.reset();
	forgetMarks();
	forgetEverything();
	await freshProcessedData();
	for (const simulator of [smsRu, smsc]) watch(simulator);
	now = DAY + one.startsAt * HOUR;
	clock.now = () => {
		now += passing;
		passing = 0;
		return now;
	};
	clock.sleep = async (milliseconds) => void (now += milliseconds);
	for (const each of one.runs) await playRun(one, each);
}

async function playRun(one: World, each: Run): Promise<void> {
	const { limits, hasBackup, batchSize, maxTries, onError } = one;
	now += each.before;
	if (each.isRestarted) {
		forgetMarks();
		forgetEverything();
	}
	for (const simulator of [smsRu, smsc]) prepare(simulator, each);
	[current, left, seen, passing] = [each, [], 0, 0];
	const before = taken();
	const moneyBefore = smsRu.balance;
	const result = await runNode({
		node: 'sendSms',
		credentials: { smsRuApi: smsRu.credentials, smscApi: smsc.credentials },
		rows: each.rows.map(({ person: { typed, zone }, text }) => ({ phone: typed, zone, text: text.text })),
		parameters: {
			gateway: 'smsRu',
			backupGateway: hasBackup ? 'smsc' : 'none',
			to: '={{ $json.phone }}',
			message: '={{ $json.text }}',
			defaultCountry: 'RU',
			limits: limitsOf(one),
			options: { batchSize },
		},
		execution: { mode: 'webhook' },
		onError,
		...(maxTries === undefined ? {} : { maxTries }),
	});
	countKept(result);
	const fresh = taken().filter((text) => !before.includes(text));
	const { maxSegments } = limits;
	const asked = new Set(left.flatMap(({ numbers }) => numbers));
	requests += left.length;
	arrived += fresh.length;
	couldHave += new Set(each.rows.map(({ person: { to } }) => to)).size;

	const ofPerson = (to: string): (typeof PEOPLE)[number] => {
		const found = PEOPLE.find((someone) => someone.to === to);
		if (found === undefined) throw new Error(`${to} is nobody's`);
		return found;
	};
	for (const to of asked) {
		const { country } = ofPerson(to);
		if (limits.countries !== null) expect(limits.countries).toContain(country);
		if (limits.stopped !== null) expect(to).not.toBe(limits.stopped.to);
		const texts = each.rows.filter(({ person: { to: own } }) => own === to).map(({ text }) => text.segments);
		if (maxSegments !== null) expect(Math.min(...texts)).toBeLessThanOrEqual(maxSegments);
	}
	for (const { parts } of fresh) expect(parts).toBeLessThanOrEqual(maxSegments ?? parts);
	expect(asked.size).toBeLessThanOrEqual(limits.maxTexts ?? Infinity);
	expect(fresh.length).toBeLessThanOrEqual(limits.maxTexts ?? Infinity);
	if (limits.cost !== null) {
		const segments = fresh.reduce((sum, { parts }) => sum + parts, 0);
		const isTyped = hasBackup || limits.cost.price !== null;
		expect(isTyped ? segments * 4 : moneyBefore - smsRu.balance).toBeLessThanOrEqual(limits.cost.most);
	}
	expectHours(one, fresh, ofPerson);
	expectOnce(one);
}

function expectHours(
	{ limits: { hours } }: World,
	fresh: Simulator['texts'],
	ofPerson: (to: string) => (typeof PEOPLE)[number],
): void {
	if (hours === null) return;
	const isOpen = (to: string, instant: number): boolean => {
		const { ahead } = ofPerson(to);
		// Without a zone, nobody in Russia may be asked.
		if (ahead === null) return false;
		const minute = minuteThere(instant, ahead);
		return hours.from * 60 <= minute && minute < hours.to * 60;
	};
	if (!hours.waits) {
		for (const { at, numbers } of left)
			for (const to of numbers) expect([to, isOpen(to, at)]).toEqual([to, true]);
	}
	for (const { to, scheduledFor, acceptedAt } of fresh) {
		const at = Date.parse(scheduledFor ?? acceptedAt);
		const when = new Date(at).toISOString();
		expect([to, when, isOpen(`+${to}`, at)]).toEqual([to, when, true]);
	}
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return groups;
}

/** Over all runs. */
function expectOnce({ limits: { perNumber, skipDuplicates } }: World): void {
	const byNumber = groupBy(taken(), ({ to }) => to);
	for (const texts of byNumber.values()) {
		const times = texts.map(({ acceptedAt }) => Date.parse(acceptedAt)).sort((a, b) => a - b);
		if (perNumber !== null)
			for (const [n, at] of times.entries())
				expect(at - (times[n - 1] ?? -Infinity)).toBeGreaterThanOrEqual(TIMES[perNumber]);
		if (skipDuplicates !== 'acrossRuns') continue;
		for (const same of groupBy(texts, ({ text }) => text).values()) {
			const sameTimes = same.map(({ acceptedAt }) => Date.parse(acceptedAt)).sort((a, b) => a - b);
			for (const [n, at] of sameTimes.entries())
				expect(at - (sameTimes[n - 1] ?? -Infinity)).toBeGreaterThanOrEqual(TIMES.day);
		}
	}
}

let requests = 0;
let arrived = 0;
let couldHave = 0;

it('no request leaves past a limit', async () => {
	await fc.assert(fc.asyncProperty(world, play), { numRuns: 150 });
	// Texts could go out, and did; and each limit had something to keep back.
	expect(requests).toBeGreaterThan(50);
	expect(arrived).toBeGreaterThan(50);
	expect(couldHave).toBeGreaterThan(2 * arrived);
	for (const [name, times] of Object.entries(kept)) expect([name, times > 5]).toEqual([name, true]);
}, 300_000);
