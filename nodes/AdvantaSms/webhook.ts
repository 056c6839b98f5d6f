/**
 * The Advanta platform's calls: a delivery report, or a message to a short code. They are not signed. Source: the
 * vendor's pages of the callback and of short codes (https://developers.advantasms.com/shortcode-api).
 */
import { reasonOf } from '../shared/contract/operation';
import { asRecord, asText, pick } from '../shared/contract/json';
import type { WebhookCall } from '../shared/webhook/call';
import { fieldText, rawFields } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import { advantaReport } from './codes';
import { internationalDigits } from './numbers';
import { MESSAGE_ID_NAMES, secondsOf } from './reply';

/** Under which a report has its word, in the order in which they are looked at. */
const WORD_NAMES = ['description', 'delivery-description'] as const;

function fieldOf(call: WebhookCall, names: readonly string[]): string | null {
	for (const name of names) {
		const value = asText(pick(call.json, name)) ?? fieldText(call, name);
		if (value !== null && value !== '') return value;
	}
	return null;
}

function has(call: WebhookCall, name: string): boolean {
	return pick(call.json, name) !== undefined || call.form.has(name);
}

/** E.164 where it is certain, else as it came. */
function numberFrom(written: string): string {
	const digits = internationalDigits(written);
	return digits === null ? written.trim() : `+${digits}`;
}

/** The word of a report; null when the call is none. */
export function reportWordOf(call: WebhookCall): string | null {
	return fieldOf(call, WORD_NAMES);
}

/** The calls in a call: brands of the platform put an answer in a list at times, and so may they a report. */
export function callsIn(call: WebhookCall): readonly WebhookCall[] {
	if (call.json !== null || !Array.isArray(call.body)) return [call];
	return call.body.flatMap((entry: unknown) => {
		const json = asRecord(entry);
		return json === null ? [] : [{ ...call, json }];
	});
}

/** The event of a call; null when it is neither a report nor a message. */
export function readAdvantaCall(call: WebhookCall): GatewayEvent | null {
	const raw = rawFields(call);
	const messageId = fieldOf(call, MESSAGE_ID_NAMES);
	const word = reportWordOf(call);
	if (messageId !== null && word !== null) {
		const [status, reason] = advantaReport(word);
		// The time has no zone: it tells no instant.
		return gatewayEvent({
			event: 'status',
			gateway: 'advantaSms',
			messageId,
			status,
			error: reason === null ? null : reasonOf(reason, word),
			raw,
			details: {
				reportedAt: fieldOf(call, ['timestamp', 'delivery-time']),
				deliverySeconds: secondsOf(fieldOf(call, ['timeTaken', 'delivery-tat'])),
			},
		});
	}
	const from = fieldOf(call, ['msisdn', 'mobile'])?.trim() ?? '';
	const to = fieldOf(call, ['shortcode']);
	// A message may be empty: to write to a short code is to say something. It is told by its fields.
	if (from === '' || (to === null && !has(call, 'message'))) return null;
	const text = fieldOf(call, ['message']) ?? '';
	return gatewayEvent({ event: 'reply', gateway: 'advantaSms', to, from: numberFrom(from), text, raw });
}
