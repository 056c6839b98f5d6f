/** Options and limits that hold for the whole run. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { asRecord } from '../contract/json';
import type { LimitName } from '../contract/options';
import { CODE_SETTING_LABELS } from '../contract/oneTimeCode';
import { LIMIT_LABELS } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { OptionValues } from './fields';
import { holdsExpression } from './parameters';

interface Collection {
	readonly displayName: string;
	/** Its settings, as people see them. */
	readonly labels: Readonly<Record<string, string>>;
}

const COLLECTIONS = {
	options: {
		displayName: 'Options',
		labels: {
			batchSize: 'Batch Size',
			includeRaw: 'Include Raw Reply',
			requestsPerSecond: 'Requests per Second',
			sendBracesAsTyped: 'Send Braces as Typed',
			timeout: 'Timeout (Milliseconds)',
		},
	},
	limits: { displayName: 'Limits', labels: LIMIT_LABELS },
	codeSettings: { displayName: 'Code Settings', labels: CODE_SETTING_LABELS },
} as const satisfies Readonly<Record<string, Collection>>;

/** An expression may well give an empty text there: whether that is right, is decided with the value. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set<LimitName>(['stopList']);

export type CollectionName = keyof typeof COLLECTIONS;
export type SettingName<C extends CollectionName> = keyof (typeof COLLECTIONS)[C]['labels'] & string;

export interface SettingValues {
	readonly values: OptionValues;
	readonly problem: Refused | null;
}

/**
 * Read one by one and straight from the parameters: a row that cannot be read, or another option, takes nothing away from
 * them. An expression is evaluated for the first row; one that fails or gives nothing is a problem of the run, since what
 * it was to say is not known.
 */
export function readSettingValues<C extends CollectionName>(
	context: IExecuteFunctions,
	collection: C,
	names: ReadonlyArray<SettingName<C>>,
): SettingValues {
	const whole = context.getNode().parameters[collection];
	const { displayName, labels }: Collection = COLLECTIONS[collection];
	const isWhole = typeof whole === 'string' && holdsExpression(whole);
	const typed = isWhole ? {} : (asRecord(whole) ?? {});
	const values: Record<string, unknown> = {};
	let problem: Refused | null = null;
	for (const name of names) {
		if (!isWhole && !holdsExpression(typed[name])) {
			values[name] = typed[name];
			continue;
		}
		const label = isWhole ? displayName : (labels[name] ?? name);
		try {
			values[name] = isWhole
				? asRecord(context.getNodeParameter(collection, 0, {}))?.[name]
				: context.getNodeParameter(`${collection}.${name}`, 0);
			const isMissing =
				values[name] === undefined ||
				values[name] === null ||
				(values[name] === '' && !MAY_BE_EMPTY.has(name));
			if (isMissing && !isWhole)
				problem ??= unusable(label, displayName, 'is an expression that returns nothing for the first row');
		} catch (error) {
			const why = error instanceof Error ? error.message : 'its expression could not be evaluated';
			problem ??= unusable(
				label,
				displayName,
				`could not be read for the first row: ${why.replace(/\.$/, '')}`,
			);
		}
	}
	return { values, problem };
}

const LIMIT_NAMES = Object.keys(LIMIT_LABELS) as LimitName[];

export function readLimitValues(context: IExecuteFunctions): SettingValues {
	return readSettingValues(context, 'limits', LIMIT_NAMES);
}

function unusable(label: string, collection: string, what: string): Refused {
	const where = label === collection ? '' : ` under ${collection}`;
	return refuseInput(
		'invalid_parameter',
		`'${label}'${where} ${what}. It applies to the whole run, so nothing was done.`,
		`Correct the expression in '${label}' for the first row, or switch the field to Fixed.`,
	);
}
