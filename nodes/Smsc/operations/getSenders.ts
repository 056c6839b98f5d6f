/** SMSC: the sender names of an account. Source: public clients; confidence medium. */
import { asText, pick } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { readList, smscRequest } from './call';

export const getSenders = defineOperation({
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names of your account',
	returnsMany: true,
	build: () => smscRequest('senders', { get: '1' }),
	read: (reply, asks) =>
		readList(reply, asks, 'sender', (found) => ({
			rows: found.flatMap((row) => {
				const sender = asText(pick(row, 'sender'));
				return sender === null ? [] : [{ sender, id: asText(pick(row, 'id')) }];
			}),
		})),
});
