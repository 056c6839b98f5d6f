/**
 * AlphaSMS's JSON pages of everything that reaches a person: which fields each `type` has, and what they may hold. Only
 * "Access denied" and "Error in Alpha-name" are published; the other sentences are in the style of those.
 */
import { countParts } from '../parts';
import type { World } from '../simulator';
import { isSender, take, type StoredMessage } from './account';

export type Fields = Readonly<Record<string, unknown>>;

type Rule = (value: unknown, item: Fields) => boolean;

const isText: Rule = (value) => typeof value === 'string' && value.trim() !== '';
const isFlag: Rule = (value) => typeof value === 'boolean';
const isLink: Rule = (value) =>
	typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
/** "Message with one-time password. Contains from 4 to 8 digits". */
const isCode: Rule = (value) => typeof value === 'string' && /^\d{4,8}$/.test(value);
const isSmsSender: Rule = (value) => typeof value === 'string' && isSender(value);
/** "Min. value: 60 seconds"; the pages name a largest for SMS alone. */
const lasts =
	(min: number, max = Number.MAX_SAFE_INTEGER): Rule =>
	(value) =>
		typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
/** HTTP page "Viber": "up to 1000 symbols", "Supported extensions: .jpg, .jpeg, .png, .gif", "1 to 19 characters". */
const isViberText: Rule = (value) => typeof value === 'string' && /^[^]{1,1000}$/u.test(value);
const isPicture: Rule = (value, item) =>
	isLink(value, item) && /\.(?:jpe?g|png|gif)$/i.test(new URL(String(value)).pathname);
const isCaption: Rule = (value) => typeof value === 'string' && /^.{1,19}$/u.test(value);

/** "Voice parameters": gender, language and the name of a model, all required. */
const isVoice: Rule = (value) => {
	if (typeof value !== 'object' || value === null) return false;
	const { gender, language, name, ...rest } = value as Fields;
	return (
		(gender === 'male' || gender === 'female') &&
		typeof language === 'string' &&
		/^[a-z]{2}-[A-Z]{2}$/.test(language) &&
		typeof name === 'string' &&
		name.startsWith(`${language}-`) &&
		Object.keys(rest).length === 0
	);
};

interface Page {
	readonly required: Readonly<Record<string, Rule>>;
	readonly optional: Readonly<Record<string, Rule>>;
}

const HOOK = { hook: isLink };
const LINKS = { short_link: isFlag };
const SMS = { sms_signature: isSmsSender, sms_message: isText };
const RCS = { rcs_signature: isText, rcs_message: isText };
/** The tables say "required" of these as well, since they show the one sample that has them all. */
const RCS_RICH = { rcs_image: isLink, rcs_link: isLink, rcs_button: isText };
const VIBER = { viber_signature: isText };

/** What each kind of Viber message has: one page each. */
const VIBER_KINDS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
	text: { viber_message: isViberText },
	image: { viber_image: isPicture },
	'text+link': { viber_message: isViberText, viber_link: isLink, viber_button: isCaption },
	'text+image+link': {
		viber_message: isViberText,
		viber_image: isPicture,
		viber_link: isLink,
		viber_button: isCaption,
	},
};

function viberPage({ viber_type: kind }: Fields): Page['required'] {
	const own = typeof kind === 'string' && Object.hasOwn(VIBER_KINDS, kind) ? VIBER_KINDS[kind] : undefined;
	return { viber_type: () => own !== undefined, ...VIBER, ...own };
}

/** By `type`. */
const PAGES: Readonly<Record<string, (item: Fields) => Page>> = {
	sms: () => ({
		required: SMS,
		optional: { sms_lifetime: lasts(3600, 259_200), ...LINKS, unsubscribe_link: isFlag, ...HOOK },
	}),
	viber: (item) => ({
		required: viberPage(item),
		optional: { viber_lifetime: lasts(60), ...LINKS, ...HOOK },
	}),
	'viber+sms': (item) => ({
		required: { ...SMS, ...viberPage(item) },
		optional: { viber_lifetime: lasts(60), ...LINKS, ...HOOK },
	}),
	rcs: () => ({ required: RCS, optional: { ...RCS_RICH, rcs_lifetime: lasts(60), ...LINKS, ...HOOK } }),
	'rcs+sms': () => ({
		required: { ...SMS, ...RCS },
		optional: { ...RCS_RICH, rcs_lifetime: lasts(60), ...LINKS, ...HOOK },
	}),
	'rcs+viber+sms': (item) => ({
		required: { ...SMS, ...RCS, ...viberPage(item) },
		optional: { ...RCS_RICH, rcs_lifetime: lasts(60), ...LINKS, ...HOOK },
	}),
	telegram: () => ({ required: { message: isCode }, optional: { telegram_lifetime: lasts(60), ...HOOK } }),
	whatsapp: () => ({ required: { message: isCode }, optional: HOOK }),
	voice: () => ({ required: { message: isText, voice: isVoice, dtmf: isFlag }, optional: {} }),
};

/** Of every item. */
const COMMON = ['type', 'id', 'phone'];

export const isChannel = (type: unknown): type is string =>
	typeof type === 'string' && Object.hasOwn(PAGES, type);

const sentenceOf = (name: string): string =>
	name.endsWith('_signature') ? 'Error in Alpha-name' : `Error in ${name.replace(/^(?:sms|viber|rcs)_/, '')}`;

/** What is wrong with an item of a known type; null when it is as its page says. A field that the page lacks is wrong. */
export function wrongIn(item: Fields): string | null {
	const page = PAGES[String(item['type'])]?.(item) ?? { required: {}, optional: {} };
	for (const [name, rule] of Object.entries(page.required)) {
		if (!rule(item[name], item)) return sentenceOf(name);
	}
	for (const [name, value] of Object.entries(item)) {
		if (COMMON.includes(name) || Object.hasOwn(page.required, name)) continue;
		const rule = Object.hasOwn(page.optional, name) ? page.optional[name] : undefined;
		if (rule?.(value, item) !== true) return sentenceOf(name);
	}
	return null;
}

const text = (item: Fields, name: string): string => {
	const value = item[name];
	return typeof value === 'string' ? value : '';
};

/** Takes a message over the first of its channels; null when there is no money for it. */
export function takeItem(item: Fields, to: string, world: World): StoredMessage | null {
	const [channel = ''] = text(item, 'type').split('+');
	const shown = text(item, `${channel}_message`) || text(item, 'message') || text(item, 'viber_image');
	const rest = Object.entries(item).filter(
		([name]) => !['type', 'phone', 'message', `${channel}_signature`, `${channel}_message`].includes(name),
	);
	const options = rest.map(([name, value]) => [
		name,
		typeof value === 'object' ? JSON.stringify(value) : String(value),
	]);
	return take(world, {
		to,
		from: text(item, `${channel}_signature`),
		text: shown,
		scheduledFor: null,
		// What is no SMS is one message, however long.
		parts: channel === 'sms' ? countParts(shown) : 1,
		options: {
			...(channel === 'sms' ? {} : { type: text(item, 'type') }),
			...(Object.fromEntries(options) as Record<string, string>),
		},
	});
}
