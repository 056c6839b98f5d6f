/** Advanta: the SMS units that are left, under the vendor's name `credit`. */
import { BALANCE, defineOperation } from '../../shared/contract/operation';
import { asNumber, pick } from '../../shared/contract/json';
import { advantaRequest, readAdvanta } from './request';

/** As PHP's `number_format` writes it, with a comma at every third digit. */
const WITH_COMMAS = /^\s*[+-]?\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,18})?\s*$/;

function unitsOf(credit: unknown): number | null {
	return asNumber(
		typeof credit === 'string' && WITH_COMMAS.test(credit) ? credit.replaceAll(',', '') : credit,
	);
}

export const getBalance = defineOperation({
	...BALANCE,
	keys: [...BALANCE.keys, 'unit'],
	description: 'Get the SMS units left on the account',
	build: () => advantaRequest('getbalance'),
	read(reply) {
		const read = readAdvanta(reply);
		if (read === null) return null;
		if (read.refusal !== null) return [{ failure: read.refusal }];
		const balance = unitsOf(pick(read.row, 'credit'));
		return balance === null ? null : [{ rows: [{ balance, currency: null, unit: 'SMS' }] }];
	},
});
