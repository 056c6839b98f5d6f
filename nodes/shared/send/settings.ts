/** What holds for the whole run rather than for one message. */
import { LARGEST_BATCH } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { CheckedFields } from '../input/fields';
import type { SettingName } from '../input/settings';
import { readLimitValues, readSettingValues } from '../input/settings';
import { DEFAULT_TIMEOUT_MS } from '../requests/connection';
import type { Job } from './job';
import type { Limits } from './limits';
import { readLimits } from './limits';

export interface Settings {
	/** Messages a request at most; null for the gateway's own limit. */
	readonly batchSize: number | null;
	/** Null: as fast as the gateway answers. */
	readonly requestsPerSecond: number | null;
	readonly timeoutMs: number;
	readonly limits: Limits;
	readonly includeRaw: boolean;
	readonly sendsBraces: boolean;
	/** Only in a preview. */
	readonly includePrice: boolean;
	/** Why nothing can be sent; null when every setting is fine. */
	readonly problem: Refused | null;
}

const NAMES: ReadonlyArray<SettingName<'options'>> = [
	'batchSize',
	'includeRaw',
	'requestsPerSecond',
	'sendBracesAsTyped',
	'timeout',
];

export function readSettings({ context, gateway, isPreview, cheapestFirst, now }: Job): Settings {
	const options = readSettingValues(context, 'options', NAMES);
	const limits = readLimitValues(context);
	const about = { timezone: 'UTC', now, gatewayName: gateway.displayName, sends: !isPreview };
	const fields = new CheckedFields({ ...options.values, ...limits.values }, about);
	// Send SMS offers one range for all gateways; a larger number than this gateway takes is still a limit it keeps.
	const isGeneric = context.getNode().parameters.gateway !== undefined;
	const largest = isGeneric ? LARGEST_BATCH : gateway.maxBatchSize;
	const batchSize = fields.integer('batchSize', 'Batch Size', 1, largest) ?? null;
	const requestsPerSecond = fields.decimal('requestsPerSecond', 'Requests per Second', 0.01, 1000) ?? null;
	return {
		batchSize: batchSize === null ? null : Math.min(batchSize, gateway.maxBatchSize),
		requestsPerSecond: slower(requestsPerSecond, gateway.requestsPerSecond),
		timeoutMs: fields.integer('timeout', 'Timeout', 100, 600_000) ?? DEFAULT_TIMEOUT_MS,
		limits: readLimits(fields, limits.values),
		includeRaw: fields.flag('includeRaw', 'Include Raw Reply') ?? false,
		sendsBraces: fields.flag('sendBracesAsTyped', 'Send Braces as Typed') ?? false,
		includePrice: isPreview && (cheapestFirst || context.getNodeParameter('includePrice', 0, false) === true),
		problem: options.problem ?? limits.problem ?? fields.problems[0] ?? null,
	};
}

/** The slower of what the person and the gateway ask for; null when neither does. */
function slower(wished: number | null, asked: number | null): number | null {
	if (wished === null) return asked;
	return asked === null ? wished : Math.min(wished, asked);
}
