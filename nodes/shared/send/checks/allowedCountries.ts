import type { CountryCode } from '../../contract/countries';
import { COUNTRY_NAMES } from '../../contract/countries';
import { LIMIT_LABELS } from '../../contract/options';
import type { Refused } from '../../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { refuseGroup } from '../groups';
import type { Check } from './check';

const label = LIMIT_LABELS.allowedCountries;

/** A number of another country, or of none. */
export const allowedCountries: Check = {
	ofMessages: ({ settings, phone, sender }) => {
		const allowed = settings.limits.allowedCountries;
		if (allowed === null) return () => null;
		return ({ message }) => {
			if (!message.isNumber) return refuseGroup(sender, message, label);
			const countries = phone.countriesOf(message.to);
			// A range that several countries share may be any of theirs.
			if (countries.length > 0 && countries.every((country) => allowed.has(country))) return null;
			return refuse(
				message.to,
				countries.filter((country) => !allowed.has(country)),
			);
		};
	},
};

const nameOf = (country: string): string => COUNTRY_NAMES[country as CountryCode] ?? country;

function refuse(to: string, countries: readonly string[]): Refused {
	const where = countries.length === 0 ? 'no country' : countries.map(nameOf).join(' or ');
	return refuseInput(
		'no_route',
		`${to} belongs to ${where}, which '${label}' does not allow. ${NOTHING_SENT}`,
		countries.length === 0
			? 'Satellite phones and services are expensive. Use a number in a country.'
			: `To text it, add the country to '${label}'.`,
		'never',
	);
}
