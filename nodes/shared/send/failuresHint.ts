/** Failed texts, by what went wrong: which of it is worth mending first, nobody counts by eye. */
import type { NodeExecutionHint } from 'n8n-workflow';
import { isFailure } from '../contract/outcome';
import { hasErrorOutput } from '../output/failure';
import { failureOf, isWantedSkip } from './errors';
import { redactorsOf } from './items';
import type { Job } from './job';
import type { Result } from './result';
import { mayHaveCode } from './result';
import type { Run } from './start';

/** So many reasons are named. */
const MOST_NAMED = 3;

interface Reason {
	readonly first: string;
	readonly alike: string;
	count: number;
}

/** @param run null when it could not be started */
export function failuresHint(
	job: Job,
	results: readonly Result[],
	run: Run | null,
): NodeExecutionHint | null {
	const { context, isPreview } = job;
	// Failed rows that leave by an output of their own are seen there.
	if (hasErrorOutput(context)) return null;
	const failed = results.filter(isFailed);
	if (failed.length === 0) return null;
	const have = failed.length === 1 ? 'has' : 'have';
	const { wordsRedactor } = redactorsOf(run);
	const reasons = wordsRedactor.text(reasonsOf(failed));
	const advice = isPreview
		? ''
		: ' "hint" in each row says what to do. To get failed rows on a separate output, set On Error to "Continue (using error output)" in the settings of this node.';
	const message = `${failed.length} of ${results.length} results ${have} an error. ${reasons}${advice}`;
	return { message, type: 'warning', location: 'outputPane' };
}

function isFailed(result: Result): boolean {
	const { outcome } = result;
	if (mayHaveCode(result) || (outcome !== null && !isFailure(outcome))) return false;
	return !isWantedSkip(failureOf(result));
}

/** "2 × Cannot send to …: a phone number cannot contain letters. 1 × …", the most frequent first. */
function reasonsOf(failed: readonly Result[]): string {
	const reasons = new Map<string, Reason>();
	for (const result of failed) {
		const { message } = failureOf(result);
		const alike = withoutParticulars(message, result.to);
		const known = reasons.get(alike);
		if (known === undefined) reasons.set(alike, { first: message, alike, count: 1 });
		else known.count++;
	}
	const sorted = [...reasons.values()].sort((a, b) => b.count - a.count);
	const named = sorted
		.slice(0, MOST_NAMED)
		.map(({ first, alike, count }) => `${count} × ${count === 1 ? first : alike}`);
	const others = sorted.slice(MOST_NAMED).reduce((sum, { count }) => sum + count, 0);
	return others === 0 ? named.join(' ') : `${named.join(' ')} ${others} × other reasons.`;
}

/** One sentence for rows that differ in their number only. */
function withoutParticulars(message: string, to: string): string {
	const general = message.replace(/"[^"]*"/g, '…');
	return to === '' ? general : general.split(to).join('…');
}
