/** One query outside a run: for drop-downs and triggers. */
import type { Gateway } from '../contract/gateway';
import type { QueryAnswer, Operation } from '../contract/operation';
import type { JsonRecord } from '../contract/request';
import type { Caller } from '../requests/caller';
import type { OpenConnection } from '../requests/connection';
import { connect } from '../requests/connection';
import { queryFailureOf } from '../requests/queryFailures';

/** Short: n8n's editor or a gateway's webhook call is waiting. */
const TIMEOUT_MS = 10_000;

/** @throws what n8n throws when the credential is missing */
export async function queryOnce<A extends JsonRecord>(
	caller: Caller,
	gateway: Gateway,
	operation: Operation<A>,
	parameters: A,
): Promise<QueryAnswer> {
	const { open, problem, redactor } = await connect(caller, gateway, TIMEOUT_MS);
	if (open === null) {
		const { kind, code, message, hint, retry } = problem;
		return { failure: { kind, code, message, hint, retry } };
	}
	const answer = await queryThrough(open, gateway, operation, parameters);
	if ('rows' in answer) return answer;
	const { message, hint } = answer.failure;
	return { failure: { ...answer.failure, message: redactor.text(message), hint: redactor.text(hint) } };
}

/** The same through a connection that is open. Its failures are as the gateway words them. */
export async function queryThrough<A extends JsonRecord>(
	{ transport, address }: OpenConnection,
	{ displayName }: Gateway,
	operation: Operation<A>,
	parameters: A,
): Promise<QueryAnswer> {
	const result = await transport(operation.build([parameters], null, null));
	const [answer] = ('status' in result ? operation.read(result, [parameters], null) : null) ?? [];
	return answer ?? { failure: queryFailureOf(result, displayName, address) };
}
