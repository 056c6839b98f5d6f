/** `nl`: how SMSC reads a list of different texts. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const listFields: INodeProperties[] = [
	{
		displayName: 'Multi-Line List Mode',
		name: 'multiLineList',
		type: 'boolean',
		default: false,
		description:
			'Whether to send nl=1 with different texts. Line breaks inside a text arrive without it, too.',
	},
];

export function readListMode(fields: FieldReader): Parameters {
	return parameter('nl', fields.flag('multiLineList', 'Multi-Line List Mode'));
}
