import { decodeText, urlEncodedPairs } from '../encoding';
import type { SimulatedRequest } from '../simulator';

/** One number as it was written, and its text (undefined: none was given). */
export interface Recipient {
	readonly phone: string;
	readonly text: string | undefined;
}

export interface Parameters {
	get(name: string): string | undefined;
	/** The recipients in their order; `isMap` when every number came with a text of its own. */
	readonly recipients: readonly Recipient[];
	readonly isMap: boolean;
	/** False when something is not UTF-8: code 212. */
	readonly readable: boolean;
}

/** `to[79255070602]` → name and key. The service is PHP: the last of equal names wins and keeps the first one's place. */
const BRACKETS = /^(to|multi)\[([^\]]*)\]$/;

/** Query string and form; the form wins. SMS.RU send page: text goes "в кодировке UTF-8". */
export function readParameters(request: SimulatedRequest): Parameters {
	const pairs = urlEncodedPairs(request.rawQuery);
	if (request.method === 'POST' && request.form !== null) pairs.push(...urlEncodedPairs(request.body));

	let readable = true;
	const plain = new Map<string, string>();
	const texts = new Map<string, string>();
	for (const [nameBytes, valueBytes] of pairs) {
		const name = decodeText(nameBytes, 'utf-8');
		const value = decodeText(valueBytes, 'utf-8');
		if (name === null || value === null) {
			readable = false;
			continue;
		}
		const phone = BRACKETS.exec(name)?.[2];
		if (phone === undefined) plain.set(name, value);
		else texts.set(phone, value);
	}

	// `text` is the older name of `msg`.
	const message = plain.get('msg') ?? plain.get('text');
	const isMap = texts.size > 0;
	const listed = (plain.get('to') ?? '')
		.split(',')
		.map((phone) => phone.trim())
		.filter((phone) => phone !== '');
	return {
		get: (name) => plain.get(name),
		recipients: isMap
			? [...texts].map(([phone, text]) => ({ phone, text }))
			: listed.map((phone) => ({ phone, text: message })),
		isMap,
		readable,
	};
}

/** Digits as the service knows a number, or null for one it cannot use. */
export function normalisePhone(given: string): string | null {
	if (!/^\+?[\d\s().-]+$/.test(given.trim())) return null;
	const digits = given.replace(/\D/g, '');
	if (/^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
	if (/^9\d{9}$/.test(digits)) return `7${digits}`;
	return /^[1-9]\d{9,14}$/.test(digits) ? digits : null;
}

/**
 * Recipients by the key they have in the reply. Recorded traffic: keys are bare digits, so two spellings of one number
 * are one entry, and the text that came last is the one that is sent.
 */
export function collapse(
	recipients: readonly Recipient[],
): Map<string, { digits: string | null; text: string | undefined }> {
	const entries = new Map<string, { digits: string | null; text: string | undefined }>();
	for (const { phone, text } of recipients) {
		const digits = normalisePhone(phone);
		entries.set(digits ?? phone, { digits, text });
	}
	return entries;
}
