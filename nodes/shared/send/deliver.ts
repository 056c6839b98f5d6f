/** Batches to requests to outcomes: paced, bounded, cancellable, and never repeating what may have been accepted. */
import type { Gateway } from '../contract/gateway';
import type { BaseOptions, Batch } from '../contract/message';
import type { Outcome, Refused, Unclear } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { TransportFault } from '../requests/faults';
import { heldBack, notStarted, outcomeOfFault, outcomeOfStatus } from '../requests/faults';
import { retryAfterMs } from '../requests/retryAfter';
import type { Transport } from '../requests/transport';
import type { Clock } from '../time/clock';

export interface Dispatch<O extends BaseOptions> {
	readonly gateway: Gateway<O>;
	readonly batches: readonly Batch<O>[];
	readonly transport: Transport;
	/** The base URL, for messages. */
	readonly address: string;
	readonly requestsInFlight: number;
	/** Null: as fast as the gateway answers. */
	readonly requestsPerSecond: number | null;
	readonly cancelled: () => boolean;
	readonly clock: Clock;
	/** Called just before a batch's first request leaves. */
	readonly onStart: (batch: Batch<O>) => void;
	/** Called once for every batch, with one outcome for each of its messages. */
	readonly onOutcomes: (batch: Batch<O>, outcomes: readonly Outcome[], reply: GatewayReply | null) => void;
}

/** Waits before the second and third try of a request that the gateway cannot have taken. */
const AGAIN_AFTER_MS = [1000, 4000];

/** A gateway that wants to be left alone for longer is reported instead of waited for. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * So many requests in a row without a readable answer, and the rest of the run is held back: a gateway that has died
 * would turn every further text into one that nobody knows of, each after a full timeout.
 */
const LOST_IN_A_ROW = 5;

/** Waits are cut into pieces so that a stopped run ends soon: n8n gives nodes no timers to clear. */
const NAP_MS = 250;

function isReply(answer: GatewayReply | TransportFault): answer is GatewayReply {
	return 'status' in answer;
}

function silent(name: string, address: string): Refused {
	return {
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		message: `${name} at ${address} left ${LOST_IN_A_ROW} requests in a row without a readable answer.`,
		hint: 'Send this row again when the gateway answers. Check the earlier rows that say so first.',
		retry: 'later',
	};
}

/** Sends all batches; resolves when every message has its outcome. Rejects only because of the caller's own part. */
export async function dispatch<O extends BaseOptions>(job: Dispatch<O>): Promise<void> {
	const { gateway, address, clock, cancelled } = job;
	const name = gateway.displayName;
	let nextStart = 0;
	let stopped: Refused | null = null;
	let lostInARow = 0;
	const lookUps: Array<Promise<void>> = [];
	/** What the caller's own part threw first, told when everything is settled: no other batch may be lost to it. */
	let fault: { readonly error: unknown } | null = null;

	const settle = (batch: Batch<O>, outcomes: readonly Outcome[], reply: GatewayReply | null): void => {
		try {
			job.onOutcomes(batch, outcomes, reply);
		} catch (error) {
			fault ??= { error };
		}
	};

	const nap = async (milliseconds: number): Promise<void> => {
		const end = clock.now() + milliseconds;
		for (let left = milliseconds; left > 0 && !cancelled(); left = end - clock.now()) {
			await clock.sleep(Math.min(left, NAP_MS));
		}
	};

	/** Waits for this request's turn: turns are handed out in order, one each 1/requestsPerSecond. */
	const turn = async (): Promise<void> => {
		if (job.requestsPerSecond === null) return;
		const now = clock.now();
		const start = Math.max(now, nextStart);
		nextStart = start + 1000 / job.requestsPerSecond;
		await nap(start - now);
	};

	const read = (batch: Batch<O>, answer: GatewayReply | TransportFault): readonly Outcome[] => {
		if (!isReply(answer)) {
			const outcome = outcomeOfFault(answer, name, address);
			return batch.messages.map(() => outcome);
		}
		const outcomes = gateway.readSend(answer, batch);
		const forAll = outcomeOfStatus(answer, name, address);
		// A reader that gives fewer outcomes than messages knows nothing of the rest.
		return batch.messages.map((_, index) => (outcomes === null ? forAll : (outcomes[index] ?? unreadable())));
	};

	const unreadable = (): Unclear =>
		unclear(name, `${name} at ${address} gave an answer that this version cannot read.`);

	const mayRepeat = (outcomes: readonly Outcome[]): boolean =>
		outcomes.every((outcome) => outcome.accepted === false && 'again' in outcome && outcome.again === true);

	/** The refusal that every later request would meet too; null when there is none. */
	const refusalOfAll = (outcomes: readonly Outcome[]): Refused | null => {
		const [first] = outcomes;
		const isRefusal = (outcome: Outcome | undefined): outcome is Refused =>
			outcome?.accepted === false && 'stopsRun' in outcome && outcome.stopsRun === true;
		return isRefusal(first) && outcomes.every(isRefusal) ? first : null;
	};

	/** @throws only where a gateway's own reader or builder does */
	const askAbout = async (batch: Batch<O>, known: Outcome[]): Promise<void> => {
		const asked = gateway.lookUp;
		const question = asked?.build(batch, known) ?? null;
		if (asked === null || question === null) return;
		let waited = 0;
		for (const [round, delay] of asked.delaysMs.entries()) {
			await nap(delay - waited);
			waited = delay;
			if (cancelled()) break;
			const answer = await job.transport(question);
			if (!isReply(answer)) continue;
			const last = round === asked.delaysMs.length - 1;
			asked.read(answer, batch).forEach((found, index) => {
				if (known[index]?.accepted !== null || found === null) return;
				if (found !== 'notFound') known[index] = found;
				else if (last) known[index] = notTaken(name);
			});
			if (known.every((outcome) => outcome.accepted !== null)) break;
		}
	};

	/** Never rejects: nobody waits for it before the end of the run. */
	const lookUp = async (
		batch: Batch<O>,
		outcomes: readonly Outcome[],
		reply: GatewayReply | null,
	): Promise<void> => {
		const known: Outcome[] = [...outcomes];
		try {
			await askAbout(batch, known);
		} catch {
			// A fault of our own. What was known before stays, so that the texts are told as unclear.
		}
		settle(batch, known, reply);
	};

	const send = async (batch: Batch<O>): Promise<void> => {
		let outcomes: readonly Outcome[] = [];
		let reply: GatewayReply | null = null;
		for (let attempt = 0; ; attempt++) {
			await turn();
			if (cancelled() || stopped !== null) {
				// A batch that was refused before keeps its refusal; one that never left is told why.
				if (attempt === 0)
					outcomes = batch.messages.map(() => (stopped === null ? notStarted() : heldBack(stopped)));
				break;
			}
			if (attempt === 0) job.onStart(batch);
			const answer = await job.transport(gateway.buildSend(batch));
			reply = isReply(answer) ? answer : null;
			outcomes = read(batch, answer);
			const pause = AGAIN_AFTER_MS[attempt];
			if (pause === undefined || !mayRepeat(outcomes)) break;
			const wanted = reply === null ? null : retryAfterMs(reply.headers, clock.now());
			if (wanted !== null && wanted > LONGEST_RETRY_AFTER_MS) break;
			await nap(Math.max(pause, wanted ?? 0));
		}
		stopped ??= refusalOfAll(outcomes);
		lostInARow = outcomes.every((outcome) => outcome.accepted === null) ? lostInARow + 1 : 0;
		if (lostInARow >= LOST_IN_A_ROW) stopped ??= silent(name, address);
		if (outcomes.some((outcome) => outcome.accepted === null)) {
			// Not awaited here: asking may take more than a minute, and other batches can go meanwhile.
			lookUps.push(lookUp(batch, outcomes, reply));
		} else {
			settle(batch, outcomes, reply);
		}
	};

	const queue = job.batches.values();
	const worker = async (): Promise<void> => {
		for (const batch of queue) {
			try {
				await send(batch);
			} catch {
				// Only a fault of our own gets here. The texts of other batches must not be lost to it.
				settle(batch, batch.messages.map(unreadable), null);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, job.requestsInFlight) }, worker));
	await Promise.all(lookUps);
	rethrow(fault);
}

function rethrow(fault: { readonly error: unknown } | null): void {
	if (fault !== null) throw fault.error;
}

function notTaken(gatewayName: string): Refused {
	return {
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		message: `${gatewayName} gave no readable answer to this text, and says that it does not know it. It was not sent.`,
		hint: 'Send this row again later.',
		retry: 'later',
	};
}
