/** A gateway's call to a trigger, read from its raw bytes: n8n's parser knows only UTF-8 and rewrites what it reads. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { asRecord, parseJson } from '../contract/json';
import { decodeAs, decodeBody } from '../contract/charset';
import type { FallbackCharset } from '../contract/charset';
import { isMultipart, readMultipart } from './multipart';

/** No gateway's call is longer: a hundred records of SMS.RU are about 8 kB. */
const MAX_BYTES = 1_000_000;
const MAX_FIELDS = 1_000;

/** A field of a form: its bytes, percent-decoded and nothing else. */
export type FormBytes = ReadonlyMap<string, Uint8Array>;

export interface WebhookCall {
	/** Fields of the address and of a form body; where both have one, the body's. */
	readonly form: FormBytes;
	/** The body, where it is a JSON object. */
	readonly json: Readonly<Record<string, unknown>> | null;
	/** The body, where it is JSON of another kind (a list, say); undefined where it is none. */
	readonly body: unknown;
	/** How the texts of this call are decoded unless stated otherwise. */
	readonly decode: (bytes: Uint8Array) => string;
}

/** Which character sets a gateway's calls may use. */
export interface CallCharsets {
	/** What to assume of bytes that are not UTF-8. */
	readonly fallback: FallbackCharset;
	/** Whether to trust the character set in the header, if the bytes fit. */
	readonly trustsHeader: boolean;
}

const DEFAULT_CHARSETS: CallCharsets = { fallback: 'windows-1251', trustsHeader: false };

const HEX = /^[0-9A-Fa-f]{2}$/;

/** Percent-decoding (WHATWG URL §5.1) to bytes; a `%` that is not an escape stays. */
function percentDecoded(text: string): Uint8Array {
	if (!/[%+]/.test(text)) return Buffer.from(text, 'latin1');
	const bytes = Buffer.alloc(text.length);
	let length = 0;
	for (let index = 0; index < text.length; index++) {
		const character = text.charAt(index);
		const hex = text.slice(index + 1, index + 3);
		if (character === '%' && HEX.test(hex)) {
			bytes[length++] = Number.parseInt(hex, 16);
			index += 2;
		} else {
			bytes[length++] = character === '+' ? 0x20 : text.charCodeAt(index);
		}
	}
	return bytes.subarray(0, length);
}

/** The fields of an encoded form, as many as a gateway would send; if a name comes twice, the last. */
export function readForm(encoded: Uint8Array): FormBytes {
	const fields = new Map<string, Uint8Array>();
	for (const pair of Buffer.from(encoded).toString('latin1').split('&', MAX_FIELDS)) {
		if (pair === '') continue;
		const end = pair.indexOf('=');
		const name = end < 0 ? pair : pair.slice(0, end);
		fields.set(decodeBody(percentDecoded(name)), percentDecoded(end < 0 ? '' : pair.slice(end + 1)));
	}
	return fields;
}

/** The call's parts, or null when it is longer than any gateway's. `query` has the bytes of the address as latin1. */
export function parseCall(
	query: string,
	contentType: string,
	bytes: Uint8Array,
	{ fallback, trustsHeader }: CallCharsets = DEFAULT_CHARSETS,
): WebhookCall | null {
	if (bytes.length > MAX_BYTES || query.length > MAX_BYTES) return null;
	const decode = (part: Uint8Array): string =>
		trustsHeader ? decodeAs(contentType, part, fallback) : decodeBody(part, fallback);
	const parts = readMultipart(contentType, bytes, MAX_FIELDS);
	// JSON comes under any content type: TextSMS and others of the Advanta platform send it so, and PHP says
	// application/x-www-form-urlencoded of every body that nobody has labelled.
	const body = parts === null ? parseJson(decode(bytes)) : undefined;
	const json = asRecord(body);
	const isForm = /application\/x-www-form-urlencoded/i.test(contentType) && json === null;
	const form = new Map([
		...readForm(Buffer.from(query, 'latin1')),
		...(parts ?? []),
		...(isForm ? readForm(bytes) : []),
	]);
	return { form, json, body, decode };
}

/** Reads n8n's request. Never throws; null when the call is longer than any gateway's. */
export async function readCall(
	context: IWebhookFunctions,
	charsets?: CallCharsets,
): Promise<WebhookCall | null> {
	const request = context.getRequestObject();
	const url = request.originalUrl ?? request.url ?? '';
	const start = url.indexOf('?');
	const query = start < 0 ? '' : url.slice(start + 1);
	const contentType = String(request.headers['content-type'] ?? '').slice(0, 1000);
	const parts = partsReadByN8n(contentType, request.body);
	if (parts !== null) {
		const call = parseCall(query, '', new Uint8Array(), charsets);
		return call === null ? null : { ...call, form: new Map([...call.form, ...parts]) };
	}
	await request.readRawBody?.();
	const body: unknown = request.rawBody;
	const bytes = body instanceof Uint8Array ? body : new Uint8Array();
	return parseCall(query, contentType, bytes, charsets);
}

/**
 * n8n (1.123 and 2.41) reads multipart bodies itself, as `{data, files}`, before a trigger is called, and leaves no bytes:
 * asking for them throws. Null where it has not. Its texts were UTF-8, or the call's own character set.
 */
function partsReadByN8n(contentType: string, body: unknown): FormBytes | null {
	const data = isMultipart(contentType) ? asRecord(asRecord(body)?.data) : null;
	if (data === null) return null;
	const fields = new Map<string, Uint8Array>();
	for (const [name, value] of Object.entries(data).slice(0, MAX_FIELDS)) {
		// If a name comes twice, the last.
		const text: unknown = Array.isArray(value) ? value[value.length - 1] : value;
		if (typeof text === 'string') fields.set(name, Buffer.from(text));
	}
	return fields;
}

export type CallCharset = 'utf-8' | 'windows-1251' | 'koi8-r';

/** A field's text; null when it is missing. Without a charset as the call's settings have it. */
export function fieldText(call: WebhookCall, name: string, charset?: CallCharset): string | null {
	const bytes = call.form.get(name);
	if (bytes === undefined) return null;
	return charset === undefined ? call.decode(bytes) : new TextDecoder(charset).decode(bytes);
}

/** All fields of a call as texts: what the trigger hands on as `raw`. JSON wins over the address. */
export function rawFields(call: WebhookCall, without: readonly string[] = []): Record<string, string> {
	const raw: Record<string, string> = {};
	for (const name of call.form.keys()) {
		if (!without.includes(name)) define(raw, name, fieldText(call, name) ?? '');
	}
	for (const [name, value] of Object.entries(call.json ?? {})) {
		if (!without.includes(name)) define(raw, name, typeof value === 'string' ? value : JSON.stringify(value));
	}
	return raw;
}

/** Sets an own key even where its name is `__proto__`. */
function define(record: Record<string, string>, name: string, value: string): void {
	Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
}
