/** Batches to requests to outcomes. Nothing that may have been accepted is sent a second time. */
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Outcome, Refused, Unclear } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { Sender } from '../contract/sender';
import { heldBack, notLookedUp, notStarted, outcomeOfFault, outcomeOfStatus } from '../requests/textFailures';
import type { ReplyOrFault, LoopSettings, Verdict } from '../requests/loop';
import { RequestLoop, UNREADABLE_IN_A_ROW, isReply } from '../requests/loop';
import type { Doubted } from './doubts';
import { resolveDoubts, withMessages } from './doubts';
import { reconcile } from './reconcile';

/** Which messages of a batch may leave. */
export interface Admission<O extends BaseOptions> {
	readonly mine: ReadonlyArray<Message<O>>;
	readonly kept: ReadonlyArray<readonly [Message<O>, Outcome]>;
	/** What the request is to be called; null: as it was planned. */
	readonly reference: string | null;
	/** Those that an earlier run may have sent. The gateway is asked, and what it does not know leaves after all. */
	readonly doubts: ReadonlyArray<Doubted<O>>;
	/** To be called before those that were in doubt, and are not out, are sent. */
	readonly takeBack: (batch: Batch<O>) => void;
}

export interface Delivery<O extends BaseOptions> extends LoopSettings {
	readonly gatewayName: string;
	readonly sender: Sender<O>;
	readonly batches: readonly Batch<O>[];
	/** The base URL, for messages. */
	readonly address: string;
	/** Awaited before a batch's first request is made. Null: all may leave. */
	readonly admit: ((batch: Batch<O>) => Promise<Admission<O>>) | null;
	/** An earlier run may have sent some: what is held back is admitted all the same, to know which. Absent: no. */
	readonly mayBeSentAlready?: boolean;
	/** What is known from before to keep every request from going out. Absent: nothing. */
	readonly brokenBy?: Refused | null;
	/** Asked before a request is made again. Absent: always. */
	readonly mayRepeat?: (batch: Batch<O>) => boolean;
	/** Called just before a batch's first request leaves. */
	readonly onStart: (batch: Batch<O>) => void;
	/** Called with one outcome for each message: once for a batch, or once each for what was kept back and for the rest. */
	readonly onOutcomes: (batch: Batch<O>, outcomes: readonly Outcome[], reply: GatewayReply | null) => void;
}

/**
 * Sends all batches; resolves when every message has its outcome, with what would keep every further request from going
 * out; null where nothing would. @throws only what `onOutcomes` throws, at the end
 */
export async function deliver<O extends BaseOptions>(delivery: Delivery<O>): Promise<Refused | null> {
	return await new Dispatcher(delivery).run();
}

class Dispatcher<O extends BaseOptions> {
	private readonly loop: RequestLoop<Refused>;
	private readonly settlement: Settlement<O>;
	private readonly reconciling: Array<Promise<void>> = [];

	constructor(private readonly delivery: Delivery<O>) {
		this.loop = new RequestLoop<Refused>(delivery, delivery.brokenBy);
		this.settlement = new Settlement(delivery);
	}

	async run(): Promise<Refused | null> {
		const { loop, reconciling, settlement } = this;
		await loop.forEach(
			this.delivery.batches,
			(batch) => this.send(batch),
			(batch) => this.unforeseen(batch),
		);
		// What was in doubt may leave after all, and its reply may get lost, too.
		while (reconciling.length > 0) await Promise.all(reconciling.splice(0));
		settlement.rethrow();
		return loop.brokenBy;
	}

	private unforeseen(batch: Batch<O>): void {
		const { gatewayName, address } = this.delivery;
		this.settlement.ofAll(batch, unreadable(gatewayName, address));
	}

	private async send(planned: Batch<O>): Promise<void> {
		const { loop, settlement, delivery } = this;
		const { gatewayName, sender, address } = delivery;
		const leaving: { batch: Batch<O> | null } = { batch: planned };
		const sent = await loop.exchange(
			() => sender.build(leaving.batch ?? planned),
			(answer) => judge(answer, leaving.batch ?? planned, delivery),
			() => silent(gatewayName, address),
			async (attempt) => {
				if (attempt > 0) return delivery.mayRepeat?.(leaving.batch ?? planned) ?? true;
				leaving.batch = await this.admit(planned);
				if (leaving.batch !== null) delivery.onStart(leaving.batch);
				return leaving.batch !== null;
			},
		);
		const { batch } = leaving;
		if (batch === null) return;
		if (sent === null) {
			// It has not been admitted.
			await this.holdBack(batch);
			return;
		}
		const { value: outcomes, reply } = sent;
		const { reconciliation } = sender;
		if (reconciliation === null || outcomes.every(({ accepted }) => accepted !== null)) {
			settlement.of(batch, outcomes, reply);
			return;
		}
		const known = reconcile({ gatewayName, reconciliation, batch, outcomes, loop, delivery });
		this.reconciling.push(known.then((settled) => settlement.of(batch, settled, reply)));
	}

	/** What of it may leave; null: nothing. */
	private async admit(planned: Batch<O>): Promise<Batch<O> | null> {
		const { batch, doubts, takeBack } = await admitted(planned, this.settlement, this.delivery);
		// Not awaited here: asking may take more than a minute, and other batches can go meanwhile.
		for (const doubted of doubts) this.reconciling.push(this.resolve(doubted, takeBack));
		return batch;
	}

	private async resolve(doubted: Doubted<O>, takeBack: Admission<O>['takeBack']): Promise<void> {
		const { loop, settlement, delivery } = this;
		const { gatewayName, sender } = delivery;
		const { settled, unsent } = await resolveDoubts(doubted, { gatewayName, sender, loop, delivery });
		if (settled !== null) settlement.of(settled.batch, settled.outcomes, null);
		if (unsent === null) return;
		takeBack(unsent);
		await this.send(unsent).catch(() => this.unforeseen(unsent));
	}

	private async holdBack(planned: Batch<O>): Promise<void> {
		const { loop, settlement, delivery } = this;
		const mayBeSent = delivery.mayBeSentAlready === true;
		if (loop.brokenBy === null) {
			settlement.ofAll(planned, mayBeSent ? notLookedUp(delivery.gatewayName) : notStarted());
			return;
		}
		const unsent = mayBeSent ? await this.admit(planned) : planned;
		if (unsent !== null) settlement.ofAll(unsent, heldBack(loop.brokenBy));
	}
}

type Admitted<O extends BaseOptions> = Pick<Admission<O>, 'doubts' | 'takeBack'> & {
	/** What may leave. */
	readonly batch: Batch<O> | null;
};

/** What of a batch may leave; the rest is settled, or to be asked about. */
async function admitted<O extends BaseOptions>(
	batch: Batch<O>,
	settlement: Settlement<O>,
	{ admit }: Delivery<O>,
): Promise<Admitted<O>> {
	if (admit === null) return { batch, doubts: [], takeBack: () => undefined };
	const { mine, kept, reference, ...others } = await admit(batch);
	const keptBatch = withMessages(
		batch,
		kept.map(([message]) => message),
	);
	if (keptBatch !== null) {
		const outcomes = kept.map(([, outcome]) => outcome);
		settlement.of(keptBatch, outcomes, null);
	}
	return { ...others, batch: withMessages({ ...batch, reference: reference ?? batch.reference }, mine) };
}

/** Hands outcomes on. What the caller's own part throws waits until all is settled: no batch may be lost to another's. */
class Settlement<O extends BaseOptions> {
	private fault: { readonly error: unknown } | null = null;

	constructor(private readonly delivery: Pick<Delivery<O>, 'onOutcomes'>) {}

	of(batch: Batch<O>, outcomes: readonly Outcome[], reply: GatewayReply | null): void {
		try {
			this.delivery.onOutcomes(batch, outcomes, reply);
		} catch (error) {
			this.fault ??= { error };
		}
	}

	ofAll(batch: Batch<O>, outcome: Outcome): void {
		this.of(
			batch,
			batch.messages.map(() => outcome),
			null,
		);
	}

	rethrow(): void {
		if (this.fault !== null) throw this.fault.error;
	}
}

function judge<O extends BaseOptions>(
	answer: ReplyOrFault,
	batch: Batch<O>,
	{ gatewayName, sender, address }: Delivery<O>,
): Verdict<readonly Outcome[], Refused> {
	const outcomes = outcomesOf(answer, batch, sender, gatewayName, address);
	const refusals = outcomes.filter(isRefused);
	const areRefused = refusals.length === outcomes.length;
	return {
		value: outcomes,
		isRetryable: areRefused && refusals.every(({ retryable }) => retryable === true),
		fatal: areRefused && refusals.every(({ fatal }) => fatal === true) ? (refusals[0] ?? null) : null,
		isReadable: outcomes.some(({ accepted }) => accepted !== null),
	};
}

function isRefused(outcome: Outcome): outcome is Refused {
	return outcome.accepted === false && outcome.quoted !== true;
}

function outcomesOf<O extends BaseOptions>(
	answer: ReplyOrFault,
	batch: Batch<O>,
	sender: Sender<O>,
	gatewayName: string,
	address: string,
): readonly Outcome[] {
	if (!isReply(answer)) {
		const outcome = outcomeOfFault(answer, gatewayName, address);
		return batch.messages.map(() => outcome);
	}
	const read = sender.read(answer, batch);
	if (read === null) {
		const outcome = outcomeOfStatus(answer, gatewayName, address);
		return batch.messages.map(() => outcome);
	}
	// A reader that gives fewer outcomes than messages knows nothing of the rest.
	return batch.messages.map((_, index) => read[index] ?? unreadable(gatewayName, address));
}

function unreadable(gatewayName: string, address: string): Unclear {
	return unclear(gatewayName, `${gatewayName} at ${address} sent a reply that this version cannot read.`);
}

function silent(gatewayName: string, address: string): Refused {
	return {
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		message: `${gatewayName} at ${address} gave no readable response to ${UNREADABLE_IN_A_ROW} consecutive requests.`,
		hint: 'Send this row again when the gateway answers. Check the earlier rows that say so first.',
		retry: 'later',
	};
}
