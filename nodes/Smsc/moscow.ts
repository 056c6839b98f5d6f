/** SMSC counts in Moscow's time, and writes the rouble's code as it was. */

/** Moscow is three hours ahead of UTC all year since October 2014. */
export const MOSCOW_MINUTES = 180;

/** "RUR" is the rouble's code before 1998. */
export function roubles(currency: string | null): string | null {
	return currency === 'RUR' ? 'RUB' : currency;
}

/** `DD.MM.YYYY hh:mm:ss`, in Moscow, as ISO 8601; null for anything else. */
export function moscowTime(text: string | null): string | null {
	const match = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text ?? '');
	if (match === null) return null;
	const [, date = '', month = '', year = '', time = ''] = match;
	const instant = new Date(`${year}-${month}-${date}T${time}+03:00`);
	return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
