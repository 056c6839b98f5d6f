/** Options of the Test Gateway: those that change nothing in what a text takes. */
import type { FieldReader } from '../shared/contract/fields';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import { COMMON_OPTION_LABELS } from '../shared/contract/options';

export const testCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>([
	'flash',
	'sendAt',
	'testMode',
	'ttl',
]);

export function readTestOptions(fields: FieldReader): BaseOptions {
	const { flash, sendAt, testMode, ttl } = COMMON_OPTION_LABELS;
	fields.flag('flash', flash);
	fields.flag('testMode', testMode);
	fields.integer('ttl', ttl, 1, 1440);
	return { scheduledFor: fields.futureInstant('sendAt', sendAt) ?? null, testMode: true };
}
