/** The end of a run: whatever happened, every row has its outcome, and n8n gets its items or its error. */
import type { INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Unclear } from '../contract/outcome';
import { refuseInput, unclear } from '../contract/outcome';
import { clock } from '../time/clock';
import { errorToThrow } from './errors';
import { showHints } from './hints';
import { itemContext, toItems } from './items';
import type { Job } from './job';
import { previewItems } from './preview';
import type { Result } from './result';
import { refusedResult } from './result';
import type { Run } from './start';

/** After an error that nobody foresaw: rows without an outcome never left, and must not go missing. */
export function settleUnforeseen({ items, gateway }: Job, results: Result[], error: unknown): void {
	const what = error instanceof NodeOperationError ? error.message : 'The run could not be started';
	const why = error instanceof Error ? error.message : String(error);
	const refusal = refuseInput('invalid_parameter', `${what}. Nothing was sent.`, `Details: ${why}`);
	const lost = ({ by }: Result): Unclear => {
		const { displayName } = by?.gateway ?? gateway;
		return unclear(displayName, `The run was interrupted while this text was being sent: ${why}`);
	};
	for (const result of results) {
		if (result.sharesWith === undefined)
			result.outcome ??= result.isUnderWay === true ? lost(result) : refusal;
	}
	const known = new Set(results.map(({ row }) => row));
	for (const row of items.keys()) if (!known.has(row)) results.push(refusedResult(row, '', refusal));
	results.sort((a, b) => a.row - b.row);
}

/** @param run null when it could not be started */
export function finish(job: Job, run: Run | null, results: readonly Result[]): INodeExecutionData[] {
	const { context, isPreview } = job;
	const node = context.getNode();
	const shown = itemContext(job, run);
	const items = isPreview ? previewItems(results, shown) : toItems(results, shown);
	const words = { redactor: shown.wordsRedactor, isPreview, asks: shown.waits };
	const error = context.continueOnFail() ? null : errorToThrow(node, results, words);
	run?.ledger?.close(node, error !== null || items[0]?.json.error !== undefined, clock.now());
	if (error !== null) throw error;
	showHints(job, results, run);
	return items;
}
