/** Reads the fields of messages other than plain texts, and of what the JSON interface alone has. */
import type { FieldReader } from '../../shared/contract/fields';
import { foreignTo, labelOf } from './fields';
import type { Kind } from './kinds';
import { ABOUT, KINDS } from './kinds';

export interface Button {
	readonly text: string;
	readonly url: string;
}

export interface Voice {
	readonly gender: 'male' | 'female';
	readonly language: string;
	/** Null where none is known for this voice. */
	readonly model: string | null;
	readonly waitsForKey: boolean;
}

export interface ChannelOptions {
	readonly kind: Kind;
	/** Seconds; null for the vendor's default. */
	readonly lifetime: number | null;
	readonly shortenLinks: boolean;
	readonly unsubscribeLink: boolean;
	readonly statusUrl: string | null;
	readonly picture: string | null;
	readonly button: Button | null;
	/** Null: as the message itself has them. */
	readonly smsText: string | null;
	readonly smsFrom: string | null;
	readonly viberFrom: string | null;
	/** Null where nothing is spoken. */
	readonly voice: Voice | null;
}

export const TTL = 'Time to Live (Minutes)';

/** Minutes: SMS lasts 1 hour to 3 days; the others 1 minute and more, and their default of 2 days is the most that is known. */
const LIFETIMES: Readonly<Record<Kind, readonly [min: number, max: number] | null>> = {
	sms: [60, 4320],
	viber: [1, 2880],
	'viber+sms': [1, 2880],
	rcs: [1, 2880],
	'rcs+sms': [1, 2880],
	'rcs+viber+sms': [1, 2880],
	telegram: [1, 2880],
	whatsapp: null,
	call: null,
};

function readLifetime(fields: FieldReader, kind: Kind): number | null {
	const { [kind]: range } = LIFETIMES;
	if (range !== null) {
		const minutes = fields.integer('ttl', TTL, ...range);
		return minutes === undefined ? null : minutes * 60;
	}
	if (fields.has('ttl')) {
		fields.refuse(TTL, `is not for "${ABOUT[kind].name}"`, 'Remove it from the options');
	}
	return null;
}

function readButton(fields: FieldReader): Button | null {
	const text = fields.text('buttonText', labelOf('buttonText'), /\S/, 'Enter the caption of the button');
	const url = fields.webAddress('buttonUrl', labelOf('buttonUrl'), 1000);
	if (text !== undefined && url !== undefined) return { text, url };
	const [has, lacks] = fields.has('buttonText') ? ['buttonText', 'buttonUrl'] : ['buttonUrl', 'buttonText'];
	if (fields.has(has) && !fields.has(lacks)) {
		fields.refuse(labelOf(has), `needs '${labelOf(lacks)}'`, 'Fill in both, or neither');
	}
	return null;
}

/** The vendor's samples: uk-UA-Standard-A and en-GB-Standard-A, both of a woman. No page names one of a man. */
const MODEL_OF_A_WOMAN = 'Standard-A';

function readVoice(fields: FieldReader, kind: Kind): Voice | null {
	if (kind !== 'call') return null;
	const gender = fields.choice('voice', 'Voice', ['male', 'female'] as const) ?? 'female';
	const fix = 'Use a language and a country, e.g. uk-UA';
	const language = fields.text('voiceLanguage', 'Voice Language', /^[a-z]{2}-[A-Z]{2}$/, fix) ?? 'uk-UA';
	const label = labelOf('voiceName');
	const named = fields.text('voiceName', label, /^[A-Za-z0-9-]{1,60}$/, 'Enter the name of a speech model');
	if (named === undefined && gender === 'male' && !fields.has('voiceName')) {
		fields.refuse(
			label,
			'is empty',
			"Enter the name of a man's speech model, or choose the voice of a woman",
		);
	}
	const ofAnother = /^[a-z]{2}-[A-Z]{2}(?=-)/.exec(named ?? '')?.[0] ?? language;
	if (ofAnother !== language) {
		fields.refuse(
			label,
			`is a voice of ${ofAnother}`,
			`Choose one of ${language}, or change 'Voice Language'`,
		);
	}
	const model = named ?? (gender === 'female' ? `${language}-${MODEL_OF_A_WOMAN}` : null);
	const waitsForKey = fields.flag('waitForKey', labelOf('waitForKey')) ?? false;
	return { gender, language, model, waitsForKey };
}

/** What belongs to another kind of message is rejected by name, never silently ignored. */
function refuseForeign(fields: FieldReader, kind: Kind): void {
	const asked = new Set(fields.requested());
	for (const { name, displayName } of foreignTo(kind)) {
		if (!asked.has(name)) continue;
		const fix = "Choose another 'Message Type', or remove it from the options";
		fields.refuse(displayName, `is not for "${ABOUT[kind].name}"`, fix);
	}
}

export function readChannelOptions(fields: FieldReader): ChannelOptions {
	const kind = fields.choice('messageKind', 'Message Type', KINDS) ?? 'sms';
	refuseForeign(fields, kind);
	const typed = (name: string): string | null =>
		fields.text(name, labelOf(name), /\S/, 'Enter a text, or leave it unset') ?? null;
	return {
		kind,
		lifetime: readLifetime(fields, kind),
		shortenLinks: fields.flag('shortenLinks', labelOf('shortenLinks')) ?? false,
		unsubscribeLink: fields.flag('unsubscribeLink', labelOf('unsubscribeLink')) ?? false,
		statusUrl: fields.webAddress('statusUrl', labelOf('statusUrl'), 1000) ?? null,
		picture: fields.webAddress('fileUrl', labelOf('fileUrl'), 1000) ?? null,
		button: readButton(fields),
		smsText: typed('smsText'),
		smsFrom: typed('smsFrom')?.trim() ?? null,
		viberFrom: typed('viberFrom')?.trim() ?? null,
		voice: readVoice(fields, kind),
	};
}

/** The label of something that the JSON interface alone has, or null where there is nothing. */
export function asksForJson(options: ChannelOptions): string | null {
	if (options.kind !== 'sms') return 'Message Type';
	if (options.lifetime !== null) return TTL;
	if (options.shortenLinks) return labelOf('shortenLinks');
	if (options.unsubscribeLink) return labelOf('unsubscribeLink');
	return options.statusUrl === null ? null : labelOf('statusUrl');
}
