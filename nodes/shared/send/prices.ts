import type { Message } from '../contract/message';
import type { Outcome, Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import { deliver } from './deliver';
import { groupBy } from './groupBy';
import type { Draft } from './messages';
import { planBatches } from './plan';
import type { Leg, Run } from './start';
import { deliverySettings, runOf } from './start';

/** What a gateway says of a text's price. */
export interface Quote {
	readonly outcome: Outcome;
	/** Kept only when it is wanted in the output. */
	readonly reply: GatewayReply | null;
}

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
	const messages = drafts.map(({ message }) => message);
	const quotes = await quotesOf(run, messages);
	for (const { message, result } of drafts) note(result, quotes.get(message));
}

/** Writes what was said of a price into a result; nothing where nothing was said. */
export function note(result: Draft['result'], quote: Quote | undefined): void {
	if (quote === undefined) return;
	result.outcome = quote.outcome;
	if (quote.reply !== null) result.reply = quote.reply;
}

/** Asks one gateway what texts would cost. Empty where it tells no prices, and where it is not to be asked. */
export async function quotesOf(leg: Leg, messages: readonly Message[]): Promise<ReadonlyMap<Message, Quote>> {
	const { gateway, connection, settings } = leg;
	const quotes = new Map<Message, Quote>();
	if (gateway.prices === null || connection === null) return quotes;
	const { open, problem } = connection;
	if (open === null) return new Map(messages.map((message) => [message, { outcome: problem, reply: null }]));
	await deliver({
		admit: null,
		...deliverySettings(leg, open),
		sender: gateway.prices,
		batches: planBatches(gateway.prices, messages, settings.batchSize),
		onStart: () => undefined,
		onOutcomes: (batch, outcomes, reply) => {
			const shown = settings.includeRaw ? reply : null;
			for (const [index, message] of batch.messages.entries()) {
				const outcome = outcomes[index];
				if (outcome !== undefined) quotes.set(message, { outcome: quoteIn(outcome), reply: shown });
			}
		},
	});
	return quotes;
}

/** A price that nobody told: nothing was sent, so there is nothing to check first. */
function quoteIn(outcome: Outcome): Outcome {
	if (outcome.accepted !== null) return outcome;
	const { kind, code, message } = outcome;
	const hint = 'Run this step again later. Nothing was sent.';
	return { accepted: false, origin: 'gateway', kind, code, message, hint, retry: 'later' };
}

function refuseAll(drafts: readonly Draft[], refusal: Refused): void {
	for (const { result } of drafts) result.outcome = refusal;
}
