/** AlphaSMS: the money that is left. The vendor names no currency here. */
import type { Operation } from '../../shared/contract/operation';
import { asNumber } from '../../shared/contract/json';
import { alphaSmsRequest, readText } from './text';

export const getBalance: Operation = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the money that is left on the account',
	fields: [],
	perRequest: 1,
	readAsks: () => [{}],
	build: () => alphaSmsRequest('balance'),
	read(reply) {
		const read = readText(reply);
		if (read === null || 'failure' in read) return read === null ? null : [read];
		const balance = asNumber(read.pairs.get('balance')?.[0]);
		if (balance === null) return null;
		// The gateway shows the noise of its arithmetic: 31.168300000000002, and -2.8E-14 for nothing, which is no -0.
		return [{ rows: [{ balance: Number(balance.toFixed(6)) + 0, currency: null }] }];
	},
};
