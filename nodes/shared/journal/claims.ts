/**
 * What may be had once, whichever run asks: a text for a number, once per campaign, once a day. A run claims it before a
 * request leaves, and lets it go if the gateway refuses. docs/never-twice.md has the protocol. Pure but for the store.
 */
import type { Looks } from './claimHistory';
import { partMark, tendHistory } from './claimHistory';
import type { Part } from './claimMarks';
import { askingMark, begunMark, partsThatCount, sentMark } from './claimMarks';
import type { MarkStore } from './marks';

export interface Claim {
	/** Equal for what may be had once. */
	readonly name: string;
	/** How long it stays taken, in milliseconds; null: for ever. */
	readonly lastsMs: number | null;
}

/** Why a text may not leave. `taken`: an earlier run sent it. `inDoubt`: it was about to, and nobody knows what came of it. */
export interface Conflict<C extends Claim> {
	readonly claim: C;
	readonly is: 'taken' | 'inDoubt';
}

export interface ClaimsSettings {
	readonly store: MarkStore;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Of this process. */
	readonly looks: Looks;
	/** Some milliseconds, for another process to get out of the way. */
	readonly pause: () => Promise<void>;
}

/** What texts claim, by text. */
export type Wishes<C extends Claim> = ReadonlyMap<string, readonly C[]>;

/** A claim that this run makes. */
interface Step<C extends Claim> {
	readonly claim: C;
	/** The latest first. */
	readonly parts: readonly [Part, ...Part[]];
}

/** A claim that this run has made. */
interface Hold {
	readonly name: string;
	readonly marks: readonly string[];
	readonly sent: string;
	/** Texts of this run that wait for their outcome. */
	waiting: number;
	/** One of them was sent, or may have been. */
	isSpent: boolean;
}

/** Texts that are looked up together. */
const TEXTS_AT_ONCE = 500;

const begunMarks = <C extends Claim>({ claim, parts }: Step<C>): string[] =>
	parts.map((part) => begunMark(claim.name, part));

export class Claims<C extends Claim> {
	private readonly holds = new Map<string, Hold>();
	private readonly heldBy = new Map<string, Hold[]>();
	private released: string[] = [];

	constructor(private readonly settings: ClaimsSettings) {}

	/**
	 * Claims what these texts need. Tells why some of them may not leave; those are not to be settled.
	 * @throws HistoryFull, or as the store does: then none of them may leave
	 */
	async enter(wishes: Wishes<C>): Promise<ReadonlyMap<string, Conflict<C>>> {
		const { store, looks, pause } = this.settings;
		const now = this.settings.now();
		const steps = this.stepsFor(wishes, now);
		const times = new Set([...steps.values()].map(({ claim: { lastsMs } }) => lastsMs));
		await tendHistory(times, { store, now, looks, pause });
		await this.takeOutReleased();

		const parts = [...times].flatMap((lastsMs) => (lastsMs === null ? [] : [partMark(lastsMs, now)]));
		const earlier = await store.record([...parts, ...[...steps.values()].flatMap(begunMarks)]);
		const conflicts = await this.ask(steps, wishes, earlier);
		for (const [text, claims] of wishes) if (!conflicts.has(text)) this.hold(text, claims, steps);
		return conflicts;
	}

	/** Those that an earlier run has taken for certain. Claims nothing. @throws as the store does */
	async findTaken(wishes: Wishes<C>): Promise<ReadonlyMap<string, Conflict<C>>> {
		const conflicts = new Map<string, Conflict<C>>();
		const now = this.settings.now();
		const texts = [...wishes];
		for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
			const some = texts.slice(from, from + TEXTS_AT_ONCE);
			const signs = some.flatMap(([text, claims]) =>
				claims.flatMap((claim) => partsThatCount(claim.lastsMs, now).map((part) => ({ text, claim, part }))),
			);
			const marks = signs.flatMap(({ claim: { name }, part }) => [
				askingMark(name, part),
				sentMark(name, part),
			]);
			const earlier = await this.settings.store.ask(marks, (before) => missing(marks, before));
			for (const { text, claim, part } of signs) {
				const isTaken = earlier.has(sentMark(claim.name, part)) && !earlier.has(askingMark(claim.name, part));
				if (isTaken && !conflicts.has(text)) conflicts.set(text, { claim, is: 'taken' });
			}
		}
		return conflicts;
	}

	/** What became of a text that could leave; null where nobody knows. */
	settle(text: string, isOut: boolean | null): void {
		for (const hold of this.heldBy.get(text) ?? []) {
			hold.waiting--;
			if (isOut !== false) hold.isSpent = true;
			if (isOut === true) this.settings.store.leave([hold.sent]);
			if (hold.waiting > 0 || hold.isSpent) continue;
			this.holds.delete(hold.name);
			this.released.push(...hold.marks);
		}
		this.heldBy.delete(text);
	}

	/** Writes down what is not written yet. @throws as the store does */
	async write(): Promise<void> {
		await this.takeOutReleased();
		await this.settings.store.flush();
	}

	/** By name. What this run has claimed already, it has for all its texts. */
	private stepsFor(wishes: Wishes<C>, now: number): ReadonlyMap<string, Step<C>> {
		const steps = new Map<string, Step<C>>();
		for (const claim of [...wishes.values()].flat()) {
			if (!this.holds.has(claim.name))
				steps.set(claim.name, { claim, parts: partsThatCount(claim.lastsMs, now) });
		}
		return steps;
	}

	/** Asks what became of earlier claims, and takes out again what this run claimed in vain. */
	private async ask(
		steps: ReadonlyMap<string, Step<C>>,
		wishes: Wishes<C>,
		earlier: ReadonlySet<string>,
	): Promise<ReadonlyMap<string, Conflict<C>>> {
		const conflicts = new Map<string, Conflict<C>>();
		const questions = [...steps.values()].flatMap((step) => {
			const { claim } = step;
			// Whoever claimed it wrote down older parts as well.
			const part = step.parts.find((one) => earlier.has(begunMark(claim.name, one)));
			return part === undefined
				? []
				: [{ claim, sent: sentMark(claim.name, part), asking: askingMark(claim.name, part) }];
		});
		if (questions.length === 0) return conflicts;
		const marks = questions.flatMap(({ asking, sent }) => [asking, sent]);
		await this.settings.store.ask(marks, (answer) => {
			const known = new Map<string, Conflict<C>>();
			for (const { claim, asking, sent } of questions) {
				known.set(claim.name, { claim, is: answer.has(sent) && !answer.has(asking) ? 'taken' : 'inDoubt' });
			}
			const wanted = new Set<string>();
			for (const [text, claims] of wishes) {
				const found = claims.map(({ name }) => known.get(name)).find((one) => one !== undefined);
				if (found !== undefined) conflicts.set(text, found);
				else for (const { name } of claims) wanted.add(name);
			}
			const inVain = [...steps.values()].filter(({ claim }) => !wanted.has(claim.name));
			return [...missing(marks, answer), ...missing(inVain.flatMap(begunMarks), earlier)];
		});
		return conflicts;
	}

	private hold(text: string, claims: readonly C[], steps: ReadonlyMap<string, Step<C>>): void {
		const holds = claims.flatMap(({ name }) => {
			const step = steps.get(name);
			const known = this.holds.get(name);
			if (known !== undefined) return known;
			if (step === undefined) return [];
			const hold: Hold = {
				name,
				marks: begunMarks(step),
				sent: sentMark(name, step.parts[0]),
				waiting: 0,
				isSpent: false,
			};
			this.holds.set(name, hold);
			return hold;
		});
		for (const hold of holds) hold.waiting++;
		this.heldBy.set(text, holds);
	}

	private async takeOutReleased(): Promise<void> {
		const marks = [...this.released];
		if (marks.length === 0) return;
		await this.settings.store.remove(marks);
		this.released = this.released.slice(marks.length);
	}
}

function missing(marks: readonly string[], earlier: ReadonlySet<string>): string[] {
	return [...new Set(marks)].filter((mark) => !earlier.has(mark));
}
