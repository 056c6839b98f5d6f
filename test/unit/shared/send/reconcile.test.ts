/** The gateway is asked what became of texts whose reply was lost: when, how often, and what is believed. */
import type { BaseOptions, Batch } from '../../../../nodes/shared/contract/message';
import type { Outcome, Refused } from '../../../../nodes/shared/contract/outcome';
import type { GatewayRequest } from '../../../../nodes/shared/contract/request';
import type { Reconciliation } from '../../../../nodes/shared/contract/sender';
import { unclear } from '../../../../nodes/shared/contract/outcome';
import type { ReplyOrFault } from '../../../../nodes/shared/requests/loop';
import { RequestLoop } from '../../../../nodes/shared/requests/loop';
import { reconcile } from '../../../../nodes/shared/send/reconcile';
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import { batch, message, reply } from '../../../support/messages';
import { virtualTime } from '../../../support/virtualTime';

type Found = ReturnType<Reconciliation<BaseOptions>['read']>[number];

const lost: ReplyOrFault = { kind: 'lost', code: null, detail: 'the connection broke' };
const open = unclear('ACME', 'No answer came.');
const accepted = (messageId: string): Outcome => ({
	accepted: true,
	messageId,
	status: 'sent',
	cost: null,
	segments: null,
});
const two = batch('sameText', message(smsRuGateway), message(smsRuGateway, { to: '+79161234568' }));

interface Asked {
	readonly known: readonly Outcome[];
	/** When each question was asked. */
	readonly times: readonly number[];
	/** What `build` was given. */
	readonly built: ReadonlyArray<readonly [batch: Batch, outcomes?: readonly Outcome[] | undefined]>;
	readonly duration: number;
}

/** @param rounds for each question: what is found about each text, or that no answer came */
async function ask(
	outcomes: readonly Outcome[],
	rounds: ReadonlyArray<readonly Found[] | 'lost'>,
	{ delaysMs = [1000, 5000, 9000], isCancelledAt = Infinity, canAsk = true } = {},
): Promise<Asked> {
	const { clock, pass } = virtualTime();
	const times: number[] = [];
	const built: Array<readonly [batch: Batch, outcomes?: readonly Outcome[] | undefined]> = [];
	const question: GatewayRequest = { method: 'GET', path: '/status' };
	const settings = {
		transport: async (request: GatewayRequest): Promise<ReplyOrFault> => {
			expect(request).toBe(question);
			times.push(clock.now());
			return await Promise.resolve(rounds[times.length - 1] === 'lost' ? lost : reply('{}'));
		},
		requestsInFlight: 1,
		requestsPerSecond: null,
		isCancelled: () => clock.now() >= isCancelledAt,
		clock,
	};
	const known = await pass(
		reconcile({
			gatewayName: 'ACME',
			reconciliation: {
				delaysMs,
				build: (...given) => {
					built.push(given);
					return canAsk ? question : null;
				},
				read: () => {
					const round = rounds[times.length - 1];
					return round === undefined || round === 'lost' ? [] : round;
				},
			},
			batch: two,
			outcomes,
			loop: new RequestLoop<Refused>(settings),
			delivery: settings,
		}),
	);
	return { known, times, built, duration: clock.now() };
}

const refused = { accepted: false, origin: 'gateway', kind: 'temporary', code: null, retry: 'later' };

it('asks so long after the loss, each time, and no longer than until all is known', async () => {
	const { known, times, built } = await ask(
		[open, open],
		[
			[null, null],
			[accepted('1'), null],
			[null, accepted('2')],
		],
	);
	expect(known).toEqual([accepted('1'), accepted('2')]);
	expect(times).toEqual([1000, 5000, 9000]);
	expect(built).toHaveLength(1);
	expect(built[0]?.[0]).toBe(two);
	expect((await ask([open, open], [[accepted('1'), accepted('2')]])).times).toEqual([1000]);
});

it('tells what is known already when it asks, and leaves that alone', async () => {
	const { known, built } = await ask([accepted('own'), open], [[accepted('1'), accepted('2')]]);
	expect(known).toEqual([accepted('own'), accepted('2')]);
	expect(built[0]?.[1]?.[0]).toEqual(accepted('own'));
	const neverTook: Outcome = { ...open, accepted: false, origin: 'gateway', retry: 'never' };
	expect((await ask([neverTook, open], [['notFound', accepted('2')]])).known[0]).toBe(neverTook);
});

it('does not believe "not found" before the last question', async () => {
	const late = await ask(
		[open, open],
		[
			['notFound', 'notFound'],
			['notFound', accepted('2')],
			['notFound', null],
		],
	);
	expect(late.known).toEqual([expect.objectContaining(refused), accepted('2')]);
	expect(late.times).toHaveLength(3);
	const found = await ask(
		[open, open],
		[
			['notFound', 'notFound'],
			[accepted('1'), accepted('2')],
		],
	);
	expect(found.known).toEqual([accepted('1'), accepted('2')]);
	expect(found.times).toHaveLength(2);
});

it('believes nothing where the last question has no answer', async () => {
	const { known, times } = await ask(
		[open, open],
		[['notFound', 'notFound'], ['notFound', 'notFound'], 'lost'],
	);
	expect(known).toEqual([open, open]);
	expect(times).toHaveLength(3);
});

it('asks again after a question without an answer', async () => {
	const { known, times } = await ask([open, open], ['lost', [accepted('1'), accepted('2')]]);
	expect(known).toEqual([accepted('1'), accepted('2')]);
	expect(times).toEqual([1000, 5000]);
});

it('takes an answer about texts that nobody asked for as no answer', async () => {
	const { known } = await ask([open, open], [[accepted('1'), accepted('2'), accepted('3')]]);
	expect(known).toEqual([accepted('1'), accepted('2')]);
});

it('asks nothing where the batch cannot be asked about', async () => {
	const { known, times, built, duration } = await ask([open, open], [], { canAsk: false });
	expect([known, times, built.length, duration]).toEqual([[open, open], [], 1, 0]);
});

it('asks no more once the run is stopped', async () => {
	const { known, times } = await ask(
		[open, open],
		[
			[accepted('1'), null],
			[null, accepted('2')],
		],
		{ isCancelledAt: 2000 },
	);
	expect(known).toEqual([accepted('1'), open]);
	expect(times).toEqual([1000]);
});

it('changes nothing in what it was given', async () => {
	const outcomes = [open, open];
	const { known } = await ask(outcomes, [[accepted('1'), accepted('2')]]);
	expect(outcomes).toEqual([open, open]);
	expect(known).not.toBe(outcomes);
});
