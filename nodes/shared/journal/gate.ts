/**
 * Lets parcels (requests) leave block by block, each block once its texts are written down. Two blocks are under way at
 * most: a block is opened when all of the one before the last have come back.
 */
import type { Standing } from './journal';

export interface GateSettings<P> {
	/** In the order in which they will come. */
	readonly parcels: readonly P[];
	readonly textsOf: (parcel: P) => readonly string[];
	/** Parcels in the first block. */
	readonly firstBlock: number;
	/** Writes down a block's texts; tells which of them may leave. Never rejects. */
	readonly enter: (texts: readonly string[]) => Promise<ReadonlyMap<string, Standing>>;
	/** Milliseconds. */
	readonly now: () => number;
}

/** Writing may take this part of the time. */
const LARGEST_SHARE = 0.08;
/** Parcels in a block at most, so that not too many are in doubt. */
const LARGEST_BLOCK = 64;

class Block<P> {
	private readonly away: Set<P>;
	private free: () => void = () => undefined;
	readonly areBack: Promise<void>;

	constructor(
		parcels: readonly P[],
		readonly standings: ReadonlyMap<string, Standing>,
	) {
		this.away = new Set(parcels);
		this.areBack = new Promise((resolve) => {
			this.free = resolve;
		});
	}

	back(parcel: P): void {
		this.away.delete(parcel);
		if (this.away.size === 0) this.free();
	}
}

export class Gate<P> {
	private readonly blockOf = new Map<P, Block<P>>();
	private readonly open: Array<Block<P>> = [];
	private next = 0;
	private size: number;
	/** When the latest block was written down; null before the first. */
	private lastWritten: number | null = null;
	private opening: Promise<void> = Promise.resolve();

	constructor(private readonly settings: GateSettings<P>) {
		this.size = settings.firstBlock;
	}

	/** Resolves when the parcel may leave. Parcels must be asked for in their order. */
	async admit(parcel: P): Promise<ReadonlyMap<string, Standing>> {
		this.opening = this.opening.then(async () => {
			while (!this.blockOf.has(parcel) && this.next < this.settings.parcels.length) await this.openBlock();
		});
		await this.opening;
		return this.blockOf.get(parcel)?.standings ?? new Map();
	}

	/** The parcel's answer is there, or it will not leave. */
	back(parcel: P): void {
		this.blockOf.get(parcel)?.back(parcel);
	}

	private async openBlock(): Promise<void> {
		if (this.open.length > 1) await this.open.shift()?.areBack;
		const { parcels, textsOf, enter, now } = this.settings;
		const begin = now();
		const ahead = parcels.slice(this.next, this.next + this.size);
		const standings = await enter(ahead.flatMap((parcel) => textsOf(parcel)));
		const end = now();
		const block = new Block(ahead, standings);
		for (const parcel of ahead) this.blockOf.set(parcel, block);
		this.open.push(block);
		this.next += ahead.length;
		// A gateway that answers fast, or a long history: fewer and larger blocks.
		const isDear = this.lastWritten !== null && end - begin > (end - this.lastWritten) * LARGEST_SHARE;
		if (isDear) this.size = Math.max(this.size, Math.min(this.size * 2, LARGEST_BLOCK));
		this.lastWritten = end;
	}
}
