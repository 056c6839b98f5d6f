/**
 * Lets parcels (requests) leave block by block, each block once its texts are written down. What came of earlier ones is
 * written with it, so that after a crash no more is in doubt than one block and the requests that were under way.
 */

/** `S`: what becomes of a text. */
export interface GateSettings<P, S> {
	/** In the order in which they will come. */
	readonly parcels: readonly P[];
	/** Writes down a block; tells which of its texts may leave. Never rejects. */
	readonly enter: (block: readonly P[]) => Promise<ReadonlyMap<string, S>>;
	/** Parcels in a block at most. */
	readonly largestBlock: number;
	/** Milliseconds. */
	readonly now: () => number;
}

/** Writing may take this part of the time, and so long besides. Where it takes more, blocks grow. */
const LARGEST_SHARE = 0.06;
const ALWAYS_FINE_MS = 15;

export class Gate<P, S> {
	private readonly known = new Map<P, ReadonlyMap<string, S>>();
	private readonly parcels: P[];
	private next = 0;
	/** Parcels in a block: one, as long as that is not too slow. */
	private size = 1;
	private spentMs = 0;
	private readonly start: number;
	private opening: Promise<void> = Promise.resolve();

	constructor(private readonly settings: GateSettings<P, S>) {
		this.start = settings.now();
		this.parcels = [...settings.parcels];
	}

	/** One more parcel will come. */
	add(parcel: P): void {
		this.parcels.push(parcel);
	}

	/** Resolves when the parcel's texts are written down. Parcels must be asked for in their order. */
	async admit(parcel: P): Promise<ReadonlyMap<string, S>> {
		this.opening = this.opening.then(async () => {
			while (!this.known.has(parcel) && this.next < this.parcels.length) await this.openBlock();
		});
		await this.opening;
		const standings = this.known.get(parcel);
		this.known.delete(parcel);
		return standings ?? new Map();
	}

	private async openBlock(): Promise<void> {
		const { enter, largestBlock, now } = this.settings;
		const begin = now();
		const block = this.parcels.slice(this.next, this.next + this.size);
		const standings = await enter(block);
		for (const parcel of block) this.known.set(parcel, standings);
		const isFirst = this.next === 0;
		this.next += block.length;
		const end = now();
		// The first call of a process takes longer than any other.
		if (!isFirst) this.spentMs += end - begin;
		// A gateway that answers fast, or a long history: fewer and larger blocks.
		const isDear = this.spentMs > ALWAYS_FINE_MS + (end - this.start) * LARGEST_SHARE;
		if (isDear) this.size = Math.min(this.size * 2, largestBlock);
	}
}
