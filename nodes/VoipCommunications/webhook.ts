/**
 * VoIP Communications' call with a reply to a 2-way number. The vendor documents that there is one and not what it holds:
 * all that came stands under `raw`, and a field is taken for sender, receiver or text only where its name leaves no doubt.
 */
import type { WebhookCall } from '../shared/webhook/call';
import { rawFields } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/webhook/events';

const NAMES = {
	from: /^(?:from|sender)(?:_?(?:number|phone))?$/i,
	to: /^(?:to|recipient|destination)(?:_?(?:number|phone))?$/i,
	text: /^(?:msg|message|text|body)$/i,
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

/** The event of a call; null when nothing came with it. */
export function readVoipCommunicationsCall(call: WebhookCall): GatewayEvent | null {
	const raw = rawFields(call);
	if (Object.keys(raw).length === 0) return null;
	return {
		event: 'reply',
		gateway: 'voipCommunications',
		messageId: null,
		to: numberOf(only(raw, NAMES.to)),
		from: numberOf(only(raw, NAMES.from)),
		text: only(raw, NAMES.text),
		status: null,
		error: null,
		occurredAt: null,
		raw,
	};
}
