/** What stops a text before it costs money, as it holds for the whole run. */
import { COUNTRY_NAMES } from '../contract/countries';
import type { FieldReader } from '../contract/fields';
import { asText } from '../contract/json';
import { LIMIT_LABELS } from '../contract/options';
import type { OptionValues } from '../input/fields';
import type { HoursLimit } from './hoursLimit';
import { readHoursLimit } from './hoursLimit';
import type { OncePer, SkipDuplicates, TimeSpan } from './onceLimits';
import { NUMBER_TIMES, ONE_PER_NUMBER, SKIP_DUPLICATES, readOncePer } from './onceLimits';

export interface Limits {
	/** Null: any number. */
	readonly maxSegments: number | null;
	/** Null: any number. */
	readonly maxTexts: number | null;
	/** Null: any cost. */
	readonly maxCost: CostLimit | null;
	/** ISO 3166-1 alpha-2. Null: any country. */
	readonly allowedCountries: ReadonlySet<string> | null;
	/** Null: at any time. */
	readonly allowedHours: HoursLimit | null;
	/** Null where there is none. */
	readonly stopList: { readonly typed: unknown; readonly mayBeEmpty: boolean } | null;
	readonly skipDuplicates: SkipDuplicates;
	/** For Across Runs. */
	readonly oncePer: OncePer;
	/** Null: any number of texts. */
	readonly onePerNumber: TimeSpan | null;
	/** Beyond this run. */
	readonly rememberTexts: number;
}

export interface CostLimit {
	readonly most: number;
	/** Null: the gateway is asked for its prices. */
	readonly pricePerSegment: number | null;
}

/** About 190 bytes each in n8n's database (1.123, 2.41), all read and written with every request. */
const REMEMBERED = 5_000;
const MOST_REMEMBERED = 1_000_000;

/** @param values the same as they are: a list is no field of its own kind */
export function readLimits(fields: FieldReader, values: OptionValues): Limits {
	const { maxSegments, maxTexts, onePerNumber, rememberTexts, skipDuplicates, stopListMayBeEmpty } =
		LIMIT_LABELS;
	const perNumber = fields.choice('onePerNumber', onePerNumber, NUMBER_TIMES);
	const mayBeEmpty = fields.flag('stopListMayBeEmpty', stopListMayBeEmpty) ?? false;
	return {
		maxSegments: fields.integer('maxSegments', maxSegments, 1, 255) ?? null,
		maxTexts: fields.integer('maxTexts', maxTexts, 1, 10_000_000) ?? null,
		maxCost: readMaxCost(fields),
		allowedCountries: readCountries(fields, values.allowedCountries),
		allowedHours: readHoursLimit(fields, values.allowedHours),
		stopList: values.stopList === undefined ? null : { typed: values.stopList, mayBeEmpty },
		skipDuplicates: fields.choice('skipDuplicates', skipDuplicates, SKIP_DUPLICATES) ?? 'inThisRun',
		oncePer: readOncePer(fields, values.skipDuplicatesScope),
		onePerNumber: perNumber === undefined ? null : ONE_PER_NUMBER[perNumber],
		rememberTexts: fields.integer('rememberTexts', rememberTexts, 100, MOST_REMEMBERED) ?? REMEMBERED,
	};
}

function readMaxCost(fields: FieldReader): CostLimit | null {
	const { maxCost, pricePerSegment } = LIMIT_LABELS;
	const most = fields.decimal('maxCost', maxCost, 0.0001, 1_000_000_000);
	const price = fields.decimal('pricePerSegment', pricePerSegment, 0.000_001, 1_000_000);
	return most === undefined ? null : { most, pricePerSegment: price ?? null };
}

/** Picked from the list, or from an expression: a list of codes, or a text with several. */
function readCountries(fields: FieldReader, value: unknown): ReadonlySet<string> | null {
	if (value === undefined) return null;
	const label = LIMIT_LABELS.allowedCountries;
	const typed: readonly unknown[] = Array.isArray(value) ? value : [value];
	const codes = typed
		.flatMap((one) => (asText(one) ?? '').toUpperCase().split(/[\s,;]+/))
		.filter((code) => code !== '');
	const unknown = codes.find((code) => !Object.hasOwn(COUNTRY_NAMES, code));
	if (unknown !== undefined) {
		fields.refuse(label, `has "${unknown.slice(0, 40)}"`, 'Use two-letter country codes, e.g. KE, UG');
	} else if (codes.length === 0) {
		fields.refuse(label, 'is empty', 'Choose at least one country, or remove this limit');
	}
	return new Set(codes);
}
