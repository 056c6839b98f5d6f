/**
 * What test runs of this process have sent within the last minutes: a second press of Execute, or a later node that has
 * this one run again, gets the results of the first instead of sending to everybody once more.
 */
import type { Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import { REPEAT_MINUTES } from '../contract/testRuns';
import { isAgentTool } from './agentTool';
import type { Job } from './job';
import { nameOf } from './nameOf';

/** A text, as far as it matters here. */
interface Text {
	readonly message: Message;
	/** Equal for two tries of one text. */
	readonly identity: string;
}

interface Sent {
	readonly executionId: string;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly outcome: Outcome | 'under way';
}

/** About 15 MB, and only where somebody tries a workflow with so many rows in the editor. */
const KEEP_TEXTS = 50_000;

/** A Map keeps the order of insertion: the oldest first. */
const sent = new Map<string, Sent>();

export class TestMemory {
	private readonly executionId: string;
	private readonly node: string;
	/** What one execution sends twice is meant, unless an agent calls its tool again. */
	private readonly mayRepeat: boolean;

	constructor(
		{ context, gateway, now }: Job,
		private readonly clock: { now(): number },
	) {
		this.executionId = context.getExecutionId();
		this.mayRepeat = !isAgentTool(context);
		this.node = JSON.stringify([context.getWorkflow().id, context.getNode().id, gateway.id]);
		for (const [key, { at }] of sent) {
			if (isRecent(at, now)) break;
			sent.delete(key);
		}
	}

	/** What became of this text in an earlier test run; null when it may be sent. */
	recall(text: Text, gatewayName: string): Outcome | null {
		const known = sent.get(this.keyOf(text));
		if (known === undefined || (this.mayRepeat && known.executionId === this.executionId)) return null;
		const { at, outcome } = known;
		if (!isRecent(at, this.clock.now())) return null;
		if (outcome === 'under way')
			return unclear(gatewayName, 'Another test run is sending this text, or was stopped while it did.');
		if (outcome.accepted !== true) return outcome;
		return { ...outcome, details: { ...outcome.details, alreadySent: true } };
	}

	/** To be called before the request leaves. */
	begin(text: Text): void {
		this.keep(text, 'under way');
	}

	/** What was refused may be tried again at the next press. */
	settle(text: Text, outcome: Outcome): void {
		if (outcome.accepted === false) sent.delete(this.keyOf(text));
		else this.keep(text, outcome);
	}

	private keep(text: Text, outcome: Sent['outcome']): void {
		const key = this.keyOf(text);
		// Set again so that it becomes the youngest.
		sent.delete(key);
		sent.set(key, { executionId: this.executionId, at: this.clock.now(), outcome });
		for (const oldest of sent.keys()) {
			if (sent.size <= KEEP_TEXTS) break;
			sent.delete(oldest);
		}
	}

	private keyOf({ message: { to, from, text }, identity }: Text): string {
		return nameOf(this.node, to, from, text, identity);
	}
}

const isRecent = (at: number, now: number): boolean => now - at < REPEAT_MINUTES * 60_000;

/** For tests: what a new process would know. */
export function forgetTestRuns(): void {
	sent.clear();
}

/** For tests: how many texts are remembered. */
export function testTextsRemembered(): number {
	return sent.size;
}
