import { asRecord, pick } from '../../shared/contract/json';
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { readMoney } from '../money';
import { JSON_PLEASE } from '../send';

/** "Application Data" under https://developers.africastalking.com/docs. The credential adds the username. */
export const getBalance = defineOperation({
	...BALANCE,
	build: () => ({ method: 'GET', path: '/version1/user', headers: JSON_PLEASE }),
	read({ json }) {
		const reply = asRecord(json);
		// Recorded with a capital; the sample of the vendor's page has a small letter.
		const data = asRecord(pick(reply, 'UserData') ?? pick(reply, 'userData'));
		const money = readMoney(pick(data, 'balance'));
		return money === null ? null : [{ rows: [{ balance: money.amount, currency: money.currency }] }];
	},
});
