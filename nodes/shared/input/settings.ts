/** Options that hold for the whole run. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { asRecord } from '../contract/json';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { OptionValues } from './fields';
import { holdsExpression } from './parameters';

/** As people see them. */
const LABELS = {
	batchSize: 'Batch Size',
	includeRaw: 'Include Raw Reply',
	requestsPerSecond: 'Requests per Second',
	sendBracesAsTyped: 'Send Braces as Typed',
	skipDuplicates: 'Skip Duplicates',
	skipDuplicatesMinutes: 'Skip Duplicates for (Minutes)',
	timeout: 'Timeout (Milliseconds)',
} as const;
export type SettingName = keyof typeof LABELS;

/**
 * Read one by one and straight from the parameters: a row that cannot be read, or another option, takes nothing away from
 * them. An expression is evaluated for the first row; one that fails or gives nothing is a problem of the run, since what
 * it was to say is not known.
 */
export function readSettingValues(
	context: IExecuteFunctions,
	names: readonly SettingName[],
): { readonly values: OptionValues; readonly problem: Refused | null } {
	const { options } = context.getNode().parameters;
	const isWhole = typeof options === 'string' && holdsExpression(options);
	const typed = isWhole ? {} : (asRecord(options) ?? {});
	const values: Record<string, unknown> = {};
	let problem: Refused | null = null;
	for (const name of names) {
		if (!isWhole && !holdsExpression(typed[name])) {
			values[name] = typed[name];
			continue;
		}
		const label = isWhole ? 'Options' : LABELS[name];
		try {
			values[name] = isWhole
				? asRecord(context.getNodeParameter('options', 0, {}))?.[name]
				: context.getNodeParameter(`options.${name}`, 0);
			const isMissing = values[name] === undefined || values[name] === null || values[name] === '';
			if (isMissing && !isWhole)
				problem ??= unusable(label, 'is an expression that gives nothing for the first row');
		} catch (error) {
			const why = error instanceof Error ? error.message : 'its expression could not be evaluated';
			problem ??= unusable(label, `could not be read for the first row: ${why.replace(/\.$/, '')}`);
		}
	}
	return { values, problem };
}

function unusable(label: string, what: string): Refused {
	return refuseInput(
		'invalid_parameter',
		`'${label}' in the options ${what}. It holds for the whole run, so nothing was done.`,
		`Correct the expression in '${label}' for the first row, or switch the field to Fixed.`,
	);
}
