/** The common options: what the generic node offers, and what each gateway maps to its own parameter. */
export const COMMON_OPTIONS = ['flash', 'wapPushUrl', 'transliterate', 'ttl', 'sendAt', 'testMode'] as const;

export type CommonOption = (typeof COMMON_OPTIONS)[number];

/** How people see them. */
export const COMMON_OPTION_LABELS: Readonly<Record<CommonOption, string>> = {
	flash: 'Flash Message',
	wapPushUrl: 'WAP Push Link',
	transliterate: 'Transliterate',
	ttl: 'Time to Live (Minutes)',
	sendAt: 'Send At',
	testMode: 'Test Mode',
};

/** Where a message's options are kept in the panel, as saved workflows have it; where an option is does not matter. */
export const OPTION_COLLECTIONS = { options: 'options', expert: 'expertOptions' } as const;

export type OptionCollection = (typeof OPTION_COLLECTIONS)[keyof typeof OPTION_COLLECTIONS];

/** The largest Batch Size that the generic node offers: the most that any gateway accepts. */
export const LARGEST_BATCH = 1000;

/** How far in the past a send time may lie: rows of one run are not all read in the same second. */
export const PAST_TOLERANCE_MS = 5 * 60_000;

/** What stops a text before it costs money: a collection of its own, beside the options, as people see it. */
export const LIMIT_LABELS = {
	allowedCountries: 'Allowed Countries',
	allowedHours: 'Allowed Hours',
	maxCost: 'Max Cost per Run',
	maxSegments: 'Max Segments',
	maxTexts: 'Max Texts per Run',
	onePerNumber: 'One Text per Number Per',
	pricePerSegment: 'Price per Segment',
	rememberTexts: 'Remember (Texts)',
	skipDuplicates: 'Skip Duplicates',
	skipDuplicatesScope: 'Skip Duplicates: Once Per',
	stopList: 'Do Not Text',
	stopListMayBeEmpty: 'Do Not Text May Be Empty',
} as const;

export type LimitName = keyof typeof LIMIT_LABELS;

/** Options that the shared machinery itself obeys, for every gateway. */
export const RUN_OPTIONS: ReadonlySet<string> = new Set([
	'batchSize',
	'defaultCountryField',
	'includeRaw',
	'limitWaitTime',
	'pageLanguage',
	'requestsPerSecond',
	'sendBracesAsTyped',
	'submitLabel',
	'timeout',
]);
