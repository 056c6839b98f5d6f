/** SMS.RU: texts to your own number that cost nothing. */
import { defineOperation } from '../../shared/contract/operation';
import { asNumber, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest } from './request';

export const getFree = defineOperation({
	resource: 'account',
	operation: 'getFree',
	name: 'Get Free Messages',
	action: 'Get free messages of the account',
	description: 'Get how many free messages to your own number there are today',
	keys: ['totalFree', 'usedToday'],
	build: () => smsRuRequest('/my/free'),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const totalFree = asNumber(pick(json, 'total_free'));
			return [{ rows: [{ totalFree, usedToday: asNumber(pick(json, 'used_today')) ?? 0 }] }];
		}),
});
