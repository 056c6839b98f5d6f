/** How credentials travel: in the body or a header, never in a URL, and only to a safe address. */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { readBaseUrl } from './baseUrl';
import { multipartField } from './encoding';

type CredentialValues = Readonly<Record<string, unknown>>;

function present(values: CredentialValues): Array<[string, string]> {
	return Object.entries(values).flatMap(([name, value]): Array<[string, string]> => {
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string' || text === '') return [];
		// A key pasted with a blank or line break around it is meant without; a password may really have one.
		return [[name, /^p(?:ass(?:word)?|sw)$/.test(name) ? text : text.trim()]];
	});
}

/**
 * The request, if its address may receive a credential: `baseUrl` has to be https, or loopback. n8n's credential test
 * comes through here as well.
 * @throws UserError with what to change
 */
export function withSafeUrl(credential: CredentialValues, request: IHttpRequestOptions): IHttpRequestOptions {
	const baseUrl = readBaseUrl(credential);
	if (!baseUrl.ok) throw new UserError(baseUrl.reason);
	return request;
}

/** Adds fields to a form: to its encoded text or bytes (nodes), or to the plain object that n8n encodes (credential test). */
export function withFormFields(request: IHttpRequestOptions, values: CredentialValues): IHttpRequestOptions {
	const fields = present(values);
	const { body } = request;
	if (body instanceof Uint8Array) {
		const boundary = /boundary=(\S+)/.exec(String(request.headers?.['Content-Type']))?.[1] ?? '';
		const added = fields.map(([name, value]) => multipartField(boundary, name, value));
		return { ...request, body: Buffer.concat([...added, body]) };
	}
	if (typeof body !== 'string')
		return { ...request, body: { ...(body as IDataObject), ...Object.fromEntries(fields) } };
	const added = new URLSearchParams(fields).toString();
	return { ...request, body: body === '' ? added : `${body}&${added}` };
}

/**
 * Adds fields to a JSON body, and to every row of a `smslist` in it.
 * @param defaults taken only where the body or row has no such field
 */
export function withJsonFields(
	request: IHttpRequestOptions,
	values: CredentialValues,
	defaults: CredentialValues,
): IHttpRequestOptions {
	const added = Object.fromEntries(present(values));
	const fallback = Object.fromEntries(present(defaults));
	const body = (request.body ?? {}) as IDataObject;
	const { smslist } = body;
	if (!Array.isArray(smslist)) return { ...request, body: { ...fallback, ...body, ...added } };
	const rows = smslist.map((row) => ({ ...fallback, ...(row as IDataObject), ...added }));
	return { ...request, body: { ...body, smslist: rows } };
}
