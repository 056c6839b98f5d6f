/** SMS.RU: the sender names of the account. */
import { SENDERS, defineOperation } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest, textsOf } from './request';

export const getSenders = defineOperation({
	...SENDERS,
	description: 'Get the sender names that are approved for your account',
	build: () => smsRuRequest('/my/senders'),
	// Without any sender the key is missing.
	read: (reply, queries) =>
		readSmsRu(reply, queries, (json) => [{ rows: textsOf(json, 'senders').map((sender) => ({ sender })) }]),
});
