/**
 * SMSC: look-ups that go out to a number and are paid for. HLR asks the operator, a ping is a text that nobody sees; both
 * are answered by a receipt, and the result comes with the status. Source: "Sending an SMS", `hlr` and `ping`.
 */
import type { BaseOptions } from '../../shared/contract/message';
import type { Gateway, OtherSending } from '../../shared/contract/gateway';
import { numberField } from '../../shared/panel/operationFields';
import { DUPLICATE_LOOK_UP } from '../codes';
import type { SmscOptions } from '../options';
import { readSmscSend } from '../send';
import { getStatus } from './status';

/** @param texts the gateway as it sends texts: the reply is the same */
export function lookUpSendings(texts: Gateway<SmscOptions>): readonly OtherSending[] {
	const sending = (flag: 'hlr' | 'ping'): Gateway<SmscOptions> => ({
		...texts,
		commonOptions: new Set(),
		ownOptions: new Set(),
		messageFields: [],
		isTextMessage: () => false,
		checkMessage: () => null,
		// No text: the same for all.
		differentTextsKey: () => null,
		buildSend: ({ messages, reference }) => ({
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
		readSend: (reply, batch) => readSmscSend(reply, batch, DUPLICATE_LOOK_UP),
		readOtherRecipient: () => null,
		readAttachmentFields: () => [],
		pricing: null,
		operations: [],
		otherSendings: [],
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
			gateway: sending('hlr') as Gateway<BaseOptions>,
		},
		{
			...base,
			operation: 'ping',
			name: 'Ping',
			action: 'Ping a number',
			description: 'Find out whether a phone is on, with a text that nobody sees. Each ping is charged.',
			gateway: sending('ping') as Gateway<BaseOptions>,
		},
	];
}
