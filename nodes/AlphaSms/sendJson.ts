/**
 * AlphaSMS's JSON interface: many messages in one request. It signs in with the API key only and knows no time to send
 * at, no flash messages and no WAP push; those go one by one through the text interface. Source: the vendor's JSON pages.
 */
import { unclear } from '../shared/contract/outcome';
import type { BaseOptions, Batch } from '../shared/contract/message';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import type { Outcome } from '../shared/contract/outcome';
import { outcomesByKey } from '../shared/contract/replyRows';
import { asNumber, asRecord, asText, pick } from '../shared/contract/json';
import type { AlphaSmsOptions } from './options';
import { NAME, leavesItToStatus, outcomeOfSentences } from './codes';
import { itemOf } from './channels/item';
import type { Item } from './jsonItems';
import { idIn, idsFor, isTrue, jsonRequest, readJsonReply } from './jsonItems';
import { acceptedOrUnclear } from './send';

/** No page names the largest number of texts a request takes. */
export const JSON_BATCH = 100;

export function buildAlphaSmsJson({ messages, reference }: Batch<AlphaSmsOptions>): GatewayRequest {
	const ids = idsFor(reference, messages.length);
	return jsonRequest(messages.map((message, index) => itemOf(message, ids[index] ?? 0)));
}

/** What a row without success says; `messageId` is that of a message which it names all the same. */
export function outcomeOfFailure(item: Item, messageId: string | null = null): Outcome {
	const sentence = asText(pick(item, 'error'));
	if (sentence === null) return unclear(NAME, "AlphaSMS's reply for this number is contradictory or empty.");
	const contradicts = messageId !== null || isTrue(pick(item, 'success'));
	return outcomeOfSentences([sentence], contradicts ? (messageId ?? '') : null);
}

function outcomeOfItem(item: Item): Outcome {
	const data = asRecord(pick(item, 'data'));
	const id = asText(pick(data, 'msg_id'));
	const messageId = id === '0' ? null : id;
	if (isTrue(pick(item, 'success')) && asText(pick(item, 'error')) === null && messageId !== null) {
		return acceptedOrUnclear(messageId, asNumber(pick(data, 'parts')));
	}
	return outcomeOfFailure(item, messageId);
}

/**
 * An outcome for each message, by the number of ours that its row has.
 * @param otherKey what else tells whose row it is, as our number; null where nothing does
 */
export function readItems<O extends BaseOptions>(
	reply: GatewayReply,
	{ messages, reference }: Batch<O>,
	outcomeOf: (item: Item) => Outcome,
	otherKey: (item: Item, ids: readonly string[]) => string | null = () => null,
): readonly Outcome[] | null {
	const read = readJsonReply(reply);
	if (read === null) return null;
	if ('sentence' in read) {
		if (leavesItToStatus(reply.status, [read.sentence])) return null;
		const outcome = outcomeOfSentences([read.sentence]);
		return messages.map(() => outcome);
	}
	const ids = idsFor(reference, messages.length).map(String);
	const isAboutTheOne = ids.length === 1 && read.isAlone;
	const rows = read.items.flatMap((item) => {
		const id = idIn(item) ?? otherKey(item, ids) ?? (isAboutTheOne ? (ids[0] ?? null) : null);
		return id === null ? [] : [[id, item] as const];
	});
	// Ids are unique: whatever else a second row says, something went wrong.
	return outcomesByKey(NAME, ids, rows, outcomeOf, () => false);
}

export const readAlphaSmsJson = (
	reply: GatewayReply,
	batch: Batch<AlphaSmsOptions>,
): readonly Outcome[] | null => readItems(reply, batch, outcomeOfItem);
