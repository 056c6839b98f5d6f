/** Writes down what leaves and what came of it, as it happens: in the results, the ledger and the journal. */
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import { clock } from '../time/clock';
import type { Delivery } from './deliver';
import type { Departures } from './departures';
import { textKey } from './ledger';
import type { Draft } from './messages';
import { addTried, leaveFor } from './result';
import type { RunJournal } from './runJournal';
import type { Leg } from './start';

type Listeners = Pick<Delivery<BaseOptions>, 'onStart' | 'onOutcomes'>;

/** The texts for one gateway, and what is asked and written down when they leave. */
interface Leaving {
	readonly parcels: ReadonlyMap<Message, Draft>;
	readonly departures: Pick<Departures, 'keepsBack'>;
	readonly journal: RunJournal | null;
}

/** @param keepsTries other gateways may get what this one does not take, or a later try would be for another time */
export function record(leg: Leg, { parcels, departures, journal }: Leaving, keepsTries: boolean): Listeners {
	const { ledger, settings, gateway, sender, testMemory } = leg;
	const by = { gateway, sender };
	const asked = new Set<Message>();
	return {
		onStart: ({ messages }) => {
			for (const message of messages) {
				const draft = parcels.get(message);
				if (draft === undefined) continue;
				if (keepsTries) {
					asked.add(message);
					leaveFor(draft.result, by, message);
				}
				draft.result.isUnderWay = true;
				ledger?.begin(keyOf(leg, draft));
				if (!message.options.testMode) testMemory?.begin(draft);
			}
		},
		onOutcomes: (batch, outcomes, reply) => {
			eachOutcome(parcels, batch, outcomes, (draft, outcome, message) => {
				const shown = settings.includeRaw ? reply : null;
				const wasAsked = asked.has(message);
				// What is kept back is no matter of this gateway, and another one must not get it.
				if (keepsTries && !departures.keepsBack(message)) {
					addTried(draft.result, { by, message, outcome, wasAsked, reply: shown, at: clock.now() });
				} else settle(draft, outcome, shown);
				ledger?.settle(keyOf(leg, draft), draft.result.outcome ?? outcome, draft.result.tried);
				journal?.settle(draft.message, outcome);
				if (!message.options.testMode) testMemory?.settle(draft, outcome);
			});
		},
	};
}

/**
 * Names a message within a run for the ledger, whichever gateway has it. Its row and its person are enough where each try
 * has the same rows: the text may differ, as with {{ $now }} in it. An agent's tool is called with another text for its one
 * row.
 */
export function keyOf(
	{ hasFixedRows }: Pick<Leg, 'hasFixedRows'>,
	{ result, message, identity }: Draft,
): string {
	const { from, text } = message;
	// In a test run a text may go to another number than its row's.
	const { row, to } = result;
	return hasFixedRows ? `${row}|${to}` : textKey(row, to, from, text, identity);
}

function eachOutcome(
	draftOf: ReadonlyMap<Message, Draft>,
	{ messages }: Batch,
	outcomes: readonly Outcome[],
	write: (draft: Draft, outcome: Outcome, message: Message) => void,
): void {
	for (const [index, message] of messages.entries()) {
		const draft = draftOf.get(message);
		const outcome = outcomes[index];
		if (draft !== undefined && outcome !== undefined) write(draft, outcome, message);
	}
}

function settle({ result }: Draft, outcome: Outcome, reply: GatewayReply | null): void {
	result.outcome = outcome;
	if (reply !== null) result.reply = reply;
}
