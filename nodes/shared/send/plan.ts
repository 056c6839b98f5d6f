/** Rows to requests: as few as the gateway allows, and never one whose reply could not tell two texts apart. */
import { createHash, randomBytes } from 'node:crypto';
import type { BaseOptions, Batch, BatchLimits, Message } from '../contract/message';
import type { Sender } from '../contract/sender';
import { groupBy } from './groupBy';

/** `n8n-` and 22 hexadecimal digits: unlike any id a person would choose, and short enough for every sender. */
export function newReference(): string {
	return `n8n-${randomBytes(11).toString('hex')}`;
}

/** The same, and equal for equal parts. */
export function referenceOf(...parts: readonly string[]): string {
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 22)}`;
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
	const groups = groupBy(messages, (message) => sender.differentTextsKey(message));
	const batches: Batch<O>[] = [];
	const sameText = [...(groups.get(null) ?? [])];
	groups.delete(null);
	for (const group of groups.values()) {
		const limits = sender.batchLimits(group[0].options, batchSize);
		const { mixed, alike } = divide(group, limits);
		batches.push(...fill('differentTexts', mixed, limits.differentTexts, sender.tellsRepeatsApart));
		for (const message of alike) sameText.push(message);
	}
	for (const group of groupBy(sameText, contentKey).values()) {
		const limits = sender.batchLimits(group[0].options, batchSize);
		batches.push(...fill('sameText', group, limits.sameText, sender.tellsRepeatsApart));
	}
	return batches;
}

function contentKey({ optionsKey, from, text }: Message): string {
	return `${optionsKey}\n${from}\n${text}`;
}

/** Which messages share requests of different texts, and which go as one text for many: the roomier way for each. */
function divide<O extends BaseOptions>(
	group: readonly Message<O>[],
	limits: BatchLimits,
): { readonly mixed: readonly Message<O>[]; readonly alike: readonly Message<O>[] } {
	const times = new Map<string, number>();
	for (const message of group) {
		const key = contentKey(message);
		times.set(key, (times.get(key) ?? 0) + 1);
	}
	if (times.size === 1 || limits.differentTexts <= 1) return { mixed: [], alike: group };
	if (limits.sameText <= limits.differentTexts) return { mixed: group, alike: [] };
	// A text that fills requests of its own goes by the roomier way; the rest share.
	const fills = (message: Message<O>): boolean =>
		(times.get(contentKey(message)) ?? 0) > limits.differentTexts;
	return { mixed: group.filter((message) => !fills(message)), alike: group.filter(fills) };
}
