/** Options that the shared rooms obey, for every gateway. */
import type { INodeProperties } from 'n8n-workflow';

export const sendBracesField: INodeProperties = {
	displayName: 'Send Braces as Typed',
	name: 'sendBracesAsTyped',
	type: 'boolean',
	default: false,
	description:
		'Whether to send braces such as {name} or {{ name }} as they are typed. Otherwise a text with a place-holder that would not be filled in is refused.',
};

export const includeRawField: INodeProperties = {
	displayName: 'Include Raw Reply',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	description: "Whether to add the gateway's own reply to each result, without your secrets",
};

export const runOptionFields = (maxBatchSize: number): INodeProperties[] => [
	...(maxBatchSize > 1
		? [
				{
					displayName: 'Batch Size',
					name: 'batchSize',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: maxBatchSize },
					default: 100,
					description: `How many recipients share one request at most, up to ${maxBatchSize}. Leave it out for what suits the gateway.`,
				} satisfies INodeProperties,
			]
		: []),
	{
		displayName: 'Default Country Column',
		name: 'defaultCountryField',
		type: 'string',
		default: '',
		placeholder: 'e.g. country',
		description:
			'Name of a column with the two-letter country code of each row. Default Country is used where it is empty.',
	},
	includeRawField,
	{
		displayName: 'Max Segments',
		name: 'maxSegments',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 255 },
		default: 3,
		description: 'Texts that need more segments than this are not sent, since each segment is charged',
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0.01, numberPrecision: 2 },
		default: 10,
		description: 'How many requests are started in a second at most',
	},
	sendBracesField,
	{
		displayName: 'Skip Duplicates',
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
		displayName: 'Skip Duplicates for (Minutes)',
		name: 'skipDuplicatesMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 43_200 },
		default: 60,
		displayOptions: { show: { skipDuplicates: ['recent'] } },
		description: 'How long the same text to the same number counts as a duplicate',
	},
	{
		displayName: 'Timeout (Milliseconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 600_000 },
		default: 60_000,
		description: 'How long to wait for an answer. After that nobody can tell whether the text went out.',
	},
];
