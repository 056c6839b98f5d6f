/**
 * SMSC: expects a call of a person to a number that SMSC names, to prove that theirs is theirs. The trigger tells of the
 * call. Source: "Confirm your phone number with a call", https://smscentre.com/api/http/miscellaneous/waitcall/
 */
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { NumberQuery } from '../../shared/contract/operation';
import { defineOperation, numberQueries } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { recipientOf } from '../recipients';
import { readSmsc, smscRequest } from './call';

export const addCheck = defineOperation<NumberQuery>({
	resource: 'verification',
	operation: 'addCheck',
	name: 'Start Call Check',
	action: 'Start call check',
	description:
		'Get a number that the person calls to prove that their number is theirs. The SMSC Trigger reports the call.',
	keys: ['to', 'callPhone'],
	fields: [numberField('Phone number of the person. Separate multiple values with commas.')],
	queriesIn: numberQueries,
	build: ([{ to }]) => smscRequest('wait_call', { phone: to.slice(1) }),
	read: (reply, queries) =>
		readSmsc(reply, queries, () => {
			const callPhone = recipientOf(asText(pick(asRecord(reply.json), 'phone')));
			return callPhone === null ? null : queries.map(({ to }) => ({ rows: [{ to, callPhone }] }));
		}),
});
