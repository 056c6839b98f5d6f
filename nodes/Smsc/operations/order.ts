/**
 * SMSC: what is ordered for a number and paid for, and is no message of the person's own. It is sent as a text is, and
 * answered by a receipt. Source: "Sending an SMS", hlr, ping and call.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { CodeMeaning } from '../../shared/contract/codes';
import type { Batch } from '../../shared/contract/message';
import type { Outcome } from '../../shared/contract/outcome';
import type { GatewayReply } from '../../shared/contract/request';
import type { ResultKey } from '../../shared/contract/resultKeys';
import type { Sender } from '../../shared/contract/sender';
import { commonOptionFields } from '../../shared/panel/commonOptionFields';
import type { SmscOptions } from '../options';
import { messageIdFields } from '../options/messageId';
import type { Parameters } from '../options/parameter';
import { readSmscSend } from '../send/read';
import { smscTexts } from '../sender';
import { smscRequest } from './call';

/** `cost`, without the choices that tell less: there is no reason not to know the price. */
const priceField: INodeProperties = {
	displayName: 'Price in Reply',
	name: 'cost',
	type: 'options',
	options: [
		{
			name: 'Order and Show Price and Balance',
			value: 3,
			description: 'Each result also shows what is left on the account',
		},
		{ name: 'Price Only, Order Nothing', value: 1, description: 'Each result shows the price' },
	],
	default: 3,
	description: 'Whether only the price is asked for',
};

/** What people may add to an order. */
export const orderOptionFields: readonly INodeProperties[] = [
	...messageIdFields,
	priceField,
	commonOptionFields.sendAt,
];

interface Order {
	/** What makes the request one for this. */
	readonly parameters: Parameters;
	/** How many numbers a request may have; absent: as texts. */
	readonly perRequest?: number;
	/** What the receipt may tell of a number. */
	readonly detailKeys: readonly ResultKey[];
	/** What it means that SMSC took the same order less than a minute ago. */
	readonly duplicate: CodeMeaning;
	/** What else the receipt says. */
	read?(outcome: Outcome, reply: GatewayReply): Outcome;
}

export function orderSender({
	parameters,
	perRequest,
	detailKeys,
	duplicate,
	read,
}: Order): Sender<SmscOptions> {
	return {
		...smscTexts,
		commonOptions: new Set(['sendAt']),
		ownOptions: new Set(['messageId', 'cost']),
		detailKeys,
		isTextMessage: () => false,
		checkMessage: () => null,
		readOtherRecipient: () => null,
		readAttachmentFields: () => [],
		...(perRequest === undefined ? {} : { batchLimits: () => ({ sameText: perRequest, differentTexts: 0 }) }),
		// No text: the same for all.
		differentTextsKey: () => null,
		build({ messages, reference }) {
			const [{ options }] = messages;
			const { time } = options.parameters;
			return smscRequest('send', {
				phones: messages.map(({ to }) => to).join(','),
				id: options.messageId ?? reference,
				...parameters,
				...(time === undefined ? {} : { time }),
				op: '1',
				cost: options.priceOnly ? '1' : '3',
			});
		},
		read(reply: GatewayReply, batch: Batch<SmscOptions>) {
			const outcomes = readSmscSend(reply, batch, duplicate);
			if (outcomes === null || read === undefined) return outcomes;
			return outcomes.map((outcome) => read(outcome, reply));
		},
	};
}
