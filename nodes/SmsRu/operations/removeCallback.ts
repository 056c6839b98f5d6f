/** SMS.RU: removes a URL for delivery reports. */
import { defineOperation } from '../../shared/contract/operation';
import type { UrlQuery } from './callbackUrl';
import { urlField, urlQueries } from './callbackUrl';
import { readSmsRu, smsRuRequest } from './request';

export const removeCallback = defineOperation<UrlQuery>({
	resource: 'callback',
	operation: 'remove',
	name: 'Remove',
	action: 'Remove callback URL',
	description: 'Stop delivery reports to a web address',
	keys: ['deleted'],
	fields: [urlField],
	queriesIn: urlQueries,
	build: ([{ url }]) => smsRuRequest('/callback/del', { url }),
	// 902: not registered, which is what was wanted.
	read: (reply, queries) =>
		readSmsRu(reply, queries, () => queries.map(() => ({ rows: [{ deleted: true }] })), ['902']),
});
