/** Encodings to assume for bytes that are not UTF-8. */
export type FallbackCharset = 'windows-1251' | 'windows-1252';

/** What windows-1252 has at 0x80 to 0x9F (https://encoding.spec.whatwg.org/#windows-1252). */
const WINDOWS_1252_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** @throws when there is no such character set, or the bytes do not fit */
function decodeWith(charset: string, bytes: Uint8Array): string {
	const decoder = new TextDecoder(charset, { fatal: true });
	if (decoder.encoding !== 'windows-1252') return decoder.decode(bytes);
	// Node 20.20 takes windows-1252 for ISO 8859-1, and turns € and “ ” into control characters.
	return Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252_SIGNS.charAt(sign.charCodeAt(0) - 0x80));
}

/**
 * Decodes bytes: strict UTF-8, else `fallback`. SMSC answers in windows-1251 whatever the request asked for, and its
 * header cannot be trusted either.
 */
export function decodeBody(bytes: Uint8Array, fallback: FallbackCharset = 'windows-1251'): string {
	try {
		return decodeWith('utf-8', bytes);
	} catch {
		return fallback === 'windows-1252'
			? decodeWith(fallback, bytes)
			: new TextDecoder(fallback).decode(bytes);
	}
}

/**
 * Decodes bytes by the character set that their Content-Type names, where `TextDecoder` knows it and the bytes fit;
 * otherwise like `decodeBody`. For senders whose header can be trusted.
 */
export function decodeAs(contentType: string, bytes: Uint8Array, fallback: FallbackCharset): string {
	const named = /;\s{0,9}charset\s{0,9}=\s{0,9}"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
	if (named !== undefined) {
		try {
			return decodeWith(named, bytes);
		} catch {
			// Not a character set, or not the one of these bytes.
		}
	}
	return decodeBody(bytes, fallback);
}

export type Charset = 'utf-8' | 'windows-1251' | 'koi8-r';

const encoders = new Map<Charset, ReadonlyMap<string, number>>();

/** The bytes of a text; null when the character set lacks one of its characters. */
export function encodeText(text: string, charset: Charset): Uint8Array | null {
	if (charset === 'utf-8') return new TextEncoder().encode(text);
	let encoder = encoders.get(charset);
	if (encoder === undefined) {
		const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
		encoder = new Map(
			[...new TextDecoder(charset).decode(everyByte)].map((character, byte) => [character, byte]),
		);
		encoders.set(charset, encoder);
	}
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const byte = encoder.get(text.charAt(index));
		if (byte === undefined) return null;
		bytes[index] = byte;
	}
	return bytes;
}
