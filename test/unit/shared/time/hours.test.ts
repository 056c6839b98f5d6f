/** Allowed hours against a brute-force search by Intl, minute by minute. */
import fc from 'fast-check';
import type { OpenHours } from '../../../../nodes/shared/time/hours';
import { differentZones, isOpen, isOpenInAll, nextOpening } from '../../../../nodes/shared/time/hours';
import { isTimeZone, zonesOfCountry } from '../../../../nodes/shared/time/zones';

const MINUTE = 60_000;
const everyDay = new Set([0, 1, 2, 3, 4, 5, 6]);
const hours = (from: number, to: number, days: Iterable<number> = everyDay): OpenHours => ({
	from: from * 60,
	to: to * 60,
	days: new Set(days),
});
const utc = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 10, day, hour, minute);
const [SUN, MON, SAT] = [0, 1, 6] as const;

describe('open', () => {
	// 25 November 2026 is a Wednesday.
	it.each<readonly [OpenHours, number, string, boolean]>([
		[hours(9, 20), utc(25, 5, 59), 'Europe/Moscow', false],
		[hours(9, 20), utc(25, 6, 0), 'Europe/Moscow', true],
		[hours(9, 20), utc(25, 16, 59), 'Europe/Moscow', true],
		[hours(9, 20), utc(25, 17, 0), 'Europe/Moscow', false],
		[hours(0, 24), utc(25, 21, 0), 'Europe/Moscow', true],
		[hours(22, 6), utc(25, 20, 0), 'Europe/Moscow', true],
		[hours(22, 6), utc(25, 2, 59), 'Europe/Moscow', true],
		[hours(22, 6), utc(25, 3, 0), 'Europe/Moscow', false],
		[hours(9, 20, [MON]), utc(25, 9, 0), 'Europe/Moscow', false],
		[hours(9, 20, [MON]), utc(30, 9, 0), 'Europe/Moscow', true],
		// Saturday night goes on into Sunday.
		[hours(22, 6, [SAT]), utc(29, 1, 0), 'Europe/London', true],
		[hours(22, 6, [SAT]), utc(28, 1, 0), 'Europe/London', false],
		[hours(22, 6, [SUN]), utc(29, 1, 0), 'Europe/London', false],
		[hours(9, 20), utc(25, 3, 30), 'Asia/Kathmandu', true],
		[hours(9, 20), utc(25, 3, 14), 'Asia/Kathmandu', false],
	])('%j at %s in %s: %s', (open, instant, zone, expected) => {
		expect(isOpen(open, instant, zone)).toBe(expected);
	});
});

const ZONES = [
	'Europe/Moscow',
	'Asia/Kamchatka',
	'Europe/Kaliningrad',
	'America/New_York',
	'America/Los_Angeles',
	'Asia/Kathmandu',
	'Pacific/Apia',
	'Australia/Lord_Howe',
];

/** A clock of its own: Intl's words, not the offsets that the code works with. */
function isOpenByIntl({ from, to, days }: OpenHours, instant: number, zone: string): boolean {
	const parts = new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).formatToParts(instant);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	const today = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part('weekday'));
	const now = Number(part('hour')) * 60 + Number(part('minute'));
	if (from < to) return days.has(today) && now >= from && now < to;
	return now >= from ? days.has(today) : now < to && days.has((today + 6) % 7);
}

it('the next opening is the first quarter of an hour that is open everywhere', () => {
	const quarter = fc.integer({ min: 0, max: 95 }).map((n) => n * 15);
	const open = fc
		.record({
			from: quarter,
			to: quarter,
			days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
		})
		.filter(({ from, to }) => from !== to)
		.map(({ days, ...times }): OpenHours => ({ ...times, days: new Set(days) }));
	const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 });
	// Around the changes of summer time, too.
	const start = fc
		.integer({ min: Date.UTC(2026, 2, 1) / MINUTE / 15, max: Date.UTC(2026, 11, 1) / MINUTE / 15 })
		.map((n) => n * 15 * MINUTE);
	let found = 0;
	fc.assert(
		fc.property(open, zones, start, (limit, where, after) => {
			if (isOpenInAll(limit, after, where)) return;
			const next = nextOpening(limit, after, where);
			for (let at = after; at < (next ?? after + 5 * 86_400_000); at += 15 * MINUTE) {
				if (where.every((zone) => isOpenByIntl(limit, at, zone)))
					throw new Error(`Open at ${new Date(at).toISOString()}`);
			}
			if (next === null) return;
			found++;
			expect(where.every((zone) => isOpenByIntl(limit, next, zone))).toBe(true);
		}),
		{ numRuns: 60 },
	);
	expect(found).toBeGreaterThan(10);
});

describe('zones', () => {
	it.each([
		['KE', 1],
		['UA', 1],
		['CN', 1],
		['DE', 1],
		['GB', 1],
		['KZ', 1],
		['RU', 11],
	])('of %s: so many different clocks', (country, expected) => {
		expect(differentZones(zonesOfCountry(country), utc(25, 12))).toHaveLength(expected);
	});

	it('of a country that there is not', () => expect(zonesOfCountry('XX')).toEqual([]));

	it.each([
		['Europe/Moscow', true],
		['UTC', true],
		['Moscow', false],
		['+03:00', false],
		['', false],
	])('%j: %s', (name, expected) => expect(isTimeZone(name)).toBe(expected));
});
