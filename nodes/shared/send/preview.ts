/** The preview operation: what each text would be, and what it would cost where that was asked. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Message } from '../contract/message';
import type { Failure, Outcome } from '../contract/outcome';
import { NOTHING_SENT, isFailure } from '../contract/outcome';
import type { ResultRow } from '../contract/resultKeys';
import { resultInOrder } from '../contract/resultKeys';
import { countSegments } from '../segments/segments';
import type { ItemContext } from './items';
import { contextOf, recipientKeys, toItem } from './items';
import type { Result } from './result';

/** Texts whose parts are kept: many rows have the same. */
const KEEP_COUNTED = 1000;

/** As many are shown: one that is replaced is found in the text wherever it stands. */
const SHOW_CHARACTERS = 10;

export function previewItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	leaveOutNothingSent(results);
	const counted = new Map<string, TextShown>();
	const show = (text: string): TextShown => {
		const shown = counted.get(text) ?? textShown(text);
		if (counted.size < KEEP_COUNTED) counted.set(text, shown);
		return shown;
	};
	return results.map((result) => {
		const { message, row, outcome } = result;
		if (message === null || (outcome !== null && isFailure(outcome))) return toItem(result, context);
		result.outcome ??= { accepted: false, quoted: true, cost: null, segments: null };
		const json = previewJson(result, message, outcome, contextOf(context, result), show);
		return { json, pairedItem: { item: row } };
	});
}

function previewJson(
	result: Result,
	message: Message,
	outcome: Exclude<Outcome, Failure> | null,
	context: ItemContext,
	show: (text: string) => TextShown,
): IDataObject {
	const { measure, text } = message;
	// An email or a call has no segments.
	const isText = context.sender.isTextMessage(message.options);
	const row: ResultRow = {
		...recipientKeys(result, message),
		...(isText ? measure : {}),
		...(outcome === null ? {} : priceKeys(outcome, isText, context)),
		...plannedKeys(message),
		gateway: context.gateway.id,
	};
	// The longest cells last.
	return { ...(resultInOrder(row) as IDataObject), text, ...(isText ? shownOf(message, context, show) : {}) };
}

interface TextShown {
	readonly parts: string[];
	readonly forcesUnicode: Array<{ character: string; replacement: string }>;
}

/** Bytes have no letters to show, and what a gateway makes of a text, nobody can. */
function shownOf(
	{ measure, text, options }: Message,
	{ sender }: ItemContext,
	show: (text: string) => TextShown,
): TextShown {
	if (measure.encoding === 'binary') return { parts: [], forcesUnicode: [] };
	const isAsTyped = (sender.measure?.(text, options) ?? null) === null;
	return isAsTyped ? show(text) : { ...show(text), parts: [] };
}

/** What can be replaced is all that a person can act on: of a text in Cyrillic, every letter would be in the list. */
function textShown(text: string): TextShown {
	const { parts, forcesUnicode } = countSegments(text);
	const replaceable = forcesUnicode.flatMap(({ character, replacement }) =>
		replacement === null ? [] : [{ character, replacement }],
	);
	return { parts: [...parts], forcesUnicode: replaceable.slice(0, SHOW_CHARACTERS) };
}

/** What is not as usual: it would go out later, or not at all. */
function plannedKeys({ options: { scheduledFor, testMode } }: Message): ResultRow {
	return {
		...(scheduledFor === null ? {} : { scheduledFor: new Date(scheduledFor).toISOString() }),
		...(testMode ? { testMode } : {}),
	};
}

function priceKeys(quote: Exclude<Outcome, Failure>, isText: boolean, { gateway }: ItemContext): ResultRow {
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
		const shorter = known.get(outcome) ?? { ...outcome, message: without(message), hint: without(hint) };
		known.set(outcome, shorter);
		result.outcome = shorter;
	}
}
