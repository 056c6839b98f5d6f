/**
 * What this process knows about texts it has handled. n8n's Retry On Fail calls `execute()` again for all rows, in the
 * same process and with the same execution id, node and run index (n8n 1.123 and 2.41): whatever was settled in the
 * first try is answered from here, so that nobody is texted twice.
 */
import { digest } from '../contract/digest';
import type { Outcome } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { Tried } from './failover';

/** What makes two tries the same try. */
export interface RunIdentity {
	readonly executionId: string;
	readonly nodeId: string;
	readonly runIndex: number;
}

interface RunRecord {
	/** When it began to be of use: its latest try's start, or its end. */
	touchedAt: number;
	/** A try is under way: how long it takes, nobody knows. */
	isOpen: boolean;
	readonly outcomes: Map<string, Outcome | 'under way'>;
	/** Of texts that several gateways had to do with. */
	readonly tried: Map<string, readonly Tried[]>;
}

/** From the end of a try to the start of the next n8n waits five seconds at most; it may be busy. */
const KEEP_MS = 5 * 60_000;
/** Of a run that never came to its end. */
const KEEP_OPEN_MS = 24 * 60 * 60_000;
const KEEP_TEXTS = 1_000_000;

const runs = new Map<string, RunRecord>();

function forget(now: number, except: string): void {
	let texts = 0;
	for (const record of runs.values()) texts += record.outcomes.size;
	// A Map keeps the order of insertion: the oldest runs go first. The run at hand always stays.
	for (const [key, record] of runs) {
		if (key === except) continue;
		const age = now - record.touchedAt;
		if (record.isOpen ? age <= KEEP_OPEN_MS : texts <= KEEP_TEXTS && age <= KEEP_MS) continue;
		texts -= record.outcomes.size;
		runs.delete(key);
	}
}

/** The part of the ledger that belongs to one run of one node. */
export class Ledger {
	private readonly key: string;
	private readonly record: RunRecord;

	constructor(identity: RunIdentity, now: number) {
		const key = JSON.stringify([identity.executionId, identity.nodeId, identity.runIndex]);
		forget(now, key);
		this.key = key;
		this.record = runs.get(key) ?? { touchedAt: now, isOpen: true, outcomes: new Map(), tried: new Map() };
		this.record.touchedAt = now;
		this.record.isOpen = true;
		// Set again so that it becomes the youngest.
		runs.delete(key);
		runs.set(key, this.record);
	}

	/**
	 * To be called once this try's output stands. Unless n8n may call again, all of it is let go: 100,000 texts take 39 MB.
	 * The tries are not counted: n8n (2.41) runs a node more often than Max Tries where a try throws after one that gave a
	 * failed item.
	 * @param looksFailed the node throws, or its first item has an `error`: only then does Retry On Fail call it again
	 */
	close(node: { readonly retryOnFail?: boolean }, looksFailed: boolean, now: number): void {
		this.record.isOpen = false;
		this.record.touchedAt = now;
		if (node.retryOnFail !== true || !looksFailed) runs.delete(this.key);
	}

	/** The settled outcome of an earlier try; undefined when this text may be sent. */
	settled(key: string, gatewayName: string): Outcome | undefined {
		const known = this.record.outcomes.get(key);
		if (known === 'under way') {
			return unclear(
				gatewayName,
				`An earlier try of this run was sending this text when it was interrupted.`,
			);
		}
		return known;
	}

	/** To be called before the request leaves: if this try never comes back, the text counts as unclear. */
	begin(key: string): void {
		this.record.outcomes.set(key, 'under way');
	}

	/** Keeps an outcome, unless the text may safely be tried again: then the key is free. */
	settle(key: string, outcome: Outcome, tried: readonly Tried[] = []): void {
		this.record.tried.delete(key);
		if (mayBeTriedAgain(outcome)) {
			this.record.outcomes.delete(key);
			return;
		}
		this.record.outcomes.set(key, outcome);
		if (tried.length > 0) this.record.tried.set(key, tried);
	}

	/** What came of a settled text at each gateway; empty where there was one. */
	triedBefore(key: string): readonly Tried[] {
		return this.record.tried.get(key) ?? [];
	}
}

/** Nothing went out and time alone may cure it. `after_fix` is final too: within a run nobody mends anything. */
function mayBeTriedAgain(outcome: Outcome): boolean {
	return outcome.accepted === false && !('quoted' in outcome) && outcome.retry === 'later';
}

/** Names a text within a run: row, recipient, and a hash of all that would make it another text. */
export function textKey(row: number, to: string, ...content: readonly string[]): string {
	return `${row}|${to}|${digest(...content).slice(0, 16)}`;
}

/** For tests: how many texts are remembered. */
export function textsRemembered(): number {
	let texts = 0;
	for (const { outcomes } of runs.values()) texts += outcomes.size;
	return texts;
}

/** For tests: what a new process would know. */
export function forgetEverything(): void {
	runs.clear();
}
