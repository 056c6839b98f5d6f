/**
 * SMS.RU: a call whose number's last four digits are the code. It costs money, so it is treated with the same
 * care as texts. Source: the vendor's page of `code/call`.
 */
import { unclear } from '../../shared/contract/outcome';
import type { BaseOptions } from '../../shared/contract/message';
import type { BilledOperation } from '../../shared/contract/gateway';
import { defineSender } from '../../shared/contract/sender';
import { numberField } from '../../shared/panel/operationFields';
import type { Outcome } from '../../shared/contract/outcome';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { readUserIp, userIpField } from '../options';
import { NAME } from '../codes';
import { outcomeOf } from '../send';

interface CallOptions extends BaseOptions {
	/** `-1`: the call is not caused by a visitor. */
	readonly ip: string;
}

function readCall(json: Readonly<Record<string, unknown>>): Outcome | null {
	const status = asText(pick(json, 'status'));
	const errorCode = asText(pick(json, 'status_code'));
	const code = asText(pick(json, 'code'));
	if (status === 'OK' && (errorCode === null || errorCode === '100')) {
		// Typed as a number on the way, a code loses its leading zeros.
		if (code === null || !/^\d{1,4}$/.test(code)) return unclear(NAME, "SMS.RU's reply has no code.");
		const balance = asNumber(pick(json, 'balance'));
		return {
			accepted: true,
			messageId: asText(pick(json, 'call_id')),
			status: 'queued',
			cost: asNumber(pick(json, 'cost')),
			segments: null,
			details: { code: code.padStart(4, '0'), ...(balance === null ? {} : { balance }) },
		};
	}
	if (errorCode === null) {
		if (status !== 'ERROR') return null;
		const text = asText(pick(json, 'status_text')) ?? '';
		return unclear(
			NAME,
			`SMS.RU did not say whether it will call${text === '' ? '' : `: "${text.slice(0, 200)}"`}.`,
		);
	}
	if (errorCode === '100') return null;
	const outcome = outcomeOf(errorCode, asText(pick(json, 'status_text')), null, null);
	// The states of a text: no call is in them.
	return outcome.accepted === true ? unclear(NAME, "SMS.RU's reply has no code.", errorCode) : outcome;
}

const calls = defineSender<CallOptions>({
	ownOptions: new Set(['ip']),
	readOptions: (fields) => ({ scheduledFor: null, testMode: false, ip: readUserIp(fields) ?? '-1' }),
	isTextMessage: () => false,
	tellsRepeatsApart: true,
	detailKeys: ['code', 'balance'],
	build: ({ messages: [{ digits, options }] }) => ({
		method: 'POST',
		path: '/code/call',
		body: { kind: 'form', fields: { phone: digits, ip: options.ip, json: '1' } },
	}),
	read(reply, batch) {
		const json = asRecord(reply.json);
		const outcome = json === null ? null : readCall(json);
		return outcome === null ? null : batch.messages.map(() => outcome);
	},
});

export const callWithCode: BilledOperation = {
	resource: 'verification',
	operation: 'call',
	name: 'Call With Code',
	action: 'Call with code',
	description:
		"Call a person; the last four digits of the caller's number are the code, which is in the result",
	fields: [numberField('Phone number to call. Separate multiple values with commas.')],
	optionFields: [userIpField],
	sender: calls,
	followUp: null,
};
