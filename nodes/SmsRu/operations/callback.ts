/** SMS.RU: the web addresses that get delivery reports. The trigger registers its own; this is for all others. */
import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../shared/contract/operation';
import type { RowFields } from '../../shared/contract/fields';
import { readSmsRu, smsRuRequest, textsOf } from './call';

interface UrlAsk {
	readonly [key: string]: string;
	readonly url: string;
}

const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/sms-reports',
	description: 'Web address that SMS.RU calls with delivery reports',
};

function readUrl({ fields }: RowFields): readonly UrlAsk[] {
	const url = fields.webAddress('url', 'URL', 1000);
	if (url === undefined && fields.problems.length === 0)
		fields.refuse('URL', 'is empty', 'Fill in a web address');
	return url === undefined ? [] : [{ url }];
}

export const addCallback: Operation<UrlAsk> = {
	resource: 'callback',
	operation: 'add',
	name: 'Add',
	action: 'Add callback URL',
	description: 'Register a web address for delivery reports',
	fields: [urlField],
	perRequest: 1,
	readAsks: readUrl,
	build: ([{ url }]) => smsRuRequest('/callback/add', { url }),
	read: (reply, asks) =>
		readSmsRu(reply, asks, () => asks.map(({ url }) => ({ rows: [{ url, added: true }] }))),
};

export const removeCallback: Operation<UrlAsk> = {
	resource: 'callback',
	operation: 'remove',
	name: 'Remove',
	action: 'Remove callback URL',
	description: 'Stop delivery reports to a web address',
	fields: [urlField],
	perRequest: 1,
	readAsks: readUrl,
	build: ([{ url }]) => smsRuRequest('/callback/del', { url }),
	// 902: not registered, which is what was wanted.
	read: (reply, asks) =>
		readSmsRu(reply, asks, () => asks.map(() => ({ rows: [{ deleted: true }] })), ['902']),
};

export const getCallbacks: Operation = {
	resource: 'callback',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many callback urls',
	description: 'Get the web addresses that are registered for delivery reports',
	fields: [],
	returnsMany: true,
	perRequest: 1,
	readAsks: () => [{}],
	build: () => smsRuRequest('/callback/get'),
	// Without any URL the key is missing.
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => [{ rows: textsOf(json, 'callback').map((url) => ({ url })) }]),
};
