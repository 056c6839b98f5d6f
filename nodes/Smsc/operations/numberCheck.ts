/**
 * SMSC: what goes out to a number to learn about it, and is paid for. It is sent as a text is, and answered by a receipt;
 * the result comes with the status.
 */
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Sender } from '../../shared/contract/sender';
import { numberField } from '../../shared/panel/operationFields';
import { DUPLICATE_LOOK_UP } from '../codes';
import type { SmscOptions } from '../options';
import { readSmscSend } from '../send/read';
import { smscTexts } from '../sender';
import { smscRequest } from './call';
import { getStatus } from './getStatus';

/** @param flag the parameter that makes a request one for this check */
function senderOf(flag: 'hlr' | 'ping'): Sender<SmscOptions> {
	return {
		...smscTexts,
		commonOptions: new Set(),
		ownOptions: new Set(),
		detailKeys: ['balance'],
		isTextMessage: () => false,
		checkMessage: () => null,
		readOtherRecipient: () => null,
		readAttachmentFields: () => [],
		read: (reply, batch) => readSmscSend(reply, batch, DUPLICATE_LOOK_UP),
		// No text: the same for all.
		differentTextsKey: () => null,
		build({ messages, reference }) {
			const phones = messages.map(({ to }) => to).join(',');
			return smscRequest('send', { phones, id: reference, [flag]: '1', op: '1', cost: '2' });
		},
	};
}

type Words = Pick<BilledOperation, 'operation' | 'name' | 'action' | 'description'>;

export function numberCheck(flag: 'hlr' | 'ping', words: Words): BilledOperation {
	return {
		...words,
		resource: 'number',
		fields: [numberField('Phone number. Separate multiple values with commas.')],
		optionFields: [],
		sender: senderOf(flag),
		followUp: {
			operation: getStatus,
			// With the message's kind, to tell a lookup without a result from a finished one.
			ask: (messageId, to) => ({ messageId, to, all: '1' }),
		},
	};
}
