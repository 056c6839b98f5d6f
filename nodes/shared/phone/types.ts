/** The outcomes of reading a phone number, and what reading needs. */

/** One number of those that a value holds. */
export type ParsedRecipient = ValidRecipient | InvalidRecipient;

export type ValidRecipient =
	| {
			/** Written as E.164 with `+` already. */
			readonly outcome: 'ok';
			/** E.164 with `+`, such as `+254712345678`. */
			readonly e164: string;
			/** As typed, without the spaces around it. */
			readonly input: string;
			readonly reason: null;
	  }
	| {
			/** Written in another way that has exactly one reading. */
			readonly outcome: 'corrected';
			readonly e164: string;
			readonly input: string;
			/** What was changed. */
			readonly reason: string;
	  };

export interface InvalidRecipient {
	/** Not a number that can receive texts, or one with more than one reading. */
	readonly outcome: 'invalid';
	readonly e164: null;
	/** As typed, without the spaces around it, cut after 100 characters. */
	readonly input: string;
	/** Why, and what to change. */
	readonly reason: string;
}

/** A refused number as the nodes have it: they show why in one place and what to change in another. */
export interface RefusedRecipient extends InvalidRecipient {
	/** One sentence. */
	readonly why: string;
	/** One sentence. */
	readonly fix: string;
}

/**
 * Reads the phone numbers in a value of any type; never throws. `defaultCountry` (ISO 3166-1 alpha-2, any case) is for
 * numbers without a country code.
 */
export type RecipientParser = (value: unknown, defaultCountry?: string) => ParsedRecipient[];

/** The same for the nodes. */
export type RecipientReader = (
	value: unknown,
	defaultCountry?: string,
) => Array<ValidRecipient | RefusedRecipient>;

/** The functions of libphonenumber that reading needs. Handed in, because nodes load that library late. */
export type PhoneLibrary = Pick<
	typeof import('./libphonenumber'),
	'getCountryCallingCode' | 'isSupportedCountry' | 'parsePhoneNumberFromString' | 'validatePhoneNumberLength'
>;
