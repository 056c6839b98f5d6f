/** Max Cost per Run: what the texts would cost is worked out before the first of them leaves, and all go out or none. */
import { LIMIT_LABELS } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, isFailure, refuseInput } from '../contract/outcome';
import { refuseGroup } from './groups';
import type { CostLimit } from './limits';
import type { Draft } from './messages';
import { mostSegments } from './mostSegments';
import { queryPrices } from './prices';
import { mayBeOut } from './result';
import type { Run } from './start';
import { hasSeveral, runOf } from './start';

const label = LIMIT_LABELS.maxCost;

interface Price {
	readonly cost: number;
	readonly currency: string | null;
}

/** For each draft, in order: its price, or why nobody knows it. */
type Prices = ReadonlyArray<Price | Refused>;

/**
 * The texts that may go out. One without a price stays back alone. What an earlier try of this run has sent counts.
 * @param drafts all of the run
 */
export async function keepToCost(
	run: Run,
	open: readonly Draft[],
	drafts: readonly Draft[],
): Promise<readonly Draft[]> {
	const limit = run.settings.limits.maxCost;
	if (limit === null || open.length === 0) return open;
	const { pricePerSegment } = limit;
	if (pricePerSegment === null && hasSeveral(run)) {
		const refusal = refuseSeveral();
		for (const { result } of open) result.outcome = refusal;
		return [];
	}
	// A preview asks nobody unless that is wanted.
	if (pricePerSegment === null && run.isPreview && !run.settings.includePrice) return open;

	const out = drafts.filter(({ result }) => mayBeOut(result));
	const counted = [...open, ...out];
	const prices =
		pricePerSegment === null
			? await quotedPrices(run, counted)
			: counted.map((draft) => typedPrice(runOf(run, draft), draft, pricePerSegment));
	const priced = open.filter(({ result }, index) => {
		const price = prices[index];
		if (price === undefined || 'cost' in price) return true;
		result.outcome = price;
		return false;
	});
	const refusal = priced.length === 0 ? null : refuseTotal(run, limit, priced, out, prices);
	if (refusal === null) return priced;
	for (const { result } of priced) result.outcome = refusal;
	return [];
}

function typedPrice(run: Run, draft: Draft, pricePerSegment: number): Price | Refused {
	const { sender } = run;
	const { message } = draft;
	const group = refuseGroup(sender, message, label);
	if (group !== null) return group;
	if (sender.isTextMessage(message.options)) {
		return { cost: mostSegments(run, draft).segments * pricePerSegment, currency: null };
	}
	return refuseInput(
		'invalid_parameter',
		`This is not a text message, so '${LIMIT_LABELS.pricePerSegment}' does not say what it costs. ${NOTHING_SENT}`,
		`Send it with a separate node, without '${label}'.`,
	);
}

async function quotedPrices(run: Run, drafts: readonly Draft[]): Promise<Prices> {
	const { prices, displayName } = run.gateway;
	if (prices === null) {
		const refusal = refuseInput(
			'invalid_parameter',
			`${displayName} gives no prices, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
			`Add '${LIMIT_LABELS.pricePerSegment}' under Limits.`,
		);
		return drafts.map(() => refusal);
	}
	// A preview with prices has asked already. The answers of others are kept apart: nothing has become of these texts.
	const copies = drafts.map((draft) => ({ ...draft, result: { ...draft.result } }));
	await queryPrices(
		run,
		copies.filter(({ result }) => priceIn(result) === null),
	);
	return copies.map(({ result }) => {
		const { outcome } = result;
		if (outcome !== null && isFailure(outcome) && outcome.accepted === false) return outcome;
		return priceIn(result) ?? noPrice(displayName);
	});
}

function priceIn({ outcome }: Draft['result']): Price | null {
	if (outcome === null || isFailure(outcome) || outcome.cost === null) return null;
	return { cost: outcome.cost, currency: outcome.currency ?? null };
}

function noPrice(gatewayName: string): Refused {
	return refuseInput(
		'invalid_parameter',
		`${gatewayName} gave no price for this text, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
		`Add '${LIMIT_LABELS.pricePerSegment}' under Limits.`,
	);
}

/** @param prices of all that is counted */
function refuseTotal(
	{ gateway }: Run,
	{ most, pricePerSegment }: CostLimit,
	priced: readonly Draft[],
	out: readonly Draft[],
	prices: Prices,
): Refused | null {
	const known = prices.filter((price) => 'cost' in price);
	const unknownOut = prices.slice(prices.length - out.length).some((price) => !('cost' in price));
	const currencies = new Set(known.map(({ currency }) => currency ?? gateway.currency));
	if (unknownOut || currencies.size > 1) return noTotal();
	const total = known.reduce((sum, { cost }) => sum + cost, 0);
	// Tenths are not exact in binary: 3 × 0.1 is more than 0.3.
	if (total <= most * (1 + 1e-9)) return null;
	const [currency] = currencies;
	const figures =
		pricePerSegment === null
			? `would cost ${shown(total)}${typeof currency === 'string' ? ` ${currency}` : ''}`
			: `would cost ${shown(total)}, at ${shown(pricePerSegment)} for a segment`;
	const earlier = out.length === 0 ? '' : ` and the ${out.length} that an earlier try has sent`;
	const texts = priced.length === 1 ? 'This text' : `The ${priced.length} texts of this run`;
	return refuseInput(
		'invalid_parameter',
		`${texts}${earlier} ${figures}, and '${label}' is ${shown(most)}. ${NOTHING_SENT}`,
		`Send fewer rows at a time, shorten the text, or raise '${label}'.`,
	);
}

/** A backup may be dearer, and gateways count in currencies of their own. */
function refuseSeveral(): Refused {
	return refuseInput(
		'invalid_parameter',
		`With several gateways, the gateways' prices do not show what this run costs, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
		`Add '${LIMIT_LABELS.pricePerSegment}' under Limits, for the most expensive of the gateways.`,
	);
}

function noTotal(): Refused {
	return refuseInput(
		'invalid_parameter',
		`The total cost of this run is unknown, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
		`Add '${LIMIT_LABELS.pricePerSegment}' under Limits.`,
	);
}

function shown(amount: number): string {
	return String(Number(amount.toFixed(6)));
}
