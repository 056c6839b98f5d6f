/**
 * All that is checked before anything is sent, in the order in which it applies. A new check is a file in this folder and
 * a line in this list.
 */
import { allowedCountries } from './allowedCountries';
import { allowedHours } from './allowedHours';
import { waitNeedsText } from './waitNeedsText';
import { attachments } from './attachments';
import { backups } from './backups';
import type { Check } from './check';
import { codePlace } from './codePlace';
import { connection } from './connection';
import { doNotText } from './doNotText';
import { duplicates } from './duplicates';
import { earlierRuns } from './earlierRuns';
import { earlierTries } from './earlierTries';
import { emptyText } from './emptyText';
import { emptyTo } from './emptyTo';
import { foreignOptions } from './foreignOptions';
import { gatewayRules } from './gatewayRules';
import { halfCharacters } from './halfCharacters';
import { maxSegments } from './maxSegments';
import { maxTexts } from './maxTexts';
import { missingFields } from './missingFields';
import { onceValue } from './onceValue';
import { oneRecipient } from './oneRecipient';
import { optionValues } from './optionValues';
import { placeholders } from './placeholders';
import { printedObject } from './printedObject';
import { repeatedQueries } from './repeatedQueries';
import { settings } from './settings';
import { stopListValue } from './stopListValue';
import { testNumberOnce } from './testNumberOnce';
import { testRepeats } from './testRepeats';
import { testRunValue } from './testRunValue';

export const CHECKS: readonly Check[] = [
	settings,
	testRunValue,
	oneRecipient,
	placeholders,
	stopListValue,
	missingFields,
	emptyTo,
	foreignOptions,
	optionValues,
	doNotText,
	allowedCountries,
	allowedHours,
	attachments,
	waitNeedsText,
	halfCharacters,
	emptyText,
	codePlace,
	printedObject,
	maxSegments,
	gatewayRules,
	backups,
	connection,
	repeatedQueries,
	onceValue,
	duplicates,
];

/** What follows once it is known to which number a text goes. */
export const LAST_CHECKS: readonly Check[] = [
	testNumberOnce,
	earlierTries,
	earlierRuns,
	// Behind all that leaves texts out.
	maxTexts,
	testRepeats,
];
