/** From queries to results: grouped into requests, page by page, through the loop that sending uses as well. */
import type { Gateway } from '../contract/gateway';
import type { QueryAnswer, Operation } from '../contract/operation';
import type { QueryFailure } from '../contract/outcome';
import type { GatewayReply, JsonRecord } from '../contract/request';
import type { RequestLoop, ReplyOrFault, Verdict } from '../requests/loop';
import { UNREADABLE_IN_A_ROW, isReply } from '../requests/loop';
import { queryFailureOf, stopped } from '../requests/queryFailures';
import type { Query } from './queries';
import { fail, ownFailure } from './queries';

/** More pages than any gateway has: paging ends somewhere. */
const MOST_PAGES = 10_000;

/** What the requests of a run need to know. */
export interface QueryRun {
	readonly gateway: Gateway;
	readonly operation: Operation;
	/** Rows wanted for each query; null for all. */
	readonly limit: number | null;
	/** The base URL, for messages. */
	readonly address: string;
	readonly loop: RequestLoop<QueryFailure>;
}

type Group = readonly [Query, ...Query[]];

/** Gives every query its result. */
export async function makeRequests(run: QueryRun, queries: readonly Query[]): Promise<void> {
	await run.loop.forEach(
		groupsOf(run.operation, queries),
		async (group) => await readPages(run, group),
		(group, error) => {
			const why = error instanceof Error ? error.message : String(error);
			const { displayName } = run.gateway;
			const failed = ownFailure(
				`${displayName}'s reply could not be processed: ${why}`,
				'Run this step again.',
			);
			for (const query of group) fail(query, failed);
		},
	);
}

/** Queries that may share a request, in order, as many as a request takes. */
function groupsOf(operation: Operation, queries: readonly Query[]): readonly Group[] {
	const groups: Group[] = [];
	const filling = new Map<string, [Query, ...Query[]]>();
	for (const query of queries) {
		const key = operation.shareKey?.(query.parameters) ?? '';
		const group = filling.get(key);
		if (group !== undefined && group.length < operation.perRequest) {
			group.push(query);
			continue;
		}
		const fresh: [Query, ...Query[]] = [query];
		filling.set(key, fresh);
		groups.push(fresh);
	}
	return groups;
}

async function readPages(run: QueryRun, group: Group): Promise<void> {
	const { gateway } = run;
	const [first] = group;
	let cursor: string | null = null;
	let pageBefore = '';
	for (let page = 0; page < MOST_PAGES; page++) {
		const { answers, reply } = await requestPage(run, group, cursor);
		// A gateway without paging returns the first page again and again.
		const content = JSON.stringify(answers.map((one) => ('rows' in one ? one.rows : one)));
		if (page > 0 && content === pageBefore) return;
		pageBefore = content;
		group.forEach((query, index) =>
			addPage(query, answers[index] ?? { failure: notMentioned(gateway.displayName) }, reply),
		);
		const [answer] = answers;
		const next: string | null = answer !== undefined && 'rows' in answer ? (answer.next ?? null) : null;
		const isEnough = run.limit !== null && rowsStillWanted(first, run.limit) <= 0;
		// A cursor that stays the same would page for ever.
		if (next === null || next === cursor || isEnough) return;
		cursor = next;
	}
}

function rowsStillWanted({ result }: Query, limit: number): number {
	return limit - (result !== null && 'rows' in result ? result.rows.length : 0);
}

function addPage(query: Query, answer: QueryAnswer, reply: GatewayReply | null): void {
	if ('failure' in answer) {
		fail(query, { failure: answer.failure, reply });
		return;
	}
	const result = query.result !== null && 'rows' in query.result ? query.result : { rows: [] };
	for (const record of answer.rows) result.rows.push({ record, reply });
	query.result = result;
}

interface Page {
	readonly answers: readonly QueryAnswer[];
	readonly reply: GatewayReply | null;
}

/** One answer for each query of the group, or as many as the gateway gives. */
async function requestPage(run: QueryRun, group: Group, cursor: string | null): Promise<Page> {
	const { gateway, operation, limit, loop } = run;
	const [first, ...others] = group;
	const parameters: [JsonRecord, ...JsonRecord[]] = [
		first.parameters,
		...others.map((one) => one.parameters),
	];
	const stillWanted = limit === null ? null : rowsStillWanted(first, limit);
	const exchange = await loop.exchange(
		() => operation.build(parameters, cursor, stillWanted),
		(result) => judge(run, result, parameters, cursor),
		({ failure }) => silent(failure ?? notMentioned(gateway.displayName)),
	);
	if (exchange !== null) return { answers: exchange.value.answers, reply: exchange.reply };
	const failure = loop.brokenBy ?? stopped(gateway.displayName);
	return { answers: failures(group, failure), reply: null };
}

interface Reading {
	readonly answers: readonly QueryAnswer[];
	/** Why the first query has no answer; null when it has one. */
	readonly failure: QueryFailure | null;
}

function judge(
	{ gateway, operation, address }: QueryRun,
	result: ReplyOrFault,
	parameters: [JsonRecord, ...JsonRecord[]],
	cursor: string | null,
): Verdict<Reading, QueryFailure> {
	const read = isReply(result) ? operation.read(result, parameters, cursor) : null;
	const answers = read ?? failures(parameters, queryFailureOf(result, gateway.displayName, address));
	const [first] = answers;
	const failure = first !== undefined && 'failure' in first ? first.failure : null;
	return {
		value: { answers, failure },
		isRetryable: answers.every((one) => 'failure' in one && one.failure.retryable === true),
		fatal: failure?.fatal === true ? failure : null,
		isReadable: read !== null,
	};
}

function failures(queries: readonly unknown[], failure: QueryFailure): readonly QueryAnswer[] {
	return queries.map(() => ({ failure }));
}

/** A dead gateway is not queried any further. */
function silent(last: QueryFailure): QueryFailure {
	return {
		...last,
		message: `Not requested, because ${UNREADABLE_IN_A_ROW} consecutive requests failed: ${last.message}`,
	};
}

function notMentioned(gatewayName: string): QueryFailure {
	return {
		kind: 'unknown',
		code: null,
		message: `${gatewayName}'s reply does not cover this request.`,
		hint: 'Run this step again later.',
		retry: 'later',
	};
}
