/** `flash`, `bin` and `push`: texts that are more than words. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Kind } from './kind';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const binaryMessageFields: INodeProperties[] = [
	{
		displayName: 'Binary Message',
		name: 'binary',
		type: 'options',
		options: [
			{ name: 'No', value: 0 },
			{ name: 'Raw Bytes', value: 1, description: 'Each character of the message stands for one byte' },
			{
				name: 'Hexadecimal',
				value: 2,
				description: 'The message is written in hexadecimal digits, header first',
			},
		],
		default: 0,
		description: 'Whether and how the message holds binary data with its User Data Header (UDH)',
	},
	{
		displayName: 'Data Coding Scheme (DCS)',
		name: 'dcs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 255 },
		default: 0,
		description: 'For binary messages',
	},
	{
		displayName: 'Protocol ID (PID)',
		name: 'pid',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 255 },
		default: 0,
		description: 'For binary messages',
	},
];

export interface BinaryOptions {
	readonly binary: 0 | 1 | 2;
	/** `\n~~~\npid: …, dcs: …` for binary messages, or empty. */
	readonly binarySuffix: string;
	readonly wapPushUrl: string | null;
}

export function readBinary(
	fields: FieldReader,
	kind: Kind,
): BinaryOptions & { readonly parameters: Parameters } {
	const flash = fields.flag('flash', 'Flash Message');
	const wapPushUrl = fields.webAddress('wapPushUrl', 'WAP Push Link', 500) ?? null;
	const chosen = fields.choice('binary', 'Binary Message', [0, 1, 2] as const);
	const binary = chosen ?? 0;
	const binarySuffix = readSuffix(fields, binary !== 0);
	if (wapPushUrl !== null && binary !== 0) {
		fields.refuse("WAP Push Link' and 'Binary Message", 'cannot be combined', 'Use only one of them');
	}
	const used = [
		['Flash Message', flash === true],
		['Binary Message', binary !== 0],
		['WAP Push Link', wapPushUrl !== null],
	] as const;
	for (const [label, isUsed] of used) {
		if (!isUsed || kind === 'sms') continue;
		fields.refuse(label, 'is only for text messages', "Remove it, or choose another 'Message Type'");
	}
	const parameters = {
		...parameter('flash', flash),
		...parameter('bin', chosen),
		...(wapPushUrl === null ? {} : { push: '1' }),
	};
	return { binary, binarySuffix, wapPushUrl, parameters };
}

function readSuffix(fields: FieldReader, isBinary: boolean): string {
	const pid = fields.integer('pid', 'Protocol ID (PID)', 0, 255);
	const dcs = fields.integer('dcs', 'Data Coding Scheme (DCS)', 0, 255);
	if (pid === undefined && dcs === undefined) return '';
	if (!isBinary) {
		const label = 'Protocol ID (PID) and Data Coding Scheme (DCS)';
		fields.refuse(label, 'are only for binary messages', "Set 'Binary Message'");
	}
	return `\n~~~\npid: ${pid ?? 0}, dcs: ${dcs ?? 0}`;
}
