/** SMSC's four reply layouts (`fmt` 0–3) read into one shape. Source: "Sending an SMS", server response and codes. */
import type { GatewayReply } from '../shared/gateway';
import { asNumber, asRecord, asText, digitsOf, pick } from '../shared/wire';
import type { SmscOptions } from './options';

/** What `op=1` tells of one number. */
export interface NumberDetails {
	readonly status: string | null;
	readonly error: string | null;
	readonly cost: number | null;
}

/** How a reply names a recipient: the digits of a number, or an e-mail address. */
export function recipientKey(named: string): string {
	return named.includes('@') ? named.trim().toLowerCase() : digitsOf(named);
}

/** A number that the reply tells of twice, and not the same, is a contradiction. */
export type NumbersTold = ReadonlyMap<string, NumberDetails | 'contradiction'>;

export type SmscReply =
	| {
			readonly kind: 'error';
			readonly code: string;
			readonly text: string | null;
			readonly id: string | null;
	  }
	| {
			readonly kind: 'sent' | 'price';
			/** Empty for a price. */
			readonly id: string;
			/** Parts × recipients. */
			readonly count: number | null;
			readonly cost: number | null;
			/** By `recipientKey`; null when the reply has no details. */
			readonly numbers: NumbersTold | null;
	  };

function readNumbers(rows: readonly unknown[]): NumbersTold {
	const numbers = new Map<string, NumberDetails | 'contradiction'>();
	for (const row of rows.map(asRecord)) {
		const key = recipientKey(asText(pick(row, 'phone')) ?? '');
		if (key === '') continue;
		const details: NumberDetails = {
			status: asText(pick(row, 'status')),
			error: asText(pick(row, 'error')),
			cost: asNumber(pick(row, 'cost')),
		};
		const known = numbers.get(key);
		const agrees = known === undefined || (known !== 'contradiction' && known.status === details.status);
		numbers.set(key, agrees ? details : 'contradiction');
	}
	return numbers;
}

/** From the fields that JSON and XML have in common. */
function fromFields(
	fields: Readonly<Record<string, unknown>>,
	details: readonly unknown[] | null,
	priceOnly: boolean,
): SmscReply | null {
	const code = asText(pick(fields, 'error_code'));
	const id = asText(pick(fields, 'id'));
	if (code !== null) return { kind: 'error', code, text: asText(pick(fields, 'error')), id };
	const count = asNumber(pick(fields, 'cnt'));
	const cost = asNumber(pick(fields, 'cost'));
	const numbers = details === null ? null : readNumbers(details);
	if (priceOnly && cost !== null && id === null) return { kind: 'price', id: '', count, cost, numbers };
	if (id === null || id === '0' || priceOnly) return null;
	return { kind: 'sent', id, count, cost, numbers };
}

const XML_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => XML_ENTITIES[name] ?? '');
}

/** Only the vendor's flat `<result>`: anything nested otherwise reads as absent. */
function fromXml(text: string, priceOnly: boolean): SmscReply | null {
	const result = /<result>([\s\S]*)<\/result>/.exec(text)?.[1];
	if (result === undefined) return null;
	const outer = result.replace(/<phones>[\s\S]*<\/phones>/, '');
	const fields: Record<string, string> = {};
	for (const [, name, value] of outer.matchAll(/<(id|cnt|cost|balance|error|error_code)>([^<]*)<\/\1>/g)) {
		if (name !== undefined && value !== undefined) fields[name] = unescapeXml(value);
	}
	const phones = [...result.matchAll(/<phone\b([^>]*)>([^<]*)<\/phone>/g)].map(([, attributes, phone]) => {
		const row: Record<string, string> = { phone: phone ?? '' };
		for (const [, name, value] of (attributes ?? '').matchAll(/(\w+)="([^"]*)"/g)) {
			if (name !== undefined && value !== undefined) row[name] = unescapeXml(value);
		}
		return row;
	});
	return fromFields(fields, phones.length > 0 ? phones : null, priceOnly);
}

function fromText(line: string, priceOnly: boolean): SmscReply | null {
	const error = /^ERROR = (\d+) \((.*)\)(?:, ID - (\S+))?$/.exec(line);
	if (error !== null) {
		const [, code = '', text = '', id] = error;
		return { kind: 'error', code, text: text === '' ? null : text, id: id ?? null };
	}
	const price = /^(\d+(?:\.\d+)?) \((\d+) SMS\)$/.exec(line);
	if (priceOnly && price !== null) {
		return { kind: 'price', id: '', cost: asNumber(price[1]), count: asNumber(price[2]), numbers: null };
	}
	const sent =
		/^OK - (\d+) SMS, ID - ([\w.-]+?)(?:, COST - (\d+(?:\.\d+)?))?(?:, BALANCE - (-?\d+(?:\.\d+)?))?$/.exec(
			line,
		);
	if (priceOnly || sent === null) return null;
	const [, count, id = '', cost] = sent;
	return { kind: 'sent', id, count: asNumber(count), cost: asNumber(cost), numbers: null };
}

function fromNumbers(line: string, priceOnly: boolean): SmscReply | null {
	const parts = line.split(',');
	const [first, second, cost] = parts;
	if (first === undefined || second === undefined || parts.length > 4 || !/^[\w.-]{1,40}$/.test(first))
		return null;
	const error = /^-(\d+)$/.exec(second)?.[1];
	if (error !== undefined)
		return { kind: 'error', code: error, text: null, id: first === '0' ? null : first };
	const count = asNumber(second);
	if (count === null || !Number.isInteger(count)) return null;
	if (priceOnly) {
		const price = asNumber(first);
		return price === null ? null : { kind: 'price', id: '', cost: price, count, numbers: null };
	}
	return first === '0' ? null : { kind: 'sent', id: first, count, cost: asNumber(cost), numbers: null };
}

/**
 * Null when it is none of SMSC's layouts. The layout is recognised, not assumed: with `fmt=3` some of the vendor's
 * programs still answer plain `ERROR = N (text)`.
 */
export function readReply(reply: GatewayReply, { replyFormat, priceOnly }: SmscOptions): SmscReply | null {
	const json = asRecord(reply.json);
	if (json !== null) {
		const details = pick(json, 'phones');
		return fromFields(json, Array.isArray(details) ? (details as unknown[]) : null, priceOnly);
	}
	const text = reply.text.trim();
	if (text.startsWith('<')) return fromXml(text, priceOnly);
	const line = text.split(/\r?\n/, 1)[0] ?? '';
	return fromText(line, priceOnly) ?? (replyFormat === 1 ? fromNumbers(line, priceOnly) : null);
}
