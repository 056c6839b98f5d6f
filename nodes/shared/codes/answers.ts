/**
 * What this run has answered already. n8n's Retry On Fail runs the whole node again, in the same process and with the same
 * execution id, node and run index: a code that was confirmed in the first try must not be told as used in the second.
 */
import type { CodeVerdict } from './judge';

interface Answers {
	touchedAt: number;
	readonly verdicts: Map<string, CodeVerdict>;
}

/** n8n waits five seconds at most between two tries; it may be busy. */
const KEEP_MS = 5 * 60_000;

const runs = new Map<string, Answers>();

/** The answers of earlier tries of a run, to be added to. By row, token and what was typed: in memory only. */
export function answersOf(run: string, now: number): Map<string, CodeVerdict> {
	for (const [name, { touchedAt }] of runs) if (now - touchedAt > KEEP_MS) runs.delete(name);
	const answers = runs.get(run) ?? { touchedAt: now, verdicts: new Map<string, CodeVerdict>() };
	answers.touchedAt = now;
	runs.set(run, answers);
	return answers.verdicts;
}

/** To be called where n8n does not run the node again. */
export function forgetAnswers(run: string): void {
	runs.delete(run);
}
