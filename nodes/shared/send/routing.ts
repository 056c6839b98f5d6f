/** Which numbers have a gateway of their own. Pure. */
import type { CountryCode } from '../contract/countries';
import type { RoutePlan } from './places';

type Rule = Pick<RoutePlan, 'countries' | 'prefixes'>;

/**
 * The longest prefix decides, then the country. A range that several countries share is routed only where all of them
 * lead to the same place. Null: the number has no route.
 */
export function routeFinder<R extends Rule>(
	routes: readonly R[],
	countriesOf: (e164: string) => readonly CountryCode[],
): (e164: string) => R | null {
	if (routes.length === 0) return () => null;
	const byPrefix = new Map(
		routes.flatMap((route) => route.prefixes.map((prefix) => [prefix, route] as const)),
	);
	const byCountry = new Map(
		routes.flatMap((route) => [...route.countries].map((country) => [country, route] as const)),
	);
	const lengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))].sort((a, b) => b - a);
	return (e164) => {
		const digits = e164.slice(1);
		for (const length of lengths) {
			const route = byPrefix.get(digits.slice(0, length));
			if (route !== undefined) return route;
		}
		if (byCountry.size === 0) return null;
		const [first = null, ...others] = countriesOf(e164).map((country) => byCountry.get(country) ?? null);
		return others.every((other) => other === first) ? first : null;
	};
}
