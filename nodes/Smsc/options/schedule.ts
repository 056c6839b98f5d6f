/** `time`, `tz`, `period` and `freq`: when texts go out, and how they are spread. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import { twoDigits, wallClock } from '../../shared/time/instants';
import { MOSCOW_MINUTES } from '../moscow';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const scheduleFields: INodeProperties[] = [
	{
		displayName: 'Send Between Hours',
		name: 'sendWindow',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9-21',
		description: 'Texts go out only between these hours. SMSC holds the others until the hours begin.',
	},
	{
		displayName: 'Send in Minutes',
		name: 'sendInMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Send this many minutes from now',
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
		description: 'Spread the texts of a request over this many hours',
	},
	{
		displayName: 'Hours From Moscow',
		name: 'timezoneOffset',
		type: 'number',
		typeOptions: { minValue: -15, maxValue: 11 },
		default: 0,
		description: 'Time zone of the send time, in hours ahead of Moscow. Can differ from row to row.',
	},
];

/** In the vendor's own terms. */
export const rawScheduleFields: INodeProperties[] = [
	{
		displayName: 'Send Time (Raw)',
		name: 'time',
		type: 'string',
		default: '',
		placeholder: 'e.g. 31.12.30 09:00',
		description:
			'The time exactly as SMSC wants it: DDMMYYhhmm, DD.MM.YY hh:mm, h1-h2, 0 and a Unix time, or + and minutes',
	},
];

/** The ways to say when; more than one at a time contradict each other. */
const WAYS = [
	['sendAt', 'Send At'],
	['sendWindow', 'Send Between Hours'],
	['sendInMinutes', 'Send in Minutes'],
	['time', 'Send Time (Raw)'],
] as const;

const RAW_TIME = /^(?:\d{10}|\d{2}\.\d{2}\.\d{2} \d{2}:\d{2}|\d{1,2}-\d{1,2}|0\d{0,12}|\+\d{1,6})$/;

export interface ScheduleOptions {
	readonly scheduledFor: number | null;
	/** Hours ahead of Moscow; null for the account's own. Kept apart since a list can have one per line. */
	readonly tz: number | null;
}

export function readSchedule(fields: FieldReader): ScheduleOptions & { readonly parameters: Parameters } {
	const tz = fields.integer('timezoneOffset', 'Hours From Moscow', -15, 11) ?? null;
	const { time, scheduledFor } = readTime(fields, tz);
	return { scheduledFor, tz, parameters: { ...parameter('time', time), ...readSpreading(fields) } };
}

interface SendTime {
	readonly time: string | null;
	readonly scheduledFor: number | null;
}

const NOW: SendTime = { time: null, scheduledFor: null };

function readTime(fields: FieldReader, tz: number | null): SendTime {
	const [first, second] = WAYS.filter(([name]) => fields.has(name));
	if (first !== undefined && second !== undefined) {
		fields.refuse(`${first[1]}' and '${second[1]}`, 'are both set', 'Use only one of them');
		return NOW;
	}
	return readSendAt(fields, tz) ?? readWindow(fields) ?? readMinutes(fields) ?? readRawTime(fields) ?? NOW;
}

function readSendAt(fields: FieldReader, tz: number | null): SendTime | null {
	const instant = fields.futureInstant('sendAt', 'Send At');
	if (instant === undefined) return null;
	// With a time zone the vendor wants a calendar form; without one, seconds since 1970 leave no doubt.
	const time = tz === null ? `0${Math.floor(instant / 1000)}` : calendarTime(instant, tz);
	return { time, scheduledFor: instant };
}

/** `DDMMYYhhmm` in a zone that is `tz` hours ahead of Moscow. */
function calendarTime(instant: number, tz: number): string {
	const clock = wallClock(instant, MOSCOW_MINUTES + tz * 60);
	return [clock.day, clock.month, clock.year % 100, clock.hour, clock.minute].map(twoDigits).join('');
}

function readWindow(fields: FieldReader): SendTime | null {
	const label = 'Send Between Hours';
	const window = fields.text('sendWindow', label, /^\d{1,2}-\d{1,2}$/, 'Use two hours, e.g. 9-21');
	if (window === undefined) return null;
	const [from = 0, to = 0] = window.split('-').map(Number);
	if (from < to && to <= 24) return { time: window, scheduledFor: null };
	fields.refuse(label, `is "${window}"`, 'Use two hours from 0 to 24, the earlier one first, e.g. 9-21');
	return null;
}

function readMinutes(fields: FieldReader): SendTime | null {
	const minutes = fields.integer('sendInMinutes', 'Send in Minutes', 1, 525_600);
	if (minutes === undefined) return null;
	return { time: `+${minutes}`, scheduledFor: fields.context.now + minutes * 60_000 };
}

function readRawTime(fields: FieldReader): SendTime | null {
	const fix = 'Use DDMMYYhhmm, DD.MM.YY hh:mm, h1-h2, 0 and a Unix time, or + and minutes';
	const time = fields.text('time', 'Send Time (Raw)', RAW_TIME, fix);
	return time === undefined ? null : { time, scheduledFor: null };
}

function readSpreading(fields: FieldReader): Parameters {
	const period = fields.decimal('period', 'Spread Over (Hours)', 0.1, 720);
	const freq = fields.integer('freq', 'Spread Interval (Minutes)', 1, 1440);
	// A period that could not be read has its own refusal.
	if (freq !== undefined && !fields.has('period')) {
		fields.refuse('Spread Interval (Minutes)', "needs 'Spread Over (Hours)'", 'Set both or neither');
	}
	return { ...parameter('period', period), ...parameter('freq', freq) };
}
