/** How the gateway refuses, whatever was asked. */
import { asRecord, asText, pick } from '../shared/contract/json';
import type { ReplyRow } from '../shared/contract/replyRows';

/** The sentence of a reply that refuses: the vendor's own apps look for a truthy `error` in every answer. */
export function sentenceOfError(whole: ReplyRow | null): string | null {
	const error = pick(whole, 'error');
	const nested = asRecord(error);
	const inError = asText(pick(nested, 'error_message')) ?? asText(pick(nested, 'message'));
	// An empty list is PHP's empty map: no error.
	if (error !== true && asText(error) === null && inError === null) return null;
	if (['0', 'false'].includes((asText(error) ?? '').trim().toLowerCase())) return null;
	const flag = /^(?:1|true|yes)$/i.test(asText(error) ?? '') ? null : asText(error);
	return asText(pick(whole, 'error_message')) ?? inError ?? asText(pick(whole, 'message')) ?? flag ?? '';
}

/** The code of an outcome that has no other: the sentence itself, or the HTTP status. */
export function codeOfRefusal(sentence: string, status: number): string {
	return status === 200 ? sentence.slice(0, 100) : `HTTP ${status}`;
}
