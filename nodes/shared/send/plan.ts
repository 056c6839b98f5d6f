/** Rows to requests: as few as the gateway allows, and never one whose reply could not tell two texts apart. */
import { randomBytes } from 'node:crypto';
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Sender } from '../contract/sender';

/** `n8n-` and 22 hexadecimal digits: unlike any id a person would choose, and short enough for every sender. */
function newReference(): string {
	return `n8n-${randomBytes(11).toString('hex')}`;
}

function pushTo<V>(groups: Map<string, V[]>, key: string, value: V): void {
	const group = groups.get(key);
	if (group === undefined) groups.set(key, [value]);
	else group.push(value);
}

/**
 * Fills batches up to the limit. A further text to a number goes to a later batch than the one before it, so that no
 * batch has a number twice, and a person's texts keep their order.
 */
function fill<O extends BaseOptions>(
	style: Batch<O>['style'],
	messages: readonly Message<O>[],
	limit: number,
	tellsRepeatsApart: boolean,
): Batch<O>[] {
	const batches: Message<O>[][] = [];
	/** For a batch that is full, a later one that may not be; paths are shortened on the way (union-find). */
	const successor: number[] = [];
	const firstOpen = (from: number): number => {
		let open = from;
		while (open < batches.length && (batches[open]?.length ?? 0) >= limit) open = successor[open] ?? open + 1;
		for (let index = from; index < open; ) {
			const next = successor[index] ?? index + 1;
			successor[index] = open;
			index = next;
		}
		return open;
	};
	const mayShare = style === 'differentTexts' && tellsRepeatsApart;
	const lastBatchOf = new Map<string, number>();
	for (const message of messages) {
		const open = firstOpen(mayShare ? 0 : (lastBatchOf.get(message.to) ?? -1) + 1);
		(batches[open] ??= []).push(message);
		lastBatchOf.set(message.to, open);
	}
	return batches.flatMap(([first, ...rest]) =>
		first === undefined ? [] : [{ style, messages: [first, ...rest], reference: newReference() }],
	);
}

/**
 * Plans the requests for the messages of a run. Cost is linear in their number.
 * @param batchSize recipients a request at most, as the person wishes; null for the gateway's own limit
 */
export function planBatches<O extends BaseOptions>(
	sender: Sender<O>,
	messages: readonly Message<O>[],
	batchSize: number | null,
): Batch<O>[] {
	const shareable = new Map<string, Message<O>[]>();
	const alone: Message<O>[] = [];
	for (const message of messages) {
		const key = sender.differentTextsKey(message);
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
		const limits = sender.batchLimits(first.options, batchSize);
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
		batches.push(...fill('differentTexts', mixed, limits.differentTexts, sender.tellsRepeatsApart));
	}
	for (const group of sameText.values()) {
		const first = group[0];
		if (first === undefined) continue;
		const limits = sender.batchLimits(first.options, batchSize);
		batches.push(...fill('sameText', group, limits.sameText, sender.tellsRepeatsApart));
	}
	return batches;
}
