/** Dates as people and n8n give them, read as instants (epoch milliseconds), and instants as wall-clock times. */

export interface WallClock {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
}

export const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
] as const;

const WITHOUT_ZONE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/;
const WITH_ZONE = /^(\S{10}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(?:Z|[+-]\d{2}:?\d{2})$/i;

const UNIX_TIME = /^(?:\d{10}|\d{13})$/;

/** Building a formatter takes about 50 µs; a sheet has the same zone in every row. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timezone: string): Intl.DateTimeFormat {
	let formatter = formatters.get(timezone);
	if (formatter === undefined) {
		formatter = new Intl.DateTimeFormat('en-US', {
			timeZone: timezone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formatters.set(timezone, formatter);
	}
	return formatter;
}

/** The minutes that `timezone` (IANA name) is ahead of UTC at that instant. */
export function zoneOffsetMinutes(instant: number, timezone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of formatterFor(timezone).formatToParts(instant)) parts[type] = Number(value);
	const asUtc = Date.UTC(
		parts.year ?? 0,
		(parts.month ?? 1) - 1,
		parts.day ?? 1,
		parts.hour ?? 0,
		parts.minute ?? 0,
		parts.second ?? 0,
	);
	return Math.round((asUtc - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** The instant's wall-clock time at a distance from UTC. */
export function wallClock(instant: number, offsetMinutes: number): WallClock {
	const shifted = new Date(instant + offsetMinutes * 60_000);
	return {
		year: shifted.getUTCFullYear(),
		month: shifted.getUTCMonth() + 1,
		day: shifted.getUTCDate(),
		hour: shifted.getUTCHours(),
		minute: shifted.getUTCMinutes(),
		second: shifted.getUTCSeconds(),
	};
}

export function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}

/** ISO 8601 with a numeric offset, for example `2026-11-22T09:00:00+03:00`. */
export function isoWithOffset(instant: number, offsetMinutes: number, colon: ':' | ''): string {
	const clock = wallClock(instant, offsetMinutes);
	const distance = Math.abs(offsetMinutes);
	const date = `${String(clock.year).padStart(4, '0')}-${twoDigits(clock.month)}-${twoDigits(clock.day)}`;
	const time = `${twoDigits(clock.hour)}:${twoDigits(clock.minute)}:${twoDigits(clock.second)}`;
	const sign = offsetMinutes < 0 ? '-' : '+';
	return `${date}T${time}${sign}${twoDigits(Math.floor(distance / 60))}${colon}${twoDigits(distance % 60)}`;
}

/** The instant of a wall-clock time, given as if it were UTC, in a zone. */
export function instantOf(asUtc: number, timezone: string): number {
	// Twice: the offset at the first guess may be the one of the other side of a daylight-saving change.
	const guess = asUtc - zoneOffsetMinutes(asUtc, timezone) * 60_000;
	return asUtc - zoneOffsetMinutes(guess, timezone) * 60_000;
}

/** The instant of a wall-clock time in a zone; null where there is no such date. */
export function instantAt(
	{ year, month, day, hour, minute, second }: WallClock,
	timezone: string,
): number | null {
	const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
	const check = wallClock(asUtc, 0);
	// Date.UTC turns 31 February into 3 March, and year 30 into 1930; a person who typed it would be surprised.
	const exists =
		check.year === year && check.month === month && check.hour === hour && check.second === second;
	return exists ? instantOf(asUtc, timezone) : null;
}

function fromWallClock(match: RegExpExecArray, timezone: string): number | null {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
		.slice(1)
		.map((part) => Number(part ?? 0));
	return instantAt({ year, month, day, hour, minute, second }, timezone);
}

/**
 * Reads what n8n's date field, an expression or a sheet gives: ISO 8601 text (without an offset it is meant in
 * `timezone`), a Date, a Luxon DateTime, or a Unix time in seconds or milliseconds (as a number, or its 10 or 13
 * digits as text). Null when it is not a date.
 */
export function readInstant(value: unknown, timezone: string): number | null {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
	if (typeof value === 'number') {
		if (!Number.isFinite(value) || value <= 0) return null;
		return value < 100_000_000_000 ? value * 1000 : value;
	}
	if (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	) {
		const millis: unknown = value.toMillis();
		return typeof millis === 'number' && Number.isFinite(millis) ? millis : null;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	// Unix time as text: a sheet's column, and Advanta's own form of a time.
	if (UNIX_TIME.test(text)) return readInstant(Number(text), timezone);
	const local = WITHOUT_ZONE.exec(text);
	if (local !== null) return fromWallClock(local, timezone);
	// The date itself has to exist, with a zone behind it or without: Date.parse takes 31 February for 3 March.
	const written = WITHOUT_ZONE.exec(WITH_ZONE.exec(text)?.[1]?.replace('t', 'T') ?? '');
	if (written === null || fromWallClock(written, 'UTC') === null) return null;
	const instant = Date.parse(
		text
			.replace(' ', 'T')
			.replace(/\s/, '')
			.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
	);
	return Number.isNaN(instant) ? null : instant;
}

/** ISO 8601 of a time that a gateway wrote; null where it names no zone, and so no instant. */
export function isoOfWritten(time: string | null): string | null {
	const text = (time ?? '').trim();
	if (text.length > 40 || !(WITH_ZONE.test(text) || UNIX_TIME.test(text))) return null;
	const instant = readInstant(text, 'UTC');
	return instant === null ? null : new Date(instant).toISOString();
}
