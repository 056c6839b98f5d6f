/** Fields that several operations share, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 000000-10000000',
	description: 'The messageId of a result of Send. Separate several by comma.',
};

/** A phone number that an operation is about. */
export function numberField(description: string, required = true): INodeProperties {
	return {
		displayName: 'To',
		name: 'to',
		type: 'string',
		required,
		default: '',
		placeholder: 'e.g. +79161234567',
		description,
	};
}
