/** `translit`: Cyrillic in Latin letters, in one of the vendor's two styles. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const transliterationFields: INodeProperties[] = [
	{
		displayName: 'Transliteration Style',
		name: 'transliterationStyle',
		type: 'options',
		options: [
			{ name: 'Latin Letters (Translit)', value: 1 },
			{ name: 'Look-Alike Characters (mpaHc/Ium)', value: 2 },
		],
		default: 1,
		description: 'How Transliterate writes Cyrillic',
	},
];

export function readTransliteration(fields: FieldReader): Parameters {
	const isWanted = fields.flag('transliterate', 'Transliterate');
	const style = fields.choice('transliterationStyle', 'Transliteration Style', [1, 2] as const) ?? 1;
	return parameter('translit', isWanted === true ? style : isWanted);
}
