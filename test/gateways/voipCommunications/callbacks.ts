import type { Caller, OutgoingCall } from '../callbacks';
import type { World } from '../simulator';
import { logReceived } from './log';

/**
 * The vendor's page: replies to a 2-way message "go to the Callback URL" of the number. Neither method nor fields are
 * published, so both are what the settings say. There are no delivery reports.
 */
export function createCaller(
	ownedNumbers: readonly string[],
	countryOf: (number: string) => string,
): Caller<World> {
	return {
		confirms: (status) => status === 200,
		attempts: 1,
		receive({ from, to, text }, { settings, incomingUrls }, world) {
			if (!ownedNumbers.includes(to)) throw new Error(`${to} is no number of this account`);
			logReceived({ from, to, text }, countryOf(from), world);
			const { fields, method, bodyType } = settings;
			const values = { [fields.from]: from, [fields.to]: to, [fields.text]: text };
			return incomingUrls.map((address): OutgoingCall => {
				if (method === 'GET') {
					const url = new URL(address);
					for (const [name, value] of Object.entries(values)) url.searchParams.append(name, value);
					return { method, url: url.href, headers: {}, body: '' };
				}
				if (bodyType === 'json') {
					const headers = { 'content-type': 'application/json' };
					return { method, url: address, headers, body: JSON.stringify(values) };
				}
				const headers = { 'content-type': 'application/x-www-form-urlencoded' };
				return { method, url: address, headers, body: new URLSearchParams(values).toString() };
			});
		},
	};
}
