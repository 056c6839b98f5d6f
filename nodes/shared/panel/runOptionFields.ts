/** Options that the shared rooms obey, for every gateway. */
import type { INodeProperties } from 'n8n-workflow';

export const sendBracesField: INodeProperties = {
	displayName: 'Send Braces as Typed',
	name: 'sendBracesAsTyped',
	type: 'boolean',
	default: false,
	description:
		'Whether to send braces such as {name} or {{ name }} as they are typed. Otherwise, a text with a placeholder that would not be filled in is rejected.',
};

export const includeRawField: INodeProperties = {
	displayName: 'Include Raw Reply',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	description: "Whether to add the gateway's own reply to each result, without your secrets",
};

/** Of what sends texts. */
export const timeoutField: INodeProperties = {
	displayName: 'Timeout (Milliseconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 100, maxValue: 600_000 },
	default: 60_000,
	description: 'How long to wait for a reply. After that, nobody can tell whether the text went out.',
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
					description: `Maximum number of recipients per request, up to ${maxBatchSize}. Leave unset for the gateway's default.`,
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
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0.01, numberPrecision: 2 },
		default: 10,
		description: 'Maximum requests per second',
	},
	sendBracesField,
	timeoutField,
];
