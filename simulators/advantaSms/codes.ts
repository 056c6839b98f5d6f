/**
 * Advanta "Response codes" page. Its table gives 1009 twice: "unsupported data type", and "No dlr" on getdlr, where the
 * table itself has 1008.
 */
export const DESCRIPTIONS: Readonly<Record<number, string>> = {
	200: 'Success',
	1001: 'Invalid sender id',
	1002: 'Network not allowed',
	1003: 'Invalid mobile number',
	1004: 'Low bulk credits',
	1005: 'Failed. System error',
	1006: 'Invalid credentials',
	1007: 'Failed. System error',
	1008: 'No Delivery Report',
	1009: 'Unsupported data type',
	1010: 'Unsupported request type',
	1012: 'Too many messages on SMS list',
	1104: 'Too many comma separated contacts',
	4090: 'Internal Error. Try again after 5 minutes',
	4091: 'No Partner ID is Set',
	4092: 'No API KEY Provided',
	4093: 'Details not found',
};

export const NO_DLR = 'No dlr';

export const descriptionOf = (code: number): string => DESCRIPTIONS[code] ?? 'Failed';

/** Which field a refusal is about. The names of the rules are CakePHP's, whose form these details have. */
export const DETAILS: Readonly<Record<number, readonly [field: string, rule: string]>> = {
	1001: ['shortcode', 'valid'],
	1009: ['message', '_empty'],
	4091: ['partnerID', '_required'],
	4092: ['apikey', '_required'],
};
