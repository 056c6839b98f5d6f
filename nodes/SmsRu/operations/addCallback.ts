/** SMS.RU: registers a URL for delivery reports. The trigger registers its own; this is for all others. */
import { defineOperation } from '../../shared/contract/operation';
import type { UrlQuery } from './callbackUrl';
import { urlField, urlQueries } from './callbackUrl';
import { readSmsRu, smsRuRequest } from './request';

export const addCallback = defineOperation<UrlQuery>({
	resource: 'callback',
	operation: 'add',
	name: 'Add',
	action: 'Add callback URL',
	description: 'Register a web address for delivery reports',
	keys: ['url', 'added'],
	fields: [urlField],
	queriesIn: urlQueries,
	build: ([{ url }]) => smsRuRequest('/callback/add', { url }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, () => queries.map(({ url }) => ({ rows: [{ url, added: true }] }))),
});
