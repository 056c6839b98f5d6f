import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../shared/contract/fields';
import type { BaseOptions } from '../shared/contract/message';

export interface AfricasTalkingOptions extends BaseOptions {
	/** Undefined: as the gateway does it by default, which is to queue. */
	readonly enqueue: boolean | undefined;
}

export const africasTalkingOptionFields: INodeProperties[] = [
	{
		displayName: 'Queue Messages',
		name: 'enqueue',
		type: 'boolean',
		default: true,
		description:
			'Whether the gateway queues the messages and replies at once. If off, it replies after it has handed them to the networks.',
	},
];

export function readAfricasTalkingOptions(fields: FieldReader): AfricasTalkingOptions {
	return { scheduledFor: null, testMode: false, enqueue: fields.flag('enqueue', 'Queue Messages') };
}
