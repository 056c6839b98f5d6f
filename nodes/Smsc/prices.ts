/** SMSC: what messages would cost. Source: "Sending an SMS", `cost=1`: the same request, and nothing is sent. */
import type { Batch, Message } from '../shared/contract/message';
import type { Sender } from '../shared/contract/sender';
import type { SmscOptions } from './options';
import { buildSmscSend } from './send/build';
import { readSmscSend } from './send/read';
import { BATCH, smscTexts } from './sender';

/** Prices are asked in JSON and for every number, whatever the options say of sending. */
function asPrice({ style, messages: [first, ...others], reference }: Batch<SmscOptions>): Batch<SmscOptions> {
	const priced = (message: Message<SmscOptions>): Message<SmscOptions> => ({
		...message,
		options: {
			...message.options,
			priceOnly: true,
			replyFormat: 3,
			parameters: { ...message.options.parameters, cost: '1', op: '1' },
		},
	});
	return { style, messages: [priced(first), ...others.map(priced)], reference };
}

export const smscPrices: Sender<SmscOptions> = {
	...smscTexts,
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? BATCH, differentTexts: batchSize ?? BATCH }),
	build: (batch) => buildSmscSend(asPrice(batch)),
	read: (reply, batch) => readSmscSend(reply, asPrice(batch)),
	reconciliation: null,
};
