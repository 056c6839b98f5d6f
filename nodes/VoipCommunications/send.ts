/** VoIP Communications: one text for many numbers to `sms/send`, and its log of each text to outcomes. */
import type { CodeWords } from '../shared/codes';
import { outcomeOfCode } from '../shared/codes';
import { unclear } from '../shared/faults';
import type { Batch, GatewayReply, GatewayRequest, Message } from '../shared/gateway';
import type { Outcome, Refused } from '../shared/outcome';
import { refuseInput } from '../shared/outcome';
import { asNumber, asRecord, asText, digitsOf, pick } from '../shared/wire';
import { ACCEPTED_CODE, OTHER_REFUSAL, VOIP_SENTENCES } from './codes';
import type { VoipCommunicationsOptions } from './options';

export const NAME = 'VoIP Communications';

export function checkVoipCommunicationsMessage({ from }: Message<VoipCommunicationsOptions>): Refused | null {
	if (from === '' || /^\+?\d{3,15}$/.test(from)) return null;
	return refuseInput(
		'invalid_sender',
		`"${from}" is not a phone number. Nothing was sent.`,
		"Give 'From' a number of your VoIP Communications account, digits only, or leave it empty to send as bulk.",
	);
}

export function buildVoipCommunicationsSend({ messages }: Batch<VoipCommunicationsOptions>): GatewayRequest {
	const [first] = messages;
	const fields: Record<string, string> = {};
	// An empty sender means "bulk, at the lower rate": the field is left out then.
	if (first.from !== '') fields.from = first.from.replace('+', '');
	fields.to = messages.map(({ digits }) => digits).join(',');
	fields.msg = first.text;
	if (first.options.deliveryDate !== null) fields.delivery_date = first.options.deliveryDate;
	return { method: 'POST', path: '/api-v2/index.php/sms/send', body: { kind: 'form', fields } };
}

export function wordsOf(sentence: string | null): CodeWords {
	return VOIP_SENTENCES.find(([pattern]) => pattern.test(sentence ?? ''))?.[1] ?? OTHER_REFUSAL;
}

/** The sentence of a reply that refuses: the vendor's own apps look for a truthy `error` in every answer. */
export function sentenceOfError(whole: Readonly<Record<string, unknown>> | null): string | null {
	const error = pick(whole, 'error');
	const isError = ![undefined, null, false, 0, '', '0'].some((nothing) => nothing === error);
	return isError ? (asText(pick(whole, 'error_message')) ?? asText(error) ?? '') : null;
}

function refusalBy(sentence: string | null, code: string | null): Outcome {
	const words = wordsOf(sentence);
	return outcomeOfCode(NAME, code ?? sentence?.slice(0, 100) ?? '', words, sentence);
}

function outcomeOfRow(row: Readonly<Record<string, unknown>>): Outcome {
	const code = asText(pick(row, 'code'))?.trim() ?? null;
	if (code === null) return unclear(NAME, "The gateway's answer for this number has no code.");
	if (code !== ACCEPTED_CODE) return refusalBy(asText(pick(row, 'code_desc')), code);
	return {
		accepted: true,
		messageId: asText(pick(row, 'smsid')),
		status: 'queued',
		cost: asNumber(pick(row, 'sale')),
		segments: null,
	};
}

export function readVoipCommunicationsSend(
	{ json }: GatewayReply,
	batch: Batch<VoipCommunicationsOptions>,
): Outcome[] | null {
	const whole = asRecord(json);
	const log = pick(whole, 'send_log');
	if (!Array.isArray(log)) {
		const sentence = sentenceOfError(whole);
		if (sentence === null) return null;
		const outcome = refusalBy(sentence, null);
		return batch.messages.map(() => outcome);
	}
	const rows = (log as unknown[]).map(asRecord);
	return batch.messages.map(({ digits }) => {
		const [own, ...others] = rows.filter((row) => digitsOf(pick(row, 'to')) === digits);
		if (own === undefined || own === null) {
			return unclear(NAME, 'The gateway took this request, and its answer does not mention this number.');
		}
		// A row may come twice; two that contradict each other tell nothing.
		return others.every((row) => asText(pick(row, 'code')) === asText(pick(own, 'code')))
			? outcomeOfRow(own)
			: unclear(NAME, "The gateway's answer for this number contradicts itself.");
	});
}
