/** Rows to requests: as few as the gateway allows, and never one whose reply could not tell two texts apart. */
import { randomBytes } from 'node:crypto';
import type { BaseOptions, Batch, Gateway, Message } from './gateway';

/** `n8n-` and 22 hexadecimal digits: unlike any id a person would choose, and short enough for every gateway. */
function newReference(): string {
	return `n8n-${randomBytes(11).toString('hex')}`;
}

function pushTo<V>(groups: Map<string, V[]>, key: string, value: V): void {
	const group = groups.get(key);
	if (group === undefined) groups.set(key, [value]);
	else group.push(value);
}

/** Cuts a group into batches. The n-th text to one number goes to the n-th layer, so no batch has a number twice. */
function cut<O extends BaseOptions>(
	style: Batch<O>['style'],
	messages: readonly Message<O>[],
	limit: number,
	tellsRepeatsApart: boolean,
): Batch<O>[] {
	const layers: Message<O>[][] = [];
	if (style === 'differentTexts' && tellsRepeatsApart) {
		layers.push([...messages]);
	} else {
		const seen = new Map<string, number>();
		for (const message of messages) {
			const times = seen.get(message.to) ?? 0;
			seen.set(message.to, times + 1);
			(layers[times] ??= []).push(message);
		}
	}
	const batches: Batch<O>[] = [];
	for (const layer of layers) {
		for (let start = 0; start < layer.length; start += limit) {
			const [first, ...rest] = layer.slice(start, start + limit);
			if (first !== undefined) batches.push({ style, messages: [first, ...rest], reference: newReference() });
		}
	}
	return batches;
}

/**
 * Plans the requests for the messages of a run. Cost is linear in their number.
 * @param batchSize recipients a request at most, as the person wishes; null for the gateway's own limit
 */
export function planBatches<O extends BaseOptions>(
	gateway: Gateway<O>,
	messages: readonly Message<O>[],
	batchSize: number | null,
): Batch<O>[] {
	const shareable = new Map<string, Message<O>[]>();
	const alone: Message<O>[] = [];
	for (const message of messages) {
		const key = gateway.differentTextsKey(message);
		if (key === null) alone.push(message);
		else pushTo(shareable, key, message);
	}

	const sameText = new Map<string, Message<O>[]>();
	const batches: Batch<O>[] = [];
	const addSameText = (message: Message<O>): void =>
		pushTo(sameText, `${message.optionsKey}\n${message.from}\n${message.text}`, message);

	alone.forEach(addSameText);
	for (const group of shareable.values()) {
		const texts = new Map<string, number>();
		for (const { text, from, optionsKey } of group) {
			const key = `${optionsKey}\n${from}\n${text}`;
			texts.set(key, (texts.get(key) ?? 0) + 1);
		}
		const first = group[0];
		if (first === undefined) continue;
		const limits = gateway.batchLimits(first.options, batchSize);
		if (texts.size === 1 || limits.differentTexts <= 1) {
			group.forEach(addSameText);
			continue;
		}
		// A text that fills requests of its own goes by the roomier way; the rest share.
		const mixed: Message<O>[] = [];
		for (const message of group) {
			const times = texts.get(`${message.optionsKey}\n${message.from}\n${message.text}`) ?? 0;
			if (limits.sameText > limits.differentTexts && times > limits.differentTexts) addSameText(message);
			else mixed.push(message);
		}
		batches.push(...cut('differentTexts', mixed, limits.differentTexts, gateway.tellsRepeatsApart));
	}
	for (const group of sameText.values()) {
		const first = group[0];
		if (first === undefined) continue;
		const limits = gateway.batchLimits(first.options, batchSize);
		batches.push(...cut('sameText', group, limits.sameText, gateway.tellsRepeatsApart));
	}
	return batches;
}
