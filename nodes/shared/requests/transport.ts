/** The one place that speaks to gateways: a request goes through n8n's helper, and the reply's bytes are read here. */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { decodeBody } from '../contract/charset';
import { asRecord, parseJson } from '../contract/json';
import type { GatewayReply, GatewayRequest } from '../contract/request';
import type { Caller } from './caller';
import { encodeForm, encodeMultipart } from './encoding';
import type { TransportFault } from './transportFault';
import { readFault } from './transportFault';

/** Makes one request. Resolves in every case; must not repeat anything. */
export type Transport = (request: GatewayRequest) => Promise<GatewayReply | TransportFault>;

export interface TransportSettings {
	readonly credentialType: string;
	/** Without a trailing slash. */
	readonly baseUrl: string;
	readonly timeoutMs: number;
}

/**
 * Encoded here: n8n's own encoder knows UTF-8 only and turns lists into `name[]`. The credential's `authenticate` adds
 * its fields to the text, the bytes or the object.
 */
function encoded(body: NonNullable<GatewayRequest['body']>): {
	contentType: string;
	body: string | IDataObject | Buffer;
} {
	switch (body.kind) {
		case 'form':
			return { contentType: 'application/x-www-form-urlencoded', body: encodeForm(body.fields) };
		case 'json':
			return { contentType: 'application/json', body: structuredClone(body.value) as IDataObject };
		case 'multipart': {
			const boundary = `n8n-${randomUUID()}`;
			const bytes = encodeMultipart(boundary, body.fields, body.files);
			return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.from(bytes) };
		}
	}
}

/**
 * Every option here has a measured reason (n8n 1.123.81 and 2.41.1): without `ignoreHttpStatusErrors` a 401 makes the
 * helper send the request a second time; without `disableFollowRedirect` a redirect repeats or rewrites the POST;
 * read as anything but a stream, windows-1251 is garbled, `100` arrives as a number, long ids lose digits, and an
 * endless reply fills the memory of n8n; the default timeout is five minutes.
 */
function helperOptions(request: GatewayRequest, settings: TransportSettings): IHttpRequestOptions {
	const { method, path, query, headers, body } = request;
	const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
	const content = body === undefined ? null : encoded(body);
	return {
		method,
		url: settings.baseUrl + path + search,
		headers: { ...headers, ...(content === null ? {} : { 'Content-Type': content.contentType }) },
		...(content === null ? {} : { body: content.body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: settings.timeoutMs,
	};
}

/** No gateway answers a request with more than this; a thousand rows are about 200 kB. */
const MAX_REPLY_BYTES = 10_000_000;

const endless: TransportFault = { kind: 'lost', code: null, detail: 'its reply was too long or too slow' };

/** The whole body, or what is wrong with it. `deadline` is for replies that trickle in: idle ones time out anyway. */
async function readBody(body: unknown, deadline: number): Promise<Uint8Array | TransportFault> {
	if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return new Uint8Array();
	// One buffer that doubles: ten million chunks of a byte each would be a gigabyte of small ones.
	let bytes = Buffer.alloc(64 * 1024);
	let size = 0;
	// Leaving the loop ends the stream, and with it the connection.
	for await (const chunk of body as AsyncIterable<unknown>) {
		if (!(chunk instanceof Uint8Array)) continue;
		if (size + chunk.length > MAX_REPLY_BYTES || Date.now() > deadline) return endless;
		if (size + chunk.length > bytes.length) {
			const larger = Buffer.alloc(Math.max(2 * bytes.length, size + chunk.length));
			larger.set(bytes.subarray(0, size));
			bytes = larger;
		}
		bytes.set(chunk, size);
		size += chunk.length;
	}
	return bytes.subarray(0, size);
}

function headersOf(value: unknown): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, content] of Object.entries(asRecord(value) ?? {})) {
		if (typeof content === 'string') headers[name.toLowerCase()] = content;
	}
	return headers;
}

export function createTransport(context: Caller, settings: TransportSettings): Transport {
	return async (request) => {
		try {
			const deadline = Date.now() + settings.timeoutMs;
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				settings.credentialType,
				helperOptions(request, settings),
			);
			const reply = asRecord(response);
			const bytes = await readBody(reply?.body, deadline);
			if (!(bytes instanceof Uint8Array)) return bytes;
			const text = decodeBody(bytes);
			return {
				status: typeof reply?.statusCode === 'number' ? reply.statusCode : 0,
				headers: headersOf(reply?.headers),
				text,
				json: parseJson(text),
			};
		} catch (error) {
			return readFault(error);
		}
	};
}
