/** What kept Cheapest First from comparing prices. */
import type { Gateway } from '../contract/gateway';
import type { Offer } from './priceOrder';

/** By the names of gateways. */
export interface Uncompared {
	/** They tell no prices at all. */
	readonly silent: Set<string>;
	/** For how many texts they told none. */
	readonly without: Map<string, number>;
	/** Their currencies, where others count in another one; null: it is not known. */
	readonly currencies: Map<string, string | null>;
}

export const nothingUncompared = (): Uncompared => {
	return { silent: new Set(), without: new Map(), currencies: new Map() };
};

/** A gateway that one text may go through. */
export interface Compared {
	readonly gateway: Gateway;
	/** It tells prices, and can take this text. */
	readonly wasAsked: boolean;
	readonly offer: Offer | null;
}

/** @param all of one text */
export function noteUncompared({ silent, without, currencies }: Uncompared, all: readonly Compared[]): void {
	const offers = all.flatMap(({ offer }) => offer ?? []);
	const known = new Set(offers.map(({ currency }) => currency));
	const differ = offers.length > 1 && (known.size > 1 || known.has(null));
	for (const { gateway, wasAsked, offer } of all) {
		const { displayName, prices } = gateway;
		if (prices === null) silent.add(displayName);
		else if (offer !== null && differ) currencies.set(displayName, offer.currency);
		else if (offer === null && wasAsked) without.set(displayName, (without.get(displayName) ?? 0) + 1);
	}
}
