/** Which codes have been tried and used: in this process for certain, and in n8n's database for the others. */
import type { MarkWriter } from '../journal/marks';
import type { TokenFacts } from './token';

interface Known {
	taken: number;
	isUsed: boolean;
	readonly expiresAt: number;
}

const KEEP_KNOWN = 100_000;

/** By node and code: what this process knows, which no other process can make it forget. */
const known = new Map<string, Known>();

export class Tries {
	/** @param node names the workflow and the node that count */
	constructor(
		private readonly store: MarkWriter,
		private readonly node: string,
		private readonly now: number,
	) {}

	/**
	 * Takes one try before anything is compared. Resolves with how many are left behind it; null when there was none.
	 * @throws when it cannot be written down: then none was taken
	 */
	async take(token: TokenFacts): Promise<number | null> {
		const code = this.knownOf(token);
		if (code.taken >= token.tries) return null;
		// Counted before anything is awaited: of a thousand at once, no more than `tries` get past this line.
		code.taken++;
		let isWritten = false;
		try {
			const left = await this.takeSlot(token, code.taken);
			isWritten = true;
			if (left === null) code.taken = token.tries;
			return left;
		} finally {
			if (!isWritten) code.taken--;
		}
	}

	/** Other processes may have taken some. */
	private async takeSlot({ id, tries }: TokenFacts, first: number): Promise<number | null> {
		for (let slot = first; slot <= tries; slot++) {
			if (await this.isNew(`code|${id}|try ${slot}`)) return tries - slot;
		}
		return null;
	}

	/** Uses a code up: true for the first one who does. @throws when it cannot be written down */
	async use(token: TokenFacts): Promise<boolean> {
		const code = this.knownOf(token);
		if (code.isUsed) return false;
		code.isUsed = true;
		let isWritten = false;
		try {
			const isFirst = await this.isNew(`code|${token.id}|used`);
			isWritten = true;
			return isFirst;
		} finally {
			// Nobody was told that it is right.
			if (!isWritten) code.isUsed = false;
		}
	}

	private async isNew(mark: string): Promise<boolean> {
		return !(await this.store.record([mark])).has(mark);
	}

	private knownOf({ id, expiresAt }: TokenFacts): Known {
		const name = `${this.node}|${id}`;
		const code = known.get(name) ?? { taken: 0, isUsed: false, expiresAt };
		if (known.size >= KEEP_KNOWN) forgetExpired(this.now);
		known.set(name, code);
		return code;
	}
}

function forgetExpired(now: number): void {
	for (const [name, { expiresAt }] of known) if (expiresAt < now) known.delete(name);
	for (const oldest of known.keys()) {
		if (known.size < KEEP_KNOWN) break;
		known.delete(oldest);
	}
}

/** For tests: what a new process would know. */
export function forgetTries(): void {
	known.clear();
}
