/** Runs everything that is not sending: rows to queries to requests to items. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { QueryFailure } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import type { Connection } from '../requests/connection';
import { connectForRun } from '../requests/connection';
import { RequestLoop } from '../requests/loop';
import { createRedactor } from '../requests/redaction';
import { clock } from '../time/clock';
import type { Answered, RefusedRow } from './items';
import { itemsOfAnswers } from './items';
import { pollUntilFinal } from './polling';
import type { Query } from './queries';
import { newQuery, ownFailure, readQueries } from './queries';
import { makeRequests } from './requests';
import type { QuerySettings } from './settings';
import { missingInRows, readQuerySettings } from './settings';

/** A gateway with what it is asked. */
export interface Inquiry {
	readonly gateway: Gateway;
	readonly operation: Operation;
	/** Whether it is asked about this row. */
	readonly covers: (row: number) => boolean;
}

/**
 * Runs an operation for all items: equal queries are made once, each row gets its own items. With On Error = Stop Workflow
 * it throws only when no row got an answer; with the other settings it never throws (n8n would send every row to the
 * success output).
 */
export async function runOperation(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	return await runInquiries(context, [{ gateway, operation, covers: () => true }]);
}

/** The same at several gateways. @param refused rows of which no gateway is asked */
export async function runInquiries(
	context: IExecuteFunctions,
	inquiries: readonly Inquiry[],
	refused: readonly RefusedRow[] = [],
): Promise<INodeExecutionData[]> {
	const answered = await Promise.all(inquiries.map((one) => answersTo(context, one)));
	return itemsOfAnswers(context, answered, refused);
}

async function answersTo(
	context: IExecuteFunctions,
	{ gateway, operation, covers }: Inquiry,
): Promise<Answered> {
	const settings = readQuerySettings(context, gateway, operation);
	const problem = settings.problem ?? missingInRows(context, operation);
	const rows =
		problem === null
			? await readQueries(context, gateway, operation, covers)
			: context.getInputData().map((_, row) => ({ queries: [], problem: covers(row) ? problem : null }));
	const queries = [...new Set(rows.flatMap((row) => row.queries))];
	let redactor = createRedactor([]);
	if (queries.length > 0) {
		try {
			const connection = await connectForRun(context, gateway, settings.timeoutMs);
			redactor = connection.redactor;
			await answer(queries, connection, context, gateway, operation, settings);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			const failed = ownFailure(
				`The run could not be started. Details: ${why}`,
				'Open the credential and check its fields.',
			);
			for (const query of queries) query.result ??= failed;
		}
	}
	return { gateway, operation, settings, rows, redactor };
}

/**
 * What came of things that were just sent: for each query the latest row, or null. Waits as long as the fields "Wait Until
 * Final" and "Maximum Wait" say. @throws never
 */
export async function queryUntilFinal(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	wanted: readonly JsonRecord[],
): Promise<ReadonlyArray<JsonRecord | null>> {
	const settings = readQuerySettings(context, gateway, operation);
	if (settings.waitMs === 0 || wanted.length === 0) return wanted.map(() => null);
	const queries = wanted.map(newQuery);
	const connection = await connectForRun(context, gateway, settings.timeoutMs);
	await answer(queries, connection, context, gateway, operation, settings);
	return queries.map(({ result }) =>
		result !== null && 'rows' in result ? (result.rows[0]?.record ?? null) : null,
	);
}

/** Gives every query its result. */
async function answer(
	queries: readonly Query[],
	{ open, problem }: Connection,
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	settings: QuerySettings,
): Promise<void> {
	if (open === null) {
		for (const query of queries) query.result = { failure: problem, reply: null };
		return;
	}
	const { transport, address } = open;
	const loop = new RequestLoop<QueryFailure>({
		transport,
		requestsInFlight: gateway.requestsInFlight,
		requestsPerSecond: gateway.requestsPerSecond,
		requestsPerMinute: operation.requestsPerMinute,
		isCancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
		clock,
	});
	const run = { gateway, operation, limit: settings.limit, address, loop };
	await makeRequests(run, queries);
	await pollUntilFinal(run, queries, settings.waitMs);
}
