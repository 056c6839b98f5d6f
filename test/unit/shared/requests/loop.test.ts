/** The loop that every request of a run goes through, on a clock of its own. */
import type { GatewayRequest } from '../../../../nodes/shared/contract/request';
import type { ReplyOrFault, LoopSettings, Verdict } from '../../../../nodes/shared/requests/loop';
import { RequestLoop, isReply } from '../../../../nodes/shared/requests/loop';
import { reply } from '../../../support/messages';
import { virtualTime } from '../../../support/virtualTime';

const TAKES_MS = 10;
const fine = reply('fine');
const busy = reply('busy', 429);
const lost: ReplyOrFault = { kind: 'lost', code: null, detail: 'the connection broke' };

interface Stage {
	readonly loop: RequestLoop<string>;
	/** Makes a request by this name, and gives what came of it. */
	readonly ask: (name: string) => Promise<string | null>;
	/** Names of the requests that left, and when. */
	readonly left: Array<readonly [name: string, at: number]>;
	readonly now: () => number;
	readonly pass: <T>(work: Promise<T>) => Promise<T>;
}

/** "busy" may be tried again, "wrong key" is fatal, a fault is unreadable. */
function judge(answer: ReplyOrFault): Verdict<string, string> {
	const value = isReply(answer) ? answer.text : 'lost';
	return {
		value,
		isRetryable: value === 'busy',
		fatal: value === 'wrong key' ? value : null,
		isReadable: isReply(answer),
	};
}

/** @param answers for the first request, the second …; the last one for all others */
function stage(answers: readonly ReplyOrFault[], settings: Partial<LoopSettings> = {}): Stage {
	const { clock, pass } = virtualTime();
	const left: Array<readonly [string, number]> = [];
	const loop = new RequestLoop<string>({
		transport: async ({ path }) => {
			left.push([path, clock.now()]);
			const answer = answers[Math.min(left.length, answers.length) - 1] ?? fine;
			await clock.sleep(TAKES_MS);
			return answer;
		},
		requestsInFlight: 1,
		requestsPerSecond: null,
		isCancelled: () => false,
		clock,
		...settings,
	});
	const ask = async (path: string): Promise<string | null> => {
		const build = (): GatewayRequest => ({ method: 'GET', path });
		const exchange = await loop.exchange(build, judge, (value) => `silence after "${value}"`);
		return exchange?.value ?? null;
	};
	return { loop, ask, left, pass, now: clock.now };
}

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `/${n}`);

describe('turns', () => {
	it('are handed out in order, one each part of a second', async () => {
		const { ask, left, pass } = stage([fine], { requestsPerSecond: 4 });
		await pass(Promise.all(names(5).map(ask)));
		expect(left).toEqual([
			['/0', 0],
			['/1', 250],
			['/2', 500],
			['/3', 750],
			['/4', 1000],
		]);
	});

	it('that nobody took are not saved up', async () => {
		const { ask, left, pass, loop } = stage([fine], { requestsPerSecond: 1 });
		await pass(ask('/a'));
		await pass(loop.pause(10_000));
		await pass(Promise.all([ask('/b'), ask('/c')]));
		expect(left).toEqual([
			['/a', 0],
			['/b', 10_010],
			['/c', 11_010],
		]);
	});

	it('are taken by a second try as well', async () => {
		const { ask, left, pass } = stage([busy, fine], { requestsPerSecond: 0.1 });
		expect(await pass(ask('/a'))).toBe('fine');
		expect(left).toEqual([
			['/a', 0],
			['/a', 10_000],
		]);
	});

	it('are so many within a minute, and then none until it is over', async () => {
		const { ask, left, pass } = stage([fine], { requestsPerMinute: 3 });
		await pass(Promise.all(names(8).map(ask)));
		const times = left.map(([, at]) => Math.round(at / 1000));
		expect(times).toEqual([0, 0, 0, 61, 61, 61, 122, 122]);
		expect(left.map(([path]) => path)).toEqual(names(8));
	});

	it('within a minute are counted from each request, not from the first', async () => {
		const { ask, left, pass, loop } = stage([fine], { requestsPerMinute: 2 });
		await pass(ask('/a'));
		await pass(loop.pause(30_000));
		await pass(Promise.all([ask('/b'), ask('/c'), ask('/d')]));
		const times = left.map(([, at]) => Math.round(at / 1000));
		expect(times).toEqual([0, 30, 61, 91]);
	});

	it('are not waited for without a pace', async () => {
		const { ask, left, pass } = stage([fine]);
		await pass(Promise.all(names(5).map(ask)));
		expect(left.map(([, at]) => at)).toEqual([0, 0, 0, 0, 0]);
	});
});

describe('a request that may be tried again', () => {
	it('is made three times, one and four seconds apart', async () => {
		const { ask, left, pass } = stage([busy]);
		expect(await pass(ask('/a'))).toBe('busy');
		expect(left.map(([, at]) => at)).toEqual([0, 1010, 5020]);
	});

	it('asks just before it leaves each time, not at all if it never does, and may be kept', async () => {
		let isCancelled = false;
		let isKept = false;
		const { loop, left, pass } = stage([busy, fine], { isCancelled: () => isCancelled });
		const told: number[] = [];
		const ask = async () =>
			await loop.exchange(
				() => ({ method: 'GET', path: '/a' }),
				judge,
				(value) => value,
				async () => {
					told.push(left.length);
					return !isKept;
				},
			);
		expect(await pass(ask())).toMatchObject({ value: 'fine' });
		expect([left.length, told]).toEqual([2, [0, 1]]);
		isCancelled = true;
		expect(await pass(ask())).toBeNull();
		expect([left.length, told]).toEqual([2, [0, 1]]);
		isCancelled = false;
		isKept = true;
		expect(await pass(ask())).toBeNull();
		expect([left.length, told]).toEqual([2, [0, 1, 2]]);
	});

	it('is made no more once it is answered', async () => {
		const { ask, left, pass } = stage([busy, fine, busy]);
		expect(await pass(ask('/a'))).toBe('fine');
		expect(left).toHaveLength(2);
	});

	it.each([
		['as long as the gateway says', '30', [0, 30_010, 34_020]],
		['no shorter than one second', '0', [0, 1010, 5020]],
		['until the date that the gateway says', new Date(20_000).toUTCString(), [0, 20_000, 24_010]],
		['a minute at most', '60', [0, 60_010, 64_020]],
	])('waits %s', async (_, retryAfter, times) => {
		const asking = reply('busy', 429, { 'retry-after': retryAfter });
		const { ask, left, pass } = stage([asking, busy]);
		expect(await pass(ask('/a'))).toBe('busy');
		expect(left.map(([, at]) => at)).toEqual(times);
	});

	it('is reported where the gateway wants to be left alone for longer', async () => {
		const { ask, left, pass } = stage([reply('busy', 429, { 'retry-after': '61' })]);
		expect(await pass(ask('/a'))).toBe('busy');
		expect(left).toHaveLength(1);
	});

	it('and any other is made once', async () => {
		const { ask, left, pass } = stage([lost]);
		expect(await pass(ask('/a'))).toBe('lost');
		expect(left).toHaveLength(1);
	});
});

describe('the circuit', () => {
	it('breaks at a fatal failure: nothing more leaves', async () => {
		const { ask, left, pass, loop } = stage([reply('wrong key'), fine]);
		expect(await pass(ask('/a'))).toBe('wrong key');
		expect(await pass(ask('/b'))).toBeNull();
		expect(loop.brokenBy).toBe('wrong key');
		expect(left).toHaveLength(1);
	});

	it('breaks after five requests in a row without a readable answer', async () => {
		const { ask, left, pass, loop } = stage([lost]);
		for (const name of names(4)) expect(await pass(ask(name))).toBe('lost');
		expect(loop.brokenBy).toBeNull();
		expect(await pass(ask('/last'))).toBe('lost');
		expect(loop.brokenBy).toBe('silence after "lost"');
		expect(await pass(ask('/more'))).toBeNull();
		expect(left).toHaveLength(5);
	});

	it('counts from the last readable answer on', async () => {
		const { ask, pass, loop } = stage([lost, lost, lost, lost, fine, lost]);
		for (const name of names(9)) await pass(ask(name));
		expect(loop.brokenBy).toBeNull();
		await pass(ask('/tenth'));
		expect(loop.brokenBy).toBe('silence after "lost"');
	});

	it('keeps the failure that came first', async () => {
		const { ask, pass, loop } = stage([reply('wrong key'), lost], { requestsInFlight: 6 });
		await pass(Promise.all(names(6).map(ask)));
		expect(loop.brokenBy).toBe('wrong key');
	});

	it('holds back a second try, too', async () => {
		const { ask, left, pass } = stage([busy, reply('wrong key'), fine]);
		expect(await pass(Promise.all([ask('/a'), ask('/b')]))).toEqual(['busy', 'wrong key']);
		expect(left.map(([name]) => name)).toEqual(['/a', '/b']);
	});

	it('closes when it is reset, and counts anew', async () => {
		const { ask, left, pass, loop } = stage([lost]);
		for (const name of names(5)) await pass(ask(name));
		expect(loop.brokenBy).not.toBeNull();
		loop.reset();
		expect(loop.brokenBy).toBeNull();
		for (const name of names(4)) expect(await pass(ask(name))).toBe('lost');
		expect(loop.brokenBy).toBeNull();
		expect(left).toHaveLength(9);
	});
});

describe('a cancelled run', () => {
	it('starts nothing', async () => {
		const { ask, left, pass } = stage([fine], { isCancelled: () => true });
		expect(await pass(ask('/a'))).toBeNull();
		expect(left).toEqual([]);
	});

	it('keeps what has come, and tries no second time', async () => {
		let isCancelled = false;
		const { ask, left, pass, now } = stage([busy, fine], { isCancelled: () => isCancelled });
		const asking = ask('/a');
		await pass(new Promise(setImmediate));
		isCancelled = true;
		expect(await pass(asking)).toBe('busy');
		expect(left).toHaveLength(1);
		expect(now()).toBeLessThan(1000);
	});

	it('ends a pause soon', async () => {
		let isCancelled = false;
		const { loop, pass, now } = stage([], { isCancelled: () => isCancelled });
		const pause = loop.pause(60_000);
		isCancelled = true;
		await pass(pause);
		expect(now()).toBe(250);
	});
});

it('a pause is as long as it is said to be', async () => {
	const { loop, pass, now } = stage([]);
	await pass(loop.pause(1_234));
	expect(now()).toBe(1_234);
	await pass(loop.pause(-5));
	expect(now()).toBe(1_234);
});

describe('many jobs', () => {
	it.each([
		[0, [0, 10, 20, 30, 40]],
		[1, [0, 10, 20, 30, 40]],
		[2, [0, 0, 10, 10, 20]],
		[9, [0, 0, 0, 0, 0]],
	])('%d at a time: each is worked on once, in order', async (requestsInFlight, times) => {
		const { loop, ask, left, pass } = stage([fine], { requestsInFlight });
		const work = async (name: string): Promise<void> => void (await ask(name));
		await pass(loop.forEach(names(5), work, () => undefined));
		expect(left).toEqual(names(5).map((name, index) => [name, times[index]]));
	});

	it('go on after one with a fault of our own', async () => {
		const { loop, ask, left, pass } = stage([fine], { requestsInFlight: 2 });
		const fault = new Error('a fault');
		const faults: unknown[] = [];
		const work = async (name: string): Promise<void> => {
			await ask(name);
			if (name === '/1') throw fault;
		};
		await pass(loop.forEach(names(5), work, (...met) => void faults.push(met)));
		expect(faults).toEqual([['/1', fault]]);
		expect(left.map(([name]) => name)).toEqual(names(5));
	});
});
