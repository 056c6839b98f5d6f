import type { Draft } from '../messages';
import type { Result } from '../result';
import type { Run } from '../start';
import { runOf } from '../start';
import type { Check, Finding } from './check';

/** Settles every message that a check keeps back, and returns those that may go out. */
export function applyChecks(
	checks: readonly Check[],
	run: Run,
	drafts: readonly Draft[],
	results: readonly Result[],
): readonly Draft[] {
	let open = drafts;
	for (const check of checks) {
		if ('ofRun' in check) {
			const refusal = check.ofRun(run, results);
			if (refusal === null) continue;
			for (const result of results) result.outcome = refusal;
			return [];
		}
		if ('ofOpen' in check) {
			const refusal = check.ofOpen(run, open, results);
			if (refusal === null) continue;
			for (const { result } of open) result.outcome = refusal;
			return [];
		}
		const find = finderOf(check.ofMessages, run);
		open = open.filter((draft) => {
			const found = find(draft);
			if (found === null) return true;
			if ('sharesWith' in found) draft.result.sharesWith = found.sharesWith;
			else draft.result.outcome = found;
			return false;
		});
	}
	return open;
}

/** Each text is checked as its own gateway wants it. */
function finderOf(ofMessages: (run: Run) => (draft: Draft) => Finding, run: Run): (draft: Draft) => Finding {
	const finders = new Map<Run, (draft: Draft) => Finding>();
	return (draft) => {
		const its = runOf(run, draft);
		const find = finders.get(its) ?? ofMessages(its);
		finders.set(its, find);
		return find(draft);
	};
}
