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
	/** Milliseconds from one parcel to the next, where the run has a pace; otherwise 0. */
	readonly paceMs: number;
	/** Milliseconds. */
	readonly now: () => number;
}

/** Writing may keep parcels waiting for this part of the time, and so long besides. Where it is more, blocks grow. */
const LARGEST_SHARE = 0.06;
const ALWAYS_FINE_MS = 15;
/** A run that has a pace waits anyway: writing may take this part of that. */
const SHARE_OF_PACE = 0.25;

/** Blocks shrink once so many in a row took next to nothing. */
const BLOCKS_SEEN = 4;

/** All of a block may be in doubt after a crash: so many at most, and this part of the run. */
const LARGEST_BLOCK = 64;
const PARTS_OF_RUN = 8;

export function largestBlock(parcels: number): number {
	return Math.min(LARGEST_BLOCK, Math.max(1, Math.floor(parcels / PARTS_OF_RUN)));
}

export class Gate<P, S> {
	private readonly known = new Map<P, ReadonlyMap<string, S>>();
	private readonly parcels: P[];
	private next = 0;
	/** Parcels in a block: one, as long as that is not too slow. */
	private size = 1;
	private spentMs = 0;
	private readonly start: number;
	/** Since the size was last thought over. */
	private recent: { since: number; spentMs: number; blocks: number };
	private opening: Promise<void> = Promise.resolve();

	constructor(private readonly settings: GateSettings<P, S>) {
		this.start = settings.now();
		this.recent = { since: this.start, spentMs: 0, blocks: 0 };
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
		const { enter, now } = this.settings;
		const begin = now();
		const block = this.parcels.slice(this.next, this.next + this.size);
		const standings = await enter(block);
		for (const parcel of block) this.known.set(parcel, standings);
		const isFirst = this.next === 0;
		this.next += block.length;
		// The first call of a process takes longer than any other.
		if (!isFirst) this.resize(block.length, now() - begin);
	}

	/** A gateway that answers fast, or a slow database: fewer and larger blocks, for as long as that lasts. */
	private resize(parcels: number, tookMs: number): void {
		const { largestBlock: largest, paceMs, now } = this.settings;
		const spentMs = Math.max(0, tookMs - parcels * paceMs * SHARE_OF_PACE);
		this.spentMs += spentMs;
		this.recent.spentMs += spentMs;
		this.recent.blocks++;
		const maySpend = (now() - this.start) * LARGEST_SHARE;
		const mayRecently = (now() - this.recent.since) * LARGEST_SHARE;
		const isDear = this.spentMs > ALWAYS_FINE_MS + maySpend && this.recent.spentMs > mayRecently;
		const isCheap = this.recent.blocks >= BLOCKS_SEEN && this.recent.spentMs < mayRecently / 4;
		if (isDear) this.size = Math.min(this.size * 2, largest);
		else if (isCheap) this.size = Math.max(1, Math.floor(this.size / 2));
		if (isDear || isCheap) this.recent = { since: now(), spentMs: 0, blocks: 0 };
	}
}
