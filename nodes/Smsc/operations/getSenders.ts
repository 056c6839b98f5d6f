/** SMSC: the sender names of an account. Source: public clients; confidence medium. */
import { asText, pick } from '../../shared/contract/json';
import type { Operation } from '../../shared/contract/operation';
import { readList, smscRequest } from './call';

export const getSenders: Operation = {
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names of your account',
	fields: [],
	returnsMany: true,
	perRequest: 1,
	readAsks: () => [{}],
	build: () => smscRequest('senders', { get: '1' }),
	read: (reply, asks) =>
		readList(reply, asks, 'sender', (found) => ({
			rows: found.flatMap((row) => {
				const sender = asText(pick(row, 'sender'));
				return sender === null ? [] : [{ sender, senderId: asText(pick(row, 'id')) }];
			}),
		})),
};
