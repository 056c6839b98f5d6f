/** VoIP Communications knows one option: the time to send at. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';
import { isoWithOffset, zoneOffsetMinutes } from '../shared/time/instants';

export interface VoipCommunicationsOptions extends BaseOptions {
	readonly deliveryDate: string | null;
}

export const voipCommunicationsCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>(['sendAt']);

export function readVoipCommunicationsOptions(fields: FieldReader): VoipCommunicationsOptions {
	const sendAt = fields.futureInstant('sendAt', 'Send At');
	const { timezone } = fields.context;
	return {
		scheduledFor: sendAt ?? null,
		testMode: false,
		// "YYYY-MM-DD HH:MM or any valid date format": the zone of the short form is not documented, so it is spelled out.
		deliveryDate:
			sendAt === undefined ? null : isoWithOffset(sendAt, zoneOffsetMinutes(sendAt, timezone), ':'),
	};
}

export const voipCommunicationsOptionFields: INodeProperties[] = [];
