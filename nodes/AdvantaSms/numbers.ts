/** Numbers as the platform's brands write them. All of them, and the short codes they rent out, are in Kenya. */

/** A Kenyan mobile number in its own digits: 7… or 1… and eight more. */
const MOBILE = '[17]\\d{8}';
const NATIONAL = new RegExp(`^(?:2540|0)?(${MOBILE})$`);

/** The SHA-256 of a number that starts with 254, as Safaricom gives it in place of the number. */
const HASHED = /^[0-9a-f]{64}$/i;

/** Safaricom's hashed number in small letters; null for everything else. */
export function hashedNumber(written: string): string | null {
	return HASHED.test(written) ? written.toLowerCase() : null;
}

/** With a country code, and no shorter than a number can be: as nearly all rows have it. */
const PLAIN = /^[1-9]\d{9,14}$/;

/**
 * The digits with country code: of a Kenyan mobile number in any form, and of what has a country code already. Null for
 * everything else (another country's national form, a name, Safaricom's hashed numbers): it is not for us to guess.
 */
export function internationalDigits(written: string): string | null {
	if (PLAIN.test(written) && !written.startsWith('2540')) return written;
	const plain = written.slice(0, 40).trim();
	if (!/^\+?[\d\s().-]+$/.test(plain) || written.length > 40) return null;
	const digits = plain.replace(/\D/g, '').replace(/^00/, '');
	const kenyan = NATIONAL.exec(digits)?.[1];
	if (kenyan !== undefined && !(plain.startsWith('+') && digits === kenyan)) return `254${kenyan}`;
	return PLAIN.test(digits) ? digits : null;
}
