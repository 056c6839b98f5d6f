/** AlphaSMS: a lookup in the operator's own register. It is answered at once. Source: the vendor's JSON page "HLR". */
import type { BilledOperation } from '../../shared/contract/gateway';
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { Batch } from '../../shared/contract/message';
import type { Outcome } from '../../shared/contract/outcome';
import { defineSender } from '../../shared/contract/sender';
import { numberField } from '../../shared/panel/operationFields';
import { reachesJson } from '../credential';
import { withoutKey } from '../channels/checks';
import type { Item } from '../jsonItems';
import { idsFor, isTrue, jsonRequest } from '../jsonItems';
import { JSON_BATCH, outcomeOfFailure, readItems } from '../sendJson';
import { statusOfWord } from '../statusWords';

/** `origin` is the network that the number is of, `ported` the one that it is in now. */
function networkIn(data: Item | null): { readonly name: string | null; readonly country: string | null } {
	const network = asRecord(pick(data, 'network'));
	const now = asRecord(pick(network, 'ported')) ?? asRecord(pick(network, 'origin'));
	return { name: asText(pick(now, 'name')), country: asText(pick(asRecord(pick(now, 'country')), 'name')) };
}

function formerIn(data: Item | null): string | null {
	const network = asRecord(pick(data, 'network'));
	if (asRecord(pick(network, 'ported')) === null) return null;
	return asText(pick(asRecord(pick(network, 'origin')), 'name'));
}

function outcomeOfLookUp(item: Item): Outcome {
	const data = asRecord(pick(item, 'data'));
	const word = asText(pick(data, 'status'));
	const isGood = isTrue(pick(item, 'success')) && asText(pick(item, 'error')) === null;
	if (!isGood || word === null) return outcomeOfFailure(item);
	const [status, reason] = statusOfWord(word);
	const mccmnc = asText(pick(data, 'mccmnc'));
	const { name, country } = networkIn(data);
	return {
		accepted: true,
		messageId: null,
		status,
		cost: null,
		segments: null,
		details: {
			reason: reason === null ? null : `${reason.message}.`,
			country,
			operator: name,
			formerOperator: formerIn(data),
			mccmnc,
			imsi: asText(pick(data, 'imsi')),
		},
	};
}

const lookUps = defineSender({
	readOptions: () => ({ scheduledFor: null, testMode: false }),
	isTextMessage: () => false,
	batchLimits: () => ({ sameText: JSON_BATCH, differentTexts: JSON_BATCH }),
	differentTextsKey: () => 'json',
	tellsRepeatsApart: true,
	detailKeys: ['reason', 'country', 'operator', 'formerOperator', 'mccmnc', 'imsi'],
	build: ({ messages, reference }: Batch) => {
		const ids = idsFor(reference, messages.length);
		return jsonRequest(
			messages.map(({ digits }, index) => ({ type: 'hlr', id: ids[index] ?? 0, phone: Number(digits) })),
		);
	},
	read(reply, batch) {
		const places = new Map(batch.messages.map(({ digits }, index) => [digits, index]));
		// The page's sample has the number, and not the id.
		return readItems(reply, batch, outcomeOfLookUp, (item, ids) => {
			const phone = asText(pick(asRecord(pick(item, 'data')), 'phone')) ?? '';
			return ids[places.get(phone) ?? -1] ?? null;
		});
	},
});

export const lookUp: BilledOperation = {
	resource: 'number',
	operation: 'lookup',
	name: 'Look Up (HLR)',
	action: 'Look up a number',
	description:
		'Ask the operator whether a number exists and where it is. Each lookup is charged. Needs an API key.',
	fields: [numberField('Phone number. Separate multiple values with commas.')],
	optionFields: [],
	sender: lookUps,
	senderFor: (authentication) => (reachesJson(authentication) ? lookUps : withoutKey(lookUps, 'Look Up')),
	followUp: null,
};
