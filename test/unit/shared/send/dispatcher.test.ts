/** The dispatcher: paced, bounded, cancellable, and never repeating what may have been accepted. */
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import type { Delivery } from '../../../../nodes/shared/send/deliver';
import type { Transport } from '../../../../nodes/shared/requests/transport';
import { deliver } from '../../../../nodes/shared/send/deliver';
import { retryAfterMs } from '../../../../nodes/shared/requests/retryAfter';
import type { BaseOptions, Batch } from '../../../../nodes/shared/contract/message';
import type { Gateway } from '../../../../nodes/shared/contract/gateway';
import type { GatewayRequest } from '../../../../nodes/shared/contract/request';
import type { Outcome } from '../../../../nodes/shared/contract/outcome';
import { batch, bodyOf, message, reply } from '../../../support/messages';
import { virtualTime } from '../../../support/virtualTime';

const refusedConnection = { kind: 'unreachable', code: 'ECONNREFUSED', detail: 'nothing answers' } as const;
const lostAnswer = { kind: 'lost', code: 'ECONNABORTED', detail: 'it took too long' } as const;
const ok = reply({
	status: 'OK',
	status_code: 100,
	sms: { '79161234567': { status: 'OK', status_code: 100, sms_id: '1-1' } },
});

function batches<O extends BaseOptions>(gateway: Gateway<O>, count: number): Batch<O>[] {
	return Array.from({ length: count }, () => batch('sameText', message(gateway)));
}

interface Recorded {
	readonly requests: GatewayRequest[];
	readonly outcomes: Outcome[];
	/** Virtual time of each request, in milliseconds from the start. */
	readonly times: number[];
	readonly mostAtOnce: number;
	readonly duration: number;
}

/** Runs with a clock of its own: a sleep takes no real time. */
async function run<O extends BaseOptions>(
	gateway: Gateway<O>,
	count: number,
	answer: (n: number, request: GatewayRequest) => Awaited<ReturnType<Transport>> | Promise<never>,
	settings: Partial<Delivery<O>> & { readonly takesMs?: number } = {},
): Promise<Recorded> {
	const { clock, pass } = virtualTime();
	const requests: GatewayRequest[] = [];
	const times: number[] = [];
	const outcomes: Outcome[] = [];
	let atOnce = 0;
	let mostAtOnce = 0;
	const work = deliver({
		gatewayName: gateway.displayName,
		sender: gateway.texts,
		batches: batches(gateway, count),
		address: 'https://example.com',
		requestsInFlight: 3,
		requestsPerSecond: null,
		isCancelled: () => false,
		clock,
		transport: async (request) => {
			requests.push(request);
			times.push(clock.now());
			mostAtOnce = Math.max(mostAtOnce, ++atOnce);
			await clock.sleep(settings.takesMs ?? 10);
			atOnce--;
			return await answer(requests.length, request);
		},
		admit: null,
		onStart: () => undefined,
		onOutcomes: (_, found) => outcomes.push(...found),
		...settings,
	});
	await pass(work);
	return { requests, outcomes, times, mostAtOnce, duration: clock.now() };
}

it('keeps no more requests under way than allowed', async () => {
	const { mostAtOnce, requests, outcomes } = await run(smsRuGateway, 20, () => ok);
	expect([mostAtOnce, requests.length, outcomes.length]).toEqual([3, 20, 20]);
});

it('starts no more requests a second than allowed', async () => {
	const { times } = await run(smsRuGateway, 10, () => ok, { requestsPerSecond: 2, requestsInFlight: 10 });
	expect(times).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500]);
});

describe('tries again', () => {
	it('what cannot have arrived, twice and not more', async () => {
		const { requests, outcomes, duration } = await run(smsRuGateway, 1, () => refusedConnection);
		expect(requests).toHaveLength(3);
		expect(outcomes).toEqual([
			expect.objectContaining({ accepted: false, kind: 'temporary', retry: 'later' }),
		]);
		expect(duration).toBeGreaterThanOrEqual(5000);
	});

	it('and gives the answer of the try that got through', async () => {
		const { outcomes, requests } = await run(smsRuGateway, 1, (n) => (n < 3 ? refusedConnection : ok));
		expect(outcomes).toEqual([expect.objectContaining({ accepted: true })]);
		expect(new Set(requests.map(bodyOf)).size).toBe(1);
	});

	it("where the gateway says that it is busy and took nothing (SMS.RU's 220)", async () => {
		const busy = reply({ status: 'ERROR', status_code: 220 });
		expect((await run(smsRuGateway, 1, (n) => (n === 1 ? busy : ok))).outcomes[0]).toMatchObject({
			accepted: true,
		});
	});

	it('as late as Retry-After asks, and not at all when it asks for too long', async () => {
		const patient = await run(smsRuGateway, 1, (n) =>
			n === 1 ? reply('', 429, { 'retry-after': '20' }) : ok,
		);
		expect([patient.outcomes[0]?.accepted, patient.duration >= 20_000]).toEqual([true, true]);
		const tooLong = await run(smsRuGateway, 1, () => reply('', 429, { 'retry-after': '3600' }));
		expect([tooLong.requests.length, tooLong.outcomes[0]?.accepted]).toEqual([1, false]);
	});
});

describe('never tries again', () => {
	it.each([
		['a lost answer', lostAnswer],
		['a 500', reply('oops', 500)],
		['a page', reply('<html>')],
		["the vendor's own 500", reply({ status: 'ERROR', status_code: 500 })],
		['a refusal', reply({ status: 'ERROR', status_code: 202 })],
	])('%s', async (_, answer) => {
		const { requests, outcomes } = await run(smsRuGateway, 1, () => answer);
		expect(requests).toHaveLength(1);
		expect(outcomes[0]?.accepted === true).toBe(false);
	});
});

describe('a refusal that hits everybody', () => {
	it.each([
		['a wrong key', reply({ status: 'ERROR', status_code: 200 }), 'authentication'],
		['no money', reply({ status: 'ERROR', status_code: 201 }), 'insufficient_funds'],
	])('%s stops the run, and every text says so', async (_, answer, kind) => {
		const { requests, outcomes } = await run(smsRuGateway, 50, () => answer);
		expect(requests.length).toBeLessThanOrEqual(3);
		expect(outcomes).toHaveLength(50);
		expect(
			outcomes.every((outcome) => outcome.accepted === false && 'kind' in outcome && outcome.kind === kind),
		).toBe(true);
		expect(
			outcomes.filter(
				(outcome) => 'message' in outcome && outcome.message.includes('an earlier text of this run'),
			),
		).toHaveLength(50 - requests.length);
	});

	it('a gateway out of reach is not knocked at for every batch', async () => {
		expect((await run(smsRuGateway, 50, () => refusedConnection)).requests.length).toBeLessThanOrEqual(9);
	});
});

describe('a gateway that has gone silent', () => {
	it('is left alone after five requests without an answer, and the rest is to be sent later', async () => {
		const { requests, outcomes } = await run(smsRuGateway, 50, () => lostAnswer, { requestsInFlight: 1 });
		expect(requests).toHaveLength(5);
		expect(outcomes.filter(({ accepted }) => accepted === null)).toHaveLength(5);
		expect(
			outcomes.filter(
				(outcome) => outcome.accepted === false && 'retry' in outcome && outcome.retry === 'later',
			),
		).toHaveLength(45);
	});

	it('is not given up while it answers now and then', async () => {
		const { requests } = await run(smsRuGateway, 50, (n) => (n % 5 === 0 ? ok : lostAnswer), {
			requestsInFlight: 1,
		});
		expect(requests).toHaveLength(50);
	});
});

describe('a stopped run', () => {
	it('reports what was sent, and the rest as not accepted and to be sent later', async () => {
		let sent = 0;
		const { requests, outcomes } = await run(
			smsRuGateway,
			20,
			() => {
				sent++;
				return ok;
			},
			{ isCancelled: () => sent >= 5 },
		);
		expect(requests.length).toBeLessThan(10);
		const accepted = outcomes.filter((outcome) => outcome.accepted === true);
		const rest = outcomes.filter((outcome) => outcome.accepted === false);
		expect(accepted).toHaveLength(requests.length);
		expect(accepted.length + rest.length).toBe(20);
		for (const outcome of rest) expect(outcome).toMatchObject({ accepted: false, retry: 'later' });
	});

	it('says that nobody knows of a request that was under way', async () => {
		const { outcomes } = await run(smsRuGateway, 1, () => ({
			kind: 'cancelled',
			code: 'ERR_CANCELED',
			detail: 'stopped',
		}));
		expect(outcomes[0]).toMatchObject({ accepted: null, retry: 'check_first' });
	});

	it('does not sit out its waits', async () => {
		let cancelled = false;
		const { duration } = await run(
			smsRuGateway,
			1,
			() => {
				cancelled = true;
				return reply('', 429, { 'retry-after': '50' });
			},
			{ isCancelled: () => cancelled },
		);
		expect(duration).toBeLessThan(1000);
	});
});

describe('asking what became of a lost request (SMSC)', () => {
	const isQuestion = (request: GatewayRequest): boolean => request.path === '/sys/status.php';
	const found = reply([{ status: 0, id: 'n8n-0123456789abcdef012345', phone: '79161234567' }]);
	const notFound = reply([{ status: -3, id: 'n8n-0123456789abcdef012345', phone: '79161234567' }]);

	it('finds that it arrived', async () => {
		const { outcomes, requests } = await run(smscGateway, 1, (_, request) =>
			isQuestion(request) ? found : lostAnswer,
		);
		expect(outcomes).toEqual([
			expect.objectContaining({ accepted: true, status: 'sent', messageId: 'n8n-0123456789abcdef012345' }),
		]);
		expect(requests.filter((request) => !isQuestion(request))).toHaveLength(1);
	});

	it('believes that it did not arrive only after a minute and a half', async () => {
		const { outcomes, duration, requests } = await run(smscGateway, 1, (_, request) =>
			isQuestion(request) ? notFound : lostAnswer,
		);
		expect(outcomes).toEqual([expect.objectContaining({ accepted: false, retry: 'later' })]);
		expect(duration).toBeGreaterThanOrEqual(90_000);
		// SMSC answers five questions a minute about a message.
		expect(requests.filter(isQuestion).length).toBeLessThanOrEqual(5);
	});

	it('stays unclear when the question has no answer either', async () => {
		const { outcomes } = await run(smscGateway, 1, () => lostAnswer);
		expect(outcomes).toEqual([expect.objectContaining({ accepted: null, retry: 'check_first' })]);
	});

	it('does not hold up the others', async () => {
		const { outcomes, times } = await run(
			smscGateway,
			8,
			(n, request) => (isQuestion(request) ? notFound : n === 1 ? lostAnswer : reply({ id: n, cnt: 1 })),
			{ requestsInFlight: 1 },
		);
		expect(outcomes.filter(({ accepted }) => accepted === true)).toHaveLength(7);
		expect(times[7]).toBeLessThan(1000);
	});
});

it('loses nobody when something unforeseen happens', async () => {
	const broken: typeof smsRuGateway = {
		...smsRuGateway,
		texts: {
			...smsRuGateway.texts,
			read: () => {
				throw new Error('a fault of our own');
			},
		},
	};
	const { outcomes } = await run(broken, 3, () => ok);
	expect(outcomes.map(({ accepted }) => accepted)).toEqual([null, null, null]);
});

describe('a look-up that is broken', () => {
	const rejections: unknown[] = [];
	const note = (reason: unknown): void => {
		rejections.push(reason);
	};
	beforeEach(() => {
		rejections.length = 0;
		process.on('unhandledRejection', note);
	});
	afterEach(() => {
		process.off('unhandledRejection', note);
	});
	const { reconciliation } = smscGateway.texts;
	if (reconciliation === null) throw new Error('SMSC can be asked');
	const broken = (): never => {
		throw new Error('a fault of our own');
	};

	it.each<[string, typeof reconciliation]>([
		['in reading', { ...reconciliation, read: broken }],
		['in asking', { ...reconciliation, build: broken }],
	])('%s leaves the text unclear, and the others alone', async (_, brokenOne) => {
		let questions = 0;
		const { outcomes } = await run(
			{ ...smscGateway, texts: { ...smscGateway.texts, reconciliation: brokenOne } },
			4,
			(n, request) => {
				if (request.path.includes('status')) questions++;
				return n === 1 ? lostAnswer : request.path.includes('status') ? reply([]) : reply({ id: n, cnt: 1 });
			},
			{ requestsInFlight: 1 },
		);
		await new Promise(setImmediate);
		expect(outcomes).toHaveLength(4);
		expect(outcomes.filter(({ accepted }) => accepted === null)).toEqual([
			expect.objectContaining({ retry: 'check_first' }),
		]);
		expect(rejections).toEqual([]);
		// It was asked where asking was possible.
		expect(questions > 0).toBe(brokenOne.build !== broken);
	});
});

it('settles every batch once, even where the caller stumbles over one, and then says so', async () => {
	const settled: string[] = [];
	let calls = 0;
	const running = run(smsRuGateway, 5, () => ok, {
		requestsInFlight: 2,
		onOutcomes: (_, [outcome]) => {
			if (++calls === 2) throw new Error('the caller stumbled');
			settled.push(String(outcome?.accepted));
		},
	});
	await expect(running).rejects.toThrow('the caller stumbled');
	expect(calls).toBe(5);
	expect(settled).toEqual(['true', 'true', 'true', 'true']);
});

it('takes a reader that forgets somebody for knowing nothing of them', async () => {
	const forgetful: typeof smsRuGateway = {
		...smsRuGateway,
		texts: { ...smsRuGateway.texts, read: () => [] },
	};
	expect((await run(forgetful, 1, () => ok)).outcomes[0]).toMatchObject({ accepted: null });
});

it.each([
	['5', 5000],
	['Sat, 01 Dec 2029 09:00:10 GMT', 10_000],
	['Sat, 01 Dec 2029 08:00:00 GMT', 0],
	['soon', null],
])('reads Retry-After: %s', (value, expected) => {
	expect(retryAfterMs({ 'retry-after': value }, Date.UTC(2029, 11, 1, 9))).toBe(expected);
});
