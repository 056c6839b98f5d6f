import type { Outcome, Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import { deliver } from './deliver';
import { groupBy } from './groupBy';
import type { Draft } from './messages';
import { planBatches } from './plan';
import { recordQuotes } from './record';
import type { Run } from './start';
import { deliverySettings, runOf } from './start';

/** Gives every message that may be sent its price as a quoted outcome. Nothing is sent. */
export async function queryPrices(run: Run, drafts: readonly Draft[]): Promise<void> {
	const groups = groupBy(drafts, (draft) => runOf(run, draft));
	const isOneOfSeveral = run.routes.length > 0;
	await Promise.all([...groups].map(([its, texts]) => queryGateway(its, texts, isOneOfSeveral)));
}

async function queryGateway(run: Run, drafts: readonly Draft[], isOneOfSeveral: boolean): Promise<void> {
	const { prices, displayName } = run.gateway;
	if (prices === null) {
		// The rows of the others have theirs.
		if (isOneOfSeveral) return;
		const fix = "Turn 'Include Price' off.";
		refuseAll(drafts, refuseInput('invalid_parameter', `${displayName} does not provide prices.`, fix));
		return;
	}
	if (run.connection === null) return;
	const { open, problem } = run.connection;
	if (open === null) {
		refuseAll(drafts, problem);
		return;
	}
	const messages = drafts.map(({ message }) => message);
	await deliver({
		admit: null,
		...deliverySettings(run, open),
		sender: prices,
		batches: planBatches(prices, messages, run.settings.batchSize),
		...recordQuotes(run, drafts, quoteOf),
	});
}

/** A price that nobody told: nothing was sent, so there is nothing to check first. */
function quoteOf(outcome: Outcome): Outcome {
	if (outcome.accepted !== null) return outcome;
	const { kind, code, message } = outcome;
	const hint = 'Run this step again later. Nothing was sent.';
	return { accepted: false, origin: 'gateway', kind, code, message, hint, retry: 'later' };
}

function refuseAll(drafts: readonly Draft[], refusal: Refused): void {
	for (const { result } of drafts) result.outcome = refusal;
}
