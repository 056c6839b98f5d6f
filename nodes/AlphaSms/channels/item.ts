/** A message as an entry of the JSON interface's `data`, in the order of the vendor's samples. */
import type { Message } from '../../shared/contract/message';
import type { JsonRecord } from '../../shared/contract/request';
import type { AlphaSmsOptions } from '../options';
import type { Channel } from './kinds';
import { ABOUT } from './kinds';

/** The page allows letters, digits, dot, dash and underscore: a phone number as the sender goes without its plus. */
export const smsSender = (from: string): string => from.replace(/^\+/, '');

type Sent = Message<AlphaSmsOptions>;

const CHANNEL_FIELDS: Readonly<Record<Channel, (message: Sent) => JsonRecord>> = {
	sms: ({ from, text, options }) => ({
		sms_signature: smsSender(options.smsFrom ?? from),
		sms_message: options.smsText ?? text,
	}),
	rcs: ({ from, text, options: { picture, button } }) => ({
		rcs_signature: from,
		rcs_message: text,
		...(picture === null ? {} : { rcs_image: picture }),
		...(button === null ? {} : { rcs_link: button.url, rcs_button: button.text }),
	}),
	viber: ({ from, text, options: { viberFrom, picture, button } }) => ({
		viber_type: viberType(text, picture !== null, button !== null),
		viber_signature: viberFrom ?? from,
		...(text.trim() === '' ? {} : { viber_message: text }),
		...(picture === null ? {} : { viber_image: picture }),
		...(button === null ? {} : { viber_link: button.url, viber_button: button.text }),
	}),
};

function viberType(text: string, hasPicture: boolean, hasButton: boolean): string {
	if (text.trim() === '') return 'image';
	if (!hasButton) return 'text';
	return hasPicture ? 'text+image+link' : 'text+link';
}

/** The order in which the vendor's samples have them, whatever is tried first. */
const ON_THE_WIRE: readonly Channel[] = ['sms', 'rcs', 'viber'];

function contentOf(message: Sent): JsonRecord {
	const { text, options } = message;
	const { channels } = ABOUT[options.kind];
	if (channels.length > 0) {
		const fields = ON_THE_WIRE.filter((channel) => channels.includes(channel)).map((channel) =>
			CHANNEL_FIELDS[channel](message),
		);
		return Object.assign({}, ...fields) as JsonRecord;
	}
	const { voice } = options;
	if (voice === null) return { message: text.trim() };
	const { gender, language, model, waitsForKey } = voice;
	return { message: text, voice: { gender, language, name: model }, dtmf: waitsForKey };
}

/** The channel that the time to live is for: the first one. */
function lifetimeOf({ kind, lifetime }: AlphaSmsOptions): JsonRecord {
	if (lifetime === null) return {};
	const { channels, type } = ABOUT[kind];
	return { [`${channels[0] ?? type}_lifetime`]: lifetime };
}

/** What the gateway sends there is not documented: the address itself says which message it is about. */
function withMessageId(url: string, id: number): string {
	const [address = '', ...fragment] = url.split('#');
	const added = `${address}${address.includes('?') ? '&' : '?'}messageId=${id}`;
	return [added, ...fragment].join('#');
}

export function itemOf(message: Sent, id: number): JsonRecord {
	const { digits, options } = message;
	return {
		type: ABOUT[options.kind].type,
		id,
		phone: Number(digits),
		...contentOf(message),
		...lifetimeOf(options),
		...(options.shortenLinks ? { short_link: true } : {}),
		...(options.unsubscribeLink ? { unsubscribe_link: true } : {}),
		...(options.statusUrl === null ? {} : { hook: withMessageId(options.statusUrl, id) }),
	};
}
