import type { SimulatedReply } from '../simulator';
import { codeText } from './codes';

/** A JSON value whose objects keep the order of their keys: JavaScript's own would sort short numbers to the front. */
export type Ordered = string | number | null | readonly string[] | OrderedMap;

/** An object in the reply. */
export class OrderedMap {
	constructor(readonly entries: ReadonlyArray<readonly [string, Ordered]>) {}
}

function write(value: Ordered): string {
	if (value instanceof OrderedMap) {
		return `{${value.entries.map(([key, inner]) => `${write(key)}:${write(inner)}`).join(',')}}`;
	}
	// Recorded traffic: slashes are escaped, as PHP does.
	return JSON.stringify(value).replace(/\//g, '\\/');
}

export const object = (...entries: ReadonlyArray<readonly [string, Ordered]>): OrderedMap =>
	new OrderedMap(entries);

/** One entry of a reply: an error with its text. */
export const errorEntry = (code: string, ...more: ReadonlyArray<readonly [string, Ordered]>): OrderedMap =>
	object(['status', 'ERROR'], ['status_code', Number(code)], ['status_text', codeText(code)], ...more);

export function jsonReply(value: OrderedMap): SimulatedReply {
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=utf-8', 'sms-api': '1' },
		body: write(value),
	};
}

export function plainReply(lines: ReadonlyArray<string | number>): SimulatedReply {
	return {
		status: 200,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'sms-api': '1' },
		body: lines.join('\n'),
	};
}

/** A request that went well: the JSON form without, or the plain form with, the code in front. */
export function okReply(
	isJson: boolean,
	json: ReadonlyArray<readonly [string, Ordered]>,
	lines: ReadonlyArray<string | number>,
): SimulatedReply {
	if (!isJson) return plainReply(['100', ...lines]);
	return jsonReply(object(['status', 'OK'], ['status_code', 100], ...json));
}

/** A request that failed as a whole: no `sms` in JSON, the code alone in plain text. */
export function failReply(isJson: boolean, code: string): SimulatedReply {
	return isJson ? jsonReply(errorEntry(code)) : plainReply([code]);
}
