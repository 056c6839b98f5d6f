/** Code Settings: how long a code is, how long it holds, and what holds back the next. They apply to the whole run. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { CodeSettingName } from '../contract/oneTimeCode';
import { CODE_RANGES, CODE_SETTING_LABELS } from '../contract/oneTimeCode';
import type { Refused } from '../contract/outcome';
import { CheckedFields } from '../input/fields';
import { readSettingValues } from '../input/settings';
import type { CodeLimits } from './claims';

export interface CodeSettings {
	readonly digits: number;
	readonly minutesValid: number;
	readonly tries: number;
	/** The host name for the line that phones fill codes in by; null: no such line. */
	readonly website: string | null;
	readonly limits: CodeLimits;
	readonly problem: Refused | null;
}

const NAMES = Object.keys(CODE_SETTING_LABELS) as CodeSettingName[];

/** As browsers write it in the address bar, with what people copy along. */
const WEBSITE =
	/^\s*(?:https?:\/\/)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])\/?\s*$/i;

export function readCodeSettings(
	context: IExecuteFunctions,
	about: { readonly now: number; readonly gatewayName: string },
): CodeSettings {
	const { values, problem } = readSettingValues(context, 'codeSettings', NAMES);
	const fields = new CheckedFields(values, { ...about, timezone: context.getTimezone() });
	const number = (name: keyof typeof CODE_RANGES): number => {
		const { min, max, usual } = CODE_RANGES[name];
		return fields.integer(name, CODE_SETTING_LABELS[name], min, max) ?? usual;
	};
	const website = fields.text(
		'website',
		CODE_SETTING_LABELS.website,
		WEBSITE,
		'Use the host name of the page where the code is entered, e.g. example.com',
	);
	return {
		digits: number('digits'),
		minutesValid: number('minutesValid'),
		tries: number('tries'),
		website: website === undefined ? null : (WEBSITE.exec(website)?.[1]?.toLowerCase() ?? null),
		limits: {
			waitSeconds: number('waitSeconds'),
			perNumber: number('perNumber'),
			perDay: number('perDay'),
		},
		problem: problem ?? fields.problems[0] ?? null,
	};
}
