/** How SMSC names recipients: numbers, groups of the address book, email addresses. */
import { digitsOf } from '../shared/contract/json';

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}\.[^\s@,;<>".]{2,63}$/;
const GROUP = /^G\d{1,12}$/i;

export function isEmail(text: string): boolean {
	return EMAIL.test(text);
}

/** `G` and the group's number. */
export function isGroup(text: string): boolean {
	return GROUP.test(text);
}

/** What matches a recipient with the reply's name for it: the digits of a number, or an email address. */
export function recipientKey(named: string): string {
	return named.includes('@') ? named.trim().toLowerCase() : digitsOf(named);
}

/** A number of a reply or call in E.164; an address, a name or a short number as it is; null for nothing. */
export function recipientOf(named: string | null): string | null {
	const text = named?.trim() ?? '';
	const bare = text.replace(/[\s()-]/g, '');
	if (/^\+?\d{7,15}$/.test(bare)) return bare.startsWith('+') ? bare : `+${bare}`;
	return text === '' ? null : text;
}
