/** SMS.RU: checks that a number belongs to a person, by a call of theirs to a number of SMS.RU. */
import { entryOf } from '../../shared/contract/codes';
import { numberField } from '../../shared/panel/operationFields';
import { readIds } from '../../shared/contract/fields';
import type { Operation } from '../../shared/contract/operation';
import { asText, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest } from './call';

interface NumberAsk {
	readonly [key: string]: string;
	readonly to: string;
}
interface CheckAsk {
	readonly [key: string]: string;
	readonly checkId: string;
}

export const addCheck: Operation<NumberAsk> = {
	resource: 'verification',
	operation: 'addCheck',
	name: 'Start Call Check',
	action: 'Start call check',
	description: 'Get a number that the person calls for free to prove that their number is theirs',
	fields: [numberField('Phone number of the person. Separate several by comma.')],
	perRequest: 1,
	readAsks: ({ numbers }) => numbers('to', 'To').map((to) => ({ to })),
	build: ([{ to }]) => smsRuRequest('/callcheck/add', { phone: to.slice(1) }),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => {
			const checkId = asText(pick(json, 'check_id'));
			const callPhone = asText(pick(json, 'call_phone'));
			if (checkId === null || callPhone === null) return null;
			const callPhonePretty = asText(pick(json, 'call_phone_pretty'));
			return [{ rows: asks.map(({ to }) => ({ to, checkId, callPhone, callPhonePretty })) }];
		}),
};

const CHECK_STATES: Readonly<Record<string, string>> = {
	'400': 'waiting',
	'401': 'confirmed',
	'402': 'expired',
};

/** What a state of a call check is called; `unknown` for codes that nobody has documented. */
export function checkState(code: string | null): string {
	return entryOf(CHECK_STATES, code ?? '') ?? 'unknown';
}

export const getCheck: Operation<CheckAsk> = {
	resource: 'verification',
	operation: 'getCheck',
	name: 'Get Call Check',
	action: 'Get call check',
	description: 'Find out whether the person has called',
	fields: [
		{
			displayName: 'Check ID',
			name: 'checkId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 201737-542',
			description: 'The checkId of a result of Start Call Check. Separate several by comma.',
		},
	],
	perRequest: 1,
	readAsks: ({ fields }) =>
		readIds(fields, 'checkId', 'Check ID', /^[\w.-]{1,64}$/, 'Use the checkId of Start Call Check').map(
			(checkId) => ({ checkId }),
		),
	build: ([{ checkId }]) => smsRuRequest('/callcheck/status', { check_id: checkId }),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) =>
			asks.map(({ checkId }) => {
				const state = checkState(asText(pick(json, 'check_status')));
				return { rows: [{ checkId, state, confirmed: state === 'confirmed' }] };
			}),
		),
};
