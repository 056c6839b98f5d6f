/** SMS.RU: the numbers on the stop list. */
import { defineOperation } from '../../shared/contract/operation';
import { asText } from '../../shared/contract/json';
import { entriesOf, readSmsRu, smsRuRequest } from './request';

export const getStopList = defineOperation({
	resource: 'stopList',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many numbers on the stop list',
	description: 'Get the numbers on the stop list of your account',
	keys: ['to', 'note'],
	returnsMany: true,
	build: () => smsRuRequest('/stoplist/get'),
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => {
			const rows = entriesOf(json, 'stoplist').map(([number, note]) => ({
				to: `+${number.replace(/\D/g, '')}`,
				note: asText(note),
			}));
			return [{ rows }];
		}),
});
