/** SMSC: what messages cost, by operator or country. Source: https://smscentre.com/api/http/get_data/tariffs/ */
import { asNumber, asText, pick } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { readList, smscRequest } from './call';

export const getPrices = defineOperation({
	resource: 'account',
	operation: 'getPrices',
	name: 'Get Prices',
	action: 'Get prices of the account',
	description:
		'Get what texts, calls and lookups cost, by operator or country. Preview shows the price of a text.',
	keys: ['network', 'zone', 'cost', 'callCost', 'lookupCost', 'mmsCost'],
	returnsMany: true,
	build: () => smscRequest('get', { get_price: '1' }),
	read: (reply, queries) =>
		readList(reply, queries, 'zone', (found) => ({
			rows: found.map((row) => ({
				zone: asText(pick(row, 'zone')),
				network: asText(pick(row, 'name')),
				cost: asNumber(pick(row, 'api')),
				callCost: asNumber(pick(row, 'call')),
				lookupCost: asNumber(pick(row, 'hlr')),
				mmsCost: asNumber(pick(row, 'mms')),
			})),
		})),
});
