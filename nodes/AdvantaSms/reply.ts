/** What the replies of the platform's many brands have in common, for any request. */
import { asRecord, asText, pick } from '../shared/contract/json';
import { internationalDigits } from './numbers';
import type { ReplyRow } from '../shared/contract/replyRows';

/** Trimmed; null where nothing is left. */
function textOf(row: ReplyRow, name: string): string | null {
	const text = asText(pick(row, name))?.trim() ?? '';
	return text === '' ? null : text;
}

/** The first of several spellings that has a value. */
function firstText(row: ReplyRow, names: readonly string[]): string | null {
	for (const name of names) {
		const text = textOf(row, name);
		if (text !== null) return text;
	}
	return null;
}

/** The vendor's key, and its misspelling, which TextSMS, Celcom and others really send. */
const CODE_NAMES = ['response-code', 'respose-code'] as const;

export function hasCode(row: ReplyRow): boolean {
	return firstText(row, CODE_NAMES) !== null;
}

/** Null where there is no code, and where both keys have one and they differ. */
export function codeOf(row: ReplyRow): string | null {
	const right = textOf(row, CODE_NAMES[0]);
	const misspelt = textOf(row, CODE_NAMES[1]);
	return right !== null && misspelt !== null && right !== misspelt ? null : (right ?? misspelt);
}

/** `messageid` in sending, `message-id` in reports; brands and their clients write the others. */
export const MESSAGE_ID_NAMES = ['messageid', 'messageID', 'messageId', 'message-id'] as const;

export function messageIdOf(row: ReplyRow): string | null {
	return firstText(row, MESSAGE_ID_NAMES);
}

/** Our own ID, which `sendbulk` gives back. */
export function ownIdOf(row: ReplyRow): string | null {
	return textOf(row, 'clientsmsid');
}

/** The gateway's own number of the operator, which its pages do not explain. */
export function networkOf(row: ReplyRow): string | null {
	return firstText(row, ['networkid', 'delivery-networkid']);
}

/** The digits of the number with its country code; empty where the row names none. */
export function numberOf(row: ReplyRow): string {
	const mobile = asText(pick(row, 'mobile')) ?? '';
	return internationalDigits(mobile) ?? mobile.replace(/\D/g, '');
}

/** How long a delivery took, in any of the brands' ways to write it: `00:02:30`, `0.24 sec`, `22s`; null for all else. */
export function secondsOf(written: string | null): number | null {
	const [, hours, minutes, rest] =
		/^(?:(\d{1,4}):([0-5]?\d):)?(\d{1,9}(?:\.\d{1,6})?)\s?(?:s|secs?)?$/i.exec(written?.trim() ?? '') ?? [];
	if (rest === undefined) return null;
	return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest);
}

/** The rows of a reply: bare, or under the vendor's key; null when there is no list. */
export function listOf(json: unknown): readonly unknown[] | null {
	const list: unknown = Array.isArray(json) ? json : pick(asRecord(json), 'responses');
	return Array.isArray(list) ? list : null;
}

/** More are not read: a person fixes one after the other. */
const MOST_ERRORS = 10;

/**
 * What is wrong with each field, as CakePHP gives it: `errors: {field: {rule: text}}`. Public clients expect it beside
 * the code. Null when nothing is wrong.
 */
export function fieldErrorsOf(row: ReplyRow): string | null {
	const said: string[] = [];
	for (const [field, rules] of Object.entries(asRecord(pick(row, 'errors')) ?? {})) {
		const texts = typeof rules === 'object' && rules !== null ? Object.values(rules) : [rules];
		for (const text of texts.slice(0, MOST_ERRORS)) {
			const sentence = asText(text);
			if (sentence !== null) said.push(`${field}: ${sentence}`);
		}
		if (said.length >= MOST_ERRORS) break;
	}
	return said.length === 0 ? null : said.join('; ');
}

/** The gateway's own words of a row: its description, and what is wrong with each field. */
export function vendorTextOf(row: ReplyRow): string | null {
	const parts = [asText(pick(row, 'response-description')), fieldErrorsOf(row)];
	const said = parts.filter((part) => part !== null).join('; ');
	return said === '' ? null : said;
}
