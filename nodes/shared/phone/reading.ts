/** Which number a run of digits means. Never a choice between two: then a person has to say. */
import type { WrittenNumber } from './cleaning';
import { corrections, places, refusals } from './sentences';
import type { NumberingPlan, Reason } from './sentences';
import type { CountryCode, PhoneNumber } from './libphonenumber';
import type { PhoneLibrary } from './types';

/** The country of numbers that do not say it: none set, one that does not exist, or a known one. */
export type DefaultCountry =
	| { readonly kind: 'none' }
	| { readonly kind: 'unknown'; readonly value: string }
	| { readonly kind: 'known'; readonly code: CountryCode; readonly callingCode: string };

export type NumberReading =
	| { readonly e164: string; readonly change: string | null }
	| { readonly e164: null; readonly refusal: Reason };

/** `GetNumberType` of libphonenumber: the kinds that texts can reach. North America does not tell the first two apart. */
const CAN_BE_TEXTED: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP']);

/** 15 digits and the plus. The library knows longer numbers in Germany. */
const MAX_E164_LENGTH = 16;

const DOUBLE_ZERO = '00';

/** No numbering plan has shorter numbers. */
const MIN_DIGITS = 4;

function refuse(refusal: Reason): NumberReading {
	return { e164: null, refusal };
}

function parse(library: PhoneLibrary, digits: string, country?: CountryCode): PhoneNumber | null {
	const options = country === undefined ? { extract: false } : { defaultCountry: country, extract: false };
	const number = library.parsePhoneNumberFromString(digits, options);
	if (number === undefined || number.number.length > MAX_E164_LENGTH) return null;
	return number.isValid() ? number : null;
}

/** Whether there is a blank or a punctuation mark among the first digits. */
function isSplitWithin(text: string, digitCount: number): boolean {
	let seen = 0;
	for (const character of text) {
		if (character >= '0' && character <= '9') seen++;
		else if (seen > 0) return true;
		if (seen === digitCount) return false;
	}
	return false;
}

/** Whether the digits are grouped just as one reading's country groups them, as in `(678) 555-1234`, and not the other's. */
function isNationalStyle(text: string, national: PhoneNumber, international: PhoneNumber): boolean {
	if (!/\D/.test(text) || text !== national.formatNational()) return false;
	return text !== international.formatInternational().slice(1);
}

function nationalChange(digits: string, number: PhoneNumber, country: CountryCode): string {
	const { nationalNumber, countryCallingCode } = number;
	if (number.number === `+${digits}`) return corrections.plusAdded();
	const where = number.country ?? country;
	if (digits === nationalNumber) return corrections.callingCodeAdded(where, countryCallingCode);
	const prefix = digits.slice(0, -nationalNumber.length);
	return digits === prefix + nationalNumber
		? corrections.trunkPrefix(where, prefix, countryCallingCode)
		: corrections.national(where);
}

/** The change for digits that begin with a country code and no plus. */
function plusChange(digits: string, number: PhoneNumber): string {
	return number.number === `+${digits}` ? corrections.plusAdded() : corrections.innerPrefix();
}

/** The change for digits that were dialled with an exit code in front, such as 00, 011 or 810. */
function abroadChange(digits: string, number: PhoneNumber): string {
	const prefix = digits.slice(0, -(number.number.length - 1));
	return digits === prefix + number.number.slice(1)
		? corrections.abroadPrefix(prefix)
		: corrections.innerPrefix();
}

/** What to say about digits that are not a number. `text` has a plus in front for a number with a country code. */
function whyNot(library: PhoneLibrary, text: string, country?: CountryCode): NumberReading {
	const length = library.validatePhoneNumberLength(text, country);
	let plan: NumberingPlan;
	if (country !== undefined) {
		plan = places.country(country);
	} else {
		const number = library.parsePhoneNumberFromString(text, { extract: false });
		if (number === undefined && length === 'INVALID_COUNTRY') return refuse(refusals.unknownCode());
		plan = number === undefined ? places.anywhere() : places.callingCode(number.countryCallingCode);
	}
	if (length === 'TOO_SHORT' || length === 'NOT_A_NUMBER') return refuse(refusals.tooShort(plan));
	if (length === 'TOO_LONG') return refuse(refusals.tooLong(plan));
	return refuse(refusals.notInUse(plan));
}

/** With `+`: a country code comes first. */
function readInternational(
	library: PhoneLibrary,
	written: WrittenNumber,
	country: DefaultCountry,
): NumberReading {
	const { digits, text, change } = written;
	const number = parse(library, `+${digits}`);
	if (number === null) return whyNot(library, `+${digits}`);
	const e164 = number.number;
	// `+8 495 …`: a plus in front of a number of the home country, or a country code that nobody writes apart?
	if (country.kind === 'known' && isSplitWithin(text, number.countryCallingCode.length)) {
		const national = parse(library, digits, country.code);
		if (national !== null && national.number !== e164) {
			return refuse(refusals.ambiguous(national, number));
		}
	}
	return { e164, change: e164 === `+${digits}` ? change : corrections.innerPrefix() };
}

/** With `00`: a country code comes next, unless the default country has a longer exit code that begins like this. */
function readDoubleZero(library: PhoneLibrary, digits: string, country: DefaultCountry): NumberReading {
	const rest = `+${digits.slice(DOUBLE_ZERO.length)}`;
	const usual = parse(library, rest);
	const home = country.kind === 'known' ? parse(library, digits, country.code) : null;
	if (usual !== null && home !== null && usual.number !== home.number) {
		return refuse(refusals.ambiguous(usual, home));
	}
	const number = usual ?? home;
	return number === null
		? whyNot(library, rest)
		: { e164: number.number, change: abroadChange(digits, number) };
}

/** The digits with a plus in front, as far as that is a number to text and the way they are grouped allows it. */
function readWithoutPlus(library: PhoneLibrary, { digits, text }: WrittenNumber): PhoneNumber | null {
	// No country code starts with 0; the library finds that out with a slow exception.
	const number = digits.startsWith('0') ? null : parse(library, `+${digits}`);
	if (number === null || !CAN_BE_TEXTED.has(number.getType())) return null;
	return isSplitWithin(text, number.countryCallingCode.length) ? null : number;
}

/** Without `+` or `00`: a number of the default country, or one with a country code and no plus. */
function readUnmarked(library: PhoneLibrary, written: WrittenNumber, country: DefaultCountry): NumberReading {
	const { digits, text } = written;
	if (country.kind === 'unknown') return refuse(refusals.unknownCountry(country.value));
	if (country.kind === 'none') {
		const number = readWithoutPlus(library, written);
		if (number === null) return refuse(refusals.countryNeeded());
		return { e164: number.number, change: plusChange(digits, number) };
	}
	const national = parse(library, digits, country.code);
	// The same reading both ways, as for `79161234567` in Russia, needs no second look.
	const international = national?.number === `+${digits}` ? national : readWithoutPlus(library, written);
	if (national === null) {
		if (international === null) return whyNot(library, digits, country.code);
		return { e164: international.number, change: plusChange(digits, international) };
	}
	const isOther = international !== null && international.number !== national.number;
	if (isOther && !isNationalStyle(text, national, international)) {
		return refuse(refusals.ambiguous(national, international));
	}
	// Where the country code is not the default country's, its exit code (011, 8~10, …) was found in front.
	const change =
		national.countryCallingCode === country.callingCode
			? nationalChange(digits, national, country.code)
			: abroadChange(digits, national);
	return { e164: national.number, change };
}

/** Reads cleaned digits. */
export function readNumber(
	library: PhoneLibrary,
	written: WrittenNumber,
	country: DefaultCountry,
): NumberReading {
	if (written.digits.length < MIN_DIGITS) return refuse(refusals.tooShort(places.anywhere()));
	if (written.plus) return readInternational(library, written, country);
	return written.digits.startsWith(DOUBLE_ZERO)
		? readDoubleZero(library, written.digits, country)
		: readUnmarked(library, written, country);
}
