/**
 * SMSC: a call that tells a person a code of SMSC's making, which the reply has. Source: "Sending a code by voice message",
 * https://smscentre.com/api/http/send/voice/phone_code/; clients of recent years take the code from the caller's number.
 */
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Outcome } from '../../shared/contract/outcome';
import { unclear } from '../../shared/contract/outcome';
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { GatewayReply } from '../../shared/contract/request';
import { numberField } from '../../shared/panel/operationFields';
import { DUPLICATE_CALL, NAME } from '../codes';
import { CODE_WORD } from '../send/checks';
import { orderOptionFields, orderSender } from './order';

/** A call whose code nobody knows proves nothing. */
function withCode(outcome: Outcome, { json }: GatewayReply): Outcome {
	if (outcome.accepted !== true) return outcome;
	const { messageId, details } = outcome;
	const code = asText(pick(asRecord(json), 'code')) ?? '';
	// Four digits; typed as a number on the way, a code loses its leading zeros.
	if (/^\d{1,8}$/.test(code)) return { ...outcome, details: { ...details, code: code.padStart(4, '0') } };
	const unknown = unclear(NAME, 'SMSC accepted this call, but its reply has no code.');
	return messageId === null ? unknown : { ...unknown, messageId };
}

export const callWithCode: BilledOperation = {
	resource: 'verification',
	operation: 'call',
	name: 'Call With Code',
	action: 'Call with code',
	description:
		"Call a person with a code, which is in the result: SMSC reads it out, or it is the last digits of the caller's number",
	fields: [numberField('Phone number to call. Separate multiple values with commas.')],
	optionFields: orderOptionFields,
	sender: orderSender({
		parameters: { call: '1', mes: CODE_WORD },
		// One reply has one code.
		perRequest: 1,
		detailKeys: ['code', 'balance', 'mccmnc'],
		duplicate: DUPLICATE_CALL,
		read: withCode,
	}),
	followUp: null,
};
