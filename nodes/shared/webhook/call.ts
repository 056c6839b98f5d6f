/** A gateway's call to a trigger, read from its own bytes: n8n's parser knows UTF-8 only and rewrites what it reads. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { asRecord, decodeBody, parseJson } from '../wire';

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
}

const HEX = /^[0-9A-Fa-f]{2}$/;

/** Percent-decoding (WHATWG URL §5.1) to bytes; a `%` that is no escape stays. */
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

/** The fields of an encoded form, as many as a gateway would send; of a name that comes twice the last. */
export function readForm(encoded: Uint8Array): FormBytes {
	const fields = new Map<string, Uint8Array>();
	for (const pair of Buffer.from(encoded).toString('latin1').split('&', MAX_FIELDS)) {
		if (pair === '') continue;
		const [name = '', ...rest] = pair.split('=');
		fields.set(decodeBody(percentDecoded(name)), percentDecoded(rest.join('=')));
	}
	return fields;
}

/** The call's parts, or null when it is longer than any gateway's. */
export function parseCall(query: string, contentType: string, body: Uint8Array): WebhookCall | null {
	if (body.length > MAX_BYTES || query.length > MAX_BYTES) return null;
	const isForm = contentType.includes('application/x-www-form-urlencoded');
	const form = new Map([...readForm(Buffer.from(query)), ...(isForm ? readForm(body) : [])]);
	// TextSMS and others of the Advanta platform send JSON under any content type.
	const json = isForm ? null : asRecord(parseJson(decodeBody(body)));
	return { form, json };
}

/** Reads n8n's request. Never throws; null when the call is longer than any gateway's. */
export async function readCall(context: IWebhookFunctions): Promise<WebhookCall | null> {
	const request = context.getRequestObject();
	const url = request.originalUrl ?? request.url ?? '';
	const start = url.indexOf('?');
	await request.readRawBody?.();
	const body: unknown = request.rawBody;
	const bytes = body instanceof Uint8Array ? body : new Uint8Array();
	const contentType = String(request.headers['content-type'] ?? '').toLowerCase();
	return parseCall(start < 0 ? '' : url.slice(start + 1), contentType, bytes);
}

export type CallCharset = 'utf-8' | 'windows-1251' | 'koi8-r';

/** A field's text; null when it is missing. Without a charset: strict UTF-8, else windows-1251. */
export function fieldText({ form }: WebhookCall, name: string, charset?: CallCharset): string | null {
	const bytes = form.get(name);
	if (bytes === undefined) return null;
	return charset === undefined ? decodeBody(bytes) : new TextDecoder(charset).decode(bytes);
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
