/** Whether anything of a run is written down, and where. */
import { Claims } from '../journal/claims';
import { reachesBack } from '../journal/history';
import { Journal } from '../journal/journal';
import { N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import type { JournalScope } from './journalScope';
import { scopeOf } from './journalScope';
import type { Draft } from './messages';
import type { OnceClaim } from './once';
import { marksKept } from './once';
import type { Result } from './result';
import { RunJournal } from './runJournal';
import type { Run } from './start';
import { runOf } from './start';
import { keysOf } from './textNames';

/** Null where nothing is written down: what is no text, what is only simulated, and what neither a Retry nor a limit asks for. */
export async function openJournal(
	run: Run,
	drafts: readonly Draft[],
	results: readonly Result[],
): Promise<RunJournal | null> {
	const { context, billed, settings, once } = run;
	if (billed !== null || drafts.length === 0) return null;
	// Each gateway writes down its own try.
	const tries = drafts.reduce((sum, draft) => sum + 1 + runOf(run, draft).later.length, 0);
	const texts = tries + (run.codes?.textsKept ?? 0);
	// A Retry through a gateway that sends would leave out texts that nobody has got.
	if (drafts.every(({ message }) => message.options.testMode)) return null;
	const scope = settings.limits.skipDuplicates === 'off' ? null : scopeOf(run);
	if (scope === null && once === null) return null;
	const isRetry = scope?.isRetry ?? false;
	const now = (): number => clock.now();
	const pause = (): Promise<void> => clock.sleep(20);
	const kept = once === null ? {} : { marks: marksKept(run, once, texts) };
	const store = new N8nMarks(context, { texts, forgetsNothing: isRetry || once !== null, now, ...kept });
	const journal = scope === null ? null : await journalFor(scope, store);
	const claims = once === null ? null : new Claims<OnceClaim>({ store, now, looks: store.looks, pause });
	return new RunJournal(run, { store, journal, claims, isRetry }, keysOf(run, results), drafts);
}

async function journalFor({ scopes, isRetry, since }: JournalScope, store: N8nMarks): Promise<Journal> {
	const isComplete = !isRetry || (await reachesBack(store, since).catch(() => false));
	const { latest } = store;
	return new Journal({ store, scopes, heedsEarlier: isRetry, isComplete, latest });
}
