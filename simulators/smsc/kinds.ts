import type { Parameters } from './parameters';
import { readPhone, type Phone } from './recipients';
import { PRICE_PER_PART } from './account';

/** What `send.php` can be asked to send beside an SMS: each is a parameter that is 1. */
export const KINDS = ['hlr', 'ping', 'mms', 'mail', 'soc', 'viber', 'whatsapp', 'tg', 'call'] as const;
export type Kind = (typeof KINDS)[number] | 'sms';

export interface KindRule {
	/** As `status.php` and the callback name it; null: the vendor's list does not have it. */
	readonly type: number | null;
	/** For each of what `cnt` counts. Only the SMS of the page's samples has a published price. */
	readonly price: number;
	/** Whether somebody gets something to read or to hear. */
	readonly arrives: boolean;
	/** "Required parameters are … phones, and mes": what the kind needs in place of `mes`. */
	isComplete(text: string, parameters: Parameters): boolean;
	recipient(given: string): Phone;
	/** What `cnt` counts. */
	count(text: string): number;
}

const hasFile = (parameters: Parameters): boolean =>
	parameters.files.length > 0 || (parameters.text('fileurl') ?? '') !== '';
const given = (parameters: Parameters, name: string): boolean => (parameters.text(name) ?? '').trim() !== '';

/** "For an e-mail message, a list of recipients' e-mail addresses is transmitted." */
export const isAddress = (value: string): boolean => /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value);

function readAddress(value: string): Phone {
	return { shown: value, digits: isAddress(value) ? value : null };
}

/** Telegram: a phone number, a nick, or `#ID`. */
function readNick(value: string): Phone {
	return /^(@?[A-Za-z]\w{4,31}|#\d+)$/.test(value) ? { shown: value, digits: value } : readPhone(value);
}

const needsText = (text: string): boolean => text !== '';
const once = (): number => 1;

const messenger: KindRule = {
	type: null,
	price: PRICE_PER_PART,
	arrives: true,
	isComplete: (text, parameters) => text !== '' || hasFile(parameters),
	recipient: readPhone,
	count: once,
};

/** "the mes parameter is not used" */
const check: KindRule = { ...messenger, arrives: false, isComplete: () => true };

export const KIND_RULES: Readonly<Record<Kind, KindRule>> = {
	// Its content is counted by contentOf().
	sms: { ...messenger, type: 0, isComplete: needsText },
	hlr: { ...check, type: 4, price: 0.3 },
	ping: { ...check, type: 5 },
	// "For MMS, it is mandatory to specify the subject or text."
	mms: {
		...messenger,
		type: 6,
		isComplete: (text, parameters) => text !== '' || given(parameters, 'subj'),
	},
	// "When sending an e-mail message, you must specify the subject, text, and address of the sender."
	mail: {
		...messenger,
		type: 8,
		isComplete: (text, parameters) =>
			text !== '' && given(parameters, 'subj') && isAddress(parameters.text('sender') ?? ''),
		recipient: readAddress,
	},
	soc: { ...messenger, type: 12 },
	viber: { ...messenger, type: 10 },
	whatsapp: messenger,
	tg: { ...messenger, recipient: readNick },
	// Counted in blocks of five seconds: about 75 characters are said in one.
	call: { ...messenger, type: 7, count: (text) => Math.max(1, Math.ceil([...text].length / 75)) },
};

/** Null when several kinds are asked for at once. */
export function kindOf(parameters: Parameters): Kind | null {
	const asked = KINDS.filter((kind) => parameters.text(kind) === '1');
	if (asked.length > 1) return null;
	return asked[0] ?? 'sms';
}

/**
 * SMSC's "Using prefixes when sending messages" (https://smsc.ru/api/http/): how a text begins switches the kind. The words
 * are those that the client of https://github.com/itpanda-llc/smsc-sender-php-sdk lists.
 */
const PREFIXES: Readonly<Record<string, Kind>> = {
	__CALL__: 'call',
	__VIBER__: 'viber',
	__SOC__: 'soc',
	__PING__: 'ping',
	__HLR__: 'hlr',
};

/** The parameters as the prefix of `mes` has them. A kind that is asked for by name stays. */
export function obeyPrefix(parameters: Parameters): Parameters {
	const mes = parameters.text('mes') ?? '';
	const [prefix, kind] = Object.entries(PREFIXES).find(([word]) => mes.startsWith(word)) ?? [];
	if (prefix === undefined || kindOf(parameters) !== 'sms') return parameters;
	return {
		...parameters,
		text: (name) => {
			if (name === 'mes') return mes.slice(prefix.length).trimStart();
			return name === kind ? '1' : parameters.text(name);
		},
	};
}
