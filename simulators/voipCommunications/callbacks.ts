import type { CallbackSettings, Caller, OutgoingCall } from '../callbacks';
import { encodeText, percentEncode } from '../encoding';
import { writeMultipart } from '../multipart';
import type { World } from '../simulator';
import { countryOf } from './country';
import { logReceived } from './log';

/** The names that the vendor's own apps read in its log: the only ones that are known for a text that came in. */
export const LOG_FIELDS: CallbackSettings['fields'] = {
	from: 'sms_external',
	to: 'sms_internal',
	text: 'sms_msg',
};

const form = (values: Readonly<Record<string, string>>, bytes: (value: string) => Buffer): string =>
	Object.entries(values)
		.map(([name, value]) => `${percentEncode(Buffer.from(name, 'utf8'))}=${percentEncode(bytes(value))}`)
		.join('&');

/**
 * The vendor's page: replies to a 2-way message "go to the Callback URL" of the number. Neither method nor fields are
 * published, so both are what the settings say. There are no delivery reports.
 */
export function createCaller(ownedNumbers: readonly string[]): Caller<World> {
	return {
		confirms: (status) => status === 200,
		attempts: 1,
		receive({ from, to, text }, { settings, incomingUrls }, world) {
			if (!ownedNumbers.includes(to)) throw new Error(`${to} is not a number of this account`);
			logReceived({ from, to, text }, countryOf(from), world);
			const { fields, method, bodyType, charset } = settings;
			const bytes = (value: string): Buffer => encodeText(value, charset);
			const values = { [fields.from]: from, [fields.to]: to, [fields.text]: text };
			return incomingUrls.map((address): OutgoingCall => {
				if (method === 'GET') {
					const url = new URL(address);
					const own = url.search.slice(1);
					url.search = '';
					const query = `${own === '' ? '' : `${own}&`}${form(values, bytes)}`;
					return { method, url: `${url.href}?${query}`, headers: {}, body: '' };
				}
				if (bodyType === 'json') {
					const headers = { 'content-type': 'application/json' };
					return { method, url: address, headers, body: JSON.stringify(values) };
				}
				if (bodyType === 'multipart') {
					const entries = Object.entries(values).map(([name, value]) => [name, bytes(value)] as const);
					const { contentType, body } = writeMultipart(entries);
					return { method, url: address, headers: { 'content-type': contentType }, body };
				}
				const headers = { 'content-type': 'application/x-www-form-urlencoded' };
				return { method, url: address, headers, body: form(values, bytes) };
			});
		},
	};
}
