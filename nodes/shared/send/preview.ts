/** The preview operation: what each text would be, and what it would cost where that was asked. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ItemContext, Result } from './items';
import { toItems } from './items';
import type { Outcome } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import { countSegments } from '../segments/segments';

export function previewItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	const counted = new Map<string, ReturnType<typeof countSegments>>();
	return results.map((result) => {
		const { message, correctedFrom, row } = result;
		const quote = result.outcome;
		if (message === null || (quote !== null && isFailure(quote))) {
			return toItems([result], context)[0] ?? { json: {} };
		}
		result.outcome ??= { accepted: false, quoted: true, cost: null, segments: null };
		const count = counted.get(message.text) ?? countSegments(message.text);
		// Bytes have no letters to show.
		const { encoding, segments, characters, remaining } = message.measure;
		const isBinary = encoding === 'binary';
		if (counted.size < 1000) counted.set(message.text, count);
		// An e-mail or a call has no segments.
		const isText = context.sender.isTextMessage(message.options);
		const json: IDataObject = {
			gateway: context.gateway.id,
			to: message.to,
			...(correctedFrom === null ? {} : { toCorrectedFrom: correctedFrom }),
			from: message.from === '' ? null : message.from,
			text: message.text,
			...(isText
				? {
						encoding,
						segments,
						characters,
						remaining,
						parts: isBinary ? [] : count.parts,
						forcesUnicode: (isBinary ? [] : count.forcesUnicode).map((entry) => ({ ...entry })),
					}
				: {}),
			...(quote === null
				? {}
				: {
						cost: quote.cost,
						currency: currencyOf(quote, context),
						...(isText ? { chargedSegments: quote.segments } : {}),
					}),
		};
		return { json, pairedItem: { item: row } };
	});
}

function currencyOf(quote: Outcome, { gateway }: ItemContext): string | null {
	return (quote.accepted === false && quote.quoted === true ? quote.currency : null) ?? gateway.currency;
}
