import { asNumber, asRecord, pick } from '../../shared/contract/json';
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { CURRENCY } from '../answers';

export const getBalance = defineOperation({
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the remaining balance of the account',
	keys: [...BALANCE.keys, 'testMode'],
	build: () => ({ method: 'GET', path: '/balance' }),
	read({ json }) {
		const balance = asNumber(pick(asRecord(json), 'balance'));
		return balance === null ? null : [{ rows: [{ balance, currency: CURRENCY, testMode: true }] }];
	},
});
