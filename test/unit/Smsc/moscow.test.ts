/** SMSC's own ways to write times and currencies. */
import { moscowTime, roubles } from '../../../nodes/Smsc/moscow';

it.each([
	['RUR', 'RUB'],
	['RUB', 'RUB'],
	['USD', 'USD'],
	[null, null],
])('the currency %j is %j', (written, code) => expect(roubles(written)).toBe(code));

it.each([
	['22.11.2026 10:00:59', '2026-11-22T07:00:59.000Z'],
	['01.01.2027 02:00:00', '2026-12-31T23:00:00.000Z'],
])('%s in Moscow is %s', (written, iso) => expect(moscowTime(written)).toBe(iso));

it.each([
	null,
	'',
	'22.11.2026',
	'22.11.2026 10:00',
	'32.11.2026 10:00:00',
	'22.13.2026 10:00:00',
	'on 22.11.2026 10:00:00',
	'22.11.2026 10:00:00 or later',
	'2026-11-22 10:00:00',
])('%j is no such time', (written) => expect(moscowTime(written)).toBeNull());
