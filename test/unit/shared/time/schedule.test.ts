/** Dates read and written, against Luxon. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	isoOfWritten,
	isoWithOffset,
	readInstant,
	wallClock,
	zoneOffsetMinutes,
} from '../../../../nodes/shared/time/instants';

const zones = [
	'UTC',
	'Europe/Moscow',
	'Europe/Kyiv',
	'Africa/Nairobi',
	'America/New_York',
	'Asia/Kolkata',
	'Pacific/Chatham',
	'Australia/Lord_Howe',
];
const instants = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
	.map((date) => Math.floor(date.getTime() / 1000) * 1000);

it('knows how far a zone is ahead, as Luxon does', () => {
	fc.assert(
		fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
			expect(zoneOffsetMinutes(instant, zone)).toBe(DateTime.fromMillis(instant, { zone }).offset);
		}),
	);
});

it('reads a time without a zone in the zone of the workflow, as Luxon does', () => {
	fc.assert(
		fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
			const local = DateTime.fromMillis(instant, { zone });
			const text = local.toFormat("yyyy-MM-dd'T'HH:mm:ss");
			const read = readInstant(text, zone);
			// At the end of daylight saving a wall-clock time comes twice: either is right.
			expect(local.getPossibleOffsets().map((possible) => possible.toMillis())).toContain(read);
		}),
	);
});

it('writes an instant that reads back the same, with and without the colon', () => {
	fc.assert(
		fc.property(
			instants,
			fc.constantFrom(...zones),
			fc.constantFrom(':' as const, '' as const),
			(instant, zone, colon) => {
				const text = isoWithOffset(instant, zoneOffsetMinutes(instant, zone), colon);
				expect(text).toBe(
					DateTime.fromMillis(instant, { zone }).toFormat(
						`yyyy-MM-dd'T'HH:mm:ss${colon === ':' ? 'ZZ' : 'ZZZ'}`,
					),
				);
				expect(readInstant(text, 'UTC')).toBe(instant);
			},
		),
	);
});

const nine = Date.UTC(2030, 0, 1, 6);
it.each<[string, unknown]>([
	["n8n's date field", '2030-01-01T09:00:00'],
	['a blank instead of T', '2030-01-01 09:00'],
	['with milliseconds', '2030-01-01T09:00:00.000'],
	['Zulu', '2030-01-01T06:00:00Z'],
	['an offset', '2030-01-01T09:00:00+03:00'],
	['an offset without colon', '2030-01-01T08:00:00+0200'],
	['a Date', new Date(nine)],
	['a Luxon DateTime', DateTime.fromMillis(nine)],
	['Unix seconds', nine / 1000],
	['Unix milliseconds', nine],
	['blanks around a local time', ' 2030-01-01T09:00 '],
	['blanks around an instant', ' 2030-01-01T06:00Z '],
])('reads %s', (_, value) => {
	expect(readInstant(value, 'Europe/Moscow')).toBe(nine);
});

it.each([
	'tomorrow',
	'31.12.2030',
	'2030-02-31T09:00:00',
	'2030-13-01',
	'2030-01-01T25:00',
	'',
	null,
	undefined,
	{},
	[],
	Number.NaN,
	Number.POSITIVE_INFINITY,
	0,
	-1,
	true,
	new Date(Number.NaN),
	{ toMillis: 5 },
	{ toMillis: () => String(nine) },
	{ toMillis: () => Number.NaN },
])('does not guess at %j', (value) => {
	expect(readInstant(value, 'Europe/Moscow')).toBeNull();
});

it('a number of less than twelve digits is in seconds', () => {
	expect(readInstant(99_999_999_999, 'UTC')).toBe(99_999_999_999_000);
	expect(readInstant(100_000_000_000, 'UTC')).toBe(100_000_000_000);
});

it('tells the wall clock at a distance from UTC', () => {
	expect(wallClock(nine, 180)).toEqual({ year: 2030, month: 1, day: 1, hour: 9, minute: 0, second: 0 });
	expect(wallClock(nine, -600)).toEqual({ year: 2029, month: 12, day: 31, hour: 20, minute: 0, second: 0 });
});

it.each([
	'2030-02-31T09:00:00Z',
	'2030-02-31 09:00+03:00',
	'2029-02-29T09:00:00.000+0300',
	'2030-04-31T00:00Z',
	'2030-02-31T09:00',
	'2030-01-31T24:00Z',
	'2030-13-01T09:00Z',
	'2030-01-00T09:00',
	'2030-01-01T09:60',
	'2030-01-01T09:00:60',
	'2030-01-01T09:00:60Z',
	'0030-01-01T09:00',
	'0030-01-01T09:00Z',
])('a date that does not exist is none, with a zone and without: %s', (text) => {
	expect(readInstant(text, 'Europe/Moscow')).toBeNull();
});

it.each([
	['2028-02-29T09:00:00Z', Date.UTC(2028, 1, 29, 9)],
	['2030-01-31t09:00:00z', Date.UTC(2030, 0, 31, 9)],
	['2030-01-31 09:00 +0300', Date.UTC(2030, 0, 31, 6)],
])('%s is one', (text, instant) => expect(readInstant(text, 'Europe/Moscow')).toBe(instant));

describe('the time that a gateway wrote', () => {
	it.each([
		['2026-11-22T10:00:00+03:00', '2026-11-22T07:00:00.000Z'],
		[' 2026-11-22 07:00:00Z ', '2026-11-22T07:00:00.000Z'],
		['2026-11-22T07:00:00.123456789Z', '2026-11-22T07:00:00.123Z'],
		['1795330800', '2026-11-22T07:00:00.000Z'],
		['1795330800000', '2026-11-22T07:00:00.000Z'],
	])('%j is %s', (written, iso) => {
		expect(isoOfWritten(written)).toBe(iso);
	});

	it.each([
		null,
		'',
		'yesterday',
		'2026-11-22 10:00:00',
		'2026-11-22',
		'2026-02-31T10:00:00Z',
		'179533080',
		'1795330800 or so',
	])('%j is no instant', (written) => {
		expect(isoOfWritten(written)).toBeNull();
	});
});
