/** Everything we say about a phone number: what was changed in it, or why it is refused and what to do. */

/** Kept, because creating it takes much longer than using it. */
let names: Intl.DisplayNames | null = null;

/** A country's English name in the middle of a sentence, such as `the United States`. */
function countryName(country: string): string {
	names ??= new Intl.DisplayNames(['en'], { type: 'region' });
	const name = names.of(country) ?? country;
	const needsArticle =
		/^(United|Isle)|(Islands|Republic|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros)$/.test(name);
	return needsArticle ? `the ${name}` : name;
}

/** A value from outside within a sentence: short, and without invisible characters. */
function inQuotes(text: string): string {
	const shown = text.slice(0, 20).replace(/[\p{C}\p{Z}]/gu, ' ');
	return `"${shown}${text.length > 20 ? '…' : ''}"`;
}

function shownCharacter(character: string): string {
	if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return `"${character}"`;
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As much of a number as a sentence needs: its E.164 form, and its country where only one has it. */
export interface FoundNumber {
	readonly number: string;
	readonly country?: string;
}

function located({ number, country }: FoundNumber): string {
	return country === undefined ? number : `${number} (${countryName(country)})`;
}

/** Why a value is refused, and what to do about it: a sentence each. */
export interface Reason {
	readonly why: string;
	readonly fix: string;
}

/** The reason behind a colon, where a sentence goes on in small letters. */
export function afterColon(why: string): string {
	return why.replace(/^(?:A|Extensions|It|No|The|There|This)\b/, (word) => word.toLowerCase());
}

const because = (why: string, fix: string): Reason => ({ why, fix });

const ADD_COUNTRY_CODE = 'write it with + and the country code';

/** What was changed. */
export const corrections = {
	trunkPrefix: (country: string, prefix: string, callingCode: string) =>
		`Read as a number in ${countryName(country)}: the leading ${prefix} stands for +${callingCode}.`,
	callingCodeAdded: (country: string, callingCode: string) =>
		`Read as a number in ${countryName(country)}: added +${callingCode} in front.`,
	national: (country: string) => `Read as a number in ${countryName(country)}.`,
	plusAdded: () => 'Added the + in front of the country code.',
	abroadPrefix: (prefix: string) => `Replaced the leading ${prefix} with +.`,
	innerPrefix: () => 'Removed the digits that are dialled only within the country.',
	exponent: () => 'Expanded a number that a spreadsheet had shortened.',
	decimalZero: () => 'Removed the decimal places that a spreadsheet had added.',
	otherDigits: () => 'Converted digits from another script.',
	linkPrefix: () => 'Extracted the number from a link.',
	quotes: () => 'Removed the quotation marks.',
	unseen: () => 'Removed invisible characters.',
	punctuation: () => 'Removed spaces and punctuation.',
} as const;

/** Why a value is refused, and what to change. */
export const refusals = {
	empty: () => because('There is no phone number here.', 'Fill one in, or remove this row.'),
	otherType: (what: string) =>
		because(`This is ${what}, not a phone number.`, 'Choose the field that holds the number.'),
	notWhole: () =>
		because(
			'A phone number must be a positive whole number.',
			'Format the column as text and enter it again.',
		),
	tooManyDigits: () =>
		because(
			'A phone number cannot have more than 15 digits.',
			'Check the digits, and write one number in each field.',
		),
	tooLongText: () =>
		because(
			'This text is too long for a phone number.',
			'Put a comma between numbers and remove any other text.',
		),
	tooLongList: (limit: number) =>
		because(`This list holds more than ${limit} numbers.`, 'Split it into several rows.'),
	noDigits: () => because('There are no digits here.', 'Enter a phone number instead.'),
	email: () =>
		because('This is an email address, not a phone number.', 'Choose the field that holds the number.'),
	extension: () => because('Extensions cannot receive texts.', 'Use a number without an extension.'),
	letters: () => because('A phone number cannot contain letters.', 'Use digits only.'),
	twoPlus: () =>
		because('There is more than one + here, as if two numbers were joined.', 'Put a comma between them.'),
	plusInside: () =>
		because(
			'The + belongs in front of the first digit.',
			'Move it there, or put a comma between two numbers.',
		),
	minusSign: () => because('There is a minus sign in front.', 'Remove it, or replace it with +.'),
	otherCharacter: (character: string) =>
		because(`${shownCharacter(character)} does not belong in a phone number.`, 'Remove it.'),
	precisionLost: () =>
		because(
			'The spreadsheet has rounded this number, so its last digits may be lost.',
			'Format the column as text and paste the number again.',
		),
	ambiguous: (one: FoundNumber, other: FoundNumber) =>
		because(
			`This can be read as ${located(one)} or as ${located(other)}.`,
			`To show which one you mean, ${ADD_COUNTRY_CODE}.`,
		),
	countryNeeded: () =>
		because(
			'The country of this number is unknown.',
			`Choose a Default Country, e.g. Kenya, or ${ADD_COUNTRY_CODE}.`,
		),
	unknownCountry: (country: string) =>
		because(
			`Default Country ${inQuotes(country)} is not a known country.`,
			'Choose one from the list, have the expression return a two-letter code such as KE or UA, or write the number with + and the country code.',
		),
	unknownCode: () =>
		because('No country code starts like this.', 'Check the digits after the + (or after the leading 00).'),
	tooShort: (plan: NumberingPlan) =>
		because(
			`This is too short for a phone number${plan.name}.`,
			`Check that no digit is missing${plan.advice}.`,
		),
	tooLong: (plan: NumberingPlan) =>
		because(
			`This is too long for a phone number${plan.name}.`,
			`Check the digits and put a comma between two numbers${plan.advice}.`,
		),
	notInUse: (plan: NumberingPlan) =>
		because(`No such phone number exists${plan.name}.`, `Check the digits${plan.advice}.`),
} as const;

/** Where a refused number was looked for, and what else could be done about it. */
export interface NumberingPlan {
	readonly name: string;
	readonly advice: string;
}

export const places = {
	anywhere: (): NumberingPlan => ({ name: '', advice: '' }),
	country: (country: string): NumberingPlan => ({
		name: ` in ${countryName(country)}`,
		advice: `, or ${ADD_COUNTRY_CODE}`,
	}),
	callingCode: (callingCode: string): NumberingPlan => ({
		name: ` with the country code +${callingCode}`,
		advice: '',
	}),
} as const;
