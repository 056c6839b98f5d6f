/** Time zones by their IANA names, and those of a country, as ICU knows them. */

/** Zones in a country's list that its phone numbers do not follow. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
	CN: ['Asia/Shanghai'],
	UA: ['Europe/Kiev'],
};

/** Node 20 has the one, later versions have both or the other; TypeScript 5 knows none of them. */
type LocaleZones = Intl.Locale & {
	readonly timeZones?: readonly string[];
	getTimeZones?(): readonly string[] | undefined;
};

const known = new Map<string, readonly string[]>();

/** Empty where nobody knows. @param country ISO 3166-1 alpha-2 */
export function zonesOfCountry(country: string): readonly string[] {
	const zones = known.get(country) ?? EXCEPTIONS[country] ?? zonesByIcu(country);
	known.set(country, zones);
	return zones;
}

function zonesByIcu(country: string): readonly string[] {
	const locale: LocaleZones = new Intl.Locale('und', { region: country });
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

export function isTimeZone(name: string): boolean {
	// Offsets such as +03:00 are taken by newer versions of Node only, and know no summer time.
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		new Intl.DateTimeFormat('en-US', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
