/** A period in days, as SMSC asks for it: its days are those of Moscow. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { WallClock } from '../../shared/time/instants';
import { twoDigits, wallClock, zoneOffsetMinutes } from '../../shared/time/instants';
import { MOSCOW_MINUTES } from '../moscow';

/** `dd.mm.yyyy`, as the vendor wants it. */
function dayShown({ day, month, year }: WallClock): string {
	return `${twoDigits(day)}.${twoDigits(month)}.${year}`;
}

/** The day in Moscow. */
export function moscowDay(instant: number): string {
	return dayShown(wallClock(instant, MOSCOW_MINUTES));
}

/**
 * The last day in Moscow that a day can reach into: east of Moscow, its midnight is on the day before there, and most of it
 * would be missing.
 */
function lastMoscowDay(instant: number, timezone: string): string {
	const ahead = zoneOffsetMinutes(instant, timezone);
	return dayShown(wallClock(instant, Math.max(ahead, MOSCOW_MINUTES)));
}

export const dayField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

/** `start` and `end`, where they are filled in; a start without an end means until today. */
export function readPeriod(
	fields: FieldReader,
	startLabel: string,
	endLabel: string,
): Readonly<Record<string, string>> {
	const { now, timezone } = fields.context;
	const start = fields.instant('start', startLabel);
	const end = fields.instant('end', endLabel);
	return {
		...(start === undefined ? {} : { start: moscowDay(start) }),
		...(end === undefined ? {} : { end: lastMoscowDay(end, timezone) }),
		// "If omitted, data from the start date is returned": https://smscentre.com/api/http/get_data/
		...(start === undefined || end !== undefined ? {} : { end: moscowDay(now) }),
	};
}
