/** One question outside a run: for drop-downs and triggers. */
import type { Caller } from './caller';
import { connect } from './connection';
import type { Gateway } from '../contract/gateway';
import { noAnswerOfFault, noAnswerOfStatus } from './noAnswer';
import type { Answer, Operation } from '../contract/operation';
import type { JsonRecord } from '../contract/request';

/** Short: n8n's editor or a gateway's webhook call is waiting. */
const TIMEOUT_MS = 10_000;

/** @throws what n8n throws when the credential is missing */
export async function askOnce<A extends JsonRecord>(
	caller: Caller,
	gateway: Gateway,
	operation: Operation<A>,
	ask: A,
): Promise<Answer> {
	const { line, problem, redactor } = await connect(caller, gateway, TIMEOUT_MS);
	if (line === null) {
		const { kind, code, message, hint, retry } = problem;
		return { failure: { kind, code, message, hint, retry } };
	}
	const reply = await line.transport(operation.build([ask], null, null));
	const { displayName } = gateway;
	if (!('status' in reply)) return { failure: noAnswerOfFault(reply, displayName, line.address) };
	const [answer] = operation.read(reply, [ask], null) ?? [];
	if (answer === undefined) return { failure: noAnswerOfStatus(reply, displayName, line.address) };
	if ('rows' in answer) return answer;
	const { message, hint } = answer.failure;
	return { failure: { ...answer.failure, message: redactor.text(message), hint: redactor.text(hint) } };
}
