/**
 * The kinds of message that AlphaSMS's JSON interface sends: how the vendor calls each, and over which channels it goes, in
 * their order; the next is tried where one does not deliver. Source: the vendor's JSON pages.
 */
interface About {
	/** As people see it. */
	readonly name: string;
	/** The vendor's `type`. */
	readonly type: string;
	readonly channels: readonly Channel[];
	/** A message of its own: its text is a code, or is spoken. */
	readonly holds: 'text' | 'code' | 'speech';
}

export type Channel = 'sms' | 'viber' | 'rcs';

/** The name of each in saved workflows; where another gateway has the same, it has the same name. */
export const KINDS = [
	'sms',
	'viber',
	'viber+sms',
	'rcs',
	'rcs+sms',
	'rcs+viber+sms',
	'telegram',
	'whatsapp',
	'call',
] as const;

export type Kind = (typeof KINDS)[number];

export const ABOUT: Readonly<Record<Kind, About>> = {
	sms: { name: 'Text Message (SMS)', type: 'sms', channels: ['sms'], holds: 'text' },
	viber: { name: 'Viber', type: 'viber', channels: ['viber'], holds: 'text' },
	'viber+sms': { name: 'Viber, Else SMS', type: 'viber+sms', channels: ['viber', 'sms'], holds: 'text' },
	rcs: { name: 'RCS', type: 'rcs', channels: ['rcs'], holds: 'text' },
	'rcs+sms': { name: 'RCS, Else SMS', type: 'rcs+sms', channels: ['rcs', 'sms'], holds: 'text' },
	'rcs+viber+sms': {
		name: 'RCS, Else Viber, Else SMS',
		type: 'rcs+viber+sms',
		channels: ['rcs', 'viber', 'sms'],
		holds: 'text',
	},
	telegram: { name: 'Code by Telegram', type: 'telegram', channels: [], holds: 'code' },
	whatsapp: { name: 'Code by WhatsApp', type: 'whatsapp', channels: [], holds: 'code' },
	call: { name: 'Voice Call', type: 'voice', channels: [], holds: 'speech' },
};

const kindsWhere = (holds: (about: About, kind: Kind) => boolean): readonly Kind[] =>
	KINDS.filter((kind) => holds(ABOUT[kind], kind));

/** Viber and RCS show a picture and a button. */
export const RICH = kindsWhere(({ channels }) => channels.includes('viber') || channels.includes('rcs'));
/** The gateway sends an SMS of its own accord where nothing else delivers. */
export const WITH_SMS_BEHIND = kindsWhere(({ channels }, kind) => kind !== 'sms' && channels.includes('sms'));
/** Viber behind another channel. */
export const WITH_VIBER_BEHIND = kindsWhere(({ channels }) => channels.indexOf('viber') > 0);
/** Codes and calls come from the gateway itself. */
export const WITHOUT_SENDER = kindsWhere(({ channels }) => channels.length === 0);
/** A picture alone is a message. */
export const MAY_HAVE_NO_TEXT: readonly Kind[] = ['viber'];

export const mayBeSms = (kind: Kind): boolean => ABOUT[kind].channels.includes('sms');
