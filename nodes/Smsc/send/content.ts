/** What travels as `mes`, in which bytes, and how SMSC counts it where it is no text. */
import { encodeText } from '../../shared/contract/charset';
import type { Message } from '../../shared/contract/message';
import type { BinaryMeasure, SegmentMeasure } from '../../shared/contract/segmentMeasure';
import { measureBinary } from '../../shared/segments/segments';
import { LATIN_LETTERS, measureTransliterated } from '../../shared/segments/transliterated';
import { LOOK_ALIKES } from '../lookAlikes';
import type { SmscOptions } from '../options';

/** A WAP push is its link, a line break and its title. */
export function bodyText({ text, options: { wapPushUrl, binarySuffix } }: Message<SmscOptions>): string {
	const body = wapPushUrl === null ? text : `${wapPushUrl}\n${text}`;
	return body === '' ? '' : body + binarySuffix;
}

/** The body as it travels; raw bytes above 7 bits must not become UTF-8 on the way. */
export function encodedBody(body: string, options: SmscOptions): string | Uint8Array {
	if (options.binary === 1) return Uint8Array.from(body, (character) => character.charCodeAt(0));
	return inCharset(body, options);
}

/** Any field in the request's character set. */
export function inCharset(text: string, { charset }: SmscOptions): string | Uint8Array {
	return charset === 'utf-8' ? text : (encodeText(text, charset) ?? text);
}

/** Binary messages are counted in octets, and what SMSC transliterates as the most that it can become; null for texts. */
export function measureSmsc(
	text: string,
	{ binary, parameters: { translit } }: SmscOptions,
): BinaryMeasure | SegmentMeasure | null {
	if (binary !== 0) return measureBinary(binary === 2 ? Math.ceil(text.length / 2) : text.length);
	if (translit === undefined || translit === '0') return null;
	return measureTransliterated(text, translit === '2' ? LOOK_ALIKES : LATIN_LETTERS);
}
