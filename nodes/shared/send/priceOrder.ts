/** Cheapest First: which gateway a text begins at. Pure. */

/** What a gateway says that a text would cost there. */
export interface Offer {
	readonly cost: number;
	/** Null where nobody says what it is counted in. */
	readonly currency: string | null;
}

/**
 * Places in the order in which they are listed to the order in which they are asked. Prices in different currencies are
 * not compared: between two of those, it stays as it is listed. Places without a price come last.
 * @param offers of each place; null: it tells none
 */
export function cheapestFirst(offers: ReadonlyArray<Offer | null>): readonly number[] {
	const places = [...offers.keys()];
	const priced = places.filter((place) => offers[place] !== null);
	const currencyAt = (place: number): string | null => offers[place]?.currency ?? null;
	const sorted = new Map<string, number[]>();
	for (const place of priced) {
		const currency = currencyAt(place);
		if (currency !== null) sorted.set(currency, [...(sorted.get(currency) ?? []), place]);
	}
	// Equal prices stay as they are listed.
	for (const same of sorted.values()) same.sort((a, b) => (offers[a]?.cost ?? 0) - (offers[b]?.cost ?? 0));
	const inOrder = priced.map((place) => {
		const currency = currencyAt(place);
		return currency === null ? place : (sorted.get(currency)?.shift() ?? place);
	});
	return [...inOrder, ...places.filter((place) => offers[place] === null)];
}
