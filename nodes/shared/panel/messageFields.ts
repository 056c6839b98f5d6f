/** The fields that every sending node shares, in n8n's words. */
import type { INodeProperties } from 'n8n-workflow';
import { alphabetical } from './alphabetical';
import { countryOptions } from '../contract/countries';
import type { CountryCode } from '../contract/countries';
import { COMMON_OPTIONS, COMMON_OPTION_LABELS } from '../contract/options';
import type { CommonOption } from '../contract/options';

const onSendAndPreview = { show: { resource: ['message'], operation: ['send', 'preview'] } };

/** A country that Default Country starts with: that of the node's gateway, or of the gateways that share it. */
export interface Home {
	readonly country: CountryCode;
	/** Null where the node has one gateway only. */
	readonly gateways: readonly string[] | null;
}

const defaultCountryField: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countryOptions,
	default: 'none',
	description: 'Country assumed for numbers without a country code. Type to search.',
};

/**
 * Default Country, shown as `displayOptions` say: one field for each home, of which n8n (2.41, also at each change of
 * the gateway) shows the one whose gateway is chosen, with its own default.
 */
export function defaultCountryFields(
	homes: readonly Home[],
	{ show = {} }: NonNullable<INodeProperties['displayOptions']>,
): INodeProperties[] {
	const { gateway: shownWith, ...conditions } = show;
	return homes.flatMap(({ country, gateways }): INodeProperties[] => {
		const field = { ...defaultCountryField, default: country };
		if (gateways === null) return [{ ...field, displayOptions: { show } }];
		const gateway = gateways.filter((id) => shownWith === undefined || shownWith.includes(id));
		return gateway.length === 0 ? [] : [{ ...field, displayOptions: { show: { gateway, ...conditions } } }];
	});
}

/** The sender, typed. */
const typedFrom: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	displayOptions: onSendAndPreview,
	default: '',
	placeholder: 'e.g. ACME',
	description:
		"Sender name or number that the gateway has approved for you. Leave empty for your account's default.",
};

/** The sender, picked from those that the gateway lists, or typed. A plain text from an expression is taken, too. */
const listedFrom: INodeProperties = {
	...typedFrom,
	type: 'resourceLocator',
	default: { mode: 'name', value: '' },
	modes: [
		{
			// Short: n8n cuts longer names of modes off.
			displayName: 'Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. ACME',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a sender...',
			typeOptions: { searchListMethod: 'searchSenders', searchable: true },
		},
	],
};

/** Whom, what, and from whom. `listsSenders`: the gateway can be asked for the senders it has approved. */
export const messageFields = ({
	listsSenders,
	homes,
}: {
	listsSenders: boolean;
	homes: readonly Home[];
}): INodeProperties[] => [
	{
		displayName: 'Recipient Source',
		name: 'recipientSource',
		type: 'options',
		noDataExpression: true,
		displayOptions: onSendAndPreview,
		options: [
			{
				name: 'Type or Map Below',
				value: 'expression',
				description: 'The number is typed or mapped in the field below',
			},
			{
				name: 'Column of Each Row',
				value: 'field',
				description: 'The number stands in a column of the incoming rows. Fastest for large sheets.',
			},
		],
		default: 'expression',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		required: true,
		displayOptions: { show: { ...onSendAndPreview.show, recipientSource: ['expression'] } },
		default: '',
		placeholder: 'e.g. +79161234567',
		description:
			'Phone number with country code. Separate several numbers by comma, semicolon or line break. A number without a country code is read as one of the Default Country.',
	},
	{
		displayName: 'Phone Number Column',
		name: 'toField',
		type: 'string',
		required: true,
		requiresDataPath: 'single',
		displayOptions: { show: { ...onSendAndPreview.show, recipientSource: ['field'] } },
		default: '',
		placeholder: 'e.g. phone',
		description: 'Name of the column that holds the phone number',
	},
	...defaultCountryFields(homes, onSendAndPreview),
	{
		displayName: 'Text Source',
		name: 'textSource',
		type: 'options',
		noDataExpression: true,
		displayOptions: onSendAndPreview,
		options: [
			{
				name: 'Type or Map Below',
				value: 'expression',
				description: 'The text is typed or mapped in the field below',
			},
			{
				name: 'Template With Column Names',
				value: 'template',
				description:
					'One text with {column} place-holders that are filled from every row. Fastest for large sheets.',
			},
		],
		default: 'expression',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		required: true,
		typeOptions: { rows: 3 },
		displayOptions: { show: { ...onSendAndPreview.show, textSource: ['expression'] } },
		default: '',
		placeholder: 'e.g. Your order is ready',
		description:
			'The text to send. Letters outside the GSM alphabet (Cyrillic, emoji, curly quotes) make a text cost more: see the Preview operation.',
	},
	{
		displayName: 'Message Template',
		name: 'messageTemplate',
		type: 'string',
		required: true,
		typeOptions: { rows: 3 },
		displayOptions: { show: { ...onSendAndPreview.show, textSource: ['template'] } },
		default: '',
		placeholder: 'e.g. Hello {name}, your order is ready',
		description: 'Text with the names of columns in braces. Write a brace twice to send the brace itself.',
	},
	listsSenders ? listedFrom : typedFrom,
	{
		displayName:
			'If some texts are sent and others are not, this node does not stop: every row leaves with its own result. Set On Error to "Continue (using error output)" in the settings to get the failed rows on an output of their own.',
		name: 'onErrorNotice',
		type: 'notice',
		displayOptions: { show: { resource: ['message'], operation: ['send'] }, hide: { '@tool': [true] } },
		default: '',
	},
	{
		// With the error output, n8n's agents (2.41) are told nothing at all, not even that a text went out.
		displayName:
			'For an AI agent, set On Error to "Continue" in the settings: then the model is told why a text was not sent, and does not try again without need.',
		name: 'toolNotice',
		type: 'notice',
		displayOptions: { show: { resource: ['message'], operation: ['send'], '@tool': [true] } },
		default: '',
	},
];

/** Whether a preview asks for prices: shown where the gateway tells them. */
export const includePriceField: INodeProperties = {
	displayName: 'Include Price',
	name: 'includePrice',
	type: 'boolean',
	default: false,
	displayOptions: { show: { resource: ['message'], operation: ['preview'] } },
	description: 'Whether to ask the gateway what each text would cost. Nothing is sent.',
};

/** Options in common words; a gateway node shows those its gateway can do. */
const commonOptionFields: Record<CommonOption, INodeProperties> = {
	flash: {
		displayName: COMMON_OPTION_LABELS.flash,
		name: 'flash',
		type: 'boolean',
		default: false,
		description: 'Whether to show the text at once on the screen of the phone, without storing it there',
	},
	sendAt: {
		displayName: COMMON_OPTION_LABELS.sendAt,
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		description:
			"Date and time to send at, in the workflow's time zone unless it names one. Leave empty to send now.",
	},
	testMode: {
		displayName: COMMON_OPTION_LABELS.testMode,
		name: 'testMode',
		type: 'boolean',
		default: false,
		description: 'Whether the gateway only pretends to send. Nothing arrives and nothing is charged.',
	},
	transliterate: {
		displayName: COMMON_OPTION_LABELS.transliterate,
		name: 'transliterate',
		type: 'boolean',
		default: false,
		description:
			'Whether the gateway writes Cyrillic in Latin letters, so that the text needs fewer segments',
	},
	ttl: {
		displayName: COMMON_OPTION_LABELS.ttl,
		name: 'ttl',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: 1440,
		description: 'How long the operator tries to deliver, from 1 to 1440 minutes',
	},
	wapPushUrl: {
		displayName: COMMON_OPTION_LABELS.wapPushUrl,
		name: 'wapPushUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/offer',
		description:
			'Link to send as a WAP push message, with the message as its title. Few phones still show them.',
	},
};

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

const runOptionFields = (maxBatchSize: number): INodeProperties[] => [
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

export interface OptionFieldChoice {
	readonly common: ReadonlySet<CommonOption>;
	readonly own: readonly INodeProperties[];
	readonly maxBatchSize: number;
	/** Words of the vendor to add to a common field, by field name. */
	readonly descriptions?: Readonly<Partial<Record<CommonOption, string>>>;
}

/** The Options collection of a sending node, in alphabetical order as n8n wants it. */
export function optionsField({
	common,
	own,
	maxBatchSize,
	descriptions,
}: OptionFieldChoice): INodeProperties {
	const shared = COMMON_OPTIONS.filter((name) => common.has(name)).map((name) => {
		const field = commonOptionFields[name];
		const description = descriptions?.[name];
		return description === undefined ? field : { ...field, description };
	});
	const fields = [...shared, ...own, ...runOptionFields(maxBatchSize)];
	fields.sort(alphabetical(({ displayName }) => displayName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: onSendAndPreview,
		options: fields,
	};
}
