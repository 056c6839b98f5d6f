/** The preview operation: what each text would be, and what it would cost where that was asked. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Message } from '../contract/message';
import type { Failure, Outcome } from '../contract/outcome';
import { NOTHING_SENT, isFailure } from '../contract/outcome';
import { countSegments } from '../segments/segments';
import type { ItemContext } from './items';
import { recipientJson, toItem } from './items';
import type { Result } from './result';

export function previewItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	leaveOutNothingSent(results);
	const counted = new Map<string, SegmentCount>();
	const count = (text: string): SegmentCount => {
		const counts = counted.get(text) ?? countSegments(text);
		if (counted.size < KEEP_COUNTED) counted.set(text, counts);
		return counts;
	};
	return results.map((result) => {
		const { message, row, outcome } = result;
		if (message === null || (outcome !== null && isFailure(outcome))) return toItem(result, context);
		result.outcome ??= { accepted: false, quoted: true, cost: null, segments: null };
		// An e-mail or a call has no segments.
		const isText = context.sender.isTextMessage(message.options);
		const json: IDataObject = {
			...recipientJson(result, message, context),
			text: message.text,
			...plannedJson(message),
			...(isText ? segmentsJson(message, count) : {}),
			...(outcome === null ? {} : priceJson(outcome, isText, context)),
		};
		return { json, pairedItem: { item: row } };
	});
}

/** What is not as usual: it would go out later, or not at all. */
function plannedJson({ options: { scheduledFor, testMode } }: Message): IDataObject {
	return {
		...(scheduledFor === null ? {} : { scheduledFor: new Date(scheduledFor).toISOString() }),
		...(testMode ? { testMode } : {}),
	};
}

type SegmentCount = ReturnType<typeof countSegments>;

/** Texts whose parts are kept: many rows have the same. */
const KEEP_COUNTED = 1000;

function segmentsJson({ measure, text }: Message, count: (text: string) => SegmentCount): IDataObject {
	const { encoding, segments, characters, remaining } = measure;
	// Bytes have no letters to show.
	const { parts, forcesUnicode } = encoding === 'binary' ? { parts: [], forcesUnicode: [] } : count(text);
	return {
		encoding,
		segments,
		characters,
		remaining,
		parts,
		forcesUnicode: forcesUnicode.map((entry) => ({ ...entry })),
	};
}

function priceJson(quote: Exclude<Outcome, Failure>, isText: boolean, { gateway }: ItemContext): IDataObject {
	const currency = quote.currency ?? gateway.currency;
	return { cost: quote.cost, currency, ...(isText ? { chargedSegments: quote.segments } : {}) };
}

/** A preview was not going to send anything: that nothing was sent is no news there. */
function leaveOutNothingSent(results: readonly Result[]): void {
	const without = (text: string): string => text.replace(` ${NOTHING_SENT}`, '');
	// One refusal of many rows stays one: n8n shows it as being about the node.
	const known = new Map<Outcome, Outcome>();
	for (const result of results) {
		const { outcome } = result;
		if (outcome === null || !isFailure(outcome)) continue;
		// After a request it is news: a query for prices might have been one that sends.
		if (outcome.accepted === null || outcome.origin !== 'input') continue;
		const { message, hint } = outcome;
		const told = known.get(outcome) ?? { ...outcome, message: without(message), hint: without(hint) };
		known.set(outcome, told);
		result.outcome = told;
	}
}
