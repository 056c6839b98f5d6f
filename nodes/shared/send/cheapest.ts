/** Cheapest First: asks the gateways what each text would cost, and orders them by it. Nothing is sent. */
import { asText } from '../contract/json';
import type { Message } from '../contract/message';
import { BALANCE } from '../contract/operation';
import { isFailure } from '../contract/outcome';
import { queryThrough } from '../operations/queryOnce';
import { groupBy } from './groupBy';
import type { Draft } from './messages';
import type { Offer } from './priceOrder';
import { cheapestFirst } from './priceOrder';
import type { Quote } from './prices';
import { note, quotesOf } from './prices';
import type { Leg, Run } from './start';
import type { Itinerary, Stop } from './stops';
import { asListed } from './stops';
import { noteUncompared } from './uncompared';

/** A text at a gateway that may take it and tells prices. */
interface Question {
	readonly leg: Leg;
	readonly message: Message;
}

interface Prices {
	readonly quotes: ReadonlyMap<Message, Quote>;
	/** By gateway, where it does not stand beside the price; null where it could not be found out. */
	readonly currencies: ReadonlyMap<string, string | null>;
}

/** The gateways of each text, the cheapest first. */
export async function byPrice(run: Run, drafts: readonly Draft[]): Promise<Itinerary> {
	return (await pricedStops(run, drafts, 2)).stopsOf;
}

/** Writes into each result which gateway the text would begin at, and what it says of the price. */
export async function showCheapest(run: Run, drafts: readonly Draft[]): Promise<void> {
	// The price is shown also where there is none to compare it with.
	const { stopsOf, quotes } = await pricedStops(run, drafts, 1);
	for (const draft of drafts) {
		for (const { leg, read } of stopsOf(draft)) {
			const there = read(draft);
			if (there?.problem !== null) continue;
			draft.result.by = { gateway: leg.gateway, sender: leg.sender };
			draft.result.message = there.message;
			note(draft.result, quotes.get(there.message));
			break;
		}
	}
}

/** @param fewest gateways with prices: where there are fewer, they are not asked */
async function pricedStops(
	run: Run,
	drafts: readonly Draft[],
	fewest: number,
): Promise<{ readonly stopsOf: Itinerary; readonly quotes: Prices['quotes'] }> {
	const inPanel = asListed(run);
	const questions = new Map(drafts.map((draft) => [draft, questionsAbout(draft, inPanel(draft))]));
	const prices = await askAll(
		[...questions.values()].flatMap((all) => {
			const asked = all.flatMap((question) => question ?? []);
			return asked.length < fewest ? [] : asked;
		}),
	);
	const orders = new Map<Draft, readonly Stop[]>();
	for (const [draft, all] of questions) {
		const stops = inPanel(draft);
		if (stops.length < 2 || !draft.message.isNumber) continue;
		const offers = offersIn(all, prices);
		noteUncompared(
			run.uncompared,
			stops.map(({ leg: { gateway } }, place) => {
				return { gateway, wasAsked: all[place] !== null, offer: offers[place] ?? null };
			}),
		);
		orders.set(
			draft,
			cheapestFirst(offers).flatMap((place) => stops[place] ?? []),
		);
	}
	return { stopsOf: (draft) => orders.get(draft) ?? inPanel(draft), quotes: prices.quotes };
}

/** For each stop, in order; null where there is nothing to ask. */
function questionsAbout(draft: Draft, stops: readonly Stop[]): ReadonlyArray<Question | null> {
	return stops.map(({ leg, read }) => {
		if (leg.gateway.prices === null) return null;
		const there = read(draft);
		return there?.problem === null ? { leg, message: there.message } : null;
	});
}

async function askAll(questions: readonly Question[]): Promise<Prices> {
	const quotes = new Map<Message, Quote>();
	const currencies = new Map<string, string | null>();
	// The same gateway at several places is one account, with one pace.
	const groups = [...groupBy(questions, ({ leg }) => leg.gateway.id).values()];
	const askOne = async (group: (typeof groups)[number]): Promise<void> => {
		const [{ leg }] = group;
		const messages = group.map(({ message }) => message);
		const told = await quotesOf(leg, messages);
		for (const [message, quote] of told) quotes.set(message, quote);
		const isBare = [...told.values()].some((quote) => offerOf(leg, quote, null)?.currency === null);
		if (isBare && groups.length > 1) currencies.set(leg.gateway.id, await askCurrency(leg));
	};
	await Promise.all(groups.map(askOne));
	return { quotes, currencies };
}

/** An account counts in one currency. Where that does not stand beside a price, it stands beside the balance. */
async function askCurrency({ gateway, connection }: Leg): Promise<string | null> {
	const balance = gateway.operations.find(
		({ resource, operation }) => resource === BALANCE.resource && operation === BALANCE.operation,
	);
	const open = connection?.open ?? null;
	if (balance === undefined || open === null) return null;
	const answer = await queryThrough(open, gateway, balance, {});
	return 'rows' in answer ? asText(answer.rows[0]?.currency) : null;
}

/** Of a single gateway with prices nothing needs to be known: the others come behind it. */
const ONLY_ONE: Offer = { cost: 0, currency: null };

function offersIn(
	questions: ReadonlyArray<Question | null>,
	{ quotes, currencies }: Prices,
): ReadonlyArray<Offer | null> {
	const isOnlyOne = questions.filter((question) => question !== null).length === 1;
	return questions.map((question) => {
		if (question === null) return null;
		if (isOnlyOne) return ONLY_ONE;
		const { leg, message } = question;
		const quote = quotes.get(message);
		return quote === undefined ? null : offerOf(leg, quote, currencies.get(leg.gateway.id) ?? null);
	});
}

/** @param asked the currency of the account, where that had to be asked for */
function offerOf({ gateway }: Leg, { outcome }: Quote, asked: string | null): Offer | null {
	if (isFailure(outcome) || outcome.cost === null) return null;
	return { cost: outcome.cost, currency: outcome.currency ?? gateway.currency ?? asked };
}
