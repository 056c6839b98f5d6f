/** AlphaSMS: what a text would cost. `command=price` tells the price of one segment to one number. */
import type { Pricing } from '../shared/contract/gateway';
import { asNumber } from '../shared/contract/json';
import { alphaSmsRequest, readText } from './operations/text';
import type { AlphaSmsOptions } from './options';
import { senderOf } from './send';

export const alphaSmsPricing: Pricing<AlphaSmsOptions> = {
	batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
	differentTextsKey: () => null,
	buildSend({ messages: [message] }) {
		const from = senderOf(message);
		return alphaSmsRequest('price', { to: message.digits, ...(from === '' ? {} : { from }) });
	},
	readSend(reply, { messages: [message] }) {
		const read = readText(reply);
		if (read === null) return null;
		if ('failure' in read) return [{ accepted: false, origin: 'gateway', ...read.failure }];
		const price = asNumber(read.pairs.get('price')?.[0]);
		if (price === null) return null;
		const { segments } = message.measure;
		// In another interface of the vendor 0 means "not supported": nothing that could be told as a price.
		const cost = price === 0 ? null : Number((price * segments).toFixed(6));
		return [
			{ accepted: false, quoted: true, cost, currency: read.pairs.get('currency')?.[0] ?? null, segments },
		];
	},
};
