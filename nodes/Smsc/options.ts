/** SMSC's options: the fields people see, and how they become parameters of the vendor's "Sending an SMS" page. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';
import { twoDigits, wallClock } from '../shared/time/instants';
import type { Charset } from '../shared/contract/charset';
import type { KindOptions } from './kinds';
import { readKind, smscKindOptionFields } from './kinds';
import { MOSCOW_MINUTES } from './told';

/** `fmt`: the layout of the reply. */
export const REPLY_FORMATS = [0, 1, 2, 3] as const;
export type ReplyFormat = (typeof REPLY_FORMATS)[number];

export interface SmscOptions extends BaseOptions, KindOptions {
	/** Parameters that go out as they are. */
	readonly parameters: Readonly<Record<string, string>>;
	readonly replyFormat: ReplyFormat;
	/** `cost=1`: the price is asked for and nothing is sent. */
	readonly priceOnly: boolean;
	/** `op=1`: the reply tells of every number. */
	readonly perNumberDetails: boolean;
	/** Hours ahead of Moscow; null for the account's own. Kept apart since a list can have one per line. */
	readonly tz: number | null;
	/** The person's own id for the message; null for one of ours. */
	readonly messageId: string | null;
	readonly charset: Charset;
	readonly binary: 0 | 1 | 2;
	/** `\n~~~\npid: …, dcs: …` for binary messages, or empty. */
	readonly binarySuffix: string;
	readonly wapPushUrl: string | null;
	/** SMSC cuts longer texts off after so many segments; null when it does not. */
	readonly maxSms: number | null;
}

export const smscCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>([
	'flash',
	'sendAt',
	'transliterate',
	'ttl',
	'wapPushUrl',
]);

/** `DDMMYYhhmm` in a zone that is `tz` hours ahead of Moscow. */
function calendarTime(instant: number, tz: number): string {
	const clock = wallClock(instant, MOSCOW_MINUTES + tz * 60);
	return [clock.day, clock.month, clock.year % 100, clock.hour, clock.minute].map(twoDigits).join('');
}

/** Minutes as the vendor's `hh:mm`, from 00:01 to 24:00. */
export function validity(minutes: number): string {
	return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const RAW_TIME = /^(?:\d{10}|\d{2}\.\d{2}\.\d{2} \d{2}:\d{2}|\d{1,2}-\d{1,2}|0\d{0,12}|\+\d{1,6})$/;

/** Reads the four ways to say when; more than one at a time contradict each other. */
function readTime(
	fields: FieldReader,
	tz: number | null,
): { time: string | null; scheduledFor: number | null } {
	const ways = [
		['sendAt', 'Send At'],
		['sendWindow', 'Send Between Hours'],
		['sendInMinutes', 'Send in Minutes'],
		['time', 'Send Time (Raw)'],
	] as const;
	const used = ways.filter(([name]) => fields.has(name));
	const [first, second] = used;
	if (first !== undefined && second !== undefined) {
		fields.refuse(`${first[1]}' and '${second[1]}`, 'are both set', 'Keep one of them');
		return { time: null, scheduledFor: null };
	}
	const sendAt = fields.futureInstant('sendAt', 'Send At');
	if (sendAt !== undefined) {
		// With a time zone the vendor wants a calendar form; without one, seconds since 1970 leave no doubt.
		return {
			time: tz === null ? `0${Math.floor(sendAt / 1000)}` : calendarTime(sendAt, tz),
			scheduledFor: sendAt,
		};
	}
	const window = fields.text(
		'sendWindow',
		'Send Between Hours',
		/^\d{1,2}-\d{1,2}$/,
		'Use two hours, e.g. 9-21',
	);
	if (window !== undefined) {
		const [from, to] = window.split('-').map(Number);
		if (from !== undefined && to !== undefined && from < to && to <= 24)
			return { time: window, scheduledFor: null };
		fields.refuse(
			'Send Between Hours',
			`is "${window}"`,
			'Use two hours from 0 to 24, the earlier one first, e.g. 9-21',
		);
	}
	const minutes = fields.integer('sendInMinutes', 'Send in Minutes', 1, 525_600);
	if (minutes !== undefined) {
		return { time: `+${minutes}`, scheduledFor: fields.context.now + minutes * 60_000 };
	}
	const raw = fields.text(
		'time',
		'Send Time (Raw)',
		RAW_TIME,
		'Use DDMMYYhhmm, DD.MM.YY hh:mm, h1-h2, 0 and a Unix time, or + and minutes',
	);
	return { time: raw ?? null, scheduledFor: null };
}

function put(parameters: Record<string, string>, name: string, value: string | number | undefined): void {
	if (value !== undefined) parameters[name] = String(value);
}

function bit(flag: boolean | undefined): number | undefined {
	return flag === undefined ? undefined : Number(flag);
}

/** Reads and checks everything; the order of `parameters` is the order on the wire. */
export function readSmscOptions(fields: FieldReader): SmscOptions {
	const parameters: Record<string, string> = {};
	const kind = readKind(fields, parameters);
	const transliterate = fields.flag('transliterate', 'Transliterate');
	const style = fields.choice('transliterationStyle', 'Transliteration Style', [1, 2] as const) ?? 1;
	put(parameters, 'translit', transliterate === undefined ? undefined : transliterate ? style : 0);
	put(parameters, 'tinyurl', bit(fields.flag('shortenLinks', 'Shorten Links')));

	const tz = fields.integer('timezoneOffset', 'Hours From Moscow', -15, 11) ?? null;
	const { time, scheduledFor } = readTime(fields, tz);
	put(parameters, 'time', time ?? undefined);

	const period = fields.decimal('period', 'Spread Over (Hours)', 0.1, 720);
	put(parameters, 'period', period);
	const freq = fields.integer('freq', 'Spread Interval (Minutes)', 1, 1440);
	if (freq !== undefined && period === undefined && !fields.has('period')) {
		fields.refuse('Spread Interval (Minutes)', "needs 'Spread Over (Hours)'", 'Set both, or none');
	}
	put(parameters, 'freq', freq);
	put(parameters, 'flash', bit(fields.flag('flash', 'Flash Message')));

	const wapPushUrl = fields.webAddress('wapPushUrl', 'WAP Push Link', 500) ?? null;
	const binary = fields.choice('binary', 'Binary Message', [0, 1, 2] as const);
	put(parameters, 'bin', binary);
	const pid = fields.integer('pid', 'Protocol ID (PID)', 0, 255);
	const dcs = fields.integer('dcs', 'Data Coding Scheme (DCS)', 0, 255);
	if ((pid !== undefined || dcs !== undefined) && (binary ?? 0) === 0) {
		fields.refuse(
			'Protocol ID (PID) and Data Coding Scheme (DCS)',
			'are for binary messages',
			"Set 'Binary Message'",
		);
	}
	if (wapPushUrl !== null && (binary ?? 0) !== 0) {
		fields.refuse("WAP Push Link' and 'Binary Message", 'exclude each other', 'Keep one of them');
	}
	if (wapPushUrl !== null) parameters.push = '1';

	if (kind.kind !== 'sms') {
		const forTexts = [
			['Flash Message', parameters.flash === '1'],
			['Binary Message', (binary ?? 0) !== 0],
			['WAP Push Link', wapPushUrl !== null],
		] as const;
		for (const [label, isUsed] of forTexts) {
			if (isUsed)
				fields.refuse(label, 'is for text messages', "Take it out, or choose another 'Message Kind'");
		}
	}

	const ttl = fields.integer('ttl', 'Time to Live (Minutes)', 1, 1440);
	put(parameters, 'valid', ttl === undefined ? undefined : validity(ttl));
	const maxSms = fields.integer('maxSms', 'Cut After Segments', 1, 255);
	put(parameters, 'maxsms', maxSms);

	const userIp = fields.text(
		'userIp',
		'User IP',
		/^[0-9a-fA-F.:]{2,45}$/,
		"Use the IP address of your website's visitor",
	);
	const captcha = fields.text(
		'captchaCode',
		'Captcha Code',
		/^[A-Za-z0-9]{1,20}$/,
		'Use the letters of the captcha',
	);
	if (captcha !== undefined && !fields.has('userIp')) {
		fields.refuse('Captcha Code', "needs 'User IP'", 'Set both, or none');
	}
	put(parameters, 'imgcode', captcha);
	put(parameters, 'userip', userIp);
	put(
		parameters,
		'pp',
		fields.text('partnerId', 'Partner ID', /^[A-Za-z0-9_-]{1,40}$/, 'Use the ID as SMSC gave it'),
	);
	put(parameters, 'nl', bit(fields.flag('multiLineList', 'Multi-Line List Mode')));

	const cost = fields.choice('cost', 'Price in Reply', [0, 1, 2, 3] as const) ?? 0;
	put(parameters, 'cost', cost);
	const replyFormat = fields.choice('responseFormat', 'Response Format', REPLY_FORMATS) ?? 3;
	put(parameters, 'err', bit(fields.flag('listInvalidNumbers', 'List Invalid Numbers')));
	// The layout of details in plain replies is not documented: they are not asked for there unless wanted.
	const details = fields.flag('perNumberDetails', 'Details per Number');
	const perNumberDetails = details ?? replyFormat >= 2;
	if (details !== undefined || perNumberDetails) parameters.op = perNumberDetails ? '1' : '0';

	const messageId = fields.text(
		'messageId',
		'Message ID',
		/^(?=[A-Za-z0-9._-]{1,40}$)(?!0+$)(?!\d{11,}$)/,
		'Use a number from 1 to 2147483647, or up to 40 letters, digits and . - _',
	);
	if (messageId !== undefined && /^\d+$/.test(messageId) && Number(messageId) > 2_147_483_647) {
		fields.refuse('Message ID', `is ${messageId}`, 'Use a number of at most 2147483647, or add a letter');
	}
	return {
		...kind,
		scheduledFor,
		testMode: false,
		parameters,
		replyFormat,
		priceOnly: cost === 1,
		perNumberDetails: perNumberDetails && replyFormat >= 2,
		tz,
		messageId: messageId ?? null,
		charset:
			fields.choice('charset', 'Character Set', ['utf-8', 'windows-1251', 'koi8-r'] as const) ?? 'utf-8',
		binary: binary ?? 0,
		binarySuffix: pid === undefined && dcs === undefined ? '' : `\n~~~\npid: ${pid ?? 0}, dcs: ${dcs ?? 0}`,
		wapPushUrl,
		maxSms: maxSms ?? null,
	};
}

/** The options that only SMSC has. */
export const smscOptionFields: INodeProperties[] = [
	...smscKindOptionFields,
	{
		displayName: 'Binary Message',
		name: 'binary',
		type: 'options',
		options: [
			{ name: 'No', value: 0 },
			{ name: 'Raw Bytes', value: 1, description: 'Each character of the message stands for one byte' },
			{
				name: 'Hexadecimal',
				value: 2,
				description: 'The message is written in hexadecimal digits, header first',
			},
		],
		default: 0,
		description: 'Whether and how the message holds binary data with its User Data Header (UDH)',
	},
	{
		displayName: 'Captcha Code',
		name: 'captchaCode',
		type: 'string',
		default: '',
		description: 'Code that the visitor typed from the SMSC captcha. Needs User IP.',
	},
	{
		displayName: 'Character Set',
		name: 'charset',
		type: 'options',
		options: [
			{ name: 'KOI8-R', value: 'koi8-r' },
			{ name: 'UTF-8', value: 'utf-8' },
			{ name: 'Windows-1251', value: 'windows-1251' },
		],
		default: 'utf-8',
		description: 'How the text is encoded on its way to SMSC. UTF-8 carries every language.',
	},
	{
		displayName: 'Cut After Segments',
		name: 'maxSms',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 255 },
		default: 3,
		description:
			'SMSC cuts longer texts off after so many segments. To refuse them instead, use Max Segments.',
	},
	{
		displayName: 'Data Coding Scheme (DCS)',
		name: 'dcs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 255 },
		default: 0,
		description: 'For binary messages',
	},
	{
		displayName: 'Details per Number',
		name: 'perNumberDetails',
		type: 'boolean',
		default: true,
		description:
			'Whether SMSC reports on each number. Without it, every number gets a request of its own, so that each still has a result.',
	},
	{
		displayName: 'List Invalid Numbers',
		name: 'listInvalidNumbers',
		type: 'boolean',
		default: false,
		description: 'Whether SMSC adds a list of the numbers it does not accept. Shown under raw.',
	},
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042',
		description:
			'Your own ID for the message. Leave it out to let this node make one up, which it needs to find out what became of a text when the line breaks.',
	},
	{
		displayName: 'Multi-Line List Mode',
		name: 'multiLineList',
		type: 'boolean',
		default: false,
		description:
			'Whether to send nl=1 with different texts. Line breaks inside a text arrive without it, too.',
	},
	{
		displayName: 'Partner ID',
		name: 'partnerId',
		type: 'string',
		default: '',
		description: 'SMSC partner to credit for this request',
	},
	{
		displayName: 'Price in Reply',
		name: 'cost',
		type: 'options',
		options: [
			{ name: 'No Price', value: 0 },
			{
				name: 'Price Only, Send Nothing',
				value: 1,
				description: 'Each result shows the price, and no text goes out',
			},
			{ name: 'Send and Show Price', value: 2 },
			{
				name: 'Send and Show Price and Balance',
				value: 3,
				description: 'Each result also shows what is left on the account',
			},
		],
		default: 0,
		description: 'Whether SMSC tells what the texts cost',
	},
	{
		displayName: 'Protocol ID (PID)',
		name: 'pid',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 255 },
		default: 0,
		description: 'For binary messages',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'JSON', value: 3 },
			{ name: 'Numbers', value: 1 },
			{ name: 'Text', value: 0 },
			{ name: 'XML', value: 2 },
		],
		default: 3,
		description:
			'Layout of the reply. Results look the same for all; with Text and Numbers every number gets a request of its own.',
	},
	{
		displayName: 'Send Between Hours',
		name: 'sendWindow',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9-21',
		description: 'Hours between which texts may go out. Outside of them SMSC waits for the next day.',
	},
	{
		displayName: 'Send in Minutes',
		name: 'sendInMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Send so many minutes from now',
	},
	{
		displayName: 'Send Time (Raw)',
		name: 'time',
		type: 'string',
		default: '',
		placeholder: 'e.g. 31.12.30 09:00',
		description:
			'The time exactly as SMSC wants it: DDMMYYhhmm, DD.MM.YY hh:mm, h1-h2, 0 and a Unix time, or + and minutes',
	},
	{
		displayName: 'Shorten Links',
		name: 'shortenLinks',
		type: 'boolean',
		default: false,
		description: 'Whether SMSC replaces links by short ones and counts the clicks',
	},
	{
		displayName: 'Spread Interval (Minutes)',
		name: 'freq',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: 60,
		description: 'How often the next group of numbers is sent. Needs Spread Over.',
	},
	{
		displayName: 'Spread Over (Hours)',
		name: 'period',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 720, numberPrecision: 1 },
		default: 24,
		description: 'Spread the texts of a request over so many hours',
	},
	{
		displayName: 'Hours From Moscow',
		name: 'timezoneOffset',
		type: 'number',
		typeOptions: { minValue: -15, maxValue: 11 },
		default: 0,
		description: 'Zone that the send time is meant in, as hours ahead of Moscow. Can differ from row to row.',
	},
	{
		displayName: 'Transliteration Style',
		name: 'transliterationStyle',
		type: 'options',
		options: [
			{ name: 'Latin Letters (Translit)', value: 1 },
			{ name: 'Look-Alike Characters (mpaHc/Ium)', value: 2 },
		],
		default: 1,
		description: 'How Transliterate writes Cyrillic',
	},
	{
		displayName: 'User IP',
		name: 'userIp',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7',
		description: "IP address of your website's visitor, for the daily limit per address in your SMSC account",
	},
];
