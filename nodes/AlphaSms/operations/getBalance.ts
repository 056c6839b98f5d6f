/** AlphaSMS: the money that is left. The vendor names no currency here. */
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { asNumber } from '../../shared/contract/json';
import { alphaSmsRequest, readAlphaSms } from './request';

export const getBalance = defineOperation({
	...BALANCE,
	build: () => alphaSmsRequest('balance'),
	read: (reply) =>
		readAlphaSms(reply, (pairs) => {
			const balance = asNumber(pairs.get('balance')?.[0]);
			if (balance === null) return null;
			// The gateway shows the noise of its arithmetic: 31.168300000000002, and -2.8E-14 for nothing, which is no -0.
			return { rows: [{ balance: Number(balance.toFixed(6)) + 0, currency: null }] };
		}),
});
