const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * "YYYY-MM-DD HH:MM or any valid date format": here that and ISO 8601, because not everybody reads the others alike.
 * Without an offset it is the account's time. An offset's `+` that came as a blank belongs to no date. Null: no date.
 */
export function readDate(value: string): Date | null {
	const match = DATE.exec(value);
	if (match === null) return null;
	const [, day = '', clock = '00:00', seconds = ':00', zone = ''] = match;
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
	const at = new Date(`${day}T${clock}${seconds}${zone.replace(/^([+-]..):?(..)$/, '$1:$2') || 'Z'}`);
	return Number.isNaN(at.getTime()) ? null : at;
}
