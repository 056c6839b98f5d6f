/** SMSC: the money that is left. Source: https://smscentre.com/api/http/balance/get_balance */
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { roubles } from '../moscow';
import { readSmsc, smscRequest } from './call';

export const getBalance = defineOperation({
	...BALANCE,
	keys: [...BALANCE.keys, 'credit'],
	build: () => smscRequest('balance', { cur: '1' }),
	read: (reply, queries) =>
		readSmsc(reply, queries, () => {
			const json = asRecord(reply.json);
			const balance = asNumber(pick(json, 'balance'));
			if (balance === null) return null;
			const credit = asNumber(pick(json, 'credit'));
			const currency = roubles(asText(pick(json, 'currency')));
			return [{ rows: [{ balance, currency, ...(credit === null ? {} : { credit }) }] }];
		}),
});
