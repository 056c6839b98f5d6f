import type { SimulatedRequest } from '../simulator';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export type Read = { readonly fields: Fields } | { readonly code: number };

const contentType = (request: SimulatedRequest): string =>
	(request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** A JSON body only: what sendbulk takes. */
export function readJson(request: SimulatedRequest): Read {
	if (request.method !== 'POST') return { code: 1010 };
	if (contentType(request) !== 'application/json') return { code: 1009 };
	return isFields(request.json) ? { fields: request.json } : { code: 1009 };
}

/** The query of a GET, or a POST's JSON object or form. A name given twice: PHP keeps the last. */
export function readFields(request: SimulatedRequest): Read {
	if (request.method === 'GET') return { fields: Object.fromEntries(request.query) };
	if (request.method === 'POST' && request.form !== null) return { fields: Object.fromEntries(request.form) };
	return readJson(request);
}

/** Numbers and strings alike; anything else counts as not given. */
export function textOf(fields: Fields, name: string): string {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' ? value : '';
}

/**
 * Kenyan numbers as the vendor's pages and package write them: 2547…, 2541…, 07…, 01… and 7…, never with a `+`. Numbers of
 * other countries are taken in their international digits; the real gateway wants that arranged with it beforehand
 * ("Unsupported numbers" of its common errors), which this account has done. Null when it is no number.
 */
export function readMobile(mobile: string): string | null {
	if (/^254[71]\d{8}$/.test(mobile)) return mobile;
	if (/^0[71]\d{8}$/.test(mobile)) return `254${mobile.slice(1)}`;
	if (/^7\d{8}$/.test(mobile)) return `254${mobile}`;
	// 254 with a wrong length, and 1… without its 0 or its country, are nobody else's.
	if (mobile.startsWith('254') || /^1(?!\d{10}$)/.test(mobile)) return null;
	return /^[1-9]\d{7,14}$/.test(mobile) ? mobile : null;
}

/**
 * Advanta's page "SMS to hashed Safaricom numbers", on sendotp: `hashed: true`, and as `mobile` the hash of a number that
 * starts with 254. The algorithm is not named; Safaricom's own hashes are SHA-256. A number that is not hashed, or a hash
 * without the flag, is no number.
 */
export function readHashed(mobile: string): string | null {
	return /^[0-9a-f]{64}$/i.test(mobile) ? mobile.toLowerCase() : null;
}

/** Africa/Nairobi. The pages name no zone; it is the vendor's own. */
const NAIROBI_OFFSET_HOURS = 3;
const HOUR_MS = 3_600_000;

/** The wall clock of the gateway's reports: `2026-08-14 12:57:42`. */
export const localTime = (at: Date): string =>
	new Date(at.getTime() + NAIROBI_OFFSET_HOURS * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');

const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Advanta send page: "a valid date string that resolves to a Unix timestamp or the unix timestamp itself. For example
 * "2019-09-01 18:00"". PHP resolves more than is understood here, but not everybody reads the rest in the same way.
 * Milliseconds are no Unix timestamp. Undefined when it does not resolve.
 */
export function readTime(time: string): Date | undefined {
	if (/^\d{9,10}$/.test(time)) return new Date(Number(time) * 1000);
	const match = DATE.exec(time);
	if (match === null) return undefined;
	const [, day = '', clock = '00:00', seconds = ':00', zone = ''] = match;
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
	const offset = zone === '' ? '+03:00' : zone.replace(/^(...):?(..)$/, '$1:$2');
	const at = new Date(`${day}T${clock}${seconds}${offset}`);
	return Number.isNaN(at.getTime()) ? undefined : at;
}

/** `pass_type` "bm5": the message is base64. Null when it is not. */
export function readMessage(message: string, passType: string): string | null {
	if (passType === '' || passType === 'plain') return message;
	if (passType !== 'bm5' || message === '') return passType === 'bm5' ? '' : null;
	const bytes = Buffer.from(message, 'base64');
	if (bytes.toString('base64').replace(/=+$/, '') !== message.replace(/=+$/, '')) return null;
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

const ENDPOINTS = ['sendsms', 'sendotp', 'sendbulk', 'getdlr', 'getbalance'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** About half of the vendors' samples end in a slash. */
export function endpointOf(request: SimulatedRequest): Endpoint | null {
	const name = /^\/api\/services\/([a-z]+)\/?$/.exec(request.path)?.[1];
	return ENDPOINTS.find((endpoint) => endpoint === name) ?? null;
}

export function couldSend(request: SimulatedRequest): boolean {
	const endpoint = endpointOf(request);
	if (endpoint === 'sendbulk') return request.method === 'POST';
	return (endpoint === 'sendsms' || endpoint === 'sendotp') && ['GET', 'POST'].includes(request.method);
}
