/** What stops a text before it costs money, as it holds for the whole run. */
import { COUNTRY_NAMES } from '../contract/countries';
import type { FieldReader } from '../contract/fields';
import { asText } from '../contract/json';
import { LIMIT_LABELS } from '../contract/options';
import type { OptionValues } from '../input/fields';
import type { SkipDuplicates } from './duplicates';
import { SKIP_DUPLICATES } from './duplicates';

import type { HoursLimit } from './hoursLimit';
import { readHoursLimit } from './hoursLimit';

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
	readonly skipDuplicatesMinutes: number;
}

export interface CostLimit {
	readonly most: number;
	/** Null: the gateway is asked for its prices. */
	readonly pricePerSegment: number | null;
}

/** @param values the same as they are: a list is no field of its own kind */
export function readLimits(fields: FieldReader, values: OptionValues): Limits {
	const { maxSegments, maxTexts, skipDuplicates, skipDuplicatesMinutes, stopListMayBeEmpty } = LIMIT_LABELS;
	const mayBeEmpty = fields.flag('stopListMayBeEmpty', stopListMayBeEmpty) ?? false;
	return {
		maxSegments: fields.integer('maxSegments', maxSegments, 1, 255) ?? null,
		maxTexts: fields.integer('maxTexts', maxTexts, 1, 10_000_000) ?? null,
		maxCost: readMaxCost(fields),
		allowedCountries: readCountries(fields, values.allowedCountries),
		allowedHours: readHoursLimit(fields, values.allowedHours),
		stopList: values.stopList === undefined ? null : { typed: values.stopList, mayBeEmpty },
		skipDuplicates: fields.choice('skipDuplicates', skipDuplicates, SKIP_DUPLICATES) ?? 'inThisRun',
		skipDuplicatesMinutes: fields.integer('skipDuplicatesMinutes', skipDuplicatesMinutes, 1, 43_200) ?? 60,
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
