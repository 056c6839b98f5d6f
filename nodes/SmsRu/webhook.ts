/**
 * SMS.RU's call: up to 100 records, each of lines, signed with the API ID. Source: the vendor's callback page and its
 * sample script.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isoOfSeconds, reasonOf } from '../shared/contract/operation';
import { asNumber } from '../shared/contract/json';
import { decodeBody } from '../shared/contract/charset';
import type { WebhookCall } from '../shared/webhook/call';
import { fieldText } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { checkState, smsRuStatus } from './codes';

/** "The script must answer 100": anything else counts as not received, and the call is repeated. */
const ANSWER = '100';

/** `data[0]`, `data[1]` … in the order of their numbers; the first may be 0 or 1. */
function recordsOf({ form }: WebhookCall): readonly Uint8Array[] {
	const numbered = [...form].flatMap(([name, bytes]) => {
		const index = /^data\[(\d{1,6})\]$/.exec(name)?.[1];
		return index === undefined ? [] : [[Number(index), bytes] as const];
	});
	return numbered.sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
}

function isSigned(records: readonly Uint8Array[], hash: string, apiId: string): boolean {
	const digest = createHash('sha256').update(apiId);
	for (const record of records) digest.update(record);
	return /^[0-9a-f]{64}$/i.test(hash) && timingSafeEqual(digest.digest(), Buffer.from(hash, 'hex'));
}

function eventOf(bytes: Uint8Array): GatewayEvent | null {
	const record = decodeBody(bytes);
	const [type, id = '', code = '', time = ''] = record.split('\n').map((line) => line.trim());
	if (id === '' || code === '') return null;
	const common = {
		gateway: 'smsRu',
		messageId: id,
		occurredAt: isoOfSeconds(asNumber(time)),
		raw: { record },
	} as const;
	switch (type) {
		case 'sms_status': {
			const { status, reason } = smsRuStatus(code);
			const error = reason === null ? null : reasonOf(reason, code);
			return gatewayEvent({ ...common, event: 'status', status, error });
		}
		case 'callcheck_status': {
			const state = checkState(code);
			const details = { state, confirmed: state === 'confirmed' };
			return gatewayEvent({ ...common, event: 'callCheck', details });
		}
		// `test` is a heartbeat; kinds that nobody has documented are left alone.
		default:
			return null;
	}
}

export function readSmsRuCall(call: WebhookCall, apiId: string): WebhookReading {
	const records = recordsOf(call);
	if (apiId === '' || !isSigned(records, fieldText(call, 'hash')?.trim() ?? '', apiId)) {
		return { outcome: 'forged' };
	}
	const events = records.flatMap((record) => eventOf(record) ?? []);
	return { outcome: 'events', events, answer: ANSWER };
}
