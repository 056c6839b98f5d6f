/** SMS.RU: the money that is left. Types of the vendor's numbers vary (text, number, null), here and in the limits. */
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { asNumber, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest } from './request';

export const getBalance = defineOperation({
	...BALANCE,
	build: () => smsRuRequest('/my/balance'),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const balance = asNumber(pick(json, 'balance'));
			return balance === null ? null : [{ rows: [{ balance, currency: 'RUB' }] }];
		}),
});
