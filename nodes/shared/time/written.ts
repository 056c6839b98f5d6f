/** Dates and times as people write them in sheets and fields. What can be read in two ways is not read. */
import {
	MONTHS,
	instantAt,
	instantOf,
	readInstant,
	twoDigits,
	wallClock,
	zoneOffsetMinutes,
} from './instants';
import type { WallClock } from './instants';

type TimeOfDay = Pick<WallClock, 'hour' | 'minute' | 'second'>;
type Day = Pick<WallClock, 'year' | 'month' | 'day'>;

export type Written =
	| { readonly kind: 'moment'; readonly instant: number }
	/** A day without a time: its beginning. */
	| { readonly kind: 'day'; readonly instant: number }
	| { readonly kind: 'timeOfDay'; readonly time: TimeOfDay }
	/** A number in the range of spreadsheet dates. */
	| { readonly kind: 'serial'; readonly instant: number; readonly isDay: boolean }
	/** Day and month can be either way round. */
	| { readonly kind: 'ambiguous'; readonly readings: readonly [DateReading, DateReading] }
	| { readonly kind: 'none' };

/** One way to read a date: in words, and as it is written without doubt. */
export interface DateReading {
	readonly words: string;
	readonly iso: string;
}

const NONE: Written = { kind: 'none' };

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([ap])\.?m\.?)?`;
const TIME_ALONE = new RegExp(`^${TIME}$`, 'i');
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:(?:,?\s+|T)${TIME})?$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?:,?\s+${TIME})?$`, 'i');

/** Spreadsheets count days from here; a day of our time has five digits. */
const FIRST_SERIAL_DAY = Date.UTC(1899, 11, 30);
const SERIAL = /^\d{5}(?:\.\d+)?$/;

/** How far ahead a serial is certain: in a sheet that counts from 1904 the same number is so many days later. */
export const SERIAL_CERTAIN_MS = 1462 * 86_400_000;

/** @param timezone IANA name: what names no zone is meant in it */
export function readWritten(value: unknown, timezone: string): Written {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;
	if (text === null) return momentOf(readInstant(value, timezone));
	if (SERIAL.test(text)) return readSerial(Number(text), timezone);
	const alone = TIME_ALONE.exec(text);
	if (alone !== null) {
		const time = readTime(alone.slice(1));
		return time === null ? NONE : { kind: 'timeOfDay', time };
	}
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst !== null) {
		const [, year, , month, day, ...time] = yearFirst;
		return readDay({ year: Number(year), month: Number(month), day: Number(day) }, time, timezone);
	}
	const yearLast = YEAR_LAST.exec(text);
	if (yearLast !== null) return readYearLast(yearLast, timezone);
	return momentOf(readInstant(value, timezone));
}

function momentOf(instant: number | null): Written {
	return instant === null ? NONE : { kind: 'moment', instant };
}

function readTime([hours, minutes, seconds, half]: ReadonlyArray<string | undefined>): TimeOfDay | null {
	const typed = Number(hours);
	const isHalf = half !== undefined;
	if (isHalf ? typed < 1 || typed > 12 : typed > 23) return null;
	const hour = isHalf ? (typed % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : typed;
	const time = { hour, minute: Number(minutes), second: Number(seconds ?? 0) };
	return time.minute < 60 && time.second < 60 ? time : null;
}

function readDay(day: Day, time: ReadonlyArray<string | undefined>, timezone: string): Written {
	if (time[0] === undefined) {
		const instant = instantAt({ ...day, hour: 0, minute: 0, second: 0 }, timezone);
		return instant === null ? NONE : { kind: 'day', instant };
	}
	const read = readTime(time);
	return read === null ? NONE : momentOf(instantAt({ ...day, ...read }, timezone));
}

/** With dots the day comes first everywhere. Otherwise it is a matter of the country, unless only one way is a date. */
function readYearLast(match: RegExpExecArray, timezone: string): Written {
	const [, a, separator, b, year, ...time] = match;
	const dayFirst = { year: Number(year), month: Number(b), day: Number(a) };
	const monthFirst = { year: Number(year), month: Number(a), day: Number(b) };
	const read = readDay(dayFirst, time, timezone);
	if (separator === '.' || dayFirst.day === dayFirst.month) return read;
	const other = readDay(monthFirst, time, timezone);
	if (read.kind === 'none') return other;
	if (other.kind === 'none') return read;
	return { kind: 'ambiguous', readings: [readingOf(dayFirst, time), readingOf(monthFirst, time)] };
}

function readingOf({ year, month, day }: Day, time: ReadonlyArray<string | undefined>): DateReading {
	const read = time[0] === undefined ? null : readTime(time);
	// Whoever wrote no time is to add one.
	const { hour, minute } = read ?? { hour: 9, minute: 0 };
	return {
		words: `${day} ${MONTHS[month - 1]} ${year}`,
		iso: `${year}-${twoDigits(month)}-${twoDigits(day)} ${twoDigits(hour)}:${twoDigits(minute)}`,
	};
}

function readSerial(serial: number, timezone: string): Written {
	// Fractions of a day are rounded in a sheet: to the second is as exact as they are.
	const asUtc = FIRST_SERIAL_DAY + Math.round(serial * 86_400) * 1000;
	return { kind: 'serial', instant: instantOf(asUtc, timezone), isDay: Number.isInteger(serial) };
}

/** That time on the day of `now`, or on the next where it lies before `earliest`. */
export function nextTimeOfDay(
	{ hour, minute, second }: TimeOfDay,
	now: number,
	earliest: number,
	timezone: string,
): number {
	const { year, month, day } = clockIn(now, timezone);
	const onDay = (ahead: number): number =>
		instantOf(Date.UTC(year, month - 1, day + ahead, hour, minute, second), timezone);
	const today = onDay(0);
	return today < earliest ? onDay(1) : today;
}

/** For people: `2026-11-23 10:00 Europe/Moscow (tomorrow)`. */
export function momentShown(instant: number, now: number, timezone: string): string {
	const clock = clockIn(instant, timezone);
	const { year, month, day, hour, minute } = clock;
	const daysAhead = (startOf(clock) - startOf(clockIn(now, timezone))) / 86_400_000;
	const near = NEAR_DAYS.get(daysAhead) ?? '';
	const date = [String(year), twoDigits(month), twoDigits(day)].join('-');
	return `${date} ${twoDigits(hour)}:${twoDigits(minute)} ${timezone}${near}`;
}

const NEAR_DAYS: ReadonlyMap<number, string> = new Map([
	[0, ' (today)'],
	[1, ' (tomorrow)'],
]);

function clockIn(instant: number, timezone: string): WallClock {
	return wallClock(instant, zoneOffsetMinutes(instant, timezone));
}

function startOf({ year, month, day }: Day): number {
	return Date.UTC(year, month - 1, day);
}
