/** Settings that apply to a whole run of queries. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { Refused } from '../contract/outcome';
import { CheckedFields } from '../input/fields';
import { refuseMissing } from '../input/missingFields';
import { readSettingValues } from '../input/settings';
import { unreadableField } from '../input/unreadable';
import { DEFAULT_TIMEOUT_MS } from '../requests/connection';
import { clock } from '../time/clock';

export interface QuerySettings {
	readonly timeoutMs: number;
	readonly includeRaw: boolean;
	/** Rows wanted for each query; null for all. */
	readonly limit: number | null;
	readonly simplify: boolean;
	/** How long to wait for final statuses, in milliseconds; 0: not at all. */
	readonly waitMs: number;
	/** What is wrong with one of these. */
	readonly problem: Refused | null;
}

/** Read from the first row. @throws never */
export function readQuerySettings(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
): QuerySettings {
	try {
		return settingsOfFirstRow(context, gateway, operation);
	} catch (error) {
		const problem = unreadableField('A field of the first row, which applies to the whole run,', error);
		const none = { timeoutMs: DEFAULT_TIMEOUT_MS, includeRaw: false, limit: null, simplify: true, waitMs: 0 };
		return { ...none, problem };
	}
}

/** A dragged field that no row has, where the operation needs it. */
export function missingInRows(context: IExecuteFunctions, { fields }: Operation): Refused | null {
	const { parameters } = context.getNode();
	const required = fields.filter((field) => field.required === true);
	return refuseMissing(
		context,
		required.map(({ name, displayName }) => ({ label: displayName, value: parameters[name] })),
	);
}

function settingsOfFirstRow(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
): QuerySettings {
	const { values: settingValues, problem: unreadable } = readSettingValues(context, 'options', [
		'timeout',
		'includeRaw',
	]);
	const values: Record<string, unknown> = { ...settingValues };
	for (const name of ['returnAll', 'limit', 'simplify', 'waitUntilFinal', 'waitMinutes']) {
		values[name] = context.getNodeParameter(name, 0, '');
	}
	const about = { timezone: context.getTimezone(), now: clock.now(), gatewayName: gateway.displayName };
	const fields = new CheckedFields(values, { ...about, sends: false });
	const all = operation.returnsMany !== true || fields.flag('returnAll', 'Return All') === true;
	const waits = operation.tellsStatus === true && fields.flag('waitUntilFinal', 'Wait Until Final') === true;
	const settings = {
		timeoutMs: fields.integer('timeout', 'Timeout', 100, 600_000) ?? DEFAULT_TIMEOUT_MS,
		includeRaw: fields.flag('includeRaw', 'Include Raw Reply') ?? false,
		limit: all ? null : (fields.integer('limit', 'Limit', 1, 1_000_000) ?? 50),
		simplify: operation.simplified !== undefined && fields.flag('simplify', 'Simplify') !== false,
		waitMs: waits ? (fields.decimal('waitMinutes', 'Maximum Wait (Minutes)', 0.1, 1440) ?? 10) * 60_000 : 0,
	};
	return { ...settings, problem: unreadable ?? fields.problems[0] ?? null };
}
