/** `tinyurl`: short links that SMSC counts the clicks on. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const linkFields: INodeProperties[] = [
	{
		displayName: 'Shorten Links',
		name: 'shortenLinks',
		type: 'boolean',
		default: false,
		description: 'Whether SMSC replaces links with short ones and counts the clicks',
	},
];

export function readLinks(fields: FieldReader): Parameters {
	return parameter('tinyurl', fields.flag('shortenLinks', 'Shorten Links'));
}
