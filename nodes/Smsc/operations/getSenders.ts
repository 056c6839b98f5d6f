/** SMSC: the sender names of an account. Source: public clients; confidence medium. */
import { asText, pick } from '../../shared/contract/json';
import { SENDERS, defineOperation } from '../../shared/contract/operation';
import { readList, smscRequest } from './call';

export const getSenders = defineOperation({
	...SENDERS,
	keys: [...SENDERS.keys, 'senderId'],
	build: () => smscRequest('senders', { get: '1' }),
	read: (reply, queries) =>
		readList(reply, queries, 'sender', (found) => ({
			rows: found.flatMap((row) => {
				const sender = asText(pick(row, 'sender'));
				return sender === null ? [] : [{ sender, senderId: asText(pick(row, 'id')) }];
			}),
		})),
});
