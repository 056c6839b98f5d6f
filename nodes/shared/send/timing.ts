/** When a text goes out, where Allowed Hours has a say: at once, at the next time that is allowed, or not at all. */
import { COUNTRY_NAMES } from '../contract/countries';
import type { CountryCode } from '../contract/countries';
import { asText, pick } from '../contract/json';
import { LIMIT_LABELS } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import type { OptionValues } from '../input/fields';
import { differentZones, isOpenInAll, nextOpening } from '../time/hours';
import { twoDigits, wallClock, zoneOffsetMinutes } from '../time/instants';
import { isTimeZone, zonesOfCountry } from '../time/zones';
import type { HoursLimit } from './hoursLimit';
import type { OptionReading } from './options';
import type { Run } from './start';

export interface Timing {
	/** The row's options, with the time to wait for. */
	readonly options: OptionReading;
	/** Why the text cannot go out; null when it can. */
	readonly problem: Refused | null;
	/** Why a request with it cannot leave at that moment, which may be long after the run began; null when it can. */
	readonly problemAt: (now: number) => Refused | null;
}

/** @param to E.164; null for a recipient that is no number */
export type TimingReader = (row: number, to: string | null, values: OptionValues) => Timing;

const label = LIMIT_LABELS.allowedHours;
const KEEP_DECISIONS = 10_000;

type Zones = { readonly zones: readonly string[] } | { readonly problem: Refused };

export function createTimingReader(
	run: Run,
	readOptions: (values: OptionValues) => OptionReading,
): TimingReader {
	const { sender, gateway, now } = run;
	const limit = run.settings.limits.allowedHours;
	if (limit === null) return (_row, _to, values) => ({ ...UNLIMITED, options: readOptions(values) });
	const canWait = sender.commonOptions.has('sendAt');
	const sendAt = delayed();
	const decide = createDecider(limit);

	return (row, to, values) => {
		const options = readOptions(values);
		const found = zonesOf(run, limit, row, to, options.options.scheduledFor ?? now);
		if ('problem' in found) return { ...UNLIMITED, options, problem: found.problem };
		const { zones } = found;
		const { scheduledFor } = options.options;
		const decision = decide(scheduledFor ?? now, zones);
		/** A time that has passed when the request leaves counts no more: the gateway then sends at once. */
		const plannedFor = (planned: number | null): Pick<Timing, 'problem' | 'problemAt'> => {
			const isAllowedAt = (time: number): boolean =>
				(planned !== null && planned > time) || decide(minuteOf(time), zones) === 'now';
			const late = (time: number): Refused => refuseOutside(limit, zones, null, time);
			return { problem: null, problemAt: (time) => (isAllowedAt(time) ? null : late(time)) };
		};
		if (decision === 'now') return { options, ...plannedFor(scheduledFor) };
		const refused = (problem: Refused): Timing => ({ ...UNLIMITED, options, problem });
		if (decision === 'never') return refused(refuseNever());
		if (!limit.waits) return refused(refuseOutside(limit, zones, scheduledFor, now));
		if (!canWait) return refused(refuseWaiting(gateway.displayName));
		return { options: readOptions(sendAt(values, decision)), ...plannedFor(decision) };
	};
}

const UNLIMITED = { problem: null, problemAt: () => null } as const;

/** Hours begin and end with a minute. */
const minuteOf = (instant: number): number => instant - (instant % 60_000);

/** The time from which the text may go out. */
type Decision = number | 'now' | 'never';

/** Many rows have the same zones and times. */
function createDecider({ hours }: HoursLimit): (instant: number, zones: readonly string[]) => Decision {
	const known = new Map<string, Decision>();
	return (instant, zones) => {
		const key = `${instant} ${zones.join(' ')}`;
		const decided = known.get(key);
		if (decided !== undefined) return decided;
		if (known.size >= KEEP_DECISIONS) known.clear();
		const decision = isOpenInAll(hours, instant, zones)
			? 'now'
			: (nextOpening(hours, instant, zones) ?? 'never');
		known.set(key, decision);
		return decision;
	};
}

/** Options with a time to send at: the same object for the same two, so that they are read once. */
function delayed(): (values: OptionValues, until: number) => OptionValues {
	const known = new WeakMap<OptionValues, Map<number, OptionValues>>();
	return (values, until) => {
		const times = known.get(values) ?? new Map<number, OptionValues>();
		known.set(values, times);
		const timed = times.get(until) ?? { ...values, sendAt: new Date(until).toISOString() };
		times.set(until, timed);
		return timed;
	};
}

/** The zones that the recipient may be in; several only where the narrowest hours are wanted. */
function zonesOf(
	{ items, phone }: Run,
	{ timeZone, timeZoneColumn, takesNarrowest }: HoursLimit,
	row: number,
	to: string | null,
	instant: number,
): Zones {
	const cell = timeZoneColumn === '' ? null : asText(pick(items[row]?.json ?? null, timeZoneColumn));
	const named = (cell ?? '').trim() || timeZone;
	if (named !== '') return isTimeZone(named) ? { zones: [named] } : { problem: refuseZone(named) };
	const [country, ...others] = to === null ? [] : phone.countriesOf(to);
	const zones = country === undefined || others.length > 0 ? [] : zonesOfCountry(country);
	if (country === undefined || zones.length === 0) return { problem: refuseUnknown(to) };
	const different = differentZones(zones, instant);
	if (different.length === 1) return { zones: different };
	return takesNarrowest ? { zones } : { problem: refuseSeveral(country) };
}

function refuseZone(named: string): Refused {
	return refuseInput(
		'invalid_parameter',
		`"${named.slice(0, 60)}" is not a time zone, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
		'Use a name such as Europe/Moscow in the column with the time zones.',
	);
}

function refuseUnknown(to: string | null): Refused {
	return refuseInput(
		'invalid_parameter',
		`The time zone of ${to ?? 'this recipient'} is not known, so '${label}' cannot be enforced. ${NOTHING_SENT}`,
		`Set 'Time Zone' or 'Time Zone Column' in '${label}'.`,
	);
}

function refuseSeveral(country: CountryCode): Refused {
	return refuseInput(
		'invalid_parameter',
		`${COUNTRY_NAMES[country]} has several time zones, and nothing says which one this number is in. ${NOTHING_SENT}`,
		`Set 'Time Zone Column' in '${label}', or have 'Several Time Zones' use only hours that are allowed in all of them.`,
	);
}

function refuseWaiting(gatewayName: string): Refused {
	return refuseInput(
		'temporary',
		`It is outside '${label}', and ${gatewayName} cannot send later. ${NOTHING_SENT}`,
		"Send this row again during these hours, for example with n8n's Wait node.",
		'later',
	);
}

function refuseNever(): Refused {
	return refuseInput(
		'invalid_parameter',
		`'${label}' never apply in all time zones of the country at once. ${NOTHING_SENT}`,
		`Allow more hours, or set 'Time Zone Column' in '${label}'.`,
	);
}

function refuseOutside(
	{ hours: { from, to }, waits }: HoursLimit,
	zones: readonly string[],
	scheduledFor: number | null,
	now: number,
): Refused {
	const at = scheduledFor ?? now;
	const verb = scheduledFor === null ? 'is' : 'would be';
	const [zone, ...others] = zones;
	const there =
		zone === undefined || others.length > 0
			? `it ${verb} earlier or later in a part of the country`
			: `it ${verb} ${timeIn(at, zone)} in ${zone}`;
	return refuseInput(
		'temporary',
		`'${label}' are ${shown(from)} to ${shown(to)}, and ${there}. ${NOTHING_SENT}`,
		waits
			? 'Send this row again: its text will then wait for these hours.'
			: "Send this row again during these hours, or let 'Outside These Hours' wait.",
		'later',
	);
}

function timeIn(instant: number, zone: string): string {
	const { year, month, day, hour, minute } = wallClock(instant, zoneOffsetMinutes(instant, zone));
	const weekday = new Date(Date.UTC(year, month - 1, day)).toLocaleDateString('en-US', {
		weekday: 'long',
		timeZone: 'UTC',
	});
	return `${weekday}, ${shown(hour * 60 + minute)},`;
}

function shown(time: number): string {
	return `${Math.floor(time / 60)}:${twoDigits(time % 60)}`;
}
