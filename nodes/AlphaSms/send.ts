/** AlphaSMS: one text to `/api/http.php`, and its plain reply to an outcome. Source: the vendor's "Send SMS" page. */
import { outcomeOfCode } from '../shared/codes';
import type { Batch, GatewayReply, GatewayRequest, Message } from '../shared/gateway';
import type { Outcome, Refused } from '../shared/outcome';
import { refuseInput } from '../shared/outcome';
import { asNumber } from '../shared/wire';
import { wordsOfSentence } from './codes';
import type { AlphaSmsOptions } from './options';

export const NAME = 'AlphaSMS';

export function checkAlphaSmsMessage({ from, measure, options }: Message<AlphaSmsOptions>): Refused | null {
	if (!/^(?:[A-Za-z0-9._-]{1,11}|\+?\d{1,15})$/.test(from)) {
		return refuseInput(
			'invalid_sender',
			from === ''
				? 'AlphaSMS needs a sender. Nothing was sent.'
				: `"${from}" cannot be a sender at AlphaSMS. Nothing was sent.`,
			"Fill in 'From' with a name that AlphaSMS has approved for you: up to 11 Latin letters, digits, dots, dashes and underscores.",
		);
	}
	if (options.flash === true && measure.segments > 1) {
		return refuseInput(
			'invalid_parameter',
			`A flash message has one segment at AlphaSMS, and this text needs ${measure.segments}. Nothing was sent.`,
			"Shorten the text, or take 'Flash Message' out of the options.",
		);
	}
	return null;
}

export function buildAlphaSmsSend({
	messages: [{ digits, text, from, options }],
}: Batch<AlphaSmsOptions>): GatewayRequest {
	const fields: Record<string, string> = {
		version: options.version,
		command: 'send',
		from,
		to: digits,
		message: text,
	};
	if (options.wapPushUrl !== null) fields.wap = options.wapPushUrl;
	if (options.flash !== null) fields.flash = options.flash ? '1' : '0';
	if (options.askDate !== null) fields.ask_date = options.askDate;
	return { method: 'POST', path: '/api/http.php', body: { kind: 'form', fields } };
}

// The vendor's table writes smd_count, its sample and every program sms_count.
const KEYS = 'id|sms_count|smd_count|errors|status_time|status|code|balance|price|currency';

/**
 * `key:value` pairs, one a line or all in one line: values may hold blanks and colons, so each runs up to the next
 * known key. `errors` may come several times.
 */
export function readPairs(text: string): ReadonlyMap<string, readonly string[]> {
	const pairs = new Map<string, string[]>();
	const found = [...text.matchAll(new RegExp(`(?:^|\\s)(${KEYS}):`, 'g'))];
	found.forEach((match, index) => {
		const [whole, key = ''] = match;
		const end = found[index + 1]?.index ?? text.length;
		const value = text.slice(match.index + whole.length, end).trim();
		pairs.set(key, [...(pairs.get(key) ?? []), value]);
	});
	return pairs;
}

/** The sentences behind `errors:`; null when there are none. */
export function errorsIn(pairs: ReadonlyMap<string, readonly string[]>): string | null {
	return pairs.get('errors')?.join('; ') ?? null;
}

export function readAlphaSmsSend({ text }: GatewayReply, batch: Batch<AlphaSmsOptions>): Outcome[] | null {
	if (!/^\s*(?:id|errors|sms_count|smd_count):/.test(text)) return null;
	const pairs = readPairs(text);
	const errors = pairs.get('errors');
	const id = pairs.get('id')?.[0] ?? '';
	if (errors === undefined) {
		const count = (pairs.get('sms_count') ?? pairs.get('smd_count'))?.[0];
		// Without the count behind it, the answer was cut off, and the id may lack its last digits.
		if (!/^\d+$/.test(id) || count === undefined) return null;
		const segments = asNumber(count);
		return batch.messages.map(() => ({
			accepted: true,
			messageId: id,
			status: 'queued',
			cost: null,
			segments,
		}));
	}
	// An id beside a refusal is contradictory: nobody has seen it, and nobody can say what it means.
	if (id !== '') return null;
	const sentence = errors.join('; ');
	const outcome = outcomeOfSentence(sentence);
	return batch.messages.map(() => outcome);
}

/** A refusal in AlphaSMS's own words. */
export function outcomeOfSentence(sentence: string): Outcome {
	const { code, words, isKnown } = wordsOfSentence(sentence);
	return outcomeOfCode(NAME, code, words, isKnown ? null : sentence);
}
