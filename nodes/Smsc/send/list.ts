/**
 * SMSC's `list`: a text for each number in one request. Source: "Sending an SMS", `list`; the layout with a sender and a
 * time zone in each line is missing in the stored page and is that of a careful public client.
 *
 * A line is `number:text` or `SENDER,tz|number:text`, so a part with a separator in it would name another recipient. This
 * file is the one place that makes lines, and it makes them of checked parts only.
 */
import type { Message } from '../../shared/contract/message';
import type { SmscOptions } from '../options';

/** `:` and `;` end a number, `,` a sender or number, `|` a sender; `\n` is a line break, and quotes may mean something. */
const PLAIN_SENDER = /^[^:;,|"\\\p{Cc}]+$/u;
const NUMBER = /^\+\d{7,15}$/;
/** The only layouts of `time` with which a line may name a time zone. */
const CALENDAR_TIME = /^(?:\d{10}|\d{2}\.\d{2}\.\d{2} \d{2}:\d{2})$/;

/**
 * Whether a text means itself in a line: the two characters `\n` would become a line break there, and a bar could be
 * taken for the end of a sender.
 */
function isPlainText(text: string): boolean {
	return !text.includes('\\n') && !text.includes('|');
}

function takesLineZones({ parameters }: SmscOptions): boolean {
	return CALENDAR_TIME.test(parameters.time ?? '');
}

/** Whether this message's line can name its own sender, with its time zone where it has one. */
function canNameSender({ from, options }: Message<SmscOptions>): boolean {
	// With a window of hours a line's zone is ignored, and the text could go out at night.
	return PLAIN_SENDER.test(from) && (options.tz === null || takesLineZones(options));
}

/** Messages with equal keys may share a list; null for one that cannot stand in a list. */
export function smscDifferentTextsKey(message: Message<SmscOptions>): string | null {
	const { to, text, from, options, optionsKey, isNumber } = message;
	// The vendor describes the list for texts to numbers; binary and WAP push bodies are not described for it.
	if (options.kind !== 'sms' || !isNumber || options.binary !== 0 || options.wapPushUrl !== null) return null;
	if (!NUMBER.test(to) || !isPlainText(text)) return null;
	return canNameSender(message)
		? `line ${JSON.stringify({ ...options, tz: null })}`
		: `request ${JSON.stringify(from)} ${optionsKey}`;
}

/** @throws when a part would be read as something else: then nothing may be sent */
function listLine(message: Message<SmscOptions>, hasSender: boolean): string {
	const { to, text, options } = message;
	if (!NUMBER.test(to) || !isPlainText(text) || (hasSender && !canNameSender(message))) {
		throw new TypeError('This text cannot stand in a list');
	}
	const zone = options.tz === null ? '' : `,${options.tz}`;
	// With the + SMSC takes the number as it is; without it, it might "correct" it.
	return `${hasSender ? `${message.from}${zone}|` : ''}${to}:${text.replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n')}`;
}

export interface SmscList {
	readonly list: string;
	/** Sender and zone for the whole request; null where the lines name them. */
	readonly shared: { readonly sender: string; readonly tz: number | null } | null;
}

/** @throws when a line would be read as something else than its text for its number */
export function composeList(messages: readonly [Message<SmscOptions>, ...Message<SmscOptions>[]]): SmscList {
	const [{ from: sender, options }] = messages;
	const { tz } = options;
	const differ = messages.some((one) => one.from !== sender || one.options.tz !== tz);
	const list = messages.map((message) => listLine(message, differ)).join('\n');
	return { list, shared: differ ? null : { sender, tz } };
}
