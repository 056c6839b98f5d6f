/** From results to n8n's items. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { QueryFailure } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import { textOf } from '../input/parameters';
import type { ResultKey, ResultRow } from '../contract/resultKeys';
import { resultInOrder } from '../contract/resultKeys';
import { failureJson, hasErrorOutput, nodeError } from '../output/failure';
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
export function itemsOfAnswers(context: IExecuteFunctions, answered: Answered): INodeExecutionData[] {
	const { gateway, settings, redactor } = answered;
	const hasOutput = hasErrorOutput(context);
	const items: INodeExecutionData[] = [];
	const failures: RowFailure[] = [];
	let hasAnswer = false;
	const raw = rawReplies(settings.includeRaw, redactor);
	const fail = (row: number, { failure, reply }: FailedQuery, parameters: JsonRecord): void => {
		failures.push({ failure, row, isInput: 'origin' in failure && failure.origin === 'input' });
		const to = textOf(parameters.to ?? parameters.messageId) ?? '';
		const about = {
			redactor,
			gateway,
			to,
			raw: raw.ofFailure(reply),
			hasErrorOutput: hasOutput,
			isTest: gateway.credential === null,
		};
		const json = failureJson(failure, about, besideFailure(answered.operation, parameters));
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

/** What a failed row has in common with the good ones: what it asked about. */
function besideFailure({ tellsStatus }: Operation, parameters: JsonRecord): ResultRow {
	const { to, messageId, checkId, url } = parameters;
	return {
		...(to === undefined ? {} : { to }),
		...(tellsStatus === true ? { status: 'unknown' } : {}),
		...(checkId === undefined ? {} : { checkId }),
		...(url === undefined ? {} : { url }),
		...(messageId === undefined ? {} : { messageId }),
	};
}

function jsonOf(
	{ record }: AnswerRow,
	{ gateway, operation, settings, redactor }: Answered,
	raw: IDataObject,
): IDataObject {
	const shown = settings.simplify ? only(record, operation.simplified ?? []) : record;
	// n8n's convention: what was deleted is told by `{deleted: true}` alone.
	const row: ResultRow = 'deleted' in record ? shown : { ...shown, gateway: gateway.id };
	return { ...(redactor.data(resultInOrder(row)) as IDataObject), ...raw };
}

function only(record: ResultRow, keys: readonly ResultKey[]): ResultRow {
	return Object.fromEntries(keys.flatMap((key) => (key in record ? [[key, record[key] ?? null]] : [])));
}
