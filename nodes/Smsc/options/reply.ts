/** `cost`, `fmt`, `err` and `op`: what SMSC's reply tells, and in which layout. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const replyFields: INodeProperties[] = [
	{
		displayName: 'Price in Reply',
		name: 'cost',
		type: 'options',
		options: [
			{ name: 'No Price', value: 0 },
			{
				name: 'Price Only, Send Nothing',
				value: 1,
				description: 'Each result shows the price, and no text goes out',
			},
			{ name: 'Send and Show Price', value: 2 },
			{
				name: 'Send and Show Price and Balance',
				value: 3,
				description: 'Each result also shows what is left on the account',
			},
		],
		default: 0,
		description: 'Whether the reply shows what the texts cost',
	},
];

/** How the reply is written; results look the same. */
export const protocolReplyFields: INodeProperties[] = [
	{
		displayName: 'Details per Number',
		name: 'perNumberDetails',
		type: 'boolean',
		default: true,
		description:
			'Whether SMSC reports on each number. Without it, every number gets a request of its own, so that each still has a result.',
	},
	{
		displayName: 'List Invalid Numbers',
		name: 'listInvalidNumbers',
		type: 'boolean',
		default: false,
		description: 'Whether SMSC adds a list of the numbers it does not accept. It is in raw.',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'JSON', value: 3 },
			{ name: 'Numbers', value: 1 },
			{ name: 'Text', value: 0 },
			{ name: 'XML', value: 2 },
		],
		default: 3,
		description:
			'Layout of the reply. Results look the same for all; with Text and Numbers every number gets a request of its own.',
	},
];

const REPLY_FORMATS = [0, 1, 2, 3] as const;

export interface ReplyOptions {
	/** `fmt`: 0 text, 1 numbers, 2 XML, 3 JSON. */
	readonly replyFormat: (typeof REPLY_FORMATS)[number];
	/** `cost=1`: the price is asked for and nothing is sent. */
	readonly priceOnly: boolean;
	/** `op=1`: the reply tells of every number. */
	readonly perNumberDetails: boolean;
}

export function readReplyOptions(fields: FieldReader): ReplyOptions & { readonly parameters: Parameters } {
	const cost = fields.choice('cost', 'Price in Reply', [0, 1, 2, 3] as const) ?? 0;
	const replyFormat = fields.choice('responseFormat', 'Response Format', REPLY_FORMATS) ?? 3;
	const listInvalid = fields.flag('listInvalidNumbers', 'List Invalid Numbers');
	const details = fields.flag('perNumberDetails', 'Details per Number');
	// The layout of details in plain replies is not documented: they are not asked for there unless wanted.
	const hasDetailsLayout = replyFormat >= 2;
	return {
		replyFormat,
		priceOnly: cost === 1,
		perNumberDetails: hasDetailsLayout && details !== false,
		parameters: {
			...parameter('cost', cost),
			...parameter('err', listInvalid),
			...parameter('op', details ?? (hasDetailsLayout ? true : undefined)),
		},
	};
}
