/** What kept Cheapest First from comparing prices, and how that is told. */
import type { NodeExecutionHint } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Job } from './job';
import type { Offer } from './priceOrder';
import type { Result } from './result';
import type { Run } from './start';

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

const listed = (names: readonly string[]): string => names.join(' and ');

export function orderHint(
	{ cheapestFirst }: Job,
	_results: readonly Result[],
	run: Run | null,
): NodeExecutionHint | null {
	if (!cheapestFirst || run === null) return null;
	const { silent, without, currencies } = run.uncompared;
	const sentences: string[] = [];
	const [one, ...others] = silent;
	if (one !== undefined) {
		const [tell, come] = others.length === 0 ? ['tells', 'comes'] : ['tell', 'come'];
		sentences.push(`${listed([...silent])} ${tell} no prices and ${come} last.`);
	}
	for (const [name, texts] of without)
		sentences.push(
			`${name} gave no price for ${texts === 1 ? '1 text' : `${texts} texts`} and came last there.`,
		);
	if (currencies.size > 0) {
		const named = [...currencies].map(([name, currency]) => `${name} (${currency ?? 'currency not known'})`);
		sentences.push(
			`The prices of ${listed(named)} are not in one currency: between these, the order is as listed.`,
		);
	}
	if (sentences.length === 0) return null;
	return { message: `Cheapest First: ${sentences.join(' ')}`, type: 'info', location: 'outputPane' };
}
