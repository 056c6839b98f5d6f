/** What is remembered beyond this run: a set of marks. docs/never-twice.md says what they mean together. */

/** Where marks are kept. Nothing can be asked without being added. */
export interface MarkStore {
	/** Adds the marks in one step. Resolves with those that were there before. @throws when they cannot be written */
	record(marks: readonly string[]): Promise<ReadonlySet<string>>;
	/** Takes marks out again, in one step. */
	remove(marks: readonly string[]): Promise<void>;
}

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
