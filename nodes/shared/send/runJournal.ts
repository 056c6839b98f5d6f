/**
 * The journal of a run: each text is written down before its request leaves. A Retry sends what is not sent yet, and what
 * may go out once, whichever run asks, goes out once.
 */
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { Sender } from '../contract/sender';
import type { Claims } from '../journal/claims';
import { Gate, largestBlock } from '../journal/gate';
import type { Journal, Standing } from '../journal/journal';
import type { N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import type { Admission } from './deliver';
import { ALREADY_SENT } from './doubts';
import type { Draft } from './messages';
import { unwrittenHint } from './journalHint';
import { nameOf } from './nameOf';
import type { OnceClaim } from './once';
import { outcomeOfConflict, outcomeWithoutJournal } from './once';
import type { RequestNames } from './requestNames';
import { requestNames } from './requestNames';
import { gatewayNames, runOf } from './start';
import type { Leg, Run } from './start';

/** `mine`: may leave now. Otherwise what became of it, what is to be said of it, or in which request it may have left. */
type Decision = 'mine' | Outcome | { readonly reconcile: string };

export interface Book {
	readonly store: N8nMarks;
	/** What this execution has sent. Null where nothing could retry it. */
	readonly journal: Journal | null;
	/** What may be sent once across runs. Null where there is no such limit. */
	readonly claims: Claims<OnceClaim> | null;
	/** An earlier run may have sent some. */
	readonly isRetry: boolean;
}

export class RunJournal {
	/** One block is written after another, whichever gateway it is for. */
	private turn: Promise<ReadonlyMap<string, Decision>> = Promise.resolve(new Map());
	/** Of texts that do not begin at the first gateway. */
	private readonly routed = new Map<string, Run>();
	/** Why something could not be written down; null as long as all was. */
	private problem: unknown = null;
	private texts = 0;
	private hasRefusal = false;
	private readonly wishes = new Map<string, readonly OnceClaim[]>();
	private readonly kept = new Set<Message>();
	/** What requests are to be called. */
	private readonly references = new Map<Batch, string>();

	constructor(
		private readonly run: Run,
		readonly book: Book,
		private readonly keys: Map<Message, string>,
		drafts: readonly Draft[],
	) {
		for (const draft of drafts) {
			const { message, written, result, route } = draft;
			if (route !== null) this.routed.set(this.keyOf(message), route);
			const { once } = runOf(run, draft);
			// What is only simulated, nobody gets.
			if (once === null || message.options.testMode) continue;
			this.wishes.set(this.keyOf(message), once.claimsOf(written, result.row));
		}
	}

	/** @param batches those that will come, in their order, and to whom */
	open(
		batches: readonly Batch[],
		leg: Leg,
		sender: Sender,
	): (batch: Batch) => Promise<Admission<BaseOptions>> {
		const nameIn = requestNames(leg, sender);
		const { requestsPerSecond } = leg.settings;
		const gate = new Gate<Batch, Decision>({
			parcels: batches,
			enter: (block) => (this.turn = this.turn.then(() => this.enter(block, nameIn))),
			largestBlock: largestBlock(batches.length),
			paceMs: requestsPerSecond === null ? 0 : 1000 / requestsPerSecond,
			now: () => clock.now(),
		});
		return async (batch) => await this.admit(gate, batch);
	}

	private takeBack(gate: Gate<Batch, Decision>, batch: Batch): void {
		for (const message of batch.messages) {
			this.kept.delete(message);
			this.book.journal?.settle(this.keyOf(message), false);
		}
		gate.add(batch);
	}

	/** The same text, as it is meant for another gateway. */
	isAlso(message: Message, first: Message): void {
		this.keys.set(message, this.keyOf(first));
	}

	/** Before a batch's request leaves. Keeps back what is sent already, or may be. */
	private async admit(gate: Gate<Batch, Decision>, batch: Batch): Promise<Admission<BaseOptions>> {
		const decisions = await gate.admit(batch);
		const mine: Message[] = [];
		const kept: Array<readonly [Message, Outcome]> = [];
		const toReconcile = new Map<string, Set<Message>>();
		for (const message of batch.messages) {
			const decision = decisions.get(this.keyOf(message)) ?? 'mine';
			if (decision === 'mine') {
				mine.push(message);
				continue;
			}
			this.kept.add(message);
			if (!('reconcile' in decision)) kept.push([message, decision]);
			else
				toReconcile.set(
					decision.reconcile,
					(toReconcile.get(decision.reconcile) ?? new Set<Message>()).add(message),
				);
		}
		const doubts = [...toReconcile].map(([reference, messages]) => {
			const outcomes = batch.messages.map((one) =>
				messages.has(one) ? this.doubt(this.keyOf(one)) : ALREADY_SENT,
			);
			return { batch: { ...batch, reference }, outcomes };
		});
		const reference = this.references.get(batch) ?? null;
		return { mine, kept, doubts, reference, takeBack: (unsent) => this.takeBack(gate, unsent) };
	}

	/** It was not admitted. */
	keepsBack(message: Message): boolean {
		return this.kept.has(message);
	}

	/** What became of a message that was admitted. */
	settle(message: Message, { accepted }: Outcome): void {
		const key = this.keyOf(message);
		this.book.claims?.settle(key, accepted);
		if (accepted === null) return;
		if (!accepted) this.hasRefusal = true;
		this.book.journal?.settle(key, accepted);
	}

	/** Writes the end of it down. Never rejects. */
	async close(): Promise<void> {
		const { store, journal, claims, isRetry } = this.book;
		// A run of one text, of which there may be many a minute, writes once: that it was sent is left to the next.
		const writesOnce = this.texts === 1 && !this.hasRefusal && !isRetry && claims === null;
		if (writesOnce || claims !== null) store.leave(journal?.takeUnwritten() ?? []);
		const written = writesOnce ? null : (claims ?? journal)?.write();
		await written?.catch((error: unknown) => (this.problem ??= error));
		if (this.problem === null || isRetry) return;
		this.run.context.addExecutionHints(unwrittenHint(this.problem));
	}

	/** Never rejects. */
	private async enter(block: readonly Batch[], nameIn: RequestNames): Promise<ReadonlyMap<string, Decision>> {
		const texts = block.flatMap(({ messages }) => messages.map((message) => this.keyOf(message)));
		this.texts += texts.length;
		const { isRetry } = this.book;
		const decisions = new Map<string, Decision>(texts.map((text) => [text, 'mine']));
		// Of a Retry, what its execution has sent is no duplicate; otherwise, what is one needs no further line.
		if (isRetry) await this.enterExecution(block, nameIn, decisions);
		await this.claim(mineOf(decisions), decisions);
		if (!isRetry) await this.enterExecution(block, nameIn, decisions);
		return decisions;
	}

	/** What is left of the block so far. */
	private async enterExecution(
		block: readonly Batch[],
		nameOfBatch: RequestNames,
		decisions: Map<string, Decision>,
	): Promise<void> {
		const { journal, isRetry } = this.book;
		const texts = mineOf(decisions);
		if (journal === null || texts.length === 0) return;
		const parcels = block.map((batch) => {
			const mine = batch.messages
				.map((message) => this.keyOf(message))
				.filter((text) => decisions.get(text) === 'mine');
			return { batch, texts: mine, nameIn: mine.length === 0 ? null : nameOfBatch(batch, mine) };
		});
		try {
			const { standings, names } = await journal.enter(parcels);
			for (const [text, standing] of standings) decisions.set(text, this.decisionOn(text, standing));
			for (const { batch, nameIn } of parcels) {
				const name = nameIn?.(journal.scope);
				if (name !== undefined && names.has(name)) this.references.set(batch, name);
			}
		} catch (error) {
			this.problem ??= error;
			// Of a first run, nobody has a text yet. Of a Retry, nobody knows.
			for (const text of texts) if (isRetry) decisions.set(text, this.doubt(text));
		}
	}

	private async claim(texts: readonly string[], decisions: Map<string, Decision>): Promise<void> {
		const { claims, journal } = this.book;
		if (claims === null || texts.length === 0) return;
		const refused = new Map<string, Outcome>();
		try {
			const wishes = new Map(texts.map((text) => [text, this.wishes.get(text) ?? []]));
			const findings = await claims.enter(wishes);
			for (const [text, finding] of findings)
				refused.set(text, outcomeOfConflict(this.runOfText(text), finding));
		} catch (error) {
			const outcome = outcomeWithoutJournal(this.run, error);
			for (const text of texts) refused.set(text, outcome);
		}
		for (const [text, outcome] of refused) {
			decisions.set(text, outcome);
			// It goes out by no fault of this execution.
			if (outcome.accepted === false) journal?.settle(text, false);
		}
	}

	private decisionOn(text: string, standing: Standing): Decision {
		if (typeof standing === 'object') return standing;
		switch (standing) {
			case 'mine':
				return 'mine';
			case 'sent':
				return ALREADY_SENT;
			case 'inDoubt':
				return this.doubt(text);
		}
	}

	private doubt(text: string): Outcome {
		const displayName = gatewayNames(this.runOfText(text));
		return this.problem === null
			? unclear(
					displayName,
					'An earlier run of this execution was sending this text when it was interrupted.',
				)
			: unclear(displayName, "n8n's database could not be asked whether this text was sent already.");
	}

	private runOfText(text: string): Run {
		return this.routed.get(text) ?? this.run;
	}

	private keyOf(message: Message): string {
		return this.keys.get(message) ?? nameOf(message.to, message.text, message.optionsKey);
	}
}

const mineOf = (decisions: ReadonlyMap<string, Decision>): string[] =>
	[...decisions].flatMap(([text, decision]) => (decision === 'mine' ? [text] : []));
