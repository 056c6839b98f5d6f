/** The fields that every sending node shares, in n8n's words. */
import type { INodeProperties } from 'n8n-workflow';
import type { Home } from './defaultCountry';
import { waitFields } from './waitFields';
import { defaultCountryFields } from './defaultCountry';

export const onSend = { show: { resource: ['message'], operation: ['send', 'sendAndWait'] } };

export const onSendAndPreview = {
	show: { resource: ['message'], operation: ['send', 'sendAndWait', 'preview'] },
};

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
		displayName: 'To',
		name: 'to',
		type: 'string',
		required: true,
		displayOptions: onSendAndPreview,
		default: '',
		placeholder: 'e.g. +79161234567',
		description:
			'Phone number with country code. Separate several numbers by comma, semicolon or line break. A number without a country code is read as one of the Default Country.',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		required: true,
		typeOptions: { rows: 3 },
		displayOptions: onSendAndPreview,
		default: '',
		placeholder: 'e.g. Your order is ready',
		description:
			'The text to send. Letters outside the GSM alphabet (Cyrillic, emoji, curly quotes) make a text cost more: see the Preview operation.',
	},
	listsSenders ? listedFrom : typedFrom,
	...defaultCountryFields(homes, onSendAndPreview),
	...waitFields,
	{
		// With the error output, n8n's agents (2.41) are told nothing at all, not even that a text went out.
		displayName:
			'For an AI agent, set On Error to "Continue" in the settings: then the model is told why a text was not sent, and does not retry needlessly. Anyone who can write to the agent can make it text any number: set Allowed Countries and Max Texts per Run under Limits.',
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
