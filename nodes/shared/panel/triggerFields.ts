/** The fields that triggers share. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { alphabetical } from './alphabetical';
import type { EventKind } from '../contract/event';
import { OPTIONS, collection } from './collection';
import { OPT_OUT_WORDS } from '../webhook/optOut';

const EVENT_OPTIONS: Readonly<Record<EventKind, INodePropertyOptions>> = {
	status: {
		name: 'Delivery Report',
		value: 'status',
		description: 'A message was sent, delivered, or could not be delivered',
	},
	reply: { name: 'Incoming Message', value: 'reply', description: 'Somebody wrote to your number' },
	optOut: {
		name: 'Opt Out',
		value: 'optOut',
		description: 'Somebody asked the gateway for no more messages from you',
	},
	callCheck: {
		name: 'Call Check',
		value: 'callCheck',
		description: 'Somebody called to confirm their number, or did not call in time',
	},
	waitCall: {
		name: 'Expected Call',
		value: 'waitCall',
		description: 'Somebody called the number you gave them',
	},
};

/** How to have the gateway call, above the fields. */
export function registrationNotice(displayName: string): INodeProperties {
	return { displayName, name: 'notice', type: 'notice', default: '' };
}

/** `Trigger On`, with the events that this gateway really sends. */
export function eventsField(kinds: readonly EventKind[]): INodeProperties {
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: kinds.map((kind) => EVENT_OPTIONS[kind]).sort(alphabetical(({ name }) => name)),
		default: [...kinds],
	};
}

export const optOutOption: INodeProperties = {
	displayName: 'Opt-Out Words',
	name: 'optOutWords',
	type: 'string',
	default: OPT_OUT_WORDS,
	description:
		'Replies that consist of one of these words have optOut set to true. Separate words with commas.',
};

export function triggerOptions(options: readonly INodeProperties[]): INodeProperties {
	return collection(OPTIONS, options);
}
