/** SMS.RU: what texts would cost. Source: https://sms.ru/api/cost; nothing is sent by it. */
import { queryFailureOfCode } from '../shared/contract/codes';
import type { Batch } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome } from '../shared/contract/outcome';
import { indexRows } from '../shared/contract/replyRows';
import { asNumber, asRecord, asText, digitsOf, pick } from '../shared/contract/json';
import { NAME, smsRuWords } from './codes';
import type { SmsRuOptions } from './options';
import { recipientFields } from './send';

function priceOf(entry: Readonly<Record<string, unknown>> | null): Outcome | null {
	const code = asText(pick(entry, 'status_code'));
	if (code === null) return null;
	if (code === '100') {
		const cost = asNumber(pick(entry, 'cost'));
		return { accepted: false, quoted: true, cost, segments: asNumber(pick(entry, 'sms')) };
	}
	return refusal(code, asText(pick(entry, 'status_text')));
}

function refusal(code: string, text: string | null): Outcome {
	return {
		accepted: false,
		origin: 'gateway',
		...queryFailureOfCode(NAME, code, smsRuWords(code), text),
	};
}

const noPrice: Outcome = {
	accepted: false,
	origin: 'gateway',
	kind: 'unknown',
	code: null,
	message: "SMS.RU's reply has no price for this number.",
	hint: 'Run this step again later. Nothing was sent.',
	retry: 'later',
};

export function buildSmsRuPrice(batch: Batch<SmsRuOptions>): GatewayRequest {
	const { translit } = batch.messages[0].options.parameters;
	const fields = {
		...recipientFields(batch),
		...(translit === undefined ? {} : { translit }),
		json: '1',
	};
	return { method: 'POST', path: '/sms/cost', body: { kind: 'form', fields } };
}

export function readSmsRuPrice(reply: GatewayReply, batch: Batch<SmsRuOptions>): Outcome[] | null {
	const json = asRecord(reply.json);
	const code = asText(pick(json, 'status_code'));
	if (json === null || code === null) return null;
	const entries = asRecord(pick(json, 'sms'));
	if (entries === null && code !== '100') {
		const all = refusal(code, asText(pick(json, 'status_text')));
		return batch.messages.map(() => all);
	}
	const byDigits = indexRows(
		Object.entries(entries ?? {}).map(([number, entry]) => [digitsOf(number), entry] as const),
		batch.messages.map(({ digits }) => digits),
		(entry) => priceOf(asRecord(entry)) ?? noPrice,
	);
	return batch.messages.map(({ digits }) => byDigits.get(digits) ?? noPrice);
}
