/** The options of a row, read once for all rows that have the same. */
import type { BaseOptions } from '../contract/message';
import type { Refused } from '../contract/outcome';
import type { OptionValues } from '../input/fields';
import { CheckedFields } from '../input/fields';
import { foreignAmong, mayBeLeftOut } from './optionsLacked';
import type { Job } from './job';

export interface OptionReading {
	readonly options: BaseOptions;
	/** As they were read, to be read again for another gateway. */
	readonly values: OptionValues;
	/** Equal for equal options. */
	readonly key: string;
	/** Names of the options that ask for something. */
	readonly requested: readonly string[];
	/** The first value that cannot be used; null when all can. */
	readonly problem: Refused | null;
}

/** Options with expressions are a new object for every row: keeping them all would only take memory. */
const KEEP_READINGS = 1000;

type Reading = Pick<Job, 'context' | 'gateway' | 'sender' | 'isPreview' | 'now'>;

/** @param leavesOut what this gateway does not have is left out where that harms nothing */
export function createOptionReader(job: Reading, leavesOut = false): (values: OptionValues) => OptionReading {
	const known = new Map<OptionValues, OptionReading>();
	const read = leavesOut ? readLeavingOut : readOptions;
	return (values) => {
		const reading = known.get(values) ?? read(job, values);
		if (known.size >= KEEP_READINGS) known.clear();
		known.set(values, reading);
		return reading;
	};
}

function readLeavingOut(job: Reading, values: OptionValues): OptionReading {
	const reading = readOptions(job, values);
	const leftOut = foreignAmong(job.sender, reading.requested).filter(mayBeLeftOut);
	if (leftOut.length === 0) return reading;
	const kept = Object.entries(values).filter(([name]) => !leftOut.some((one) => one.name === name));
	return { ...readOptions(job, Object.fromEntries(kept)), values };
}

function readOptions(
	{ context, gateway, sender, isPreview, now }: Reading,
	values: OptionValues,
): OptionReading {
	const fields = new CheckedFields(values, {
		timezone: context.getTimezone(),
		now,
		gatewayName: gateway.displayName,
		sends: !isPreview,
	});
	const options = sender.readOptions(fields);
	return {
		options,
		values,
		// Of what was typed where the time counts: n8n's second try of a run may read `10:00` as another day.
		key: JSON.stringify(fields.dependsOnClock ? values : options),
		requested: fields.requested(),
		problem: fields.problems[0] ?? null,
	};
}
