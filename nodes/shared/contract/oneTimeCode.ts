/** One-time codes as people set them up: Send Code and Check Code. */

/** Where the code stands in the text, as it is typed: `{code}`. */
export const CODE_PLACE = '{code}';

/** The collection Code Settings, as people see it. */
export const CODE_SETTING_LABELS = {
	digits: 'Digits',
	minutesValid: 'Valid for (Minutes)',
	tries: 'Tries',
	waitSeconds: 'Wait Before the Next (Seconds)',
	perNumber: 'Codes per Number per Day',
	perDay: 'Codes per Day',
	website: 'Website for Autofill',
} as const;

export type CodeSettingName = keyof typeof CODE_SETTING_LABELS;

interface Range {
	readonly min: number;
	readonly max: number;
	/** What holds where nothing is set. */
	readonly usual: number;
}

export const CODE_RANGES = {
	digits: { min: 4, max: 8, usual: 6 },
	minutesValid: { min: 1, max: 1440, usual: 5 },
	tries: { min: 1, max: 10, usual: 3 },
	waitSeconds: { min: 0, max: 3600, usual: 60 },
	perNumber: { min: 1, max: 100, usual: 5 },
	perDay: { min: 0, max: 5000, usual: 500 },
} as const satisfies Readonly<Record<Exclude<CodeSettingName, 'website'>, Range>>;

/** What Check Code found. Only `confirmed` lets a person in. */
export const CODE_STATES = ['confirmed', 'wrong', 'used', 'expired', 'locked', 'invalid'] as const;

export type CodeState = (typeof CODE_STATES)[number];

/** The Test Gateway sends nothing, so its codes are known: as many of these digits as a code has. */
export const TEST_CODE = '12345678';
