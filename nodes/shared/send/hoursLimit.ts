/** Allowed Hours as they are typed. */
import type { FieldReader } from '../contract/fields';
import { asRecord, asText, pick } from '../contract/json';
import { LIMIT_LABELS } from '../contract/options';
import type { OpenHours } from '../time/hours';
import { isTimeZone } from '../time/zones';

export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export interface HoursLimit {
	readonly hours: OpenHours;
	/** IANA name of the zone where a row has none of its own; empty: that of the number's country. */
	readonly timeZone: string;
	/** The column with a row's zone; empty: none. */
	readonly timeZoneColumn: string;
	/** Whether a number of a country with several zones is held to the hours that are allowed in all of them. */
	readonly takesNarrowest: boolean;
	/** Whether a text outside the hours waits for them. */
	readonly waits: boolean;
}

const label = LIMIT_LABELS.allowedHours;

export function readHoursLimit(fields: FieldReader, value: unknown): HoursLimit | null {
	if (value === undefined) return null;
	const typed = asRecord(pick(asRecord(value), 'hours'));
	if (typed === null) {
		fields.refuse(label, 'is empty', 'Fill it in, or remove this limit');
		return null;
	}
	const text = (name: string): string => (asText(pick(typed, name)) ?? '').trim();
	const from = readTime(text('from'));
	const to = readTime(text('to'));
	const days = readDays(pick(typed, 'days'));
	const timeZone = text('timeZone');
	if (from === null || to === null || from === to || from === 24 * 60) {
		const shown = `"${text('from')}" to "${text('to')}"`.slice(0, 60);
		fields.refuse(label, `has the times ${shown}`, 'Use two times of day, e.g. 9:00 and 20:00');
		return null;
	}
	if (days === null) {
		fields.refuse(label, 'has no days, or unknown ones', 'Choose at least one day');
		return null;
	}
	if (timeZone !== '' && !isTimeZone(timeZone)) {
		fields.refuse(label, `has the time zone "${timeZone.slice(0, 40)}"`, 'Use a name such as Europe/Moscow');
		return null;
	}
	return {
		hours: { from, to, days },
		timeZone,
		timeZoneColumn: text('timeZoneColumn'),
		takesNarrowest: text('severalZones') === 'narrowest',
		waits: text('outside') === 'wait',
	};
}

/** `9`, `9:00` or `24:00`, in minutes; null for everything else. */
function readTime(text: string): number | null {
	const [, hours, minutes = '0'] = /^(\d{1,2})(?::(\d{2}))?$/.exec(text) ?? [];
	const time = Number(hours) * 60 + Number(minutes);
	return hours === undefined || Number(minutes) > 59 || time > 24 * 60 ? null : time;
}

/** All of them where nothing is said. */
function readDays(value: unknown): ReadonlySet<number> | null {
	if (value === undefined) return new Set(DAYS.keys());
	if (!Array.isArray(value)) return null;
	const numbers = value.map((day: unknown) => DAYS.findIndex((name) => name === day));
	return numbers.length === 0 || numbers.includes(-1) ? null : new Set(numbers);
}
