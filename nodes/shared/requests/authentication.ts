/** How a request is signed: which values of a credential are sent, and only to a safe address. */
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Credential, CredentialField } from '../contract/credential';
import { waysOf } from '../contract/credential';
import { readBaseUrl } from './baseUrl';
import { multipartField } from './encoding';

type CredentialValues = Readonly<Record<string, unknown>>;
type Pairs = Array<[name: string, value: string]>;

type Signed = (
	values: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * What a credential class does with each request, including n8n's credential test. Nothing is sent to an address that is
 * neither https nor loopback.
 *
 * The class calls it in a method: where `authenticate` is a property of its own, n8n adds "Custom API Call" to the
 * operations of every node with this credential (2.41.1, load-nodes-and-credentials.js).
 * @param prepare what else a vendor needs before the request is signed
 */
export function signedBy(
	credential: Credential,
	prepare: (request: IHttpRequestOptions, values: CredentialValues) => IHttpRequestOptions = (request) =>
		request,
): Signed {
	return async (values, request) => {
		const baseUrl = readBaseUrl(values);
		if (!baseUrl.ok) throw new UserError(baseUrl.reason);
		const fields = fieldsInUse(credential, values);
		const prepared = withHeaders(prepare(request, values), fields, values);
		return withBody(prepared, credential, fields, values);
	};
}

/** The chosen way to sign in; the default where nothing valid is chosen. */
function fieldsInUse({ ways: all, fields }: Credential, values: CredentialValues): CredentialField[] {
	const chosen = all?.find(({ value }) => value === values.authentication) ?? all?.[0];
	return fields.filter((field) => {
		const ways = waysOf(field);
		return ways === null || (chosen !== undefined && ways.includes(chosen.value));
	});
}

/** A field's value as it is sent; empty where there is none. */
function textOf({ name, asTyped }: CredentialField, values: CredentialValues): string {
	const value = values[name];
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return '';
	return asTyped === true ? text : text.trim();
}

/** The fields that have a name in this place, by that name. Empty values are not sent. */
function pairsFor(
	fields: readonly CredentialField[],
	values: CredentialValues,
	namesIn: (field: CredentialField) => string | readonly string[] | undefined,
): Pairs {
	return fields.flatMap((field): Pairs => {
		const text = textOf(field, values);
		if (text === '') return [];
		return [namesIn(field) ?? []].flat().map((name) => [name, text]);
	});
}

function withHeaders(
	request: IHttpRequestOptions,
	fields: readonly CredentialField[],
	values: CredentialValues,
): IHttpRequestOptions {
	const headers = Object.fromEntries(pairsFor(fields, values, ({ header }) => header));
	const part = (wanted: 'user' | 'password'): string =>
		fields.flatMap((field) => (field.basic === wanted ? [textOf(field, values)] : [])).join('');
	if (fields.some(({ basic }) => basic !== undefined)) {
		const basic = Buffer.from(`${part('user')}:${part('password')}`).toString('base64');
		headers.Authorization = `Basic ${basic}`;
	}
	return { ...request, headers: { ...request.headers, ...headers } };
}

function contentTypeOf({ headers }: IHttpRequestOptions): string {
	const found = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type');
	return String(found?.[1] ?? '');
}

function withBody(
	request: IHttpRequestOptions,
	{ jsonRows }: Credential,
	fields: readonly CredentialField[],
	values: CredentialValues,
): IHttpRequestOptions {
	// n8n's credential test gives a GET an empty object for a body.
	if ((request.method ?? 'GET') === 'GET') {
		const added = pairsFor(fields, values, (field) => (field.secret ? undefined : field.query));
		return added.length === 0 ? request : { ...request, qs: { ...request.qs, ...Object.fromEntries(added) } };
	}
	if (/^application\/json\b/i.test(contentTypeOf(request))) {
		const pairs = (defaults: boolean): IDataObject =>
			Object.fromEntries(
				pairsFor(fields, values, ({ json, isDefault = false }) =>
					isDefault === defaults ? json : undefined,
				),
			);
		return withJsonFields(request, jsonRows, pairs(false), pairs(true));
	}
	return withFormFields(
		request,
		pairsFor(fields, values, ({ form }) => form),
	);
}

/** To a form's encoded text or bytes (nodes), or to the plain object that n8n encodes (credential test). */
function withFormFields(request: IHttpRequestOptions, pairs: Pairs): IHttpRequestOptions {
	if (pairs.length === 0) return request;
	const { body } = request;
	if (body instanceof Uint8Array) {
		const boundary = /boundary=(\S+)/.exec(contentTypeOf(request))?.[1] ?? '';
		const added = pairs.map(([name, value]) => multipartField(boundary, name, value));
		return { ...request, body: Buffer.concat([...added, body]) };
	}
	if (typeof body !== 'string')
		return { ...request, body: { ...(body as IDataObject), ...Object.fromEntries(pairs) } };
	const added = new URLSearchParams(pairs).toString();
	return { ...request, body: body === '' ? added : `${body}&${added}` };
}

function withJsonFields(
	request: IHttpRequestOptions,
	rowsKey: string | undefined,
	added: IDataObject,
	defaults: IDataObject,
): IHttpRequestOptions {
	const body = (request.body ?? {}) as IDataObject;
	const rows = rowsKey === undefined ? undefined : body[rowsKey];
	if (rowsKey === undefined || !Array.isArray(rows))
		return { ...request, body: { ...defaults, ...body, ...added } };
	const signed = rows.map((row) => ({ ...defaults, ...(row as IDataObject), ...added }));
	return { ...request, body: { ...body, [rowsKey]: signed } };
}
