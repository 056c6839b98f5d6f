/** Numbers and times as SMSC's pages and calls tell them. */

/** Moscow is three hours ahead of UTC all year since October 2014. */
export const MOSCOW_MINUTES = 180;

/** A number in E.164; an address, a name or a short number as it is; null for nothing. */
export function recipientTold(told: string | null): string | null {
	const text = told?.trim() ?? '';
	const bare = text.replace(/[\s()-]/g, '');
	if (/^\+?\d{7,15}$/.test(bare)) return bare.startsWith('+') ? bare : `+${bare}`;
	return text === '' ? null : text;
}

/** `DD.MM.YYYY hh:mm:ss`, in Moscow, as ISO 8601; null for anything else. */
export function moscowTime(text: string | null): string | null {
	const match = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text ?? '');
	if (match === null) return null;
	const [, date = '', month = '', year = '', time = ''] = match;
	const instant = new Date(`${year}-${month}-${date}T${time}+03:00`);
	return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
