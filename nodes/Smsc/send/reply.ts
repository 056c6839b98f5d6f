/** SMSC's four reply layouts (`fmt` 0–3) read into one shape. Source: "Sending an SMS", server response and codes. */
import type { GatewayReply } from '../../shared/contract/request';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import type { SmscOptions } from '../options';
import { recipientKey } from '../recipients';

/** What `op=1` tells of one number. */
export interface NumberDetails {
	readonly status: string | null;
	readonly error: string | null;
	readonly cost: number | null;
	/** Of the operator whose number it is. */
	readonly mccmnc: string | null;
}

/** A number that the reply tells of twice, and not the same, is a contradiction. */
export type NumberRows = ReadonlyMap<string, NumberDetails | 'contradiction'>;

export interface ErrorReply {
	readonly kind: 'error';
	readonly code: string;
	readonly text: string | null;
	readonly id: string | null;
}

export interface TakenReply {
	readonly kind: 'sent' | 'price';
	/** Empty for a price. */
	readonly id: string;
	/** Parts × recipients, by the vendor's word; 0 where it counts nothing. */
	readonly count: number | null;
	readonly cost: number | null;
	/** What is left on the account, where `cost=3` asked for it. */
	readonly balance: number | null;
	/** By `recipientKey`; null when the reply has no details. */
	readonly numbers: NumberRows | null;
}

export type SmscReply = ErrorReply | TakenReply;

function rowsByNumber(rows: readonly unknown[]): NumberRows {
	const numbers = new Map<string, NumberDetails | 'contradiction'>();
	for (const row of rows.map(asRecord)) {
		const key = recipientKey(asText(pick(row, 'phone')) ?? '');
		if (key === '') continue;
		const details: NumberDetails = {
			status: asText(pick(row, 'status')),
			error: asText(pick(row, 'error')),
			cost: asNumber(pick(row, 'cost')),
			mccmnc: asText(pick(row, 'mccmnc')),
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
	const balance = asNumber(pick(fields, 'balance'));
	const numbers = details === null ? null : rowsByNumber(details);
	if (priceOnly && cost !== null && id === null)
		return { kind: 'price', id: '', count, cost, balance, numbers };
	if (id === null || id === '0' || priceOnly) return null;
	return { kind: 'sent', id, count, cost, balance, numbers };
}

const XML_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => XML_ENTITIES[name] ?? '');
}

/** No number's attributes are longer; a search without this bound would take time by the square of their length. */
const LONGEST_ATTRIBUTES = 1000;

/** What stands between the first `open` and the last `close`; null when either is missing. */
function between(text: string, open: string, close: string): string | null {
	const start = text.indexOf(open);
	const end = text.lastIndexOf(close);
	return start < 0 || end < start + open.length ? null : text.slice(start + open.length, end);
}

/** `<phone mccmnc="…" cost="…" status="…" error="…">number</phone>`; null when it is cut off. */
function phoneFromXml(element: string): Record<string, string> | null {
	const end = element.indexOf('>');
	const close = element.indexOf('</phone>', end);
	if (end < 0 || close < 0 || end > LONGEST_ATTRIBUTES) return null;
	const row: Record<string, string> = { phone: element.slice(end + 1, close) };
	for (const [, name, value] of element.slice(0, end).matchAll(/\b(\w{1,20})="([^"]*)"/g)) {
		if (name !== undefined && value !== undefined) row[name] = unescapeXml(value);
	}
	return row;
}

/** Only the vendor's flat `<result>`: anything nested otherwise reads as absent. */
function fromXml(text: string, priceOnly: boolean): SmscReply | null {
	const result = between(text, '<result>', '</result>');
	if (result === null) return null;
	const inner = between(result, '<phones>', '</phones>');
	const outer = inner === null ? result : result.replace(`<phones>${inner}</phones>`, () => '');
	const fields: Record<string, string> = {};
	for (const [, name, value] of outer.matchAll(/<(id|cnt|cost|balance|error|error_code)>([^<]*)<\/\1>/g)) {
		if (name !== undefined && value !== undefined) fields[name] = unescapeXml(value);
	}
	const phones = result.split(/<phone(?=[\s>])/).slice(1);
	const rows = phones.map(phoneFromXml).filter((row) => row !== null);
	return fromFields(fields, rows.length > 0 ? rows : null, priceOnly);
}

const NOTHING_ELSE = { cost: null, balance: null, numbers: null } as const;

function fromText(line: string, priceOnly: boolean): SmscReply | null {
	const error = /^ERROR = (\d+) \((.*)\)(?:, ID - (\S+))?$/.exec(line);
	if (error !== null) {
		const [, code = '', text = '', id] = error;
		return { kind: 'error', code, text: text === '' ? null : text, id: id ?? null };
	}
	const price = /^(\d+(?:\.\d+)?) \((\d+) SMS\)$/.exec(line);
	if (priceOnly && price !== null) {
		const [, cost, count] = price;
		return { ...NOTHING_ELSE, kind: 'price', id: '', cost: asNumber(cost), count: asNumber(count) };
	}
	const sent =
		/^OK - (\d+) SMS, ID - ([\w.-]+?)(?:, COST - (\d+(?:\.\d+)?))?(?:, BALANCE - (-?\d+(?:\.\d+)?))?$/.exec(
			line,
		);
	if (priceOnly || sent === null) return null;
	const [, count, id = '', cost, balance] = sent;
	return {
		...NOTHING_ELSE,
		kind: 'sent',
		id,
		count: asNumber(count),
		cost: asNumber(cost),
		balance: asNumber(balance),
	};
}

function fromNumbers(line: string, priceOnly: boolean): SmscReply | null {
	const parts = line.split(',');
	const [first, second, cost, balance] = parts;
	if (first === undefined || second === undefined || parts.length > 4 || !/^[\w.-]{1,40}$/.test(first))
		return null;
	const error = /^-(\d+)$/.exec(second)?.[1];
	if (error !== undefined)
		return { kind: 'error', code: error, text: null, id: first === '0' ? null : first };
	if (!/^\d+$/.test(second)) return null;
	const count = asNumber(second);
	if (priceOnly) {
		const price = asNumber(first);
		return price === null ? null : { ...NOTHING_ELSE, kind: 'price', id: '', cost: price, count };
	}
	if (first === '0') return null;
	return { kind: 'sent', id: first, count, cost: asNumber(cost), balance: asNumber(balance), numbers: null };
}

/** No first line of SMSC's is longer. */
const LONGEST_LINE = 1000;

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
	const line = (text.split(/\r?\n/, 1)[0] ?? '').slice(0, LONGEST_LINE);
	return fromText(line, priceOnly) ?? (replyFormat === 1 ? fromNumbers(line, priceOnly) : null);
}
