/**
 * Africa's Talking's calls: a delivery report, an incoming message or an opt-out, each a form. They are not signed.
 * Source: https://developers.africastalking.com/docs/sms/notifications
 */
import type { GatewayEvent } from '../shared/contract/event';
import { asText, pick } from '../shared/contract/json';
import { reasonOf } from '../shared/contract/operation';
import { readInstant } from '../shared/time/instants';
import type { WebhookCall } from '../shared/webhook/call';
import { rawFields } from '../shared/webhook/call';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { readReport } from './codes';

/** Some dates come without a zone, and nobody says which is meant: those tell no instant. */
function instantOf(date: string | null): string | null {
	const text = (date ?? '').trim();
	const instant = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? readInstant(text.slice(0, 40), 'UTC') : null;
	return instant === null ? null : new Date(instant).toISOString();
}

/** The event of a call; null when it is none of the three. */
export function readAfricasTalkingCall(call: WebhookCall): GatewayEvent | null {
	const raw = rawFields(call);
	const field = (name: string): string | null => asText(pick(raw, name));
	const nothing = { to: null, from: null, text: null, status: null, error: null, occurredAt: null };
	const event = { gateway: 'africasTalking', messageId: field('id'), ...nothing, raw };
	const status = field('status');
	if (status !== null && event.messageId !== null) {
		const [known, reason, code] = readReport(status, field('failureReason'));
		const error = reason === null ? null : reasonOf(reason, code);
		return { ...event, event: 'status', to: field('phoneNumber'), status: known, error };
	}
	const from = field('from');
	// A message may be empty: it is told by its field.
	if (from !== null && pick(raw, 'text') !== undefined) {
		const occurredAt = instantOf(field('date'));
		return { ...event, event: 'reply', from, to: field('to'), text: field('text') ?? '', occurredAt };
	}
	const phoneNumber = field('phoneNumber');
	const senderId = field('senderId');
	if (phoneNumber === null || senderId === null) return null;
	return { ...event, event: 'optOut', from: phoneNumber, to: senderId, details: { optOut: true } };
}

/** Nobody documents an answer besides HTTP 200. */
export function readAfricasTalkingWebhook(call: WebhookCall): WebhookReading {
	const event = readAfricasTalkingCall(call);
	return { outcome: 'events', events: event === null ? [] : [event], answer: '' };
}
