/**
 * Everything a gateway can do besides sending: queries and small commands that are safe to repeat. A gateway describes
 * each as the fields people see and pure functions around one request; `runOperation` does the rest.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { CodeMeaning } from './codes';
import type { RowFields } from './fields';
import { readIds, readNumbers } from './fields';
import type { MessageStatus, QueryFailure } from './outcome';
import type { GatewayReply, GatewayRequest, JsonRecord } from './request';
import type { ResultKey, ResultRow } from './resultKeys';
import { isFinal } from './status';

export const RESOURCE_NAMES = {
	account: 'Account',
	callback: 'Callback',
	incoming: 'Incoming Message',
	message: 'Message',
	number: 'Number',
	oneTimeCode: 'One-Time Code',
	sender: 'Sender',
	stopList: 'Stop List',
	verification: 'Verification',
} as const;

export type ResourceId = keyof typeof RESOURCE_NAMES;

/** The gateway's answer to one query: rows of output, each an item, or why there are none. */
export type QueryAnswer =
	| { readonly rows: readonly ResultRow[]; readonly next?: string | null }
	| { readonly failure: QueryFailure };

export interface Operation<A extends JsonRecord = JsonRecord> {
	readonly resource: ResourceId;
	/** Value of the Operation drop-down. */
	readonly operation: string;
	/** How the drop-down shows it. */
	readonly name: string;
	/** How the list of actions shows it. */
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	/** Fields of `options` besides those that every operation has. */
	readonly optionFields?: readonly INodeProperties[];
	/** The queries of this row. Equal queries of several rows are made once. */
	queriesIn(row: RowFields): readonly A[];
	/** How many queries one request may carry. */
	readonly perRequest: number;
	/** The most of these requests that the gateway answers within a minute; absent: it names no limit. */
	readonly requestsPerMinute?: number;
	/** Queries with equal keys may share a request; without it, all may. */
	shareKey?(query: A): string;
	/** `cursor` is the previous page's `next`, null at first. `limit`: how many rows are still wanted, or null for all. */
	build(queries: readonly [A, ...A[]], cursor: string | null, limit: number | null): GatewayRequest;
	/**
	 * One answer for each query, in order; null when the reply is not in the gateway's own layout. Must not throw, whatever
	 * the reply.
	 */
	read(
		reply: GatewayReply,
		queries: readonly [A, ...A[]],
		cursor: string | null,
	): readonly QueryAnswer[] | null;
	/** Keys of its rows besides `gateway`, those that only some rows have among them: n8n shows them before a first run. */
	readonly keys: readonly ResultKey[];
	/** The keys of a simplified answer; only where there are more than ten. */
	readonly simplified?: readonly ResultKey[];
	/** There may be many rows: Return All and Limit are offered. */
	readonly returnsMany?: boolean;
	/** Rows have a message's status: people may wait until it is final. */
	readonly tellsStatus?: boolean;
}

/** What has a usual value. */
type Usual = 'fields' | 'perRequest';
type Own<A extends JsonRecord> = Omit<Operation<A>, Usual | 'queriesIn'> & Partial<Pick<Operation<A>, Usual>>;

/** An operation with the usual defaults: no fields, and one query per request. */
export function defineOperation(own: Own<JsonRecord>): Operation;
export function defineOperation<A extends JsonRecord>(
	own: Own<A> & Pick<Operation<A>, 'queriesIn'>,
): Operation<A>;
export function defineOperation(own: Own<JsonRecord> & Partial<Pick<Operation, 'queriesIn'>>): Operation {
	return { fields: [], perRequest: 1, queriesIn: () => [{}], ...own };
}

/** What people see of operations that several gateways have. */
export const BALANCE = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the remaining balance of the account',
	keys: ['balance', 'currency'],
} as const;

export const SENDERS = {
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names of your account',
	keys: ['sender'],
	returnsMany: true,
} as const;

export const STATUS = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	keys: [
		'to',
		'status',
		'final',
		'cost',
		'currency',
		'messageId',
		'reason',
		'hint',
		'reasonKind',
		'reasonCode',
		'occurredAt',
	],
	tellsStatus: true,
} as const;

/** A query about one message. */
export type MessageQuery = Readonly<Record<'messageId', string>>;

/** Reads the Message ID field; `pattern` is what the gateway's ids look like. */
export function messageQueries(pattern: RegExp): (row: RowFields) => readonly MessageQuery[] {
	return ({ fields }) =>
		readIds(fields, 'messageId', 'Message ID', pattern, 'Use the messageId returned by Send').map(
			(messageId) => ({ messageId }),
		);
}

/** A query about one number, in E.164. */
export type NumberQuery = Readonly<Record<'to', string>>;

export function numberQueries(row: RowFields): readonly NumberQuery[] {
	return readNumbers(row).map((to) => ({ to }));
}

/** The gateway's reply about several messages lacks this one. */
export function messageNotMentioned(gatewayName: string): QueryAnswer {
	return {
		failure: {
			kind: 'unknown',
			code: null,
			message: `${gatewayName}'s reply does not mention this message.`,
			hint: 'Run this step again later.',
			retry: 'later',
		},
	};
}

/** A message's status, for an item or a delivery report. */
export interface StatusNews {
	readonly messageId: string;
	/** E.164, or null where the gateway does not say. */
	readonly to: string | null;
	readonly status: MessageStatus;
	/** Why it was not delivered; null when there is nothing to say. */
	readonly reason: CodeMeaning | null;
	/** The gateway's own code of the status or reason. */
	readonly code: string | null;
	readonly cost: number | null;
	readonly currency: string | null;
	/** ISO 8601, or null. */
	readonly occurredAt: string | null;
}

/**
 * A status as a row of output. Why it was not delivered stands under `reason`, not `error`: n8n would take the row for a
 * failed one.
 */
export function statusRow(news: StatusNews, details: ResultRow = {}): ResultRow {
	const { messageId, to, status, reason, code, cost, currency, occurredAt } = news;
	return {
		to,
		status,
		final: isFinal(status),
		cost,
		currency,
		messageId,
		...reasonKeys(reason, code),
		occurredAt,
		...details,
	};
}

/** Why a message was not delivered, as keys of a result; the gateway's code is its own, or that of the status. */
function reasonKeys(reason: CodeMeaning | null, code: string | null): ResultRow {
	if (reason === null) return { reason: null };
	const { kind, message, hint } = reason;
	return { reason: `${message}.`, hint, reasonKind: kind, reasonCode: code };
}

/** The same as the `error` of a trigger's item. */
export function reasonOf({ kind, message, hint }: CodeMeaning, code: string | null): JsonRecord {
	return { kind, code, message: `${message}.`, hint };
}

/** ISO 8601 of a Unix time in seconds; null for anything else. */
export function isoOfSeconds(seconds: number | null): string | null {
	if (seconds === null || seconds <= 0 || seconds > 8_640_000_000_000) return null;
	return new Date(seconds * 1000).toISOString();
}
