const HOUR_MS = 3_600_000;
/** SMSC send page: `tz` "is indicated relative to Moscow time". */
const MOSCOW_OFFSET_HOURS = 3;

export type Schedule = { readonly at: Date | null } | 'bad';

const NOW: Schedule = { at: null };

/** `time` in one of the two calendar forms, the only ones for which a zone per line of `list` works. */
export function isCalendarTime(time: string): boolean {
	return /^\d{10}$/.test(time) || /^\d\d\.\d\d\.\d\d \d\d:\d\d$/.test(time);
}

function future(at: Date, now: Date): Schedule {
	// SMSC send page: "If time = 0 or the time already elapsed is specified, the message will be sent immediately."
	return at.getTime() <= now.getTime() ? NOW : { at };
}

function calendar(time: string, offsetHours: number, now: Date): Schedule {
	const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = time.match(/\d\d/g)?.map(Number) ?? [];
	const local = new Date(Date.UTC(2000 + year, month - 1, day, hour, minute));
	const real = local.getUTCDate() === day && local.getUTCMonth() === month - 1 && hour < 24 && minute < 60;
	return real ? future(new Date(local.getTime() - offsetHours * HOUR_MS), now) : 'bad';
}

/** Before h1: at h1; inside: now; after h2: tomorrow at h1. */
function hours(from: number, to: number, offsetHours: number, now: Date): Schedule {
	if (from >= to || to > 24) return 'bad';
	const local = new Date(now.getTime() + offsetHours * HOUR_MS);
	const hour = local.getUTCHours();
	if (hour >= from && hour < to) return NOW;
	const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
	const startsAt = midnight + (from + (hour < from ? 0 : 24) - offsetHours) * HOUR_MS;
	return { at: new Date(startsAt) };
}

/**
 * SMSC send page, `time`: DDMMYYhhmm, "DD.MM.YY hh:mm", h1-h2, 0ts, +m. A `+` that was not sent as %2B has become a space
 * and fits none of them.
 */
export function parseTime(time: string | undefined, tz: number, now: Date): Schedule {
	if (time === undefined || time === '') return NOW;
	const offset = MOSCOW_OFFSET_HOURS + tz;
	if (isCalendarTime(time)) return calendar(time, offset, now);
	const window = /^(\d{1,2})-(\d{1,2})$/.exec(time);
	if (window !== null) return hours(Number(window[1]), Number(window[2]), offset, now);
	const stamp = /^0(\d{0,11})$/.exec(time);
	if (stamp !== null) return future(new Date(Number(stamp[1]) * 1000), now);
	const minutes = /^\+(\d{1,7})$/.exec(time);
	if (minutes !== null) return future(new Date(now.getTime() + Number(minutes[1]) * 60_000), now);
	return 'bad';
}

/** Hours from Moscow; undefined for "no zone named", null for a bad one. */
export function parseZone(tz: string | undefined): number | undefined | null {
	if (tz === undefined || tz === '') return undefined;
	if (!/^[+-]?\d{1,2}$/.test(tz)) return null;
	const zone = Number(tz);
	// UTC-12 … UTC+14 is UTC-15 … UTC+11 from Moscow.
	return zone >= -15 && zone <= 11 ? zone : null;
}
