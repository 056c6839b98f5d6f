/** SMSC: cancels a message before it leaves. Source: `del` of `status.php`, in public clients. */
import type { CodeTable } from '../../shared/contract/codes';
import { unknownMessage } from '../../shared/contract/codeShapes';
import { defineOperation } from '../../shared/contract/operation';
import { isOk, readSmsc, smscRequest } from './call';
import type { MessagePair } from './messagePairs';
import { pairFields, pairParameters, readPairs } from './messagePairs';

const CANCEL_CODES: CodeTable = {
	'5': unknownMessage(
		'SMSC did not delete this message',
		'It may already have been deleted. Check that the message ID and the number belong together.',
	),
};

export const cancel = defineOperation<MessagePair>({
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel text message',
	description: 'Delete a message at SMSC. A message that has been sent cannot be taken back.',
	keys: ['deleted'],
	fields: pairFields,
	// One by one: the reply does not say which of several were deleted.
	queriesIn: readPairs,
	build: (queries) => smscRequest('status', { ...pairParameters(queries), del: '1' }),
	read: (reply, queries) =>
		readSmsc(reply, queries, () => (isOk(reply) ? [{ rows: [{ deleted: true }] }] : null), CANCEL_CODES),
});
