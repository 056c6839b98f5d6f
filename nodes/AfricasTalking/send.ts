/**
 * Africa's Talking: one text for many numbers to the form endpoint, which the sandbox has as well, and its reply to
 * outcomes. Source: https://developers.africastalking.com/docs/sms/sending/bulk_(legacy)
 */
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../shared/contract/codes';
import { asNumber, asRecord, asText, digitsOf, pick, recordsIn } from '../shared/contract/json';
import type { Batch } from '../shared/contract/message';
import type { Outcome } from '../shared/contract/outcome';
import { unclear } from '../shared/contract/outcome';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { ReplyRow } from '../shared/contract/replyRows';
import { contradiction, outcomesByKey } from '../shared/contract/replyRows';
import { vendorQuote } from '../shared/contract/vendorWords';
import { ACCEPTED, NAME, REFUSALS, codeOfWord } from './codes';
import { readMoney } from './money';
import type { AfricasTalkingOptions } from './options';

/** Without it the gateway replies in XML. */
export const JSON_PLEASE = { Accept: 'application/json' } as const;

/** The credential adds the username. */
export function buildAfricasTalkingSend({ messages }: Batch<AfricasTalkingOptions>): GatewayRequest {
	const [{ text, from, options }] = messages;
	const fields: Record<string, string> = { to: messages.map(({ to }) => to).join(','), message: text };
	if (from !== '') fields.from = from;
	fields.bulkSMSMode = '1';
	if (options.enqueue !== undefined) fields.enqueue = options.enqueue ? '1' : '0';
	return {
		method: 'POST',
		path: '/version1/messaging',
		headers: JSON_PLEASE,
		body: { kind: 'form', fields },
	};
}

/** `segments`: what the sentence above the rows says of the text, where the row does not. */
function outcomeOfRow(row: ReplyRow, segments: number | null): Outcome {
	const word = asText(pick(row, 'status')) ?? '';
	const statusCode = asText(pick(row, 'statusCode'));
	const id = asText(pick(row, 'messageId'));
	const messageId = id === 'None' ? null : id;
	// Rows of 2016 have no code: https://github.com/rapidpro/rapidpro/issues/359
	const status = entryOf(ACCEPTED, statusCode ?? (word === 'Success' ? '102' : ''));
	if (status !== undefined) {
		if (word !== 'Success' || messageId === null) return contradiction(NAME, statusCode);
		const money = readMoney(pick(row, 'cost'));
		return {
			accepted: true,
			messageId,
			status,
			cost: money?.amount ?? null,
			currency: money?.currency ?? null,
			segments: asNumber(pick(row, 'messageParts')) ?? segments,
		};
	}
	const code = statusCode ?? codeOfWord(word) ?? word;
	const known = entryOf(REFUSALS, code);
	if (code === '') return unclear(NAME, "The gateway's reply for this number has no code.");
	if (known === undefined) return outcomeOfUnknownCode(NAME, code, word);
	const says = codeOfWord(word) ?? code;
	if (messageId !== null || word === 'Success' || says !== code) return contradiction(NAME, code);
	return outcomeOfCode(NAME, code, known, word);
}

/** Above an empty list stands why nobody was accepted: `InvalidSenderId`. Any other sentence leaves it open. */
function outcomeOfNobody(sentence: string | null): Outcome {
	const code = codeOfWord(sentence ?? '') ?? '';
	const known = entryOf(REFUSALS, code);
	if (known !== undefined) return outcomeOfCode(NAME, code, known, sentence);
	return unclear(NAME, `The gateway's reply mentions no number${vendorQuote(NAME, sentence)}.`);
}

/** Whatever the HTTP status is: 409 comes with the usual body. */
export function readAfricasTalkingSend(
	{ json }: GatewayReply,
	{ messages }: Batch<AfricasTalkingOptions>,
): readonly Outcome[] | null {
	const data = asRecord(pick(asRecord(json), 'SMSMessageData'));
	const rows = pick(data, 'Recipients');
	if (!Array.isArray(rows)) return null;
	const sentence = asText(pick(data, 'Message'));
	if (rows.length === 0) return messages.map(() => outcomeOfNobody(sentence));
	const segments = asNumber(/Message parts: (\d{1,3})$/.exec(sentence ?? '')?.[1]);
	const numbers = messages.map(({ digits }) => digits);
	const keyed = recordsIn(rows).map((row) => [digitsOf(pick(row, 'number')), row] as const);
	return outcomesByKey(NAME, numbers, keyed, (row) => outcomeOfRow(row, segments));
}
