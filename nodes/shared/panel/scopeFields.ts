/** Skip Duplicates → Across Runs: what counts as the same. */
import type { INodeProperties } from 'n8n-workflow';

export const scopeFields: INodeProperties[] = [
	{
		displayName: 'Once Per',
		name: 'oncePer',
		type: 'options',
		options: [
			{
				name: 'Campaign',
				value: 'campaign',
				description: 'Each number gets one text of this campaign, whatever its text',
			},
			{ name: 'Time', value: 'time', description: 'Each number gets the same text once in this time' },
			{
				name: 'Value',
				value: 'value',
				description: 'Each number gets one text for each value, such as an order number',
			},
		],
		default: 'time',
	},
	{
		displayName: 'Time',
		name: 'count',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		displayOptions: { show: { oncePer: ['time'] } },
		description: 'Kept in quarters: a text counts for all of this time, or up to a quarter less',
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'days',
		displayOptions: { show: { oncePer: ['time'] } },
	},
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'string',
		default: '',
		placeholder: 'e.g. spring-sale',
		displayOptions: { show: { oncePer: ['campaign'] } },
		description: 'Any name. With another name, everyone gets a text again.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.order }}',
		displayOptions: { show: { oncePer: ['value'] } },
		description: 'A field dragged in, an expression, or the name of a column',
	},
];
