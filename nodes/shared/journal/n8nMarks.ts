/** The one place that writes marks into n8n's database (n8n 1.123 and 2.41: one row for each node of a workflow). */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Looks } from './claimHistory';
import { historyMarks } from './history';
import type { MarkStore } from './marks';
import { nodeName } from './nodeName';

type Context = Pick<IExecuteFunctions, 'helpers' | 'getNode' | 'getWorkflow'>;

/** What this process knows of a node's history. */
interface NodeMemory {
	/** One call at a time: n8n reads, changes and writes the whole history without a lock. */
	turn: Promise<unknown>;
	/** Marks that may wait for the next call. */
	waiting: string[];
	/** Whether this process has looked if the history is empty. */
	isKnown: boolean;
	/** See the journal's settings. */
	readonly latest: Map<string, number>;
	readonly looks: Looks;
}

/** A mark is 27 bytes, and a call reads and writes all of them: about 2 ms for so many. */
export const MARKS_KEPT = 5_000;
const MARKS_OF_A_TEXT = 2;
/** Beyond so many, as when the database is away for long, the first are let go: those texts are in doubt later. */
const MARKS_WAITING = 100_000;
/** Beyond so many nodes, the one that wrote first is forgotten, with what waits: those texts are in doubt for a Retry. */
const NODES_KEPT = 1_000;

const memories = new Map<string, NodeMemory>();

function memoryOf(key: string): NodeMemory {
	const memory = memories.get(key) ?? {
		turn: Promise.resolve(),
		waiting: [],
		isKnown: false,
		latest: new Map<string, number>(),
		looks: new Map(),
	};
	memories.delete(key);
	memories.set(key, memory);
	for (const oldest of memories.keys()) {
		if (memories.size <= NODES_KEPT) break;
		memories.delete(oldest);
	}
	return memory;
}

export interface Keeping {
	/** Texts of this run. */
	readonly texts: number;
	/** How many marks `trim` leaves. */
	readonly marks?: () => Promise<number>;
	/** Nothing may be forgotten while this run asks. */
	readonly forgetsNothing: boolean;
	/** Epoch milliseconds. */
	readonly now: () => number;
}

export class N8nMarks implements MarkStore {
	private readonly memory: NodeMemory;

	constructor(
		private readonly context: Context,
		private readonly keeping: Keeping,
	) {
		this.memory = memoryOf(nodeName(context));
	}

	/** The latest attempts that this process knows of, for as long as the history may hold them. */
	get latest(): Map<string, number> {
		const { latest } = this.memory;
		if (latest.size > MARKS_KEPT) latest.clear();
		return latest;
	}

	/** When this process last looked how far the history reaches. */
	get looks(): Looks {
		return this.memory.looks;
	}

	record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		return this.inTurn(() => this.write(marks, this.keeping.forgetsNothing));
	}

	ask(
		marks: readonly string[],
		undo: (earlier: ReadonlySet<string>) => readonly string[],
	): Promise<ReadonlySet<string>> {
		return this.inTurn(async () => {
			// What is taken out again must not push anything out.
			const earlier = await this.write(marks, true);
			const gone = undo(earlier);
			if (gone.length > 0) await this.takeOut(gone);
			return earlier;
		});
	}

	remove(marks: readonly string[]): Promise<void> {
		return this.inTurn(() => this.takeOut(marks));
	}

	leave(marks: readonly string[]): void {
		const { waiting } = this.memory;
		waiting.push(...marks);
		if (waiting.length > MARKS_WAITING) waiting.splice(0, waiting.length - MARKS_WAITING);
	}

	async trim(): Promise<boolean> {
		const marks = (await this.keeping.marks?.()) ?? MARKS_KEPT;
		return await this.inTurn(async () => {
			if ((await this.count()) <= marks) return false;
			await this.call([...historyMarks(this.keeping.now(), false)], { maxEntries: marks });
			return true;
		});
	}

	async flush(): Promise<void> {
		if (this.memory.waiting.length > 0) await this.record([]);
	}

	/** How many marks there are. @throws when they cannot be read */
	count(): Promise<number> {
		return this.context.helpers.getProcessedDataCount('node', { mode: 'entries' });
	}

	private async takeOut(marks: readonly string[]): Promise<void> {
		await this.context.helpers.removeProcessed([...marks], 'node', { mode: 'entries' });
	}

	private async write(marks: readonly string[], forgetsNothing: boolean): Promise<ReadonlySet<string>> {
		const isEmpty = !this.memory.isKnown && (await this.count()) === 0;
		const waiting = new Set(this.memory.waiting);
		// Equal marks in one call would all come back as new.
		const all = [...new Set([...historyMarks(this.keeping.now(), isEmpty), ...waiting, ...marks])];
		// Two processes that begin a history at the same time collide on its row.
		const earlier = await this.add(all, forgetsNothing).catch(async (error: unknown) => {
			if (isEmpty) return await this.add(all, forgetsNothing);
			throw error;
		});
		this.memory.isKnown = true;
		this.memory.waiting = this.memory.waiting.filter((mark) => !waiting.has(mark));
		return earlier;
	}

	private async add(marks: string[], forgetsNothing: boolean): Promise<ReadonlySet<string>> {
		const limit = forgetsNothing ? {} : { maxEntries: MARKS_KEPT + MARKS_OF_A_TEXT * this.keeping.texts };
		return await this.call(marks, limit);
	}

	private async call(marks: string[], limit: { maxEntries?: number }): Promise<ReadonlySet<string>> {
		const { processed } = await this.context.helpers.checkProcessedAndRecord(marks, 'node', {
			mode: 'entries',
			...limit,
		});
		return new Set(processed.map(String));
	}

	private inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = this.memory.turn.then(work);
		this.memory.turn = done.catch(() => undefined);
		return done;
	}
}

/** For tests: what a new process would know. */
export function forgetMarks(): void {
	memories.clear();
}
