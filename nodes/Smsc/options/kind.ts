/**
 * Kinds of message besides the text message, and their subject. Source: the "Sending an SMS" page, parameters mms, mail,
 * soc, viber, whatsapp, call and subj; tg and bot are in https://smscentre.com/telegram-bots/ and a careful public client.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import { withOptionalText } from '../../shared/panel/optionalText';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

/** In the order of the vendor's page. */
export const KINDS = ['sms', 'mms', 'email', 'social', 'viber', 'whatsapp', 'telegram', 'call'] as const;
export type Kind = (typeof KINDS)[number];

/** The vendor's switch for each; a text message needs none. */
const SWITCHES: Readonly<Record<Kind, string | null>> = {
	sms: null,
	mms: 'mms',
	email: 'mail',
	social: 'soc',
	viber: 'viber',
	whatsapp: 'whatsapp',
	telegram: 'tg',
	call: 'call',
};

const WITH_SUBJECT: readonly Kind[] = ['mms', 'email'];
/** Texts and emails need a text; the others may be a picture or a recording. */
const WITH_TEXT: readonly Kind[] = ['sms', 'email'];

export const messageKindField: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageKind',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'MMS', value: 'mms', description: 'Message with pictures or sound' },
		{ name: 'Social Network', value: 'social' },
		{ name: 'Telegram', value: 'telegram' },
		{ name: 'Text Message (SMS)', value: 'sms' },
		{ name: 'Viber', value: 'viber' },
		{ name: 'Voice Call', value: 'call', description: 'A voice reads the text, or a recording is played' },
		{ name: 'WhatsApp', value: 'whatsapp' },
	],
	default: 'sms',
	description: 'How the message reaches people. Prices differ: Preview shows them.',
};

export const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	displayOptions: { show: { messageKind: [...WITH_SUBJECT] } },
	placeholder: 'e.g. Your invoice',
};

export const telegramBotField: INodeProperties = {
	displayName: 'Telegram Bot',
	name: 'telegramBot',
	type: 'string',
	default: '',
	displayOptions: { show: { messageKind: ['telegram'] } },
	placeholder: 'e.g. @acme_bot',
	description:
		'Chatbot that sends the message, registered in your SMSC account. It reaches those who have started it. Leave empty to let SMSC choose. To may be a phone number, a @name or a #ID.',
};

/** The panel's fields with a text that must be filled in only where the kind of message needs one. */
export const withSmscText = (fields: readonly INodeProperties[]): INodeProperties[] =>
	withOptionalText(fields, KINDS, WITH_TEXT);

export interface KindOptions {
	readonly kind: Kind;
	readonly subject: string | null;
}

export function readKind(fields: FieldReader): KindOptions & { readonly parameters: Parameters } {
	const kind = fields.choice('messageKind', 'Message Type', KINDS) ?? 'sms';
	const subject = WITH_SUBJECT.includes(kind)
		? (fields.text('subject', 'Subject', /\S/, 'Enter a subject') ?? null)
		: null;
	const botFix = 'Use the name of a bot with its @, e.g. @acme_bot';
	const bot = kind === 'telegram' ? fields.text('telegramBot', 'Telegram Bot', /^@\w{3,32}$/, botFix) : null;
	const name = SWITCHES[kind];
	return {
		kind,
		subject,
		parameters: {
			...(name === null ? {} : { [name]: '1' }),
			...parameter('subj', subject),
			...parameter('bot', bot),
		},
	};
}
