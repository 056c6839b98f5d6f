/**
 * SMSC: look-ups that go out to a number and are paid for. HLR asks the operator, a ping is a text that nobody sees; both
 * are answered by a receipt, and the result comes with the status. Source: "Sending an SMS", `hlr` and `ping`.
 */
import type { BilledOperation } from '../../shared/contract/gateway';
import type { Sender } from '../../shared/contract/sender';
import { numberField } from '../../shared/panel/operationFields';
import { DUPLICATE_LOOK_UP } from '../codes';
import type { SmscOptions } from '../options';
import { readSmscSend } from '../send';
import { getStatus } from './status';

/** @param texts how texts are sent: the reply is the same */
export function lookUpOperations(texts: Sender<SmscOptions>): readonly BilledOperation[] {
	const sender = (flag: 'hlr' | 'ping'): Sender<SmscOptions> => ({
		...texts,
		commonOptions: new Set(),
		ownOptions: new Set(),
		isTextMessage: () => false,
		checkMessage: () => null,
		readOtherRecipient: () => null,
		readAttachmentFields: () => [],
		read: (reply, batch) => readSmscSend(reply, batch, DUPLICATE_LOOK_UP),
		// No text: the same for all.
		differentTextsKey: () => null,
		build: ({ messages, reference }) => ({
			method: 'POST',
			path: '/sys/send.php',
			body: {
				kind: 'form',
				fields: {
					phones: messages.map(({ to }) => to).join(','),
					id: reference,
					[flag]: '1',
					op: '1',
					cost: '2',
					charset: 'utf-8',
					fmt: '3',
				},
			},
		}),
	});
	const followUp = {
		operation: getStatus,
		// With the message's kind, to tell a look-up without a result from a finished one.
		ask: (messageId: string, to: string) => ({ messageId, to, all: '1' }),
	};
	const base = {
		resource: 'number',
		fields: [numberField('Phone number. Separate several by comma.')],
		optionFields: [],
		followUp,
	} as const;
	return [
		{
			...base,
			operation: 'lookup',
			name: 'Look Up (HLR)',
			action: 'Look up a number',
			description: 'Ask the operator whether a number exists and where it is. Each look-up is charged.',
			sender: sender('hlr'),
		},
		{
			...base,
			operation: 'ping',
			name: 'Ping',
			action: 'Ping a number',
			description: 'Find out whether a phone is on, with a text that nobody sees. Each ping is charged.',
			sender: sender('ping'),
		},
	];
}
