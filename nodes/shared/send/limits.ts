/** What stops a text before it costs money, as it holds for the whole run. */
import type { FieldReader } from '../contract/fields';
import { LIMIT_LABELS } from '../contract/options';
import type { SkipDuplicates } from './duplicates';
import { SKIP_DUPLICATES } from './duplicates';

export interface Limits {
	/** Null: any number. */
	readonly maxSegments: number | null;
	readonly skipDuplicates: SkipDuplicates;
	readonly skipDuplicatesMinutes: number;
}

export function readLimits(fields: FieldReader): Limits {
	const { maxSegments, skipDuplicates, skipDuplicatesMinutes } = LIMIT_LABELS;
	return {
		maxSegments: fields.integer('maxSegments', maxSegments, 1, 255) ?? null,
		skipDuplicates: fields.choice('skipDuplicates', skipDuplicates, SKIP_DUPLICATES) ?? 'inThisRun',
		skipDuplicatesMinutes: fields.integer('skipDuplicatesMinutes', skipDuplicatesMinutes, 1, 43_200) ?? 60,
	};
}
