/** SMS.RU: the sender names of the account. */
import { defineOperation } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest, textsOf } from './request';

export const getSenders = defineOperation({
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names that are approved for your account',
	returnsMany: true,
	build: () => smsRuRequest('/my/senders'),
	// Without any sender the key is missing.
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => [{ rows: textsOf(json, 'senders').map((sender) => ({ sender })) }]),
});
