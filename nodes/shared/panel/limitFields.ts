/** Limits: what stops a text before it costs money. */
import type { INodeProperties } from 'n8n-workflow';
import { countryOptions, NO_COUNTRY } from '../contract/countries';
import { LIMIT_LABELS } from '../contract/options';
import { alphabetical } from './alphabetical';

const fields: INodeProperties[] = [
	{
		displayName: LIMIT_LABELS.allowedCountries,
		name: 'allowedCountries',
		type: 'multiOptions',
		options: countryOptions.filter(({ value }) => value !== NO_COUNTRY),
		default: [],
		description: 'Numbers of other countries are rejected before anything is sent. Type to search.',
	},
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
			'Whether to send although Do Not Text is empty. Otherwise an empty list stops the run, since it may come from a step that failed.',
	},
	{
		displayName: LIMIT_LABELS.maxCost,
		name: 'maxCost',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 10,
		description:
			'Sends nothing at all if the texts of this run would cost more. Add Price per Segment, or let gateways that give prices (SMSC, SMS.RU, AlphaSMS) be asked.',
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
