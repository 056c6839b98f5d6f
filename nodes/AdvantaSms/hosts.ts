/** Brands of the Advanta platform that spell the endpoints otherwise. */

/** Hosts whose own documentation writes the endpoints with a trailing slash; a redirect would lose the POST. */
const WITH_TRAILING_SLASH = new Set([
	'sms.textsms.co.ke',
	'isms.celcomafrica.com',
	'mysms.celcomafrica.com',
	'sms.sunfacegroup.co.ke',
	// No page of its own is public: public clients alone write it so, and they agree.
	'api.v2.emalify.com',
	'sms.imarabiz.com',
]);

/**
 * The address as the host's own documentation writes it.
 * @param url absolute, or relative to `baseUrl`
 */
export function advantaUrl(url: string, baseUrl: string | undefined): string {
	let host: string;
	try {
		host = new URL(url, baseUrl).hostname;
	} catch {
		return url;
	}
	return WITH_TRAILING_SLASH.has(host) && !url.endsWith('/') ? `${url}/` : url;
}
