/** `valid` and `maxsms`: how long SMSC tries to deliver, and how much of a long text. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import { twoDigits } from '../../shared/time/instants';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const limitFields: INodeProperties[] = [
	{
		displayName: 'Truncate After (Segments)',
		name: 'maxSms',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 255 },
		default: 3,
		description:
			'SMSC truncates longer texts after this many segments. To reject them instead, use Max Segments.',
	},
];

export interface LimitOptions {
	/** SMSC truncates longer texts after this many segments; null when it does not. */
	readonly maxSms: number | null;
}

export function readLimits(fields: FieldReader): LimitOptions & { readonly parameters: Parameters } {
	const ttl = fields.integer('ttl', 'Time to Live (Minutes)', 1, 1440);
	const maxSms = fields.integer('maxSms', 'Truncate After (Segments)', 1, 255);
	const valid = ttl === undefined ? undefined : hoursAndMinutes(ttl);
	return {
		maxSms: maxSms ?? null,
		parameters: { ...parameter('valid', valid), ...parameter('maxsms', maxSms) },
	};
}

/** The vendor's `hh:mm`, from 00:01 to 24:00. */
function hoursAndMinutes(minutes: number): string {
	return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
