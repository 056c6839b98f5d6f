/** The journal of a run: each text is written down before its request leaves, and a Retry sends what is not sent yet. */
import { digest } from '../contract/digest';
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Accepted, Outcome } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import { Gate } from '../journal/gate';
import { reachesBack } from '../journal/history';
import type { Standing } from '../journal/journal';
import { Journal } from '../journal/journal';
import { N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import { withoutLink } from './asking';
import type { Admission } from './deliver';
import type { Job } from './job';
import type { JournalScope } from './journalScope';
import { journalScope } from './journalScope';
import type { Draft } from './messages';
import type { Result } from './result';
import { gatewayNames } from './start';
import type { Run } from './start';

/** Requests that are written down together, at most: so many may be in doubt after a crash. */
const LARGEST_BLOCK = 64;

const ALREADY_SENT: Accepted = {
	accepted: true,
	messageId: null,
	status: 'unknown',
	cost: null,
	segments: null,
	details: { alreadySent: true },
};

/** Null where nothing is written down: test runs, what is no text, what is only simulated, and Skip Duplicates = Off. */
export async function openJournal(
	run: Run,
	drafts: readonly Draft[],
	results: readonly Result[],
): Promise<RunJournal | null> {
	const { context, billed, settings } = run;
	if (billed !== null || settings.limits.skipDuplicates === 'off' || drafts.length === 0) return null;
	// A Retry through a gateway that sends would leave out texts that nobody has got.
	if (drafts.every(({ message }) => message.options.testMode)) return null;
	const scope = scopeOf(run);
	if (scope === null) return null;
	const keeping = {
		texts: drafts.length * (1 + run.later.length),
		forgetsNothing: scope.isRetry,
		now: () => clock.now(),
	};
	const store = new N8nMarks(context, keeping);
	const isComplete = !scope.isRetry || (await reachesBack(store, scope.since).catch(() => false));
	const { latest } = store;
	const { scopes, isRetry } = scope;
	const journal = new Journal({ store, scopes, heedsEarlier: isRetry, isComplete, latest });
	return new RunJournal(run, scope, { store, journal }, keysOf(run, results));
}

function scopeOf({ context, now }: Job): JournalScope | null {
	const known = context.getExecutionContext();
	return journalScope(
		{
			mode: context.getMode(),
			establishedAt: known?.establishedAt ?? null,
			source: known?.source ?? null,
			hasTrigger: known?.triggerNode !== undefined,
			isSubExecution: known?.parentExecutionId !== undefined,
		},
		now,
	);
}

/** Half of a digest: two texts will not share it, and the journal keeps many. */
const nameOf = (...parts: readonly unknown[]): string => digest(...parts).slice(0, 22);

/** Names each text by number and content, and by how many equal ones stand before it: a Retry has the same rows. */
function keysOf(run: Run, results: readonly Result[]): Map<Message, string> {
	const times = new Map<string, number>();
	const keys = new Map<Message, string>();
	const contentOf = contentReader(run);
	for (const { message, row } of results) {
		if (message === null) continue;
		const content = nameOf(message.to, ...contentOf(message, row));
		const before = times.get(content) ?? 0;
		times.set(content, before + 1);
		keys.set(message, before === 0 ? content : `${content} ${before}`);
	}
	return keys;
}

/** Gives another value whenever it is evaluated, or whenever the workflow runs. */
const CHANGES = /\$now|\$today|\bDate\b|\bDateTime\b|\bMath\s*\.\s*random\b|\$execution|\$runIndex/;

/** What makes a text another text for the same person: not the link in it, which is another in each execution. One that changes by itself is named by its row instead. */
function contentReader({ context, items, sender, link }: Run): (message: Message, row: number) => string[] {
	const { message: typed } = context.getNode().parameters;
	const changes = typeof typed === 'string' && typed.startsWith('=') && CHANGES.test(typed);
	return ({ text, options, optionsKey }, row) => {
		const words = changes ? [typed, JSON.stringify(items[row]?.json)] : [withoutLink(text, link)];
		return sender.isTextMessage(options) ? words : [...words, optionsKey];
	};
}

interface Book {
	readonly store: N8nMarks;
	readonly journal: Journal;
}

export class RunJournal {
	private gate: Gate<Batch> | null = null;
	/** Why something could not be written down; null as long as all was. */
	private problem: unknown = null;
	private texts = 0;
	private hasRefusal = false;

	constructor(
		private readonly run: Run,
		private readonly scope: JournalScope,
		private readonly book: Book,
		private readonly keys: Map<Message, string>,
	) {}

	/** Tells which batches will come, in their order. */
	expect(batches: readonly Batch[]): void {
		this.gate = new Gate({
			parcels: batches,
			textsOf: ({ messages }) => messages.map((message) => this.keyOf(message)),
			enter: (texts) => this.enter(texts),
			largestBlock: LARGEST_BLOCK,
			now: () => clock.now(),
		});
	}

	/** The same text, as it is meant for another gateway. */
	isAlso(message: Message, first: Message): void {
		this.keys.set(message, this.keyOf(first));
	}

	/** To be awaited before a batch's request leaves. Keeps back what is sent already, or may be. */
	async admit<O extends BaseOptions>(batch: Batch<O>): Promise<Admission<O>> {
		const standings = (await this.gate?.admit(batch)) ?? new Map<string, Standing>();
		const mine: Message<O>[] = [];
		const kept: Array<readonly [Message<O>, Outcome]> = [];
		for (const message of batch.messages) {
			const standing = standings.get(this.keyOf(message)) ?? 'mine';
			if (standing === 'mine') mine.push(message);
			else kept.push([message, standing === 'sent' ? ALREADY_SENT : this.doubt()]);
		}
		return { mine, kept };
	}

	/** What became of a message that was admitted. */
	settle(message: Message, { accepted }: Outcome): void {
		if (accepted === null) return;
		if (!accepted) this.hasRefusal = true;
		this.book.journal.settle(this.keyOf(message), accepted);
	}

	/** Writes the end of it down. Never rejects. */
	async close(): Promise<void> {
		const { store, journal } = this.book;
		// A run of one text, of which there may be many a minute, writes once: that it was sent is left to the next.
		if (this.texts === 1 && !this.hasRefusal && !this.scope.isRetry) store.leave(journal.takeUnwritten());
		else await journal.write().catch((error: unknown) => (this.problem ??= error));
		if (this.problem === null || this.scope.isRetry) return;
		const why = this.problem instanceof Error ? this.problem.message : String(this.problem);
		this.run.context.addExecutionHints({
			message: `Not all texts could be written down in n8n's database before they were sent. Should n8n crash during this run, do not press Retry: people could get a text twice. Details: ${why}`,
			location: 'outputPane',
			type: 'warning',
		});
	}

	private async enter(texts: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
		this.texts += texts.length;
		try {
			return await this.book.journal.enter(texts);
		} catch (error) {
			this.problem ??= error;
			// Of a first run, nobody has a text yet. Of a Retry, nobody knows.
			return new Map(texts.map((text) => [text, this.scope.isRetry ? 'inDoubt' : 'mine']));
		}
	}

	private doubt(): Outcome {
		const displayName = gatewayNames(this.run);
		return this.problem === null
			? unclear(displayName, 'An earlier run of this execution was sending this text when it broke off.')
			: unclear(displayName, "n8n's database could not be asked whether this text was sent already.");
	}

	private keyOf(message: Message): string {
		return this.keys.get(message) ?? nameOf(message.to, message.text, message.optionsKey);
	}
}
