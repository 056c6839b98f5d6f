/** From rows to queries: what each row wants to know. Rows that want the same share one query. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { FieldReader } from '../contract/fields';
import type { Gateway } from '../contract/gateway';
import { asRecord } from '../contract/json';
import type { Operation } from '../contract/operation';
import type { QueryFailure, Refused } from '../contract/outcome';
import type { GatewayReply, JsonRecord } from '../contract/request';
import { CheckedFields } from '../input/fields';
import { countryReader, perRow, textOf } from '../input/parameters';
import { unreadableRow } from '../input/unreadable';
import type { RecipientReader } from '../phone/recipients';
import { loadRecipientReader } from '../phone/recipients';
import { afterColon } from '../phone/sentences';
import { clock } from '../time/clock';

/** One thing to find out or to do, and what came of it. */
export interface Query {
	readonly parameters: JsonRecord;
	/** Null until there is one. */
	result: QueryResult | null;
}

export type QueryResult = FailedQuery | AnsweredQuery;

export interface AnsweredQuery {
	readonly rows: AnswerRow[];
	/** Why the rows after these are missing: a later page failed. */
	readonly gap?: FailedQuery;
}

export interface FailedQuery {
	readonly failure: QueryFailure;
	readonly reply: GatewayReply | null;
}

export interface AnswerRow {
	readonly record: JsonRecord;
	/** The reply that it was in: a gateway may answer page by page. */
	readonly reply: GatewayReply | null;
}

/** What one input row wants to know, or why it cannot be asked. */
export interface RowQueries {
	readonly queries: readonly Query[];
	readonly problem: Refused | null;
}

export function newQuery(parameters: JsonRecord): Query {
	return { parameters, result: null };
}

/** A failure of our own making rather than the gateway's. */
export function ownFailure(message: string, hint: string): FailedQuery {
	return {
		failure: { kind: 'invalid_parameter', code: null, message, hint, retry: 'after_fix' },
		reply: null,
	};
}

/** Notes a failure. Rows from before it stay: only what would have followed is lost. */
export function fail(query: Query, failed: FailedQuery): void {
	const rows = query.result !== null && 'rows' in query.result ? query.result.rows : [];
	if (rows.length === 0) {
		query.result = failed;
		return;
	}
	const { failure } = failed;
	const count = rows.length === 1 ? 'first row' : `first ${rows.length} rows`;
	const message = `Only the ${count} could be read. ${failure.message}`;
	query.result = { rows, gap: { ...failed, failure: { ...failure, message } } };
}

/** Equal queries are one and the same object. @param covers whether the gateway is asked about this row */
export async function readQueries(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	covers: (row: number) => boolean,
): Promise<readonly RowQueries[]> {
	const readRow = rowReader(context, gateway, operation, await loadRecipientReader());
	const known = new Map<string, Query>();
	const queryOf = (parameters: JsonRecord): Query => {
		const key = JSON.stringify(parameters);
		const query = known.get(key) ?? newQuery(parameters);
		known.set(key, query);
		return query;
	};
	return context.getInputData().map((_, index): RowQueries => {
		if (!covers(index)) return { queries: [], problem: null };
		try {
			const row = readRow(index);
			if ('problem' in row) return { queries: [], problem: row.problem };
			// The same value twice in a row is one query.
			return { queries: [...new Set(row.wanted.map(queryOf))], problem: null };
		} catch (error) {
			return { queries: [], problem: unreadableRow(error) };
		}
	});
}

type RowReading = { readonly wanted: readonly JsonRecord[] } | { readonly problem: Refused };

function rowReader(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	parse: RecipientReader,
): (index: number) => RowReading {
	const readCountry = countryReader(context);
	const readers = operation.fields.map(({ name }) => [name, perRow(context, name, '')] as const);
	const readOptions = perRow(context, 'options', {});
	const about = {
		timezone: context.getTimezone(),
		now: clock.now(),
		gatewayName: gateway.displayName,
		sends: false,
	};
	return (index) => {
		const values: Record<string, unknown> = { ...asRecord(readOptions(index)) };
		for (const [name, read] of readers) values[name] = read(index);
		const fields = new CheckedFields(values, about);
		const country = readCountry(index);
		const numbers = (name: string, label: string): readonly string[] =>
			parseNumbers(fields, values[name], label, parse, country);
		const wanted = operation.queriesIn({ fields, numbers });
		if (wanted.length === 0 && fields.problems.length === 0) {
			fields.refuse(operation.name, 'has nothing to do for this row', 'Fill in its fields');
		}
		const [problem] = fields.problems;
		return problem === undefined ? { wanted } : { problem };
	};
}

/** E.164 numbers; anything else is refused under the field's label. */
function parseNumbers(
	fields: FieldReader,
	value: unknown,
	label: string,
	parse: RecipientReader,
	country: string,
): readonly string[] {
	if ((textOf(value) ?? '').trim() === '') return [];
	return parse(value, country).flatMap((recipient) => {
		if (recipient.outcome !== 'invalid') return [recipient.e164];
		const { input, why, fix } = recipient;
		fields.refuse(label, `is "${input}": ${afterColon(why).replace(/\.$/, '')}`, fix.replace(/\.$/, ''));
		return [];
	});
}
