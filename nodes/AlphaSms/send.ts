/** AlphaSMS: one text to `/api/http.php`, and its plain reply to an outcome. Source: https://docs.alphasms.net/, "Send SMS". */
import type { Batch } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome } from '../shared/contract/outcome';
import { unclear } from '../shared/contract/outcome';
import { asNumber } from '../shared/contract/json';
import { smsSender } from './channels/item';
import { NAME, leavesItToStatus, outcomeOfSentences } from './codes';
import type { AlphaSmsOptions } from './options';
import type { Pairs } from './reply';
import { readPairs } from './reply';

export function buildAlphaSmsSend({ messages: [message] }: Batch<AlphaSmsOptions>): GatewayRequest {
	const { digits, text, options } = message;
	const fields: Record<string, string> = {
		// Both values mean the same. Without one, old installations speak another dialect.
		version: options.version ?? 'http',
		command: 'send',
		from: smsSender(message.from),
		to: digits,
		message: text,
	};
	if (options.wapPushUrl !== null) fields.wap = options.wapPushUrl;
	if (options.flash !== null) fields.flash = options.flash ? '1' : '0';
	if (options.askDate !== null) fields.ask_date = options.askDate;
	return { method: 'POST', path: '/api/http.php', body: { kind: 'form', fields } };
}

/** `id:0`, `id:` and the like name no message. */
const NAMES_ANY = /^0*[1-9]\d*$/;
/** A message named in the same line as the sentence, as the page prints its pairs. */
const NAMED_IN_SENTENCE = /\b(?:id|sm[sd]_count):\s{0,5}0*[1-9]/i;

export function readAlphaSmsSend(
	{ status, text }: GatewayReply,
	batch: Batch<AlphaSmsOptions>,
): Outcome[] | null {
	if (!/^\s*(?:id|errors|sms_count|smd_count):/.test(text)) return null;
	const outcome = outcomeOfPairs(readPairs(text), status);
	return outcome === null ? null : batch.messages.map(() => outcome);
}

function outcomeOfPairs(pairs: Pairs, status: number): Outcome | null {
	const id = pairs.get('id')?.[0] ?? '';
	const count = (pairs.get('sms_count') ?? pairs.get('smd_count'))?.[0];
	const sentences = pairs.get('errors');
	if (sentences !== undefined) {
		const namesOne = [id, count ?? ''].some((value) => NAMES_ANY.test(value));
		const namedInside = sentences.some((sentence) => NAMED_IN_SENTENCE.test(sentence));
		if (namesOne || namedInside) return outcomeOfSentences(sentences, NAMES_ANY.test(id) ? id : '');
		return leavesItToStatus(status, sentences) ? null : outcomeOfSentences(sentences);
	}
	// Without the count behind it, the answer was cut off, and the id may lack its last digits.
	if (!NAMES_ANY.test(id) || count === undefined) return null;
	return acceptedOrUnclear(id, asNumber(count) ?? 0);
}

/** @param segments null where the gateway does not say */
export function acceptedOrUnclear(messageId: string, segments: number | null): Outcome {
	if (segments !== null && (segments < 1 || !Number.isInteger(segments))) {
		return { ...unclear(NAME, 'AlphaSMS gave a message ID, but counted no segments for it.'), messageId };
	}
	return { accepted: true, messageId, status: 'queued', cost: null, segments };
}
