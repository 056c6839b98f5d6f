/** Keeps credentials out of everything that is shown: a gateway may echo them, in any encoding. */

import type { Credential } from '../contract/credential';
import { BASE_URL_FIELDS } from './baseUrl';

export const REDACTED = '***';

/** Shorter values are not searched for inside other text: `7` would blank out half of every reply. */
const SHORTEST_SEARCHED = 4;

export interface Redactor {
	text(value: string): string;
	/** A copy of JSON-like data with every secret blanked, in keys and values. */
	data(value: unknown): unknown;
}

function spellings(secret: string): string[] {
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inForm = new URLSearchParams({ s: secret }).toString().slice(2);
	return [
		secret,
		encodeURIComponent(secret.replace(/[\ud800-\udfff]/g, '')),
		inForm,
		inJson,
		inJson.replaceAll('/', '\\/'),
		Buffer.from(secret).toString('base64'),
		inHtml(secret),
		// For a page that shows the headers it received.
		inHtml(inJson),
	];
}

function inHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/**
 * @param secrets the credential's secret values
 * @param pairs user and password that travel together as HTTP Basic
 */
export function createRedactor(
	secrets: readonly string[],
	pairs: ReadonlyArray<readonly [string, string]> = [],
): Redactor {
	// Keys are sent without the spaces around them.
	const whole = new Set(
		secrets.flatMap((secret) => [secret, secret.trim()]).filter((secret) => secret !== ''),
	);
	const searched = [
		...new Set([
			...[...whole].filter((secret) => secret.length >= SHORTEST_SEARCHED).flatMap(spellings),
			...pairs.flatMap(([user, password]) =>
				[`${user}:${password}`, `${user.trim()}:${password.trim()}`].map((pair) =>
					Buffer.from(pair).toString('base64'),
				),
			),
		]),
	].filter((spelling) => spelling.length >= SHORTEST_SEARCHED);
	// Longest first: one secret may be the beginning of another.
	searched.sort((a, b) => b.length - a.length);
	const pattern =
		searched.length === 0
			? null
			: new RegExp(searched.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');

	const text = (value: string): string => {
		if (whole.has(value)) return REDACTED;
		return pattern === null ? value : value.replace(pattern, REDACTED);
	};
	const data = (value: unknown): unknown => {
		if (typeof value === 'string') return text(value);
		if (typeof value === 'number') return whole.has(String(value)) ? REDACTED : value;
		if (Array.isArray(value)) return value.map(data);
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), data(inner)]));
		}
		return value;
	};
	return { text, data };
}

/** Every text and number in a value, however deep: n8n may store anything in a credential. */
function leavesOf(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Keeps a credential's values out of what is shown, except for fields declared as not secret. */
export function redactorFor({ fields }: Credential, values: Readonly<Record<string, unknown>>): Redactor {
	const shown = new Set([
		...BASE_URL_FIELDS,
		'authentication',
		...fields.flatMap(({ name, secret }) => (secret ? [] : [name])),
	]);
	const secrets = Object.entries(values).flatMap(([name, value]) => (shown.has(name) ? [] : leavesOf(value)));
	const part = (wanted: 'user' | 'password'): string =>
		fields.flatMap(({ name, basic }) => (basic === wanted ? leavesOf(values[name]) : [])).join('');
	const hasBasic = fields.some(({ basic }) => basic !== undefined);
	return createRedactor(secrets, hasBasic ? [[part('user'), part('password')]] : []);
}

/** Keeps the secrets of several connections out of what may come from any of them. */
export function redactorOfAll(redactors: readonly Redactor[]): Redactor {
	const [first = createRedactor([]), ...others] = redactors;
	if (others.length === 0) return first;
	return {
		text: (value) => redactors.reduce((text, redactor) => redactor.text(text), value),
		data: (value) => redactors.reduce((data, redactor) => redactor.data(data), value),
	};
}
