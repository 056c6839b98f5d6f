import type { Draft } from '../messages';
import type { Result } from '../result';
import type { Run } from '../start';
import type { Check } from './check';

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
		const find = check.ofMessages(run);
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
