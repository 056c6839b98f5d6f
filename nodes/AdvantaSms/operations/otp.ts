/** Advanta: one-time codes by the route for transactional texts. Source: the vendor's `sendotp` page. */
import { messageFields } from '../../shared/panel/messageFields';
import type { Gateway, OtherSending } from '../../shared/contract/gateway';
import { numberField } from '../../shared/panel/operationFields';
import type { AdvantaSmsOptions } from '../options';
import { messageFields as wireFields } from '../send';

const isShown = new Set(['message', 'from']);

/** @param texts the gateway as it sends texts: the reply is the same */
export function otpSending(texts: Gateway<AdvantaSmsOptions>): OtherSending {
	const gateway: Gateway<AdvantaSmsOptions> = {
		...texts,
		maxBatchSize: 1,
		batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
		differentTextsKey: () => null,
		buildSend: ({ messages: [message] }) => ({
			method: 'POST',
			path: '/api/services/sendotp',
			body: { kind: 'json', value: { mobile: message.digits, ...wireFields(message) } },
		}),
		operations: [],
		otherSendings: [],
	};
	return {
		resource: 'message',
		operation: 'sendOtp',
		name: 'Send One-Time Code',
		action: 'Send one time code',
		description:
			'Send a text with a one-time code by the route for transactional messages, not for advertising',
		fields: [
			numberField('Phone number with country code. Separate several by comma.'),
			...messageFields({ listsSenders: false, homes: [] })
				.filter(({ name }) => isShown.has(name))
				.map((field) => ({
					...field,
					...(field.name === 'message' ? { placeholder: 'e.g. Your code is 4821' } : {}),
					displayOptions: {},
				})),
		],
		optionFields: [],
		gateway,
		followUp: null,
	};
}
