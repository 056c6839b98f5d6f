/**
 * The Advanta platform's calls: a delivery report, or a message to a short code. They are not signed. Source: the
 * vendor's pages of the callback and of short codes.
 */
import { reasonOf } from '../shared/operations';
import { asText, pick } from '../shared/wire';
import type { WebhookCall } from '../shared/webhook/call';
import { fieldText, rawFields } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/webhook/events';
import { advantaReport } from './codes';

function international(number: string | null): string | null {
	const digits = (number ?? '').replace(/\D/g, '');
	return digits === '' ? null : `+${digits}`;
}

/** The event of a call; null when it is neither a report nor a message. */
export function readAdvantaCall(call: WebhookCall): GatewayEvent | null {
	const field = (...names: readonly string[]): string | null => {
		for (const name of names) {
			const value = asText(pick(call.json, name)) ?? fieldText(call, name);
			if (value !== null && value !== '') return value;
		}
		return null;
	};
	const raw = rawFields(call);
	const messageId = field('messageid', 'messageID', 'message-id');
	const word = field('description', 'delivery-description');
	if (messageId !== null && word !== null) {
		const [status, reason] = advantaReport(word);
		// The time has no zone: it tells no instant.
		return {
			event: 'status',
			gateway: 'advantaSms',
			messageId,
			to: null,
			from: null,
			text: null,
			status,
			error: reason === null ? null : reasonOf(reason, word),
			occurredAt: null,
			raw,
			details: { reportedAt: field('timestamp', 'delivery-time') },
		};
	}
	const text = field('message');
	const from = international(field('msisdn', 'mobile'));
	if (text === null || from === null) return null;
	return {
		event: 'reply',
		gateway: 'advantaSms',
		messageId: null,
		to: field('shortcode'),
		from,
		text,
		status: null,
		error: null,
		occurredAt: null,
		raw,
	};
}
