/** The one place that does I/O: a gateway's request through n8n's own helper, the reply's bytes read by ourselves. */
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Transport } from './dispatcher';
import { readFault } from './faults';
import type { GatewayRequest } from './gateway';
import { asRecord, decodeBody, encodeForm, parseJson } from './wire';

export interface TransportSettings {
	readonly credentialType: string;
	/** Without a trailing slash. */
	readonly baseUrl: string;
	readonly timeoutMs: number;
}

const CONTENT_TYPES = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const;

/**
 * Every option here has a measured reason (n8n 1.123.81 and 2.41.1): without `ignoreHttpStatusErrors` a 401 makes the
 * helper send the request a second time; without `disableFollowRedirect` a redirect repeats or rewrites the POST;
 * without `encoding: 'arraybuffer'` windows-1251 is destroyed, `100` arrives as a number and long ids lose digits;
 * the default time-out is five minutes.
 */
function helperOptions(request: GatewayRequest, settings: TransportSettings): IHttpRequestOptions {
	// Encoded here: n8n's own encoder knows UTF-8 only and turns lists into `name[]`. The credential's `authenticate`
	// adds its fields to the text or to the object.
	const body: string | IDataObject =
		request.body.kind === 'form'
			? encodeForm(request.body.fields)
			: (structuredClone(request.body.value) as IDataObject);
	return {
		method: request.method,
		url: settings.baseUrl + request.path,
		headers: { 'Content-Type': CONTENT_TYPES[request.body.kind] },
		body,
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: settings.timeoutMs,
	};
}

function bytesOf(body: unknown): Uint8Array {
	if (body instanceof Uint8Array) return body;
	if (body instanceof ArrayBuffer) return new Uint8Array(body);
	return Buffer.from(typeof body === 'string' ? body : '');
}

function headersOf(value: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, content] of Object.entries(asRecord(value) ?? {})) {
		if (typeof content === 'string') headers[name.toLowerCase()] = content;
	}
	return headers;
}

export function createTransport(context: IExecuteFunctions, settings: TransportSettings): Transport {
	return async (request) => {
		let response: unknown;
		try {
			response = await context.helpers.httpRequestWithAuthentication.call(
				context,
				settings.credentialType,
				helperOptions(request, settings),
			);
		} catch (error) {
			return readFault(error);
		}
		const reply = asRecord(response);
		const text = decodeBody(bytesOf(reply?.body));
		return {
			status: typeof reply?.statusCode === 'number' ? reply.statusCode : 0,
			headers: headersOf(reply?.headers),
			text,
			json: parseJson(text),
		};
	};
}
