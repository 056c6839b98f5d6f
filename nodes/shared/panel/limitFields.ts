/** Limits: what stops a text before it costs money. */
import type { INodeProperties } from 'n8n-workflow';
import { LIMIT_LABELS } from '../contract/options';
import { alphabetical } from './alphabetical';

const fields: INodeProperties[] = [
	{
		displayName: LIMIT_LABELS.maxSegments,
		name: 'maxSegments',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 255 },
		default: 3,
		description: 'Texts that need more segments than this are not sent, since each segment is charged',
	},
	{
		displayName: LIMIT_LABELS.skipDuplicates,
		name: 'skipDuplicates',
		type: 'options',
		options: [
			{
				name: 'In This Run',
				value: 'inThisRun',
				description: 'Send a text to a number once, even if several rows have both the same',
			},
			{
				name: 'In This Run and the Last Minutes',
				value: 'recent',
				description:
					"Also remember what earlier runs sent. Works for active workflows; test runs remember nothing. In n8n's queue mode it works inside a sub-workflow only.",
			},
			{ name: 'Off', value: 'off', description: 'Send every row, repeated or not' },
		],
		default: 'inThisRun',
		description: 'What to do with rows that have the same number, text and sender',
	},
	{
		displayName: LIMIT_LABELS.skipDuplicatesMinutes,
		name: 'skipDuplicatesMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 43_200 },
		default: 60,
		displayOptions: { show: { skipDuplicates: ['recent'] } },
		description: 'How long the same text to the same number counts as a duplicate',
	},
];

/** The Limits collection, shown as `displayOptions` say. */
export function limitsField(displayOptions: NonNullable<INodeProperties['displayOptions']>): INodeProperties {
	return {
		displayName: 'Limits',
		name: 'limits',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		displayOptions,
		options: [...fields].sort(alphabetical(({ displayName }) => displayName)),
	};
}
