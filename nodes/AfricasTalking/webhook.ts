/**
 * Africa's Talking's calls: a delivery report, an incoming message or an opt-out, each a form. They are not signed.
 * Source: https://developers.africastalking.com/docs/sms/notifications
 */
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import { asText, pick } from '../shared/contract/json';
import { reasonOf } from '../shared/contract/operation';
import { isoOfWritten } from '../shared/time/instants';
import type { WebhookCall } from '../shared/webhook/call';
import { rawFields } from '../shared/webhook/call';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { received } from '../shared/webhook/runWebhook';
import { readReport } from './codes';

/** The event of a call; null when it is none of the three. */
export function readAfricasTalkingCall(call: WebhookCall): GatewayEvent | null {
	const raw = rawFields(call);
	const field = (name: string): string | null => asText(pick(raw, name));
	const event = { gateway: 'africasTalking', messageId: field('id'), raw };
	const status = field('status');
	if (status !== null && event.messageId !== null) {
		const [known, reason, code] = readReport(status, field('failureReason'));
		const error = reason === null ? null : reasonOf(reason, code);
		return gatewayEvent({ ...event, event: 'status', to: field('phoneNumber'), status: known, error });
	}
	const from = field('from');
	// A message may be empty: it is told by its field.
	if (from !== null && pick(raw, 'text') !== undefined) {
		// Some dates come without a zone, and nobody says which is meant.
		const occurredAt = isoOfWritten(field('date'));
		const text = field('text') ?? '';
		return gatewayEvent({ ...event, event: 'reply', from, to: field('to'), text, occurredAt });
	}
	const phoneNumber = field('phoneNumber');
	const senderId = field('senderId');
	if (phoneNumber === null || senderId === null) return null;
	const details = { optOut: true };
	return gatewayEvent({ ...event, event: 'optOut', from: phoneNumber, to: senderId, details });
}

/** No answer besides HTTP 200 is documented. */
export function readAfricasTalkingWebhook(call: WebhookCall): WebhookReading {
	return received(readAfricasTalkingCall(call), '');
}
