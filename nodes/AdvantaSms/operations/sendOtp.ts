/**
 * Advanta: one-time codes by the route for transactional texts, to hashed numbers as well. Sources: the vendor's pages of
 * `sendotp` and "SMS to hashed Safaricom numbers".
 */
import { messageFields } from '../../shared/panel/messageFields';
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Sender } from '../../shared/contract/sender';
import { toField } from '../../shared/panel/operationFields';
import { hashedNumber } from '../numbers';
import type { AdvantaSmsOptions } from '../options';
import { wireFields } from '../send';

const isShown = new Set(['message', 'from']);

/** @param texts how texts are sent: the reply is the same */
export function otpOperation(texts: Sender<AdvantaSmsOptions>): BilledOperation {
	const sender: Sender<AdvantaSmsOptions> = {
		...texts,
		batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
		differentTextsKey: () => null,
		readOtherRecipient: hashedNumber,
		build: ({ messages: [message] }) => ({
			method: 'POST',
			path: '/api/services/sendotp',
			body: {
				kind: 'json',
				value: message.isNumber
					? { mobile: message.digits, ...wireFields(message) }
					: { mobile: message.to, ...wireFields(message), hashed: true },
			},
		}),
	};
	return {
		resource: 'message',
		operation: 'sendOtp',
		name: 'Send Text by the OTP Route',
		action: 'Send text by the OTP route',
		description:
			'Send a text by the route for one-time codes and other transactional messages, not for advertising. It neither makes nor checks a code.',
		fields: [
			toField(
				'Phone number with country code, or the hash of one that Safaricom gave you. Separate multiple values with commas.',
			),
			...messageFields({ listsSenders: false, homes: [] })
				.filter(({ name }) => isShown.has(name))
				.map((field) => ({
					...field,
					...(field.name === 'message' ? { placeholder: 'e.g. Your code is 4821' } : {}),
					displayOptions: {},
				})),
		],
		optionFields: [],
		sender,
		followUp: null,
	};
}
