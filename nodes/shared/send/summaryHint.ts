import type { NodeExecutionHint } from 'n8n-workflow';
import { isFailure } from '../contract/outcome';
import type { Job } from './job';
import type { Result } from './result';

/** What a run of several texts comes to: nobody adds up a column by eye. */
export function summaryHint(
	{ sender, gateway, isPreview }: Job,
	results: readonly Result[],
): NodeExecutionHint | null {
	const costs = new Map<string | null, number>();
	let texts = 0;
	let segments = 0;
	let isPriced = true;
	const isSent = !isPreview && results.some(({ outcome }) => outcome?.accepted === true);
	for (const { message, outcome, by = { sender, gateway } } of results) {
		if (message === null || outcome === null || isFailure(outcome)) continue;
		if (isSent && (outcome.accepted !== true || outcome.details?.alreadySent === true)) continue;
		if (!by.sender.isTextMessage(message.options)) continue;
		texts++;
		segments += outcome.segments ?? message.measure.segments;
		const currency = outcome.currency ?? by.gateway.currency;
		if (outcome.cost === null) isPriced = false;
		else costs.set(currency, (costs.get(currency) ?? 0) + outcome.cost);
	}
	if (texts < 2) return null;
	const priced = isPriced
		? [...costs].map(([currency, cost]) => `${shown(cost)} ${currency ?? ''}`.trim())
		: [];
	const figures = [
		`${shown(texts)} texts`,
		segments === 1 ? '1 segment' : `${shown(segments)} segments`,
		...priced,
	];
	const message = `${isSent ? 'Accepted' : 'Would be sent'}: ${figures.join(', ')}.`;
	return { message, type: 'info', location: 'outputPane' };
}

function shown(amount: number): string {
	return amount.toLocaleString('en-US', { maximumFractionDigits: 4 });
}
