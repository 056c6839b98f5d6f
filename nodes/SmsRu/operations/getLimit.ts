/** SMS.RU: how many numbers may be texted today. */
import { defineOperation } from '../../shared/contract/operation';
import { asNumber, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest } from './request';

export const getLimit = defineOperation({
	resource: 'account',
	operation: 'getLimit',
	name: 'Get Daily Limit',
	action: 'Get daily limit of the account',
	description: 'Get how many different numbers may be texted today, and how many were',
	keys: ['totalLimit', 'usedToday'],
	build: () => smsRuRequest('/my/limit'),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const totalLimit = asNumber(pick(json, 'total_limit'));
			return [{ rows: [{ totalLimit, usedToday: asNumber(pick(json, 'used_today')) ?? 0 }] }];
		}),
});
