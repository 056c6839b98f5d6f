/** Advanta: the SMS units that are left, under the vendor's name `credit`. */
import type { Operation } from '../../shared/operations';
import { asNumber, pick } from '../../shared/wire';
import { advantaRequest, readAdvanta } from './call';

export const getBalance: Operation = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the SMS units that are left on the account',
	fields: [],
	perRequest: 1,
	readAsks: () => [{}],
	build: () => advantaRequest('getbalance'),
	read(reply) {
		const read = readAdvanta(reply);
		if (read === null) return null;
		if (read.refusal !== null) return [{ failure: read.refusal }];
		const balance = asNumber(pick(read.row, 'credit'));
		return balance === null ? null : [{ rows: [{ balance, currency: null, unit: 'SMS' }] }];
	},
};
