/** Enough of them for a row to look like the sample's "country": "US". */
const COUNTRIES: ReadonlyArray<readonly [prefix: string, country: string]> = [
	['1', 'US'],
	['254', 'KE'],
	['33', 'FR'],
	['34', 'ES'],
	['380', 'UA'],
	['44', 'GB'],
	['49', 'DE'],
	['52', 'MX'],
	['7', 'RU'],
];

export const countryOf = (number: string): string =>
	COUNTRIES.find(([prefix]) => number.startsWith(prefix))?.[1] ?? '';
