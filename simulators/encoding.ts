/** Bytes of requests and replies as vendors read and write them: percent escapes first, a charset afterwards. */

export type Charset = 'windows-1251' | 'utf-8' | 'koi8-r';

const tables = new Map<Charset, Map<string, number>>();

function table(charset: 'windows-1251' | 'koi8-r'): Map<string, number> {
	let known = tables.get(charset);
	if (known === undefined) {
		const decoder = new TextDecoder(charset);
		known = new Map([...Array(256).keys()].map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
		tables.set(charset, known);
	}
	return known;
}

/** What the charset cannot write becomes `?`, as it does in iconv-like converters. */
export function encodeText(text: string, charset: Charset): Buffer {
	if (charset === 'utf-8') return Buffer.from(text, 'utf8');
	const bytes = table(charset);
	return Buffer.from([...text].map((character) => bytes.get(character) ?? 0x3f));
}

/** ISO 8859-1. */
export const encodeLatin1 = (text: string): Buffer =>
	Buffer.from([...text].map((character) => (character <= '\u00ff' ? character : '?')).join(''), 'latin1');

/** Null when the bytes are no text of that charset (only UTF-8 can fail). */
export function decodeText(bytes: Uint8Array, charset: Charset): string | null {
	try {
		return new TextDecoder(charset, { fatal: charset === 'utf-8', ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

function unescape(encoded: string): Buffer {
	const bytes = encoded
		.replace(/\+/g, ' ')
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1');
}

/** The pairs of a query string or a form, their bytes unescaped but not yet read as text. */
export function urlEncodedPairs(raw: Buffer | string): Array<[name: Buffer, value: Buffer]> {
	const source = typeof raw === 'string' ? raw : raw.toString('latin1');
	return source
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const equals = pair.indexOf('=');
			if (equals < 0) return [unescape(pair), Buffer.alloc(0)];
			return [unescape(pair.slice(0, equals)), unescape(pair.slice(equals + 1))];
		});
}

/** Bytes as PHP's urlencode() writes them into forms and queries. */
export function percentEncode(bytes: Uint8Array): string {
	return [...bytes]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			if (/[A-Za-z0-9._-]/.test(character)) return character;
			return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}
