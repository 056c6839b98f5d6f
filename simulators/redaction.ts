/**
 * Replaces credential values in whatever is shown to people. A client may write one secret in many spellings (percent
 * escapes in either case, a form's `+`, JSON's `\/` and `\u0041`, base64 behind `Basic`), so each character is matched in
 * all of its spellings, and base64-like tokens are opened and looked into.
 */

const HIDDEN = '***';
/**
 * Wide enough for base64 whose `+`, `/` and `=` are percent-escaped, or whose `/` is escaped in JSON. Bounded, because a
 * match of megabytes exhausts the stack of the expression.
 */
const TOKEN = /[A-Za-z0-9+/_%\\-]{8,50000}={0,2}/g;
const BASE64 = /[A-Za-z0-9+/_-]{8,50000}/g;

function literal(character: string): string {
	return character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function spellings(character: string): string {
	const percent = [...Buffer.from(character, 'utf8')]
		.map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`)
		.join('');
	// A character outside the basic plane is two UTF-16 units and so two JSON escapes.
	const unicode = [...Array(character.length).keys()]
		.map((index) => `\\\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
		.join('');
	const all = [`\\\\?${literal(character)}`, percent, unicode];
	if (character === ' ') all.push('\\+');
	return `(?:${all.join('|')})`;
}

function base64Holds(token: string, secrets: readonly string[]): boolean {
	const plain = token.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/\\\//g, '/').replace(/%3D/gi, '=');
	return (plain.match(BASE64) ?? []).some((base64) =>
		// Text in front of it ("path/TOKEN") may shift the groups of four.
		[0, 1, 2, 3].some((shift) => {
			const opened = Buffer.from(base64.slice(shift), 'base64').toString('utf8');
			return secrets.some((secret) => opened.includes(secret));
		}),
	);
}

/** Hides what must not be shown in a text. */
export type Redact = (text: string) => string;

/** A function that hides the given values, the longest first. */
export function redactor(values: readonly string[]): Redact {
	const secrets = [...new Set(values.filter((value) => value !== ''))].sort((a, b) => b.length - a.length);
	const patterns = secrets.map((secret) => new RegExp([...secret].map(spellings).join(''), 'gi'));
	return (text) => {
		let shown = text;
		for (const pattern of patterns) shown = shown.replace(pattern, HIDDEN);
		return shown.replace(TOKEN, (token) => (base64Holds(token, secrets) ? HIDDEN : token));
	};
}

/** Headers for people: nothing of `authorization` stays but its scheme, whatever it holds. */
export function redactHeaders(
	headers: Readonly<Record<string, string>>,
	redact: Redact,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (name !== 'authorization' && name !== 'proxy-authorization') return [name, redact(value)];
			const scheme = /^(basic|bearer|digest|token)\s/i.exec(value)?.[1];
			return [name, scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`];
		}),
	);
}
