/**
 * VoIP Communications' call with a reply to a 2-way number. The vendor documents that there is one and not what it holds:
 * everything is in `raw`, and a field counts as sender, recipient or text only where its name leaves no doubt.
 */
import { isoOfWritten } from '../shared/time/instants';
import type { CallCharsets, WebhookCall } from '../shared/webhook/call';
import { rawFields } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { received } from '../shared/webhook/runWebhook';

/** American software: what is not UTF-8 is windows-1252, and a header may say which it is. */
export const voipCommunicationsCharsets: CallCharsets = { fallback: 'windows-1252', trustsHeader: true };

/** Beside the usual names those of the vendor's own log: `sms_external` is the other person, `sms_internal` the account. */
const NAMES = {
	from: /^(?:(?:from|sender)(?:_?(?:number|phone))?|sms_external)$/i,
	to: /^(?:(?:to|recipient|destination)(?:_?(?:number|phone))?|sms_internal)$/i,
	text: /^(?:msg|message|text|body|sms_msg)$/i,
	id: /^sms_?id$/i,
	instant: /^(?:sms_status_date|sms_date|timestamp)$/i,
	direction: /^sms_inout$/i,
} as const;

/** The value of the only field with such a name; null when there is none, or more than one that differ. */
function only(raw: Readonly<Record<string, string>>, pattern: RegExp): string | null {
	const values = new Set(
		Object.entries(raw)
			.filter(([name]) => pattern.test(name))
			.map(([, value]) => value),
	);
	const [value = null] = values;
	return values.size === 1 ? value : null;
}

function numberOf(value: string | null): string | null {
	if (value === null || !/^\+?\d{3,15}$/.test(value)) return value;
	return value.length >= 10 && !value.startsWith('+') ? `+${value}` : value;
}

/** The event of a call; null when nothing came with it, or what came is a text of the account's own. */
export function readVoipCommunicationsCall(call: WebhookCall): GatewayEvent | null {
	const raw = rawFields(call);
	if (Object.keys(raw).length === 0 || only(raw, NAMES.direction) === 'OUT') return null;
	return gatewayEvent({
		event: 'reply',
		gateway: 'voipCommunications',
		messageId: only(raw, NAMES.id),
		to: numberOf(only(raw, NAMES.to)),
		from: numberOf(only(raw, NAMES.from)),
		text: only(raw, NAMES.text),
		// The log's dates are in the account's own zone, which a call does not name.
		occurredAt: isoOfWritten(only(raw, NAMES.instant)),
		raw,
	});
}

/** No answer is documented, and other gateways text theirs to the person who wrote: HTTP 200 alone. */
export function readVoipCommunicationsWebhook(call: WebhookCall): WebhookReading {
	return received(readVoipCommunicationsCall(call), '');
}
