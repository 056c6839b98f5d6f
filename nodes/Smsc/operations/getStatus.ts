/** SMSC: the status of messages, with lookup results. Source: https://smsc.ru/api/http/status_messages/ */
import type { INodeProperties } from 'n8n-workflow';
import { STATUS, defineOperation, messageNotMentioned } from '../../shared/contract/operation';
import { NAME } from '../codes';
import { rowsFor } from '../statusRows';
import { readSmsc, rowsIn, smscRequest } from './call';
import type { MessagePair } from './messagePairs';
import { pairParameters, readPairs, sentPairFields } from './messagePairs';
import type { Details } from './messageRow';
import { rowKeys, statusOfRow } from './messageRow';

interface StatusQuery extends MessagePair {
	readonly all: Details;
}

const detailsField: INodeProperties = {
	displayName: 'Details',
	name: 'details',
	type: 'options',
	options: [
		{ name: 'Message', value: 1, description: 'Also text, sender, price and segments' },
		{ name: 'Message and Network', value: 2, description: 'Also country, operator and region' },
		{ name: 'Status Only', value: 0 },
	],
	default: 0,
	description: 'How much to return for each message',
};

export const getStatus = defineOperation<StatusQuery>({
	...STATUS,
	keys: rowKeys,
	fields: [...sentPairFields, detailsField],
	perRequest: 100,
	shareKey: ({ all }) => all,
	queriesIn(row) {
		const all = (['0', '1', '2'] as const)[row.fields.choice('details', 'Details', [0, 1, 2] as const) ?? 0];
		return readPairs(row).map((pair) => ({ ...pair, all }));
	},
	// Without the message's kind, which comes with all=1, a lookup that waits for its result looks like a text delivered.
	build: (queries) =>
		smscRequest('status', { ...pairParameters(queries), all: queries[0].all === '2' ? '2' : '1' }),
	read: (reply, queries) =>
		readSmsc(reply, queries, () => {
			const rows = rowsIn(reply, 'status');
			if (rows === null) return null;
			const found = rowsFor(rows, queries);
			return queries.map(({ messageId, to, all }, index) => {
				const row = found[index];
				const item = row === undefined ? null : statusOfRow(row, messageId, to, all);
				return item === null ? messageNotMentioned(NAME) : { rows: [item] };
			});
		}),
});
