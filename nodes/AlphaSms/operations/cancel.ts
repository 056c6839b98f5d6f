/** AlphaSMS: cancels a scheduled message. */
import type { QueryAnswer, MessageQuery } from '../../shared/contract/operation';
import { defineOperation } from '../../shared/contract/operation';
import { NAME, alphaSmsStatus } from '../codes';
import { alphaSmsIdField, alphaSmsMessageIds, alphaSmsRequest, readAlphaSms, statusIn } from './request';

export const cancel = defineOperation<MessageQuery>({
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel text message',
	description: 'Cancel a message that is scheduled and not sent yet',
	keys: ['deleted'],
	fields: [alphaSmsIdField],
	queriesIn: alphaSmsMessageIds,
	build: ([{ messageId }]) => alphaSmsRequest('delete', { id: messageId }),
	read: (reply, [{ messageId }]) =>
		readAlphaSms(reply, (pairs) => {
			const code = statusIn(pairs)?.code ?? null;
			// A word that nobody knows does not say that the message stays.
			return code === null ? null : cancelled(code, messageId);
		}),
});

/** The vendor answers with the state that the message has now: 10 is "deleted". */
function cancelled(code: string, messageId: string): QueryAnswer {
	if (code === '10') return { rows: [{ deleted: true }] };
	const [status] = alphaSmsStatus(code);
	return {
		failure: {
			kind: 'invalid_parameter',
			code,
			message: `${NAME} could not cancel this message: its status is "${status}".`,
			hint: 'Only a scheduled message can be cancelled.',
			retry: 'never',
			messageId,
		},
	};
}
