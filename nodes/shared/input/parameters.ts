/** Values of n8n's parameters, as they are typed. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { asRecord } from '../contract/json';
import { NO_COUNTRY } from '../contract/countries';

export function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}

/**
 * A parameter's value row by row. Evaluating an expression costs n8n 2.x about half a millisecond, and even a fixed
 * value is copied at each reading: what is the same for all rows is read once.
 */
export function perRow(
	context: IExecuteFunctions,
	name: string,
	fallback: unknown,
): (row: number) => unknown {
	const read = (row: number): unknown => context.getNodeParameter(name, row, fallback);
	if (holdsExpression(context.getNode().parameters[name])) return read;
	const fixed = read(0);
	return () => fixed;
}

/** The country of a row's numbers that do not say theirs: ISO 3166-1 alpha-2, or empty. */
export function countryReader(context: IExecuteFunctions): (row: number) => string {
	const country = perRow(context, 'defaultCountry', '');
	return (row) => {
		const typed = (textOf(country(row)) ?? '').trim();
		return typed.toLowerCase() === NO_COUNTRY ? '' : typed;
	};
}

/** The value of a field that can be picked from a list or typed (n8n's resource locator); others as they are. */
export function pickedValue(value: unknown): unknown {
	const record = asRecord(value);
	return record !== null && '__rl' in record ? record.value : value;
}

/** Null for what is no text and cannot be written as one. */
export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
		return String(value);
	return null;
}
