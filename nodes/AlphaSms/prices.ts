/** AlphaSMS: what a text would cost. `command=price` tells the price of one segment to one number. */
import { asNumber } from '../shared/contract/json';
import type { Batch } from '../shared/contract/message';
import type { Outcome } from '../shared/contract/outcome';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import { alphaSmsRequest, readText } from './operations/request';
import type { AlphaSmsOptions } from './options';
import { smsSender } from './channels/item';

export function buildAlphaSmsPrice({ messages: [message] }: Batch<AlphaSmsOptions>): GatewayRequest {
	const from = smsSender(message.from);
	return alphaSmsRequest('price', { to: message.digits, ...(from === '' ? {} : { from }) });
}

export function readAlphaSmsPrice(
	reply: GatewayReply,
	{ messages: [message] }: Batch<AlphaSmsOptions>,
): Outcome[] | null {
	const read = readText(reply);
	if (read === null) return null;
	if ('failure' in read) return [{ accepted: false, origin: 'gateway', ...read.failure }];
	const price = asNumber(read.pairs.get('price')?.[0]);
	if (price === null) return null;
	const { segments } = message.measure;
	// What is told is the price of an SMS; what the others cost is told nowhere.
	if (message.options.kind !== 'sms') return [{ accepted: false, quoted: true, cost: null, segments }];
	// In another interface of the vendor 0 means "not supported": nothing that could be told as a price.
	const cost = price === 0 ? null : Number((price * segments).toFixed(6));
	return [
		{ accepted: false, quoted: true, cost, currency: read.pairs.get('currency')?.[0] ?? null, segments },
	];
}
