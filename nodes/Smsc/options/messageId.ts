/** `id`: the person's own name for a message. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';

export const messageIdFields: INodeProperties[] = [
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042',
		description:
			'Your own ID for the message. Leave unset for a generated one, which lets this node find out what happened to a text when the reply is lost.',
	},
];

/** Zeros mean that SMSC makes one up; digits alone are a number of 32 bits. */
const MESSAGE_ID = /^(?=[A-Za-z0-9._-]{1,40}$)(?!0+$)(?!\d{11,}$)/;
const LARGEST = 2_147_483_647;

/** Null where we generate one. */
export function readMessageId(fields: FieldReader): string | null {
	const fix = `Use a number from 1 to ${LARGEST}, or up to 40 letters, digits and . - _`;
	const id = fields.text('messageId', 'Message ID', MESSAGE_ID, fix);
	if (id === undefined) return null;
	if (/^\d+$/.test(id) && Number(id) > LARGEST) {
		fields.refuse('Message ID', `is ${id}`, `Use a number of at most ${LARGEST}, or add a letter`);
	}
	return id;
}
