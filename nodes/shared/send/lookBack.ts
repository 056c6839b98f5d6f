/** What earlier runs have sent, looked up without a claim: for a preview, and for limits that count the texts of a run. */
import { Claims } from '../journal/claims';
import { N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import type { Draft } from './messages';
import type { OnceClaim } from './once';
import { outcomeOfConflict, outcomeWithoutJournal } from './once';
import type { Run } from './start';
import { runOf } from './start';

/** Never rejects. What is not found here may still be found when it is about to leave. */
export async function lookBack(run: Run, drafts: readonly Draft[]): Promise<void> {
	const { once, context, isPreview, settings, billed } = run;
	const { maxTexts, maxCost } = settings.limits;
	const isAsked = isPreview || maxTexts !== null || maxCost !== null;
	// What is only simulated, nobody gets.
	const real = drafts.filter(({ message }) => !message.options.testMode);
	if (once === null || billed !== null || real.length === 0) return;
	// A Retry has sent some of them itself.
	if (!isAsked || context.getMode() === 'retry') return;
	const now = (): number => clock.now();
	const pause = (): Promise<void> => clock.sleep(20);
	const store = new N8nMarks(context, { texts: real.length, forgetsNothing: true, now });
	const claims = new Claims<OnceClaim>({ store, now, looks: store.looks, pause });
	const wishes = new Map(
		real.map((draft, index) => {
			const { written, result } = draft;
			return [String(index), runOf(run, draft).once?.claimsOf(written, result.row) ?? []];
		}),
	);
	try {
		const conflicts = await claims.findTaken(wishes);
		for (const [index, draft] of real.entries()) {
			const conflict = conflicts.get(String(index));
			if (conflict === undefined) continue;
			run.sentBefore.set(draft.message, outcomeOfConflict(runOf(run, draft), conflict));
		}
	} catch (error) {
		const outcome = outcomeWithoutJournal(run, error);
		for (const { message } of real) run.sentBefore.set(message, outcome);
	}
}
