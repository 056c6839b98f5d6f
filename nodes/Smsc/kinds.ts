/**
 * SMSC's kinds of message besides the text message: how they are chosen, and what the vendor wants for each. Source: the
 * "Sending an SMS" page, parameters mms, mail, soc, viber, whatsapp, call, voice, param, subj and fileurl.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../shared/contract/fields';

/** In the order of the vendor's page. */
export const KINDS = ['sms', 'mms', 'email', 'social', 'viber', 'whatsapp', 'call'] as const;
export type Kind = (typeof KINDS)[number];

/** The vendor's switch for each; a text message needs none. */
const SWITCHES: Readonly<Record<Kind, string | null>> = {
	sms: null,
	mms: 'mms',
	email: 'mail',
	social: 'soc',
	viber: 'viber',
	whatsapp: 'whatsapp',
	call: 'call',
};

const WITH_SUBJECT: readonly Kind[] = ['mms', 'email'];
const WITH_FILE: readonly Kind[] = ['mms', 'email', 'social', 'viber', 'whatsapp', 'call'];
const VOICES = ['m', 'm2', 'm3', 'm4', 'w', 'w2', 'w3', 'w4'] as const;

/** Fields beside the message itself. */
export const smscMessageFields: INodeProperties[] = [
	{
		displayName: 'Message Kind',
		name: 'messageKind',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'MMS', value: 'mms', description: 'Message with pictures or sound' },
			{ name: 'Social Network', value: 'social' },
			{ name: 'Text Message (SMS)', value: 'sms' },
			{ name: 'Viber', value: 'viber' },
			{ name: 'Voice Call', value: 'call', description: 'A voice reads the text, or a recording is played' },
			{ name: 'WhatsApp', value: 'whatsapp' },
		],
		default: 'sms',
		description: 'How the message reaches people. Prices differ: Preview shows them.',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		displayOptions: { show: { messageKind: [...WITH_SUBJECT] } },
		placeholder: 'e.g. Your invoice',
	},
	{
		displayName: 'Voice',
		name: 'voice',
		type: 'options',
		options: [
			{ name: 'Man 1', value: 'm' },
			{ name: 'Man 2', value: 'm2' },
			{ name: 'Man 3', value: 'm3' },
			{ name: 'Man 4', value: 'm4' },
			{ name: 'Woman 1', value: 'w' },
			{ name: 'Woman 2', value: 'w2' },
			{ name: 'Woman 3', value: 'w3' },
			{ name: 'Woman 4', value: 'w4' },
		],
		default: 'm4',
		displayOptions: { show: { messageKind: ['call'] } },
		description: 'Who reads the text',
	},
];

/** What may go without a text: a recording to call with, a picture. Texts and e-mails need one. */
const WITHOUT_TEXT: readonly Kind[] = ['mms', 'social', 'viber', 'whatsapp', 'call'];
const WITH_TEXT: readonly Kind[] = KINDS.filter((kind) => !WITHOUT_TEXT.includes(kind));

/** The panel's fields with a text that must be filled in only where the kind of message needs one. */
export function withOptionalText(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => {
		if (field.name !== 'message' || field.required !== true) return [field];
		const shownFor = (messageKind: readonly Kind[]): INodeProperties => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, messageKind: [...messageKind] },
			},
		});
		return [shownFor(WITH_TEXT), { ...shownFor(WITHOUT_TEXT), required: false }];
	});
}

const forCalls = { show: { '/messageKind': ['call'] } };
const withFiles = { show: { '/messageKind': [...WITH_FILE] } };

/** Options of the other kinds. */
export const smscKindOptionFields: INodeProperties[] = [
	{
		displayName: 'Call Attempts',
		name: 'callAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 9 },
		default: 8,
		displayOptions: forCalls,
		description: 'How often to call when nobody answers',
	},
	{
		displayName: 'Call Retry Interval (Seconds)',
		name: 'callInterval',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 3600 },
		default: 60,
		displayOptions: forCalls,
		description: 'Pause between two attempts, from 10 to 3600 seconds',
	},
	{
		displayName: 'Call Ringing Time (Seconds)',
		name: 'callRinging',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 35 },
		default: 25,
		displayOptions: forCalls,
		description: 'How long to let it ring, from 10 to 35 seconds',
	},
	{
		displayName: 'File URL',
		name: 'fileUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		displayOptions: withFiles,
		description: 'Web address of a picture, sound or other file to send',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'binaryFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		hint: 'Names of the fields with the files, separated by comma',
		displayOptions: withFiles,
		description: 'Files of the incoming rows to send along',
	},
	{
		displayName: 'Voice Language',
		name: 'voiceLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		displayOptions: forCalls,
		description: 'Two-letter code of the language of the text, where it is not Russian',
	},
];

export interface KindOptions {
	readonly kind: Kind;
	readonly subject: string | null;
	readonly fileUrl: string | null;
	readonly binaryFields: readonly string[];
}

/** Reads what concerns the kind of message, and adds its parameters in the vendor's names. */
export function readKind(fields: FieldReader, parameters: Record<string, string>): KindOptions {
	const kind = fields.choice('messageKind', 'Message Kind', KINDS) ?? 'sms';
	const off = SWITCHES[kind];
	if (off !== null) parameters[off] = '1';
	const subject = WITH_SUBJECT.includes(kind)
		? fields.text('subject', 'Subject', /\S/, 'Write a subject')
		: undefined;
	if (subject !== undefined) parameters.subj = subject;
	if (kind === 'call') readCall(fields, parameters);
	const takesFiles = WITH_FILE.includes(kind);
	for (const name of ['fileUrl', 'binaryFields'] as const) {
		if (!takesFiles && fields.has(name)) {
			fields.refuse(
				name === 'fileUrl' ? 'File URL' : 'Input Binary Fields',
				'is not for text messages',
				"Choose another 'Message Kind', or take it out of the options",
			);
		}
	}
	const fileUrl = takesFiles ? fields.webAddress('fileUrl', 'File URL', 1000) : undefined;
	if (fileUrl !== undefined) parameters.fileurl = fileUrl;
	const binary = takesFiles
		? fields.text('binaryFields', 'Input Binary Fields', /\S/, 'Name the fields that hold files')
		: undefined;
	const binaryFields = (binary ?? '').split(',').map((name) => name.trim());
	return {
		kind,
		subject: subject ?? null,
		fileUrl: fileUrl ?? null,
		binaryFields: binaryFields.filter((name) => name !== ''),
	};
}

function readCall(fields: FieldReader, parameters: Record<string, string>): void {
	const voice = fields.choice('voice', 'Voice', VOICES);
	const language = fields.text(
		'voiceLanguage',
		'Voice Language',
		/^[a-z]{2}$/i,
		'Use a two-letter code, e.g. en',
	);
	// The vendor names m4 as its default; a language needs a voice before it.
	if (voice !== undefined || language !== undefined) {
		parameters.voice = `${voice ?? 'm4'}${language === undefined ? '' : `,${language.toLowerCase()}`}`;
	}
	const ringing = fields.integer('callRinging', 'Call Ringing Time (Seconds)', 10, 35);
	const interval = fields.integer('callInterval', 'Call Retry Interval (Seconds)', 10, 3600);
	const attempts = fields.integer('callAttempts', 'Call Attempts', 1, 9);
	if (ringing === undefined && interval === undefined && attempts === undefined) return;
	// All three travel in one parameter; those left out are sent as the fields' own defaults.
	parameters.param = [ringing ?? 25, interval ?? 60, attempts ?? 8].join(',');
}
