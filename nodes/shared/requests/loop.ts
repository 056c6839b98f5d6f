/**
 * The requests of one run: a limited number at a time, at the pace asked for, repeated only where that is safe, and no
 * more once a failure is certain to affect them all. Sending and querying both go through here.
 */
import type { GatewayReply, GatewayRequest } from '../contract/request';
import type { Clock } from '../time/clock';
import type { TransportFault } from './transportFault';
import { retryAfterMs } from './retryAfter';
import type { Transport } from './transport';

/** Pauses before the second and third try of a request that the gateway cannot have acted on. */
const RETRY_AFTER_MS = [1000, 4000];
/** If the gateway asks for a longer pause, that is reported rather than waited for. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/**
 * After this many consecutive requests without a readable reply the circuit breaks: a dead gateway would turn every
 * further text into one whose fate nobody knows, each after a full timeout.
 */
export const UNREADABLE_IN_A_ROW = 5;
/** Pauses are taken in pieces so that a cancelled run ends soon: n8n gives nodes no timers to clear. */
const NAP_MS = 250;
/** A minute as the gateway counts it: requests are on their way for unequal times. */
const MINUTE_MS = 61_000;

/** What came of a request: a reply, or why there is none. */
export type ReplyOrFault = GatewayReply | TransportFault;

export function isReply(answer: ReplyOrFault): answer is GatewayReply {
	return 'status' in answer;
}

/** What an answer means, for the caller (`value`) and for the requests to come. */
export interface Verdict<T, F> {
	readonly value: T;
	/** The gateway cannot have acted: the same request may be made again. */
	readonly isRetryable: boolean;
	/** The failure that every later request would meet as well; null when there is none. */
	readonly fatal: F | null;
	/** False when nothing came from the gateway itself: the circuit breaks if that continues. */
	readonly isReadable: boolean;
}

export interface Exchange<T> {
	readonly value: T;
	/** The last reply; null when the last request brought none. */
	readonly reply: GatewayReply | null;
}

export interface LoopSettings {
	readonly transport: Transport;
	readonly requestsInFlight: number;
	/** Null: as fast as the gateway answers. */
	readonly requestsPerSecond: number | null;
	/** The most within any minute, for gateways that count so; absent: any number. */
	readonly requestsPerMinute?: number | undefined;
	readonly isCancelled: () => boolean;
	readonly clock: Clock;
}

/** @typeParam F the failure that breaks the circuit */
export class RequestLoop<F> {
	private nextTurn = 0;
	/** When turns were given out, where minutes are counted. */
	private readonly turns: number[] = [];
	private unreadableInARow = 0;

	/** @param failure what is known from before to keep every request from going out */
	constructor(
		private readonly settings: LoopSettings,
		private failure: F | null = null,
	) {}

	get isCancelled(): boolean {
		return this.settings.isCancelled();
	}

	/** Why no further request is made; null as long as the circuit is closed. */
	get brokenBy(): F | null {
		return this.failure;
	}

	/** Closes the circuit: by now the gateway may have recovered. */
	reset(): void {
		this.failure = null;
		this.unreadableInARow = 0;
	}

	/** Works on all jobs, `requestsInFlight` at a time. `onFault` gets what should never happen: an error of our own. */
	async forEach<J>(
		jobs: Iterable<J>,
		work: (job: J) => Promise<void>,
		onFault: (job: J, error: unknown) => void,
	): Promise<void> {
		const queue = jobs[Symbol.iterator]();
		const worker = async (): Promise<void> => {
			for (let next = queue.next(); next.done !== true; next = queue.next()) {
				try {
					await work(next.value);
				} catch (error) {
					onFault(next.value, error);
				}
			}
		};
		await Promise.all(Array.from({ length: Math.max(1, this.settings.requestsInFlight) }, worker));
	}

	/**
	 * Makes a request, and makes it again where that is safe and may help. Null when it was not made: the run is cancelled,
	 * the circuit is broken, or `onLeave` says no.
	 * @param onLeave awaited just before a request leaves; `attempt` counts from 0
	 * @param onSilence the failure that breaks the circuit when this was the last of many without a readable reply
	 */
	async exchange<T>(
		build: () => GatewayRequest,
		judge: (answer: ReplyOrFault) => Verdict<T, F>,
		onSilence: (value: T) => F,
		onLeave: (attempt: number) => Promise<boolean> = () => Promise.resolve(true),
	): Promise<Exchange<T> | null> {
		let last: (Exchange<T> & { verdict: Verdict<T, F> }) | null = null;
		for (let attempt = 0; ; attempt++) {
			// With the circuit broken there is nothing to wait for: 10,000 texts that are held back would take their turns.
			if (this.failure === null) await this.takeTurn();
			if (this.isCancelled || this.failure !== null) break;
			if (!(await onLeave(attempt))) break;
			const answer = await this.settings.transport(build());
			const verdict = judge(answer);
			const reply = isReply(answer) ? answer : null;
			last = { value: verdict.value, reply, verdict };
			const pause = this.pauseBefore(attempt + 1, reply);
			if (!verdict.isRetryable || pause === null) break;
			await this.pause(pause);
		}
		if (last === null) return null;
		this.learn(last.verdict, onSilence);
		return { value: last.value, reply: last.reply };
	}

	/** Waits, unless the run is cancelled meanwhile. */
	async pause(milliseconds: number): Promise<void> {
		const { clock } = this.settings;
		const end = clock.now() + milliseconds;
		for (let left = milliseconds; left > 0 && !this.isCancelled; left = end - clock.now()) {
			await clock.sleep(Math.min(left, NAP_MS));
		}
	}

	/** Turns are handed out in order, one each 1/requestsPerSecond, and no more than so many in a minute. */
	private async takeTurn(): Promise<void> {
		const { requestsPerSecond, requestsPerMinute, clock } = this.settings;
		if (requestsPerSecond === null && requestsPerMinute === undefined) return;
		const now = clock.now();
		const earlier = this.turns[this.turns.length - (requestsPerMinute ?? 0)];
		const turn = Math.max(now, this.nextTurn, earlier === undefined ? now : earlier + MINUTE_MS);
		if (requestsPerSecond !== null) this.nextTurn = turn + 1000 / requestsPerSecond;
		if (requestsPerMinute !== undefined) this.turns.push(turn);
		await this.pause(turn - now);
	}

	/** Null when there is no further try. */
	private pauseBefore(attempt: number, reply: GatewayReply | null): number | null {
		const pause = RETRY_AFTER_MS[attempt - 1];
		if (pause === undefined) return null;
		const wanted = reply === null ? null : retryAfterMs(reply.headers, this.settings.clock.now());
		if (wanted !== null && wanted > LONGEST_RETRY_AFTER_MS) return null;
		return Math.max(pause, wanted ?? 0);
	}

	private learn<T>({ value, fatal, isReadable }: Verdict<T, F>, onSilence: (value: T) => F): void {
		this.failure ??= fatal;
		this.unreadableInARow = isReadable ? 0 : this.unreadableInARow + 1;
		if (this.unreadableInARow >= UNREADABLE_IN_A_ROW) this.failure ??= onSilence(value);
	}
}
