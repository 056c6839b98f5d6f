/** Which route a number takes, held against a second reading of the same rules. */
import fc from 'fast-check';
import type { CountryCode } from '../../../../nodes/shared/contract/countries';
import { routeFinder } from '../../../../nodes/shared/send/routing';

interface Route {
	readonly id: number;
	readonly countries: ReadonlySet<CountryCode>;
	readonly prefixes: readonly string[];
}

const route = (id: number, countries: readonly CountryCode[], ...prefixes: readonly string[]): Route => {
	return { id, countries: new Set(countries), prefixes };
};

const findIn = (routes: readonly Route[], countries: readonly CountryCode[]) => (e164: string) =>
	routeFinder(routes, () => countries)(e164)?.id ?? null;

it('a prefix before a country, and the longest first', () => {
	const routes = [route(0, ['KE'], '7'), route(1, ['RU'], '2547', '7705'), route(2, [], '25471')];
	expect(findIn(routes, ['KE'])('+254110000000')).toBe(0);
	expect(findIn(routes, ['KE'])('+254720000000')).toBe(1);
	expect(findIn(routes, ['KE'])('+254710000000')).toBe(2);
	expect(findIn(routes, ['RU'])('+79160000000')).toBe(0);
	expect(findIn(routes, ['KZ'])('+77050000000')).toBe(1);
	expect(findIn(routes, ['UG'])('+256700000000')).toBeNull();
});

it('a range that countries share goes where all of them lead, or has no route', () => {
	const routes = [route(0, ['US', 'CA']), route(1, ['GB'])];
	expect(findIn(routes, ['US', 'CA'])('+18000000000')).toBe(0);
	expect(findIn(routes, ['US', 'GB'])('+18000000000')).toBeNull();
	expect(findIn(routes, ['US', 'JM'])('+18000000000')).toBeNull();
	expect(findIn(routes, ['JM', 'US'])('+18000000000')).toBeNull();
	expect(findIn(routes, [])('+87000000000')).toBeNull();
});

it('where there are only prefixes, nobody asks for a country', () => {
	const ask = jest.fn(() => [] as const);
	expect(routeFinder([route(0, [], '254')], ask)('+255700000000')).toBeNull();
	expect(routeFinder([], ask)('+255700000000')).toBeNull();
	expect(ask).not.toHaveBeenCalled();
});

const digits = fc.stringMatching(/^[1-9]\d{0,5}$/);
const countries: readonly CountryCode[] = ['KE', 'RU', 'KZ', 'UA'];

it('any routes: the longest prefix that fits, else the one country', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(digits, { minLength: 0, maxLength: 8 }),
			fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
			fc.subarray([...countries]),
			digits,
			(prefixes, owners, possible, number) => {
				const ownerOf = (n: number): number => owners[n] ?? 0;
				const routes = [0, 1, 2].map((id) =>
					route(
						id,
						countries.filter((_, n) => ownerOf(n) === id),
						...prefixes.filter((_, n) => ownerOf(n + 4) === id),
					),
				);
				const fitting = prefixes.filter((prefix) => number.startsWith(prefix));
				const longest = [...fitting].sort((a, b) => a.length - b.length).at(-1);
				const led = new Set(possible.map((country) => ownerOf(countries.indexOf(country))));
				const expected =
					longest === undefined
						? led.size === 1
							? ([...led][0] ?? null)
							: null
						: ownerOf(prefixes.indexOf(longest) + 4);
				expect(findIn(routes, possible)(`+${number}`)).toBe(expected);
			},
		),
	);
});
