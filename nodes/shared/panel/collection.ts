import type { INodeProperties } from 'n8n-workflow';
import { alphabetical } from './alphabetical';

/** A field under which further ones can be added: in alphabetical order, as n8n wants it. */
export function collection(
	{ displayName, name, placeholder }: { displayName: string; name: string; placeholder: string },
	fields: readonly INodeProperties[],
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		...(displayOptions === undefined ? {} : { displayOptions }),
		options: [...fields].sort(alphabetical((field) => field.displayName)),
	};
}

/** How people see the usual one. */
export const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add Option' };
