/**
 * AlphaSMS: what became of messages whose reply got lost. The JSON interface is asked by the numbers that we gave them. Its
 * pages do not say how it answers about a number that it does not know, so only what it has taken is believed.
 */
import { asRecord, asText, pick } from '../shared/contract/json';
import { indexRows } from '../shared/contract/replyRows';
import type { Outcome } from '../shared/contract/outcome';
import type { Reconciliation } from '../shared/contract/sender';
import type { Item } from './jsonItems';
import { idIn, idsFor, isTrue, jsonRequest, readJsonReply } from './jsonItems';
import type { AlphaSmsOptions } from './options';
import { travelsInJson } from './options';
import { statusOfWord } from './statusWords';

export const alphaSmsReconciliation: Reconciliation<AlphaSmsOptions> = {
	delaysMs: [3_000, 15_000, 45_000],
	build({ messages, reference }) {
		// The text interface takes no number of ours.
		if (!travelsInJson(messages[0].options)) return null;
		return jsonRequest(idsFor(reference, messages.length).map((id) => ({ type: 'status', id })));
	},
	read(reply, { messages, reference }) {
		const read = readJsonReply(reply);
		const ids = idsFor(reference, messages.length).map(String);
		const items = read === null || 'sentence' in read ? [] : read.items;
		const rows = items.flatMap((item) => {
			const id = idIn(item);
			return id === null ? [] : [[id, item] as const];
		});
		const found = indexRows(rows, ids, outcomeOfRow);
		return ids.map((id) => outcomeFor(id, found.get(id) ?? null));
	},
};

/** The status that a row tells; null where it tells none. */
function outcomeOfRow(item: Item): string | null {
	if (!isTrue(pick(item, 'success')) || asText(pick(item, 'error')) !== null) return null;
	return asText(pick(asRecord(pick(item, 'data')), 'status'));
}

function outcomeFor(messageId: string, word: string | null): Outcome | null {
	if (word === null) return null;
	const [status] = statusOfWord(word);
	if (status === 'unknown') return null;
	return { accepted: true, messageId, status, cost: null, segments: null };
}
