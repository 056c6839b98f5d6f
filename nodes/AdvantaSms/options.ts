/** Advanta's options for `sendsms` and `sendbulk`. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';

export interface AdvantaSmsOptions extends BaseOptions {
	/** `bm5` wants the text in Base64. */
	readonly passType: 'plain' | 'bm5';
	/** The person's own ID of the text; null for one of ours. */
	readonly messageId: string | null;
}

export const advantaSmsCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>(['sendAt']);

export function readAdvantaSmsOptions(fields: FieldReader): AdvantaSmsOptions {
	return {
		scheduledFor: fields.futureInstant('sendAt', 'Send At') ?? null,
		testMode: false,
		messageId:
			fields.text('messageId', 'Message ID', /^[\w.-]{1,40}$/, 'Use up to 40 letters, digits and . - _') ??
			null,
		passType: fields.choice('passType', 'Pass Type', ['plain', 'bm5'] as const) ?? 'plain',
	};
}

/** What is of use only to somebody who has read the vendor's protocol. */
export const advantaSmsExpertOptions: ReadonlySet<string> = new Set(['passType']);

export const advantaSmsOptionFields: INodeProperties[] = [
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042',
		description:
			"Your own ID for the text (clientsmsid), to find it in your account. The messageId in the result stays the gateway's own, which Get Status needs.",
	},
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
