/** How a gateway reads the fields and options of a row. */
import type { Refused } from './outcome';

export interface FieldContext {
	/** IANA name of the workflow's time zone: dates without an offset are meant in it. */
	readonly timezone: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** As people know it. */
	readonly gatewayName: string;
	/** Whether texts would go out, so that a refusal says that none did. */
	readonly sends?: boolean;
}

/**
 * A row's fields and options as a gateway reads them: by name, checked, in any order. What is wrong is noted in
 * `problems` under the field's label, reads as undefined, and is refused before anything is sent.
 */
export interface FieldReader {
	readonly problems: readonly Refused[];
	readonly context: FieldContext;
	/** Names of the fields that ask for something: not empty, and not a switch that is off. */
	requested(): string[];
	has(name: string): boolean;
	/** `label` is the field's name as the person sees it; `fix` says what would be right. */
	refuse(label: string, what: string, fix: string): void;
	flag(name: string, label: string): boolean | undefined;
	integer(name: string, label: string, min: number, max: number): number | undefined;
	decimal(name: string, label: string, min: number, max: number): number | undefined;
	text(name: string, label: string, pattern: RegExp, fix: string): string | undefined;
	choice<T extends string | number>(name: string, label: string, allowed: readonly T[]): T | undefined;
	webAddress(name: string, label: string, maxLength: number): string | undefined;
	/** Any date and time, as epoch milliseconds. */
	instant(name: string, label: string): number | undefined;
	/** A time to send at, as epoch milliseconds; past times are refused (a gateway would send at once). */
	futureInstant(name: string, label: string, maxAheadMs?: number): number | undefined;
}

/** How people see the field `to` where nothing is sent. */
export const NUMBER_LABEL = 'Phone Number';

/** The numbers of the field `to`, one at least: a row that asks for nothing would vanish. */
export function readNumbers({ fields, numbers }: RowFields, label = NUMBER_LABEL): readonly string[] {
	const to = numbers('to', label);
	if (to.length === 0 && fields.problems.length === 0) {
		fields.refuse(label, 'is empty', 'Enter a phone number');
	}
	return to;
}

/**
 * The parts of a field that holds several values separated by comma, semicolon or blank; notes what does not match.
 * @param repeats whether a value that is typed twice counts twice
 */
export function readIds(
	fields: FieldReader,
	name: string,
	label: string,
	pattern: RegExp,
	fix: string,
	repeats = false,
): readonly string[] {
	const text = fields.text(name, label, /\S/, fix)?.trim() ?? '';
	if (text === '') {
		if (fields.problems.length === 0) fields.refuse(label, 'is empty', fix);
		return [];
	}
	const typed = text.split(/[\s,;]+/).filter((id) => id !== '');
	const ids = repeats ? typed : [...new Set(typed)];
	const odd = ids.find((id) => !pattern.test(id));
	if (odd !== undefined) fields.refuse(label, `contains "${odd.slice(0, 60)}"`, fix);
	return ids;
}

/** One input row's fields, and how to read them. */
export interface RowFields {
	readonly fields: FieldReader;
	/** Numbers of a field in E.164; what is not a number is noted in `fields`. Empty when the field is. */
	numbers(name: string, label: string): readonly string[];
}
