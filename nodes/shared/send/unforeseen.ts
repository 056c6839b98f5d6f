import { NodeOperationError } from 'n8n-workflow';
import { refuseInput, unclear } from '../contract/outcome';
import type { Job } from './job';
import type { Result } from './result';
import { refusedResult } from './result';

/** After an error that nobody foresaw: rows without an outcome never left, and must not go missing. */
export function settleUnforeseen({ items, gateway }: Job, results: Result[], error: unknown): void {
	const what = error instanceof NodeOperationError ? error.message : 'The run could not be prepared';
	const why = error instanceof Error ? error.message : String(error);
	const refusal = refuseInput('invalid_parameter', `${what}. Nothing was sent.`, `Details: ${why}`);
	const lost = unclear(gateway.displayName, `The run broke off while this text was being sent: ${why}`);
	for (const result of results) {
		if (result.sharesWith === undefined) result.outcome ??= result.isUnderWay === true ? lost : refusal;
	}
	const known = new Set(results.map(({ row }) => row));
	for (const row of items.keys()) if (!known.has(row)) results.push(refusedResult(row, '', refusal));
	results.sort((a, b) => a.row - b.row);
}
