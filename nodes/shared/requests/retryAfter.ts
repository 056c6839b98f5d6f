/** The pause that the gateway asks for, in milliseconds; null when it asks for none. Both forms of RFC 9110 §10.2.3. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
	const value = headers['retry-after']?.trim();
	if (value === undefined) return null;
	if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? null : Math.max(0, date - now);
}
