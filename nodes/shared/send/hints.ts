/** What n8n shows beside the results of a run (1.123 and 2.41): what a person should know of it, and does not see in a row. */
import type { NodeExecutionHint } from 'n8n-workflow';
import { failoverHint } from './failoverHint';
import { failuresHint } from './failuresHint';
import type { Job } from './job';
import type { Result } from './result';
import type { Run } from './start';
import { summaryHint } from './summaryHint';
import { testModeHint } from './testModeHint';
import { testRunHint } from './testRunHint';
import { orderHint } from './uncompared';
import { unicodeHint } from './unicodeHint';

/** Says something of a run; null where there is nothing to say. */
type Hint = (job: Job, results: readonly Result[], run: Run | null) => NodeExecutionHint | null;

/** More would not be read. The first ones are the more important ones. */
const MOST_HINTS = 3;

const HINTS: readonly Hint[] = [
	testModeHint,
	testRunHint,
	failuresHint,
	failoverHint,
	orderHint,
	unicodeHint,
	summaryHint,
];

/** @throws never: texts are out, and what is only said of them must not cost the results */
export function showHints(job: Job, results: readonly Result[], run: Run | null): void {
	try {
		const hints = HINTS.flatMap((hint) => hint(job, results, run) ?? []);
		if (hints.length > 0) job.context.addExecutionHints(...hints.slice(0, MOST_HINTS));
	} catch {
		// An n8n without such hints.
	}
}
