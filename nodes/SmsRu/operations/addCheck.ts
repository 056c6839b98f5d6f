/** SMS.RU: starts a check that a number belongs to a person, by a call of theirs to a number of SMS.RU. */
import { numberField } from '../../shared/panel/operationFields';
import type { NumberQuery } from '../../shared/contract/operation';
import { defineOperation, numberQueries } from '../../shared/contract/operation';
import { asText, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest } from './request';

export const addCheck = defineOperation<NumberQuery>({
	resource: 'verification',
	operation: 'addCheck',
	name: 'Start Call Check',
	action: 'Start call check',
	description: 'Get a number that the person calls for free to prove that their number is theirs',
	keys: ['to', 'checkId', 'callPhone', 'callPhonePretty'],
	fields: [numberField('Phone number of the person. Separate multiple values with commas.')],
	queriesIn: numberQueries,
	build: ([{ to }]) => smsRuRequest('/callcheck/add', { phone: to.slice(1) }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const checkId = asText(pick(json, 'check_id'));
			const callPhone = asText(pick(json, 'call_phone'));
			if (checkId === null || callPhone === null) return null;
			const callPhonePretty = asText(pick(json, 'call_phone_pretty'));
			return [{ rows: queries.map(({ to }) => ({ to, checkId, callPhone, callPhonePretty })) }];
		}),
});
