/** From results to n8n's items. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { QueryFailure } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import { textOf } from '../input/parameters';
import { failureJson, nodeError } from '../output/failure';
import { rawReplies } from '../output/rawReply';
import { stopped } from '../requests/queryFailures';
import type { Redactor } from '../requests/redaction';
import type { AnswerRow, FailedQuery, RowQueries } from './queries';
import type { QuerySettings } from './settings';

export interface Answered {
	readonly gateway: Gateway;
	readonly operation: Operation;
	readonly settings: QuerySettings;
	readonly rows: readonly RowQueries[];
	readonly redactor: Redactor;
}

interface RowFailure {
	readonly failure: QueryFailure;
	readonly row: number;
	readonly isInput: boolean;
}

/** @throws with On Error = Stop Workflow, when no row got an answer */
export function toItems(context: IExecuteFunctions, answered: Answered): INodeExecutionData[] {
	const { gateway, settings, redactor } = answered;
	const items: INodeExecutionData[] = [];
	const failures: RowFailure[] = [];
	let hasAnswer = false;
	const raw = rawReplies(settings.includeRaw, redactor);
	const fail = (row: number, { failure, reply }: FailedQuery, parameters: JsonRecord): void => {
		failures.push({ failure, row, isInput: 'origin' in failure && failure.origin === 'input' });
		const to = textOf(parameters.to ?? parameters.messageId) ?? '';
		const json = failureJson(failure, { redactor, gateway, to, raw: raw.ofFailure(reply) });
		items.push({ json, pairedItem: { item: row } });
	};
	answered.rows.forEach(({ queries, problem }, row) => {
		if (problem !== null) fail(row, { failure: problem, reply: null }, {});
		for (const { result, parameters } of queries) {
			if (result === null || 'failure' in result) {
				fail(row, result ?? { failure: stopped(gateway.displayName), reply: null }, parameters);
				continue;
			}
			hasAnswer = true;
			for (const one of result.rows.slice(0, settings.limit ?? undefined)) {
				items.push({ json: jsonOf(one, answered, raw.ofSuccess(one.reply)), pairedItem: { item: row } });
			}
			if (result.gap !== undefined) fail(row, result.gap, parameters);
		}
	});
	const [first] = failures;
	if (first !== undefined && !hasAnswer && !context.continueOnFail()) {
		throw nodeError(context.getNode(), first.failure, { ...first, redactor });
	}
	return items;
}

function jsonOf(
	{ record }: AnswerRow,
	{ gateway, operation, settings, redactor }: Answered,
	raw: IDataObject,
): IDataObject {
	const shown = settings.simplify ? only(record, operation.simplified ?? []) : record;
	const data = redactor.data(shown) as IDataObject;
	// n8n's convention: what was deleted is told by `{deleted: true}` alone.
	return 'deleted' in record ? { ...data, ...raw } : { gateway: gateway.id, ...data, ...raw };
}

function only(record: JsonRecord, keys: readonly string[]): JsonRecord {
	return Object.fromEntries(keys.flatMap((key) => (key in record ? [[key, record[key] ?? null]] : [])));
}
