/** What the journal runs in, simulated: a store and a gateway that outlive processes, which are killed at any step. */
import type { MarkStore } from '../../nodes/shared/journal/marks';

/** Everything that outlives a process, and the order in which processes take their steps. */
export class World {
	readonly marks = new Set<string>();
	/** One entry for each text that the gateway took. */
	readonly taken: string[] = [];
	/** Epoch milliseconds. */
	now = 1_800_000_000_000;
	private readonly ready: Array<{ process: Process; go: () => void }> = [];

	/** @param isRefused for the n-th text that reaches the gateway */
	constructor(
		private readonly isRefused: (n: number) => boolean,
		/** Milliseconds that a step takes. */
		private readonly tick = 0,
	) {}

	private reached = 0;
	/** What was taken in a request of a name. */
	private readonly filed = new Set<string>();
	questions = 0;
	found = 0;

	gatewayTakes(text: string, name: string | null = null): boolean {
		if (this.isRefused(this.reached++)) return false;
		this.taken.push(text);
		if (name !== null) this.filed.add(`${name}|${text}`);
		return true;
	}

	/** Whether the gateway has taken the text in the request of this name. */
	knows(name: string, text: string): boolean {
		const isKnown = this.filed.has(`${name}|${text}`);
		this.questions++;
		if (isKnown) this.found++;
		return isKnown;
	}

	async step(process: Process): Promise<void> {
		await new Promise<void>((go) => this.ready.push({ process, go }));
	}

	/** Lets all processes run to their end, or to the step at which they are killed. */
	async play(order: (choices: number) => number): Promise<void> {
		for (;;) {
			await new Promise(setImmediate);
			for (let n = this.ready.length - 1; n >= 0; n--)
				if (this.ready[n]?.process.isDead) this.ready.splice(n, 1);
			if (this.ready.length === 0) return;
			const [next] = this.ready.splice(order(this.ready.length) % this.ready.length, 1);
			if (next === undefined) return;
			next.process.steps++;
			this.now += this.tick;
			if (next.process.steps > next.process.lives) continue;
			next.go();
		}
	}
}

export class Process {
	steps = 0;

	/** @param lives after so many steps it is killed */
	constructor(readonly lives: number) {}

	get isDead(): boolean {
		return this.steps > this.lives;
	}
}


type Steps = Pick<MarkStore, 'record' | 'remove'>;

/** A process's way to its store, made of single steps: one call waits for the other, and other processes come between. */
export function asMarkStore({ record, remove }: Steps): MarkStore {
	let turn: Promise<unknown> = Promise.resolve();
	let waiting: string[] = [];
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const done = turn.then(work);
		turn = done.catch(() => undefined);
		return done;
	};
	const write = async (marks: readonly string[]): Promise<ReadonlySet<string>> => {
		const written = [...waiting];
		const earlier = await record([...new Set([...written, ...marks])]);
		waiting = waiting.filter((mark) => !written.includes(mark));
		return earlier;
	};
	return {
		record: (marks) => inTurn(() => write(marks)),
		ask: (marks, undo) =>
			inTurn(async () => {
				const earlier = await write(marks);
				const gone = undo(earlier);
				if (gone.length > 0) await remove(gone);
				return earlier;
			}),
		remove: (marks) => inTurn(() => remove(marks)),
		leave: (marks) => void waiting.push(...marks),
		trim: async () => await Promise.resolve(false),
		flush: async () => {
			if (waiting.length > 0) await inTurn(() => write([]));
		},
	};
}

export function storeFor(world: World, process: Process): MarkStore {
	return asMarkStore({
		async record(marks) {
			await world.step(process);
			const earlier = new Set(marks.filter((mark) => world.marks.has(mark)));
			for (const mark of marks) world.marks.add(mark);
			return earlier;
		},
		async remove(marks) {
			await world.step(process);
			for (const mark of marks) world.marks.delete(mark);
		},
	});
}
