/** Cheapest First: the order that prices make of the gateways. */
import fc from 'fast-check';
import type { Offer } from '../../../../nodes/shared/send/priceOrder';
import { cheapestFirst } from '../../../../nodes/shared/send/priceOrder';

const rub = (cost: number): Offer => ({ cost, currency: 'RUB' });
const uah = (cost: number): Offer => ({ cost, currency: 'UAH' });
const unknown = (cost: number): Offer => ({ cost, currency: null });

it.each<[string, ReadonlyArray<Offer | null>, readonly number[]]>([
	['the lowest price is the first', [rub(3), rub(2), rub(1)], [2, 1, 0]],
	['equal prices stay as they are listed', [rub(2), rub(1), rub(1)], [1, 2, 0]],
	['a text that costs nothing is the cheapest', [rub(1), rub(0)], [1, 0]],
	['without a price, last', [null, rub(3), null, rub(1)], [3, 1, 0, 2]],
	['no prices at all: as listed', [null, null, null], [0, 1, 2]],
	['two currencies: as listed', [rub(3), uah(1)], [0, 1]],
	['of one currency, around another', [rub(3), uah(5), rub(1)], [2, 1, 0]],
	['a currency that nobody knows is no other one', [unknown(3), unknown(1)], [0, 1]],
	['nor that of the others', [rub(3), unknown(1)], [0, 1]],
	['one gateway', [rub(3)], [0]],
	['none', [], []],
])('%s', (_, offers, order) => {
	expect(cheapestFirst(offers)).toEqual(order);
});

const offer = fc.option(
	fc.record<Offer>({
		cost: fc.double({ min: 0, max: 9, noNaN: true }),
		currency: fc.constantFrom('RUB', 'UAH', null),
	}),
);

it('any prices: each place once, prices before none, and within a currency from low to high', () => {
	fc.assert(
		fc.property(fc.array(offer, { maxLength: 6 }), (offers) => {
			const order = cheapestFirst(offers);
			expect([...order].sort((a, b) => a - b)).toEqual([...offers.keys()]);
			const inOrder = order.map((place) => offers[place] ?? null);
			const priced = inOrder.filter((one) => one !== null);
			expect(inOrder.slice(0, priced.length)).toEqual(priced);
			// The currencies keep their places: between two of them, nobody knows better.
			const listed = offers.flatMap((one) => (one === null ? [] : [one.currency]));
			expect(priced.map(({ currency }) => currency)).toEqual(listed);
			for (const currency of ['RUB', 'UAH']) {
				const costs = priced.filter((one) => one.currency === currency).map(({ cost }) => cost);
				expect(costs).toEqual([...costs].sort((a, b) => a - b));
			}
			// Without a price, and without a currency, as listed.
			const places = (isSo: (one: Offer | null) => boolean): number[] =>
				order.filter((place) => isSo(offers[place] ?? null));
			for (const isSo of [
				(one: Offer | null) => one === null,
				(one: Offer | null) => one?.currency === null,
			]) {
				expect(places(isSo)).toEqual(places(isSo).sort((a, b) => a - b));
			}
		}),
	);
});
