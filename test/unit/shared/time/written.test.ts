/** Dates and times as people write them. */
import { DateTime } from 'luxon';
import type { Written } from '../../../../nodes/shared/time/written';
import { momentShown, nextTimeOfDay, readWritten } from '../../../../nodes/shared/time/written';

const ZONE = 'Europe/Moscow';
/** 22 November 2026, 10:00 in Moscow. */
const TEN = Date.UTC(2026, 10, 22, 7);
const at = (iso: string, zone = ZONE): number => DateTime.fromISO(iso, { zone }).toMillis();
const read = (value: unknown): Written => readWritten(value, ZONE);

it.each<[string, unknown]>([
	['with dots, the day first', '22.11.2026 10:00'],
	['with seconds and a comma', '22.11.2026, 10:00:00'],
	["n8n's picker", '2026-11-22T10:00:00'],
	['the year first, with slashes', '2026/11/22 10:00'],
	['the year first, with a blank', ' 2026-11-22 10:00 '],
	['slashes that can only be day first', '22/11/2026 10:00'],
	['slashes that can only be month first', '11/22/2026 10:00'],
	['an American clock', '11/22/2026 10:00 AM'],
	['hyphens that can only be day first', '22-11-2026 10:00'],
	['a Date', new Date(TEN)],
	['a Luxon DateTime', DateTime.fromMillis(TEN)],
	['Unix seconds', TEN / 1000],
	['Unix milliseconds', TEN],
	['Unix seconds as text', String(TEN / 1000)],
	['another zone', '2026-11-22T08:00:00.000+01:00'],
])('reads %s: %j', (_, value) => {
	expect(read(value)).toEqual({ kind: 'moment', instant: TEN });
});

it('takes a date that is the same either way round', () => {
	expect(read('11/11/2026 10:00')).toEqual({ kind: 'moment', instant: at('2026-11-11T10:00') });
});

it.each([
	['12:00 AM', '2026-11-22T00:00'],
	['12:30 pm', '2026-11-22T12:30'],
	['9:05pm', '2026-11-22T21:05'],
	['11:59 p.m.', '2026-11-22T23:59'],
])('reads 11/22/2026 %s as people with such clocks do', (time, iso) => {
	expect(read(`11/22/2026 ${time}`)).toEqual({ kind: 'moment', instant: at(iso) });
});

it.each(['11/12/2026 10:00', '11-12-2026 10:00'])('gives both readings of %s', (text) => {
	expect(read(text)).toEqual({
		kind: 'ambiguous',
		readings: [
			{ words: '11 December 2026', iso: '2026-12-11 10:00' },
			{ words: '12 November 2026', iso: '2026-11-12 10:00' },
		],
	});
});

it('whoever wrote no time is shown one with the readings', () => {
	expect(read('11/12/2026')).toEqual({
		kind: 'ambiguous',
		readings: [
			{ words: '11 December 2026', iso: '2026-12-11 09:00' },
			{ words: '12 November 2026', iso: '2026-11-12 09:00' },
		],
	});
});

it('with dots the day is first everywhere', () => {
	expect(read('11.12.2026 10:00')).toEqual({ kind: 'moment', instant: at('2026-12-11T10:00') });
});

it.each(['22.11.2026', '2026-11-22', '22/11/2026'])('tells that %s is a day without a time', (text) => {
	expect(read(text)).toEqual({ kind: 'day', instant: at('2026-11-22') });
});

it.each([
	['10:00', { hour: 10, minute: 0, second: 0 }],
	[' 10:00 ', { hour: 10, minute: 0, second: 0 }],
	['1:30 PM', { hour: 13, minute: 30, second: 0 }],
	['9:30 PM', { hour: 21, minute: 30, second: 0 }],
	['23:59:59', { hour: 23, minute: 59, second: 59 }],
])('tells that %s is a time without a day', (text, time) => {
	expect(read(text)).toEqual({ kind: 'timeOfDay', time });
});

// 46348 is 22 November 2026 in Excel and Google Sheets: =DATEVALUE("2026-11-22").
it.each<[unknown, string, boolean]>([
	[46348 + 10 / 24, '2026-11-22T10:00', false],
	['46348.4166666667', '2026-11-22T10:00', false],
	[46348.75, '2026-11-22T18:00', false],
	[46348, '2026-11-22', true],
])('reads the serial of a spreadsheet: %j', (value, iso, isDay) => {
	expect(read(value)).toEqual({ kind: 'serial', instant: at(iso), isDay });
});

it.each([
	'tomorrow',
	'tomorrow 10:00',
	'22.11.26 10:00',
	'22.11 10:00',
	'31.02.2026 10:00',
	'29.02.2027 10:00',
	'31/31/2026 10:00',
	'22.13.2026 10:00',
	'22.11-2026 10:00',
	'22.11.2026 24:00',
	'22.11.2026 10:60',
	'22.11.2026 10:00:60',
	'24:00',
	'10:60',
	'10:00:60',
	'13:00 PM',
	'0:30 am',
	'10',
	'10.00',
	'46348,4',
	'',
	null,
	undefined,
	{},
	true,
	-5,
	Number.NaN,
])('does not guess at %j', (value) => {
	expect(read(value)).toEqual({ kind: 'none' });
});

describe('a time without a day', () => {
	const time = { hour: 10, minute: 0, second: 0 };
	const next = (now: number, zone = ZONE): number => nextTimeOfDay(time, now, now, zone);

	it.each([
		['is today while it is to come', '2026-11-22T09:59', '2026-11-22T10:00'],
		['is today at that very minute', '2026-11-22T10:00', '2026-11-22T10:00'],
		['is tomorrow once it has passed', '2026-11-22T10:01', '2026-11-23T10:00'],
		['goes on into the next month', '2026-11-30T23:00', '2026-12-01T10:00'],
		['goes on into the next year', '2026-12-31T23:00', '2027-01-01T10:00'],
	])('%s', (_, now, expected) => {
		expect(next(at(now))).toBe(at(expected));
	});

	it("counts days in the workflow's zone", () => {
		// 22 November 23:30 in London is the 23rd, 02:30, in Moscow.
		const now = Date.UTC(2026, 10, 22, 23, 30);
		expect(next(now)).toBe(at('2026-11-23T10:00'));
		expect(next(now, 'Europe/London')).toBe(at('2026-11-23T10:00', 'Europe/London'));
		expect(next(now, 'America/New_York')).toBe(at('2026-11-23T10:00', 'America/New_York'));
	});

	it('keeps to the clock on the wall when summer time ends', () => {
		// New York, 1 November 2026: the day has 25 hours.
		const zone = 'America/New_York';
		expect(next(at('2026-10-31T12:00', zone), zone)).toBe(at('2026-11-01T10:00', zone));
	});
});

it.each([
	['2026-11-22T23:30', '2026-11-22 10:00 Europe/Moscow (today)'],
	['2026-11-21T00:30', '2026-11-22 10:00 Europe/Moscow (tomorrow)'],
	['2026-11-20T23:30', '2026-11-22 10:00 Europe/Moscow'],
	['2026-10-22T10:00', '2026-11-22 10:00 Europe/Moscow'],
])('seen from %s, shows %s', (now, shown) => {
	expect(momentShown(TEN, at(now), ZONE)).toBe(shown);
});

it('tomorrow may be in another month or year', () => {
	const shown = (day: string, now: string): string =>
		momentShown(at(`${day}T10:00`), at(`${now}T12:00`), ZONE);
	expect(shown('2027-03-01', '2027-02-28')).toBe('2027-03-01 10:00 Europe/Moscow (tomorrow)');
	expect(shown('2027-01-01', '2026-12-31')).toBe('2027-01-01 10:00 Europe/Moscow (tomorrow)');
});
