/** What a run needs to know of numbers, over libphonenumber, which is loaded the first time and kept. */
import type { CountryCode } from './libphonenumber';
import { loadRecipientReader } from './recipients';
import type { RecipientReader } from './types';

export interface PhoneTools {
	readonly read: RecipientReader;
	/**
	 * The countries that an E.164 number may belong to: one as a rule, several where a range is shared, and none for
	 * satellites and services that are nobody's.
	 */
	countriesOf(e164: string): readonly CountryCode[];
}

export async function loadPhoneTools(): Promise<PhoneTools> {
	const [read, { parsePhoneNumberFromString }] = await Promise.all([
		loadRecipientReader(),
		import('./libphonenumber'),
	]);
	return {
		read,
		countriesOf(e164) {
			const number = parsePhoneNumberFromString(e164, { extract: false });
			if (number === undefined) return [];
			return number.country === undefined ? number.getPossibleCountries() : [number.country];
		},
	};
}
