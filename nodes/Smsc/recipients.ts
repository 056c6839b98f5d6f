/** How SMSC names recipients: numbers, groups of the address book, email addresses, people in Telegram. */
import { digitsOf } from '../shared/contract/json';

const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}\.[^\s@,;<>".]{2,63}$/;
const GROUP = /^G\d{1,12}$/i;
/** "By name (@username), by ID (#uid)": https://smscentre.com/telegram-bots/ */
const TELEGRAM = /^(?:@[A-Za-z]\w{3,31}|#\d{1,20})$/;

export function isEmail(text: string): boolean {
	return EMAIL.test(text);
}

/** `G` and the group's number. */
export function isGroup(text: string): boolean {
	return GROUP.test(text);
}

export function isTelegramName(text: string): boolean {
	return TELEGRAM.test(text);
}

/** What matches a recipient with the reply's name for it: the digits of a number, an email address or a name in Telegram. */
export function recipientKey(named: string): string {
	return /[@#]/.test(named) ? named.trim().toLowerCase() : digitsOf(named);
}

/** A number of a reply or call in E.164; an address, a name or a short number as it is; null for nothing. */
export function recipientOf(named: string | null): string | null {
	const text = named?.trim() ?? '';
	const bare = text.replace(/[\s()-]/g, '');
	if (/^\+?\d{7,15}$/.test(bare)) return bare.startsWith('+') ? bare : `+${bare}`;
	return text === '' ? null : text;
}
