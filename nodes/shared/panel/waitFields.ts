/** Send and Wait for Response: its fields, named as n8n's own nodes name them (2.x makes "Human review" of them). */
import type { INodeProperties } from 'n8n-workflow';

const onAsking = { show: { resource: ['message'], operation: ['sendAndWait'] } };
const inOptions = { show: { '/resource': ['message'], '/operation': ['sendAndWait'] } };

const approvalOptions: INodeProperties[] = [
	{
		displayName: 'Type of Approval',
		name: 'approvalType',
		type: 'options',
		options: [
			{ name: 'Approve Only', value: 'single', description: 'One button' },
			{ name: 'Approve and Disapprove', value: 'double', description: 'Two buttons' },
		],
		default: 'single',
	},
	{
		displayName: 'Approve Button Label',
		name: 'approveLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Approve',
		description: 'Leave empty for the usual label in the Page Language',
	},
	{
		displayName: 'Disapprove Button Label',
		name: 'disapproveLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Decline',
		displayOptions: { show: { approvalType: ['double'] } },
		description: 'Leave empty for the usual label in the Page Language',
	},
];

export const waitFields: INodeProperties[] = [
	{
		displayName:
			'A link of about 160 characters is added to the text: two segments more, or three with Cyrillic or emoji (Preview counts them with Include Response Link). n8n waits for one answer per execution, so this takes one row with one number. To ask many, call a sub-workflow with this node for each row.',
		name: 'askNotice',
		type: 'notice',
		default: '',
		displayOptions: onAsking,
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'The page behind the link has one or two buttons' },
			{ name: 'Free Text', value: 'freeText', description: 'The page behind the link asks for a text' },
		],
		default: 'approval',
		displayOptions: onAsking,
	},
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: {
			show: { ...onAsking.show, responseType: ['approval'] },
		},
		options: [{ displayName: 'Values', name: 'values', values: approvalOptions }],
	},
];

const limitWaitTime: INodeProperties[] = [
	{
		displayName: 'Limit Type',
		name: 'limitType',
		type: 'options',
		options: [
			{ name: 'After Time Interval', value: 'afterTimeInterval' },
			{ name: 'At Specified Time', value: 'atSpecifiedTime' },
		],
		default: 'afterTimeInterval',
	},
	{
		displayName: 'Amount',
		name: 'resumeAmount',
		type: 'number',
		typeOptions: { minValue: 0.01, numberPrecision: 2 },
		default: 45,
		displayOptions: { show: { limitType: ['afterTimeInterval'] } },
	},
	{
		displayName: 'Unit',
		name: 'resumeUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'minutes',
		displayOptions: { show: { limitType: ['afterTimeInterval'] } },
	},
	{
		displayName: 'Max Date and Time',
		name: 'maxDateAndTime',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
	},
];

/** Options beside those of Send. */
export const waitOptionFields: INodeProperties[] = [
	{
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'fixedCollection',
		default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
		displayOptions: inOptions,
		description:
			'How long to wait for the answer. After that, the workflow continues with the input of this node unchanged.',
		options: [{ displayName: 'Values', name: 'values', values: limitWaitTime }],
	},
	{
		displayName: 'Page Language',
		name: 'pageLanguage',
		type: 'options',
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'Russian', value: 'ru' },
			{ name: 'Ukrainian', value: 'uk' },
		],
		default: 'en',
		displayOptions: inOptions,
		description: 'Language of the page behind the link',
	},
	{
		displayName: 'Submit Button Label',
		name: 'submitLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Send',
		displayOptions: { show: { ...inOptions.show, '/responseType': ['freeText'] } },
		description: 'Leave empty for the usual label in the Page Language',
	},
];

/** For a preview: the link costs segments of its own. */
export const includeLinkField: INodeProperties = {
	displayName: 'Include Response Link',
	name: 'includeLink',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { resource: ['message'], operation: ['preview'] } },
	description:
		'Whether to count the link that Send and Wait for Response adds to each text. The link shown is a placeholder of the same length.',
};
