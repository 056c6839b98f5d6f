/** What earlier runs have sent, looked up without a claim: for a preview, and for limits that count the texts of a run. */
import type { Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import { Claims } from '../journal/claims';
import { N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import type { Draft } from './messages';
import type { OnceClaim } from './once';
import { outcomeOfFinding, outcomeWithoutJournal } from './once';
import type { Run } from './start';

/** Never rejects. What is not found here may still be found when it is about to leave. */
export async function lookBack(run: Run, drafts: readonly Draft[]): Promise<ReadonlyMap<Message, Outcome>> {
	const { once, context, isPreview, settings, billed } = run;
	const { maxTexts, maxCost } = settings.limits;
	const isAsked = isPreview || maxTexts !== null || maxCost !== null;
	// What is only simulated, nobody gets.
	const real = drafts.filter(({ message }) => !message.options.testMode);
	if (once === null || billed !== null || real.length === 0) return new Map();
	// A Retry has sent some of them itself.
	if (!isAsked || context.getMode() === 'retry') return new Map();
	const now = (): number => clock.now();
	const pause = (): Promise<void> => clock.sleep(20);
	const store = new N8nMarks(context, { texts: real.length, forgetsNothing: true, now });
	const claims = new Claims<OnceClaim>({ store, now, looks: store.looks, pause });
	const wishes = new Map(
		real.map((draft, index) => [String(index), once.claimsOf(draft.written, draft.result.row)]),
	);
	try {
		const findings = await claims.lookUp(wishes);
		return new Map(
			real.flatMap(({ message }, index) => {
				const finding = findings.get(String(index));
				return finding === undefined ? [] : [[message, outcomeOfFinding(run, finding)] as const];
			}),
		);
	} catch (error) {
		const outcome = outcomeWithoutJournal(run, error);
		return new Map(real.map(({ message }) => [message, outcome]));
	}
}
