/** Skip Duplicates → Across Runs and One Text per Number, as they are typed. */
import type { FieldReader } from '../contract/fields';
import { asRecord, asText, pick } from '../contract/json';
import { LIMIT_LABELS } from '../contract/options';
import { TIME_UNITS, UNIT_MS } from '../time/units';

export const SKIP_DUPLICATES = ['inThisRun', 'acrossRuns', 'off'] as const;
export type SkipDuplicates = (typeof SKIP_DUPLICATES)[number];

const LONGEST_MS = 366 * UNIT_MS.days;

export interface TimeSpan {
	readonly ms: number;
	/** As a person reads it: `1 day`. */
	readonly shown: string;
}

/** One Text per Number Per … */
export const NUMBER_TIMES = ['hour', 'day', 'week'] as const;
export const ONE_PER_NUMBER: Readonly<Record<(typeof NUMBER_TIMES)[number], TimeSpan>> = {
	hour: { ms: UNIT_MS.hours, shown: '1 hour' },
	day: { ms: UNIT_MS.days, shown: '1 day' },
	week: { ms: 7 * UNIT_MS.days, shown: '1 week' },
};

/** What makes two texts of different runs the same. */
export type OncePer =
	| { readonly per: 'time'; readonly time: TimeSpan }
	| { readonly per: 'campaign'; readonly campaign: string }
	/** The value is read from each row. */
	| { readonly per: 'value' };

const A_DAY: TimeSpan = { ms: UNIT_MS.days, shown: '1 day' };

/** @param value as it is typed; undefined where the field is not added */
export function readOncePer(fields: FieldReader, value: unknown): OncePer {
	const label = LIMIT_LABELS.skipDuplicatesScope;
	if (value === undefined) return { per: 'time', time: A_DAY };
	const typed = asRecord(pick(asRecord(value), 'scope'));
	if (typed === null) {
		fields.refuse(label, 'is empty', 'Fill it in, or remove it to remember texts for a day');
		return { per: 'time', time: A_DAY };
	}
	const per = asText(pick(typed, 'oncePer')) ?? 'time';
	switch (per) {
		case 'time':
			return { per, time: readTime(fields, label, typed) };
		case 'campaign': {
			const campaign = (asText(pick(typed, 'campaign')) ?? '').trim();
			if (campaign === '') fields.refuse(label, 'has no campaign', 'Give the campaign a name');
			return { per, campaign };
		}
		case 'value':
			return { per };
	}
	fields.refuse(label, `is "${per.slice(0, 40)}"`, 'Use time, campaign or value');
	return { per: 'time', time: A_DAY };
}

function readTime(fields: FieldReader, label: string, typed: Readonly<Record<string, unknown>>): TimeSpan {
	const count = Number(asText(pick(typed, 'count')) ?? 1);
	const unit = TIME_UNITS.find((one) => one === (asText(pick(typed, 'unit')) ?? 'days'));
	if (unit === undefined || !Number.isInteger(count) || count < 1 || count * UNIT_MS[unit] > LONGEST_MS) {
		const shown = `${asText(pick(typed, 'count')) ?? ''} ${asText(pick(typed, 'unit')) ?? ''}`.slice(0, 40);
		fields.refuse(
			label,
			`has the time "${shown}"`,
			'Use a whole number of minutes, hours or days, up to a year',
		);
		return A_DAY;
	}
	return { ms: count * UNIT_MS[unit], shown: `${count} ${count === 1 ? unit.slice(0, -1) : unit}` };
}
