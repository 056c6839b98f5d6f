/**
 * AlphaSMS: a call that tells a code. The gateway makes the code up and answers with it. Source: the vendor's JSON page
 * "Voice OTP".
 */
import type { BilledOperation } from '../../shared/contract/gateway';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import type { Outcome } from '../../shared/contract/outcome';
import { unclear } from '../../shared/contract/outcome';
import { defineSender } from '../../shared/contract/sender';
import { numberField } from '../../shared/panel/operationFields';
import { reachesJson } from '../credential';
import { withoutKey } from '../channels/checks';
import { NAME } from '../codes';
import type { Item } from '../jsonItems';
import { idsFor, isTrue, jsonRequest } from '../jsonItems';
import { outcomeOfFailure, readItems } from '../sendJson';

function outcomeOfCall(item: Item): Outcome {
	const data = asRecord(pick(item, 'data'));
	if (!isTrue(pick(item, 'success')) || asText(pick(item, 'error')) !== null) return outcomeOfFailure(item);
	const code = asText(pick(data, 'code'));
	// Typed as a number on the way, a code loses its leading zeros.
	if (code === null || !/^\d{1,4}$/.test(code)) return unclear(NAME, "AlphaSMS's reply has no code.");
	return {
		accepted: true,
		messageId: null,
		status: 'queued',
		cost: asNumber(pick(data, 'price')),
		segments: null,
		details: { code: code.padStart(4, '0') },
	};
}

const calls = defineSender({
	readOptions: () => ({ scheduledFor: null, testMode: false }),
	isTextMessage: () => false,
	tellsRepeatsApart: true,
	detailKeys: ['code'],
	// The reply names neither the number nor our id: one call a request.
	build: ({ messages: [{ digits }], reference }) =>
		jsonRequest([{ type: 'call/otp', id: idsFor(reference, 1)[0] ?? 0, phone: Number(digits) }]),
	read: (reply, batch) => readItems(reply, batch, outcomeOfCall),
});

export const callWithCode: BilledOperation = {
	resource: 'verification',
	operation: 'call',
	name: 'Call With Code',
	action: 'Call with code',
	description: 'Call a person with a four-digit code, which is in the result. Needs an API key.',
	fields: [numberField('Phone number to call. Separate multiple values with commas.')],
	optionFields: [],
	sender: calls,
	senderFor: (authentication) => (reachesJson(authentication) ? calls : withoutKey(calls, 'Call With Code')),
	followUp: null,
};
