/** Fields that several operations share, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';
import { NUMBER_LABEL } from '../contract/fields';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 000000-10000000',
	description: 'The messageId returned by Send. Separate multiple values with commas.',
};

/** The same for the operation that mostly follows Send: the field takes the ID from its result. */
export const sentMessageIdField: INodeProperties = { ...messageIdField, default: '={{ $json.messageId }}' };

/** The number a message goes or went to. */
export function toField(description: string): INodeProperties {
	return { ...numberField(description), displayName: 'To' };
}

/** A phone number that an operation is about. */
export function numberField(description: string, required = true): INodeProperties {
	return {
		displayName: NUMBER_LABEL,
		name: 'to',
		type: 'string',
		required,
		default: '',
		placeholder: 'e.g. +79161234567',
		description,
	};
}
