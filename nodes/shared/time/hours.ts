/** Hours of the day in which something is allowed, in one or several time zones at once. */
import { readInstant, twoDigits, wallClock, zoneOffsetMinutes } from './instants';

export interface OpenHours {
	/** Minutes from midnight; `to` is the first that is too late. Where it comes before `from`, the hours run past midnight. */
	readonly from: number;
	readonly to: number;
	/** Days on which the hours begin; 0 is Sunday. */
	readonly days: ReadonlySet<number>;
}

const DAY_MS = 86_400_000;
/** The hours of one day a week begin within a week; one more for a zone that is a day ahead. */
const DAYS_AHEAD = 8;

export function isOpen({ from, to, days }: OpenHours, instant: number, zone: string): boolean {
	const { hour, minute, ...date } = wallClock(instant, zoneOffsetMinutes(instant, zone));
	const now = hour * 60 + minute;
	const today = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
	if (from < to) return days.has(today) && from <= now && now < to;
	const yesterday = (today + 6) % 7;
	return (days.has(today) && now >= from) || (days.has(yesterday) && now < to);
}

export function isOpenInAll(hours: OpenHours, instant: number, zones: readonly string[]): boolean {
	return zones.every((zone) => isOpen(hours, instant, zone));
}

/** The next time from which it is open in all of the zones; null when there is none in a week. */
export function nextOpening(hours: OpenHours, after: number, zones: readonly string[]): number | null {
	// Open in all begins where it begins in one of them.
	const openings = zones.flatMap((zone) => openingsIn(hours, after, zone)).sort((a, b) => a - b);
	return openings.find((instant) => isOpenInAll(hours, instant, zones)) ?? null;
}

function openingsIn({ from }: OpenHours, after: number, zone: string): number[] {
	const offset = zoneOffsetMinutes(after, zone);
	const time = `${twoDigits(Math.floor(from / 60))}:${twoDigits(from % 60)}`;
	return Array.from({ length: DAYS_AHEAD + 1 }, (_, day) => {
		const { year, month, day: date } = wallClock(after + day * DAY_MS, offset);
		return readInstant(`${year}-${twoDigits(month)}-${twoDigits(date)}T${time}`, zone);
	}).filter((instant) => instant !== null && instant > after) as number[];
}

/** The zones with different clocks at that moment: one of each. */
export function differentZones(zones: readonly string[], instant: number): readonly string[] {
	const byOffset = new Map(zones.map((zone) => [zoneOffsetMinutes(instant, zone), zone]));
	return [...byOffset.values()];
}
