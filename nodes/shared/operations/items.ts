/** From results to n8n's items. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { QueryFailure, Refused } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import { textOf } from '../input/parameters';
import type { ResultKey, ResultRow } from '../contract/resultKeys';
import { resultInOrder } from '../contract/resultKeys';
import { failureJson, hasErrorOutput, nodeError } from '../output/failure';
import { rawReplies } from '../output/rawReply';
import { stopped } from '../requests/queryFailures';
import type { Redactor } from '../requests/redaction';
import { createRedactor } from '../requests/redaction';
import type { AnswerRow, FailedQuery, RowQueries } from './queries';
import type { QuerySettings } from './settings';

export interface Answered {
	readonly gateway: Gateway;
	readonly operation: Operation;
	readonly settings: QuerySettings;
	readonly rows: readonly RowQueries[];
	readonly redactor: Redactor;
}

/** A row of which no gateway is asked. */
export interface RefusedRow {
	readonly row: number;
	readonly gateway: Pick<Gateway, 'id' | 'credential'>;
	readonly refusal: Refused;
}

interface RowFailure {
	readonly failure: QueryFailure;
	readonly row: number;
	readonly isInput: boolean;
	readonly redactor: Redactor;
}

/** What a run comes to. */
interface Tray {
	readonly items: Array<{ readonly row: number; readonly json: IDataObject }>;
	readonly failures: RowFailure[];
	hasAnswer: boolean;
}

/** In the order of the rows. @throws with On Error = Stop Workflow, when no row got an answer */
export function itemsOfAnswers(
	context: IExecuteFunctions,
	answered: readonly Answered[],
	refused: readonly RefusedRow[],
): INodeExecutionData[] {
	const tray: Tray = { items: [], failures: [], hasAnswer: false };
	for (const one of refused) addRefused(tray, context, one);
	for (const one of answered) addAnswered(tray, context, one);
	const [first] = tray.failures.sort((a, b) => a.row - b.row);
	if (first !== undefined && !tray.hasAnswer && !context.continueOnFail()) {
		throw nodeError(context.getNode(), first.failure, first);
	}
	return tray.items
		.sort((a, b) => a.row - b.row)
		.map(({ row, json }) => ({ json, pairedItem: { item: row } }));
}

function addRefused(
	{ items, failures }: Tray,
	context: IExecuteFunctions,
	{ row, gateway, refusal }: RefusedRow,
): void {
	const redactor = createRedactor([]);
	failures.push({ failure: refusal, row, isInput: true, redactor });
	const isTest = gateway.credential === null;
	const about = { redactor, gateway, to: '', raw: {}, hasErrorOutput: hasErrorOutput(context), isTest };
	items.push({ row, json: failureJson(refusal, about) });
}

function addAnswered(tray: Tray, context: IExecuteFunctions, answered: Answered): void {
	const { gateway, settings, redactor } = answered;
	const raw = rawReplies(settings.includeRaw, redactor);
	const fail = (row: number, { failure, reply }: FailedQuery, parameters: JsonRecord): void => {
		const isInput = 'origin' in failure && failure.origin === 'input';
		tray.failures.push({ failure, row, isInput, redactor });
		const about = {
			redactor,
			gateway,
			to: textOf(parameters.to ?? parameters.messageId) ?? '',
			raw: raw.ofFailure(reply),
			hasErrorOutput: hasErrorOutput(context),
			isTest: gateway.credential === null,
		};
		tray.items.push({
			row,
			json: failureJson(failure, about, besideFailure(answered.operation, parameters)),
		});
	};
	answered.rows.forEach(({ queries, problem }, row) => {
		if (problem !== null) fail(row, { failure: problem, reply: null }, {});
		for (const { result, parameters } of queries) {
			if (result === null || 'failure' in result) {
				fail(row, result ?? { failure: stopped(gateway.displayName), reply: null }, parameters);
				continue;
			}
			tray.hasAnswer = true;
			for (const one of result.rows.slice(0, settings.limit ?? undefined)) {
				tray.items.push({ row, json: jsonOf(one, answered, raw.ofSuccess(one.reply)) });
			}
			if (result.gap !== undefined) fail(row, result.gap, parameters);
		}
	});
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
