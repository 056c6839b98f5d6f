/** Bytes of requests and replies as vendors read and write them: percent escapes first, a charset afterwards. */

import iconv from 'iconv-lite';

export type Charset = 'windows-1251' | 'utf-8' | 'koi8-r';

/** What the charset cannot write becomes `?`. */
export const encodeText = (text: string, charset: Charset | 'latin1'): Buffer => iconv.encode(text, charset);

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
