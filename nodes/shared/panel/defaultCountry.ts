/** Default Country: one field for each home country, so that each gateway starts with its own. */
import type { INodeProperties } from 'n8n-workflow';
import type { CountryCode, NO_COUNTRY } from '../contract/countries';
import { countryOptions } from '../contract/countries';

/** A country that Default Country starts with: that of the node's gateway, or of the gateways that share it. */
export interface Home {
	readonly country: CountryCode | typeof NO_COUNTRY;
	/** Null where the node has one gateway only. */
	readonly gateways: readonly string[] | null;
}

const defaultCountryField: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countryOptions,
	default: 'none',
	description: 'Country assumed for numbers without a country code. Type to search.',
};

/**
 * Default Country, shown as `displayOptions` say: one field for each home, of which n8n (2.41, also at each change of
 * the gateway) shows the one whose gateway is chosen, with its own default.
 */
export function defaultCountryFields(
	homes: readonly Home[],
	{ show = {} }: NonNullable<INodeProperties['displayOptions']>,
): INodeProperties[] {
	const { gateway: shownWith, ...conditions } = show;
	return homes.flatMap(({ country, gateways }): INodeProperties[] => {
		const field = { ...defaultCountryField, default: country };
		if (gateways === null) return [{ ...field, displayOptions: { show } }];
		const gateway = gateways.filter((id) => shownWith === undefined || shownWith.includes(id));
		return gateway.length === 0 ? [] : [{ ...field, displayOptions: { show: { gateway, ...conditions } } }];
	});
}
