/** The one place that writes marks into n8n's database (n8n 1.123 and 2.41: one row for each node of a workflow). */
import type { IExecuteFunctions } from 'n8n-workflow';
import { historyMarks } from './history';
import type { MarkStore } from './marks';

type Context = Pick<IExecuteFunctions, 'helpers' | 'getNode' | 'getWorkflow'>;

/** What this process knows of a node's history. */
interface NodeMemory {
	/** One call at a time: n8n reads, changes and writes the whole history without a lock. */
	turn: Promise<unknown>;
	/** Marks that may wait for the next call. */
	waiting: readonly string[];
	/** Whether this process has looked if the history is empty. */
	isKnown: boolean;
	/** See the journal's settings. */
	readonly latest: Map<string, number>;
}

/** A mark is 27 bytes, and a call reads and writes all of them: about 2 ms for so many. */
export const MARKS_KEPT = 5_000;
const MARKS_OF_A_TEXT = 2;
/** Beyond so many nodes, the one that wrote first is forgotten, with what waits: those texts are in doubt for a Retry. */
const NODES_KEPT = 1_000;

const memories = new Map<string, NodeMemory>();

function memoryOf(key: string): NodeMemory {
	const memory = memories.get(key) ?? {
		turn: Promise.resolve(),
		waiting: [],
		isKnown: false,
		latest: new Map<string, number>(),
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
		this.memory = memoryOf(`${context.getWorkflow().id}|${context.getNode().id}`);
	}

	/** The latest attempts that this process knows of, for as long as the history may hold them. */
	get latest(): Map<string, number> {
		const { latest } = this.memory;
		if (latest.size > MARKS_KEPT) latest.clear();
		return latest;
	}

	record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		return this.inTurn(async () => {
			const isEmpty = !this.memory.isKnown && (await this.isEmpty());
			const { waiting } = this.memory;
			// Equal marks in one call would all come back as new.
			const all = [...new Set([...historyMarks(this.keeping.now(), isEmpty), ...waiting, ...marks])];
			// Two processes that begin a history at the same time collide on its row.
			const earlier = await this.add(all).catch(async (error: unknown) => {
				if (isEmpty) return await this.add(all);
				throw error;
			});
			this.memory.isKnown = true;
			this.memory.waiting = this.memory.waiting.slice(waiting.length);
			return earlier;
		});
	}

	remove(marks: readonly string[]): Promise<void> {
		return this.inTurn(() => this.context.helpers.removeProcessed([...marks], 'node', { mode: 'entries' }));
	}

	/** Leaves marks to the next call for this node, whoever makes it. */
	leave(marks: readonly string[]): void {
		this.memory.waiting = [...this.memory.waiting, ...marks].slice(-MARKS_KEPT);
	}

	private async isEmpty(): Promise<boolean> {
		return (await this.context.helpers.getProcessedDataCount('node', { mode: 'entries' })) === 0;
	}

	private async add(marks: string[]): Promise<ReadonlySet<string>> {
		const { texts, forgetsNothing } = this.keeping;
		const limit = forgetsNothing ? {} : { maxEntries: MARKS_KEPT + MARKS_OF_A_TEXT * texts };
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
