/** `fileurl`, and files of the input that travel with the request. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Kind } from './kind';
import { KINDS } from './kind';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

/** Every kind but the text message. */
const withFiles = { show: { '/messageKind': KINDS.filter((kind) => kind !== 'sms') } };

export const fileFields: INodeProperties[] = [
	{
		displayName: 'File URL',
		name: 'fileUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		displayOptions: withFiles,
		description: 'Web address of a picture, sound or other file to send',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'binaryFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		hint: 'Names of the fields that contain the files, separated by commas',
		displayOptions: withFiles,
		description: 'Files of the incoming rows to send along',
	},
];

export interface FileOptions {
	readonly fileUrl: string | null;
	readonly binaryFields: readonly string[];
}

export function readFiles(
	fields: FieldReader,
	kind: Kind,
): FileOptions & { readonly parameters: Parameters } {
	if (kind === 'sms') {
		for (const { name, displayName } of fileFields) {
			if (!fields.has(name)) continue;
			const fix = "Choose another 'Message Type', or remove it from the options";
			fields.refuse(displayName, 'is not for text messages', fix);
		}
		return { fileUrl: null, binaryFields: [], parameters: {} };
	}
	const fileUrl = fields.webAddress('fileUrl', 'File URL', 1000) ?? null;
	const namesFix = 'Enter the names of the fields that contain files';
	const names = fields.text('binaryFields', 'Input Binary Fields', /\S/, namesFix) ?? '';
	const binaryFields = names.split(',').map((name) => name.trim());
	return {
		fileUrl,
		binaryFields: binaryFields.filter((name) => name !== ''),
		parameters: parameter('fileurl', fileUrl),
	};
}
