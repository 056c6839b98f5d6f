import type { NodeExecutionHint } from 'n8n-workflow';
import { COUNTRY_NAMES } from '../contract/countries';
import { isFailure } from '../contract/outcome';
import type { Job } from './job';
import type { Result } from './result';
import type { Run } from './start';

/** What a run of several texts comes to: nobody adds up a column by eye. */
export function summaryHint(
	{ sender, gateway, isPreview }: Job,
	results: readonly Result[],
	run: Run | null,
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
		...(isPreview ? breakdown(results, run, gateway) : []),
	];
	const message = `${isSent ? 'Accepted' : 'Would be sent'}: ${figures.join(', ')}.`;
	return { message, type: 'info', location: 'outputPane' };
}

/** What a preview is asked for: through whom, in which alphabet, and where the texts go. Nothing where all are alike. */
function breakdown(results: readonly Result[], run: Run | null, first: Job['gateway']): string[] {
	const gateways = new Map<string, number>();
	const encodings = new Map<string, number>();
	const countries = new Map<string, number>();
	for (const { message, outcome, by } of results) {
		if (message === null || outcome === null || isFailure(outcome)) continue;
		add(gateways, `through ${(by?.gateway ?? first).displayName}`);
		add(encodings, message.measure.encoding);
		if (run === null || !message.isNumber) continue;
		const [country, ...others] = run.phone.countriesOf(message.to);
		add(countries, country === undefined || others.length > 0 ? 'others' : COUNTRY_NAMES[country]);
	}
	return [gateways, encodings, countries].filter(({ size }) => size > 1).map(listed);
}

function add(counts: Map<string, number>, name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** So many are named. */
const MOST_NAMED = 4;

function listed(counts: ReadonlyMap<string, number>): string {
	const sorted = [...counts].sort(([, a], [, b]) => b - a);
	const named = sorted.slice(0, MOST_NAMED).map(([name, count]) => `${shown(count)} ${name}`);
	return `${named.join(' + ')}${sorted.length > MOST_NAMED ? ' + …' : ''}`;
}

function shown(amount: number): string {
	return amount.toLocaleString('en-US', { maximumFractionDigits: 4 });
}
