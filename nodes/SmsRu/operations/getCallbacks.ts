/** SMS.RU: the web addresses that get delivery reports. */
import { defineOperation } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest, textsOf } from './request';

export const getCallbacks = defineOperation({
	resource: 'callback',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many callback urls',
	description: 'Get the web addresses that are registered for delivery reports',
	keys: ['url'],
	returnsMany: true,
	build: () => smsRuRequest('/callback/get'),
	// Without any URL the key is missing.
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => [{ rows: textsOf(json, 'callback').map((url) => ({ url })) }]),
});
