/** What is remembered beyond this run: a set of marks. docs/never-twice.md says what they mean together. */

/** Where marks are kept. Nothing can be asked without being added. */
export interface MarkStore {
	/** Adds the marks in one step. Resolves with those that were there before. @throws when they cannot be written */
	record(marks: readonly string[]): Promise<ReadonlySet<string>>;
	/**
	 * The same, and takes out again what `undo` names, in a further step. Nothing else of this process comes between; other
	 * processes may, or the end of this one.
	 */
	ask(
		marks: readonly string[],
		undo: (earlier: ReadonlySet<string>) => readonly string[],
	): Promise<ReadonlySet<string>>;
	/** Takes marks out again, in one step. */
	remove(marks: readonly string[]): Promise<void>;
	/** Leaves marks to the next `record` or `ask`, whoever makes it. */
	leave(marks: readonly string[]): void;
	/** Lets the oldest marks go, beyond what is to be kept. Tells whether there were any. */
	trim(): Promise<boolean>;
	/** Writes what was left, if anything was. */
	flush(): Promise<void>;
}

/** As much of it as adds marks, and takes them out again. */
export type MarkWriter = Pick<MarkStore, 'record' | 'remove'>;

/** What is said of one attempt to send a text. */
export type Word = 'begun' | 'sent' | 'notSent' | 'closed';

export interface Attempt {
	readonly scope: string;
	readonly text: string;
	readonly number: number;
}

export function markOf({ scope, text, number }: Attempt, word: Word): string {
	return `${scope}|${text}|${number}|${word}`;
}

/** A request was to leave under this name, with all the texts that make it. Written with their `begun`. */
export const requestMark = (name: string): string => `request|${name}`;
/** Somebody asked whether there was such a request. What the question adds is not believed again. */
export const askedMark = (name: string): string => `request|${name}|asked`;
