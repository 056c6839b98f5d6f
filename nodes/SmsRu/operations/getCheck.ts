/** SMS.RU: whether the person has called. */
import { readIds } from '../../shared/contract/fields';
import { defineOperation } from '../../shared/contract/operation';
import { asText, pick } from '../../shared/contract/json';
import { checkState } from '../codes';
import { readSmsRu, smsRuRequest } from './request';

type CheckQuery = Readonly<Record<'checkId', string>>;

export const getCheck = defineOperation<CheckQuery>({
	resource: 'verification',
	operation: 'getCheck',
	name: 'Get Call Check',
	action: 'Get call check',
	description: 'Find out whether the person has called',
	keys: ['confirmed', 'state', 'checkId'],
	fields: [
		{
			displayName: 'Check ID',
			name: 'checkId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 201737-542',
			description: 'The checkId returned by Start Call Check. Separate multiple values with commas.',
		},
	],
	queriesIn: ({ fields }) =>
		readIds(fields, 'checkId', 'Check ID', /^[\w.-]{1,64}$/, 'Use the checkId of Start Call Check').map(
			(checkId) => ({ checkId }),
		),
	build: ([{ checkId }]) => smsRuRequest('/callcheck/status', { check_id: checkId }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) =>
			queries.map(({ checkId }) => {
				const state = checkState(asText(pick(json, 'check_status')));
				return { rows: [{ checkId, state, confirmed: state === 'confirmed' }] };
			}),
		),
});
