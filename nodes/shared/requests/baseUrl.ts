/** The address of a gateway as the credential has it. Used by nodes and by the credentials themselves. */

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** Value of the credential's drop-down that means the field below it. */
export const CUSTOM_BASE_URL = 'custom';

/** The fields of a credential that hold it. */
export const BASE_URL_FIELDS = ['baseUrl', 'customBaseUrl'] as const;

export type BaseUrlReading =
	| { readonly ok: true; readonly url: string }
	| { readonly ok: false; readonly reason: string };

/**
 * The base URL of a credential, without a trailing slash. Plain http is for loopback only: anyone on the way could read
 * keys and texts.
 */
export function readBaseUrl(credential: Readonly<Record<string, unknown>>): BaseUrlReading {
	const chosen = credential.baseUrl === CUSTOM_BASE_URL ? credential.customBaseUrl : credential.baseUrl;
	const text = typeof chosen === 'string' ? chosen.trim() : '';
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		return {
			ok: false,
			reason: `The address in the credential is "${text}", which is not a web address. It should look like https://example.com`,
		};
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		return { ok: false, reason: 'The address in the credential must not contain a user, a password, ? or #' };
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
		return {
			ok: false,
			reason: `The address in the credential is "${text}". It should start with https://, so that nobody on the way can read your key`,
		};
	}
	return { ok: true, url: text.replace(/\/+$/, '') };
}
