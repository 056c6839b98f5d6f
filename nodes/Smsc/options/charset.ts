/** `charset`: how the text travels. */
import type { INodeProperties } from 'n8n-workflow';
import type { Charset } from '../../shared/contract/charset';
import type { FieldReader } from '../../shared/contract/fields';

export const charsetFields: INodeProperties[] = [
	{
		displayName: 'Character Set',
		name: 'charset',
		type: 'options',
		options: [
			{ name: 'KOI8-R', value: 'koi8-r' },
			{ name: 'UTF-8', value: 'utf-8' },
			{ name: 'Windows-1251', value: 'windows-1251' },
		],
		default: 'utf-8',
		description: 'How the text is encoded on its way to SMSC. UTF-8 works for every language.',
	},
];

export function readCharset(fields: FieldReader): Charset {
	const charsets = ['utf-8', 'windows-1251', 'koi8-r'] as const;
	return fields.choice('charset', 'Character Set', charsets) ?? 'utf-8';
}
