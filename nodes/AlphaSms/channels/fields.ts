/** The fields of messages other than plain texts, and of what the JSON interface alone has. */
import type { INodeProperties } from 'n8n-workflow';
import { alphabetical } from '../../shared/panel/alphabetical';
import type { Kind } from './kinds';
import { ABOUT, KINDS, RICH, WITH_SMS_BEHIND, WITH_VIBER_BEHIND } from './kinds';

/** An option, and the kinds of message that have it. */
export interface KindOption {
	readonly field: INodeProperties;
	readonly kinds: readonly Kind[];
}

const DESCRIPTIONS: Readonly<Partial<Record<Kind, string>>> = {
	'viber+sms': 'A Viber message; where it cannot be delivered, AlphaSMS sends an SMS',
	'rcs+sms': 'An RCS message; where it cannot be delivered, AlphaSMS sends an SMS',
	telegram: 'The message is a code of 4 to 8 digits',
	whatsapp: 'The message is a code of 4 to 8 digits',
	call: 'A voice reads the text',
};

/** Beside the message itself. */
export const alphaSmsMessageFields: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageKind',
		type: 'options',
		noDataExpression: true,
		options: KINDS.map((kind) => {
			const description = DESCRIPTIONS[kind];
			return { name: ABOUT[kind].name, value: kind, ...(description === undefined ? {} : { description }) };
		}).sort(alphabetical(({ name }) => name)),
		default: 'sms',
		description:
			'How the message reaches people. Everything but text messages needs an API key in the credential.',
	},
	{
		displayName: 'Voice',
		name: 'voice',
		type: 'options',
		options: [
			{ name: 'Man', value: 'male' },
			{ name: 'Woman', value: 'female' },
		],
		default: 'female',
		displayOptions: { show: { messageKind: ['call'] } },
		description: 'Who reads the text',
	},
	{
		displayName: 'Voice Language',
		name: 'voiceLanguage',
		type: 'string',
		default: 'uk-UA',
		placeholder: 'e.g. en-GB',
		displayOptions: { show: { messageKind: ['call'] } },
		description: 'Language that the text is read in: a language and a country',
	},
];

const OPTIONS: readonly KindOption[] = [
	{
		kinds: RICH,
		field: {
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Track Order',
			description: 'Caption of a button below the text. In Viber, up to 19 characters.',
		},
	},
	{
		kinds: RICH,
		field: {
			displayName: 'Button URL',
			name: 'buttonUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/orders',
			description: 'Web address that the button opens',
		},
	},
	{
		kinds: RICH,
		field: {
			displayName: 'File URL',
			name: 'fileUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/picture.jpg',
			description:
				'Web address of a picture to show. In Viber it must end in .jpg, .jpeg, .png or .gif, and goes either alone or with a text and a button.',
		},
	},
	{
		kinds: WITH_SMS_BEHIND,
		field: {
			displayName: 'SMS From',
			name: 'smsFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. ACME',
			description: "Sender name of the SMS. Leave unset for the one in 'From'.",
		},
	},
	{
		kinds: WITH_SMS_BEHIND,
		field: {
			displayName: 'SMS Text',
			name: 'smsText',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Your order is ready',
			description: "Text of the SMS. Leave unset for the one in 'Message'.",
		},
	},
	{
		kinds: WITH_VIBER_BEHIND,
		field: {
			displayName: 'Viber From',
			name: 'viberFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. ACME',
			description: "Sender name of the Viber message. Leave unset for the one in 'From'.",
		},
	},
	{
		kinds: KINDS.filter((kind) => ABOUT[kind].channels.length > 0),
		field: {
			displayName: 'Shorten Links',
			name: 'shortenLinks',
			type: 'boolean',
			default: false,
			description: 'Whether AlphaSMS replaces links with short ones and counts the clicks',
		},
	},
	{
		kinds: ['sms'],
		field: {
			displayName: 'Unsubscribe Link',
			name: 'unsubscribeLink',
			type: 'boolean',
			default: false,
			description:
				'Whether AlphaSMS adds a link by which people unsubscribe. It makes the text longer, which Preview does not count.',
		},
	},
	{
		kinds: KINDS.filter((kind) => kind !== 'call'),
		field: {
			displayName: 'Status URL',
			name: 'statusUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/…',
			description:
				'Web address that AlphaSMS calls when the status changes: the Production URL of the AlphaSMS Trigger. The node adds messageId to it; add a field of your own, such as ?order={{ $json.order }}, to know the row.',
		},
	},
	{
		kinds: ['call'],
		field: {
			displayName: 'Voice Model',
			name: 'voiceName',
			type: 'string',
			default: '',
			placeholder: 'e.g. uk-UA-Standard-A',
			description:
				"Name of the speech model. A woman's voice has one by default; for a man's, ask AlphaSMS for its name.",
		},
	},
	{
		kinds: ['call'],
		field: {
			displayName: 'Wait for Key Press',
			name: 'waitForKey',
			type: 'boolean',
			default: false,
			description: 'Whether the call waits for the person to press a key (DTMF)',
		},
	},
];

/** How people see an option of these. */
export const labelOf = (name: string): string =>
	OPTIONS.find(({ field }) => field.name === name)?.field.displayName ?? name;

/** The options, each shown with the kinds that have it. */
export const alphaSmsKindOptions: readonly INodeProperties[] = OPTIONS.map(({ field, kinds }) =>
	kinds.length === KINDS.length
		? field
		: { ...field, displayOptions: { show: { '/messageKind': [...kinds] } } },
);

/** Options that a kind does not have. */
export const foreignTo = (kind: Kind): readonly INodeProperties[] =>
	OPTIONS.flatMap(({ field, kinds }) => (kinds.includes(kind) ? [] : [field]));
