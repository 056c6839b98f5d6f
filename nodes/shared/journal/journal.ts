/**
 * The protocol of docs/never-twice.md: which texts a run may send, by what is written down of them, and what it writes
 * down itself. Pure but for the store.
 */
import type { Attempt, MarkStore, Word } from './marks';
import { askedMark, markOf, requestMark } from './marks';

/**
 * `mine`: may leave now. `sent`: an earlier run sent it. `inDoubt`: it may be out, and nobody knows. `reconcile`: the same,
 * but it can only have left in the request of this name, which the gateway can be asked about; nobody else will ask.
 */
export type Standing = 'mine' | 'sent' | 'inDoubt' | { readonly reconcile: string };

/** Texts that are to leave in one request. */
export interface Parcel {
	readonly texts: readonly string[];
	/** What to call the request at the gateway, by scope: another request never has this name. Null where it takes none. */
	readonly nameIn: ((scope: string) => string) | null;
}

export interface Entered {
	readonly standings: ReadonlyMap<string, Standing>;
	/** The names that requests of this run may bear. */
	readonly names: ReadonlySet<string>;
}

export interface JournalSettings {
	readonly store: MarkStore;
	/** What a text must be new in. */
	readonly scopes: readonly string[];
	/** What earlier runs did counts. Otherwise every text is sent, and is written down as a further attempt. */
	readonly heedsEarlier: boolean;
	/** Nothing that matters can have been forgotten. */
	readonly isComplete: boolean;
	/**
	 * Scope and text → the latest attempt that this process knows of. Whoever does not heed earlier runs begins there: the
	 * same alarm a thousand times a day would otherwise go through a thousand attempts.
	 */
	readonly latest: Map<string, number>;
}

interface Step extends Attempt {
	/** Somebody else closed the attempt before this one, and may have died before saying what came of it. */
	readonly isHandedOver: boolean;
}

/** What is entered in one scope, and what comes of it. */
interface Entry {
	readonly scope: string;
	readonly parcels: readonly Parcel[];
	readonly standings: Map<string, Standing>;
	readonly names: Set<string>;
}

export class Journal {
	/** The attempts whose end this run has to write down. */
	private readonly held = new Map<string, Attempt[]>();
	/** Attempts of this run that came to nothing: the text may leave again, as the next one. */
	private readonly failed = new Map<string, readonly Attempt[]>();
	private unwritten: string[] = [];

	constructor(private readonly settings: JournalSettings) {}

	/** In which a run that is no Retry writes. */
	get scope(): string {
		return this.settings.scopes.at(-1) ?? '';
	}

	/** Writes down that these texts are about to leave, and tells which of them may. @throws as the store does */
	async enter(parcels: readonly Parcel[]): Promise<Entered> {
		const texts = parcels.flatMap((parcel) => parcel.texts);
		const standings = new Map<string, Standing>(texts.map((text) => [text, 'mine']));
		const names = new Set<string>();
		for (const scope of this.settings.scopes) {
			const mine = [...standings.keys()].filter((text) => standings.get(text) === 'mine');
			if (mine.length > 0) await this.enterScope({ scope, parcels, standings, names }, mine);
		}
		for (const [text, standing] of standings) if (standing === 'sent') this.settle(text, true);
		return { standings, names };
	}

	/** What became of a text that has been entered. It is written down with the next block, or by `write`. */
	settle(text: string, isOut: boolean): void {
		const attempts = this.held.get(text) ?? [];
		for (const attempt of attempts) this.say(attempt, isOut ? 'sent' : 'notSent');
		if (!isOut && attempts.length > 0) this.failed.set(text, attempts);
		this.held.delete(text);
	}

	/** Takes what has not been written down yet. */
	takeUnwritten(): readonly string[] {
		const marks = this.unwritten;
		this.unwritten = [];
		return marks;
	}

	/** Writes down what is not written yet. @throws as the store does */
	async write(): Promise<void> {
		if (this.unwritten.length > 0) await this.record([]);
	}

	private async enterScope(entry: Entry, texts: readonly string[]): Promise<void> {
		const { scope, standings, names } = entry;
		let open: Step[] = texts.map((text) => {
			return { scope, text, number: this.firstNumber(scope, text), isHandedOver: false };
		});
		// A Retry names no request: what it begins may be a further attempt, and the name would not say so.
		let named = this.settings.heedsEarlier ? [] : namesIn(entry);
		while (open.length > 0) {
			const begun = open.map((step) => markOf(step, 'begun'));
			const earlier = await this.record([...named.map(requestMark), ...begun]);
			for (const name of named) if (!earlier.has(requestMark(name))) names.add(name);
			named = [];
			const known: Step[] = [];
			for (const step of open) {
				if (earlier.has(markOf(step, 'begun'))) known.push(step);
				else {
					standings.set(step.text, this.standingOfNew(step));
					this.hold(step);
				}
			}
			open = known.length === 0 ? [] : await this.close(known, entry);
		}
	}

	/** That an own attempt came to nothing is written in the call that begins the next: a crash leaves both, or neither. */
	private firstNumber(scope: string, text: string): number {
		const own = this.failed.get(text)?.find((attempt) => attempt.scope === scope);
		if (own !== undefined) return own.number + 1;
		return this.settings.heedsEarlier ? 0 : (this.settings.latest.get(`${scope}|${text}`) ?? 0);
	}

	/** Asks what came of attempts that are begun already. Returns the next ones, where those are to be tried. */
	private async close(known: readonly Step[], entry: Entry): Promise<Step[]> {
		const words: readonly Word[] = ['closed', 'sent', 'notSent'];
		const nameOf = this.settings.heedsEarlier ? namesByText(known, entry) : new Map<string, string>();
		const requests = [...new Set(nameOf.values())].flatMap((name) => [requestMark(name), askedMark(name)]);
		const asked = known.flatMap((step) => words.map((word) => markOf(step, word)));
		const earlier = await this.record([...asked, ...requests]);
		const next: Step[] = [];
		for (const step of known) {
			const was = (word: Word): boolean => earlier.has(markOf(step, word));
			const following: Step = { ...step, number: step.number + 1, isHandedOver: was('closed') };
			const isFree = !this.settings.heedsEarlier || (was('notSent') && !was('sent'));
			if (was('closed') || isFree) {
				next.push(following);
				continue;
			}
			const name = nameOf.get(step.text);
			const leftUnder = name !== undefined && earlier.has(requestMark(name)) && !earlier.has(askedMark(name));
			const doubt: Standing = leftUnder ? { reconcile: name } : 'inDoubt';
			entry.standings.set(step.text, was('sent') ? 'sent' : doubt);
			this.say(following, 'begun');
			this.hold(following);
		}
		return next;
	}

	private standingOfNew({ number, isHandedOver }: Step): Standing {
		if (!this.settings.heedsEarlier) return 'mine';
		if (isHandedOver) return 'inDoubt';
		return number === 0 && !this.settings.isComplete ? 'inDoubt' : 'mine';
	}

	private hold({ scope, text, number }: Step): void {
		if (number > 0) this.settings.latest.set(`${scope}|${text}`, number);
		this.held.set(text, [...(this.held.get(text) ?? []), { scope, text, number }]);
	}

	private say(attempt: Attempt, word: Word): void {
		this.unwritten.push(markOf(attempt, word));
	}

	/** Adds what is not written yet. It stays unwritten where that fails. */
	private async record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		const waiting = [...this.unwritten];
		const earlier = await this.settings.store.record([...waiting, ...marks]);
		this.unwritten = this.unwritten.slice(waiting.length);
		return earlier;
	}
}

const namesIn = ({ scope, parcels }: Entry): string[] =>
	parcels.flatMap(({ nameIn }) => nameIn?.(scope) ?? []);

/** The names that requests had in the execution's first run, if they were the same; of its first attempts alone. */
function namesByText(known: readonly Step[], { scope, parcels }: Entry): Map<string, string> {
	const firsts = new Set(known.flatMap(({ text, number }) => (number === 0 ? [text] : [])));
	return new Map(
		parcels.flatMap(({ texts, nameIn }) => {
			const some = texts.filter((text) => firsts.has(text));
			const name = some.length === 0 ? null : (nameIn?.(scope) ?? null);
			return name === null ? [] : some.map((text) => [text, name] as const);
		}),
	);
}
