/** Advanta's options for `sendsms` and `sendbulk`. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';

export interface AdvantaSmsOptions extends BaseOptions {
	/** `bm5` wants the text in Base64. */
	readonly passType: 'plain' | 'bm5';
}

export const advantaSmsCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>(['sendAt']);

export function readAdvantaSmsOptions(fields: FieldReader): AdvantaSmsOptions {
	return {
		scheduledFor: fields.futureInstant('sendAt', 'Send At') ?? null,
		testMode: false,
		passType: fields.choice('passType', 'Pass Type', ['plain', 'bm5'] as const) ?? 'plain',
	};
}

export const advantaSmsOptionFields: INodeProperties[] = [
	{
		displayName: 'Pass Type',
		name: 'passType',
		type: 'options',
		options: [
			{ name: 'Plain', value: 'plain' },
			{ name: 'Base64 (Bm5)', value: 'bm5', description: 'Only where your gateway asks for it' },
		],
		default: 'plain',
		description: 'How the text is written in the request',
	},
];
