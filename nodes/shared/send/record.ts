/** Writes down what leaves and what came of it, as it happens: in the results, the ledger and the list of duplicates. */
import type { BaseOptions, Batch } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { Delivery } from './deliver';
import { textKey } from './ledger';
import type { Draft } from './messages';
import { mayBeOut } from './result';
import type { RunJournal } from './runJournal';
import type { Run } from './start';

type Listeners = Pick<Delivery<BaseOptions>, 'onStart' | 'onOutcomes'>;

export function record(run: Run, drafts: readonly Draft[], journal: RunJournal | null): Listeners {
	const { ledger, guard, settings, testMemory } = run;
	const draftOf = byMessage(drafts);
	return {
		onStart: ({ messages }) => {
			for (const message of messages) {
				const draft = draftOf.get(message);
				if (draft === undefined) continue;
				draft.result.isUnderWay = true;
				ledger?.begin(keyOf(run, draft));
				if (!message.options.testMode) testMemory?.begin(draft);
			}
		},
		onOutcomes: (batch, outcomes, reply) => {
			eachOutcome(draftOf, batch, outcomes, (draft, outcome) => {
				settle(draft, outcome, settings.includeRaw ? reply : null);
				ledger?.settle(keyOf(run, draft), outcome);
				journal?.settle(draft.message, outcome);
				if (draft.message.options.testMode) return;
				testMemory?.settle(draft, outcome);
				if (mayBeOut(draft.result)) guard.remember(draft.message);
			});
		},
	};
}

/** The same for prices: nothing leaves, so only the results are written. */
export function recordQuotes(
	{ settings }: Run,
	drafts: readonly Draft[],
	told: (outcome: Outcome) => Outcome,
): Listeners {
	const draftOf = byMessage(drafts);
	return {
		onStart: () => undefined,
		onOutcomes: (batch, outcomes, reply) => {
			eachOutcome(draftOf, batch, outcomes, (draft, outcome) => {
				settle(draft, told(outcome), settings.includeRaw ? reply : null);
			});
		},
	};
}

/**
 * Names a message within a run for the ledger. Its row and its person are enough where each try has the same rows: the
 * text may differ, as with {{ $now }} in it. An agent's tool is called with another text for its one row.
 */
export function keyOf(
	{ gateway, hasFixedRows }: Pick<Run, 'gateway' | 'hasFixedRows'>,
	{ result, message, identity }: Draft,
): string {
	const { from, text } = message;
	// In a test run a text may go to another number than its row's.
	const { row, to } = result;
	return hasFixedRows ? `${row}|${to}|${gateway.id}` : textKey(row, to, gateway.id, from, text, identity);
}

type DraftOf = ReadonlyMap<Draft['message'], Draft>;

function byMessage(drafts: readonly Draft[]): DraftOf {
	return new Map(drafts.map((draft) => [draft.message, draft]));
}

function eachOutcome(
	draftOf: DraftOf,
	{ messages }: Batch,
	outcomes: readonly Outcome[],
	write: (draft: Draft, outcome: Outcome) => void,
): void {
	for (const [index, message] of messages.entries()) {
		const draft = draftOf.get(message);
		const outcome = outcomes[index];
		if (draft !== undefined && outcome !== undefined) write(draft, outcome);
	}
}

function settle({ result }: Draft, outcome: Outcome, reply: GatewayReply | null): void {
	result.outcome = outcome;
	if (reply !== null) result.reply = reply;
}
