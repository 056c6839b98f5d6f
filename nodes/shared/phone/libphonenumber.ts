/**
 * The only door to libphonenumber-js. It is bundled with the largest metadata: only that tells which type a number is,
 * in every country. About 250 KB, so this module is loaded when the first number is to be read, and not before.
 */
export {
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	validatePhoneNumberLength,
} from 'libphonenumber-js/max';
export type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
