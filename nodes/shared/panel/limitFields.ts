/** Limits: what stops a text before it costs money. */
import type { INodeProperties } from 'n8n-workflow';
import { countryOptions, NO_COUNTRY } from '../contract/countries';
import { LIMIT_LABELS } from '../contract/options';
import { collection } from './collection';
import { scopeFields as scope } from './scopeFields';

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((name) => ({
	name,
	value: name.toLowerCase(),
}));

const hours: INodeProperties[] = [
	{ displayName: 'From', name: 'from', type: 'string', default: '9:00', placeholder: 'e.g. 9:00' },
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '20:00',
		placeholder: 'e.g. 20:00',
		description: 'The first minute that is too late. Hours from 20:00 to 6:00 run past midnight.',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: WEEK,
		default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
	},
	{
		displayName: 'Time Zone Column',
		name: 'timeZoneColumn',
		type: 'string',
		default: '',
		placeholder: 'e.g. time_zone',
		description: 'Name of a column with the time zone of each row, such as Asia/Omsk',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Moscow',
		description:
			"For rows without a time zone of their own. Leave empty to use the time zone of the number's country.",
	},
	{
		displayName: 'Several Time Zones',
		name: 'severalZones',
		type: 'options',
		options: [
			{
				name: 'Only Hours Allowed in All of Them',
				value: 'narrowest',
				description: 'Send only while these hours apply from one end of the country to the other',
			},
			{ name: 'Reject', value: 'reject', description: 'The row needs a time zone of its own' },
		],
		default: 'reject',
		description: 'What to do with a number of a country with several time zones, such as Russia',
	},
	{
		displayName: 'Outside These Hours',
		name: 'outside',
		type: 'options',
		options: [
			{ name: 'Reject', value: 'reject', description: 'The row fails, and may be sent again later' },
			{
				name: 'Wait',
				value: 'wait',
				description: 'The gateway sends the text when the hours begin, as with Send At',
			},
		],
		default: 'reject',
	},
];

const allowedHours: INodeProperties = {
	displayName: LIMIT_LABELS.allowedHours,
	name: 'allowedHours',
	type: 'fixedCollection',
	placeholder: 'Add Hours',
	default: { hours: Object.fromEntries(hours.map(({ name, default: preset }) => [name, preset])) },
	description: "When people may be texted, in the recipient's time zone",
	options: [{ displayName: 'Hours', name: 'hours', values: hours }],
};

const fields: INodeProperties[] = [
	{
		displayName: LIMIT_LABELS.allowedCountries,
		name: 'allowedCountries',
		type: 'multiOptions',
		options: countryOptions.filter(({ value }) => value !== NO_COUNTRY),
		default: [],
		description: 'Numbers of other countries are rejected before anything is sent. Type to search.',
	},
	allowedHours,
	{
		displayName: LIMIT_LABELS.stopList,
		name: 'stopList',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. +79161234567, +254712345678',
		description:
			'Numbers that are never texted: several separated by comma, semicolon or line break, or a list from an expression. A number without a country code is read as one of the Default Country.',
	},
	{
		displayName: LIMIT_LABELS.stopListMayBeEmpty,
		name: 'stopListMayBeEmpty',
		type: 'boolean',
		default: true,
		description:
			'Whether to send even if Do Not Text is empty. Otherwise an empty list stops the run, since it may come from a step that failed.',
	},
	{
		displayName: LIMIT_LABELS.maxCost,
		name: 'maxCost',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 10,
		description:
			'Sends nothing at all if the texts of this run would cost more. Add Price per Segment, or leave it out to ask gateways that provide prices (SMSC, SMS.RU, AlphaSMS).',
	},
	{
		displayName: LIMIT_LABELS.pricePerSegment,
		name: 'pricePerSegment',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 6 },
		default: 0,
		description: 'What one segment costs you, for Max Cost per Run',
	},
	{
		displayName: LIMIT_LABELS.maxTexts,
		name: 'maxTexts',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'Sends nothing at all if the run has more texts than this, one for each recipient',
	},
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
				description: 'Send a text to a number only once, even if several rows have the same number and text',
			},
			{
				name: 'Across Runs',
				value: 'acrossRuns',
				description:
					'Also remember what earlier runs sent: for a day, unless you add Skip Duplicates: Once Per',
			},
			{ name: 'Off', value: 'off', description: 'Send every row, repeated or not' },
		],
		default: 'inThisRun',
		description: 'What to do with rows that have the same number, text and sender',
	},
	{
		displayName: LIMIT_LABELS.skipDuplicatesScope,
		name: 'skipDuplicatesScope',
		type: 'fixedCollection',
		placeholder: 'Add Scope',
		default: { scope: Object.fromEntries(scope.map(({ name, default: preset }) => [name, preset])) },
		displayOptions: { show: { skipDuplicates: ['acrossRuns'] } },
		description: 'What counts as the same, also if an earlier run sent it',
		options: [{ displayName: 'Scope', name: 'scope', values: scope }],
	},
	{
		displayName: LIMIT_LABELS.onePerNumber,
		name: 'onePerNumber',
		type: 'options',
		options: [
			{ name: 'Day', value: 'day' },
			{ name: 'Hour', value: 'hour' },
			{ name: 'Week', value: 'week' },
		],
		default: 'day',
		description:
			'Send a number at most one text in this time, whatever the text. Later rows are rejected, and can be sent later.',
	},
	{
		displayName: LIMIT_LABELS.rememberTexts,
		name: 'rememberTexts',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 1_000_000 },
		default: 5_000,
		description:
			'How many texts this node remembers besides those of its latest run, for limits that look at earlier runs. n8n reads and writes all of them with each request, so a larger number makes each slower.',
	},
];

/** The Limits collection, shown as `displayOptions` say. */
export function limitsField(displayOptions: NonNullable<INodeProperties['displayOptions']>): INodeProperties {
	return collection(
		{ displayName: 'Limits', name: 'limits', placeholder: 'Add Limit' },
		fields,
		displayOptions,
	);
}
