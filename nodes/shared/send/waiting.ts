/** n8n is told to wait, once the gateway has taken the text. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { nodeContextOf } from '../answer/pendingQuestion';
import type { Message } from '../contract/message';
import type { Accepted, Failure, Quoted } from '../contract/outcome';
import { isFailure, refuseInput, unclear } from '../contract/outcome';
import type { WaitSettings } from './waitSettings';
import { withoutLink } from './waitSettings';
import type { Job } from './job';
import type { Result } from './result';

/**
 * Only for a text that is out, or that a test run keeps back: after a refusal, or where nobody knows, the node fails as
 * Send does.
 */
export async function waitForAnswer(
	job: Job,
	wait: WaitSettings,
	[result]: readonly Result[],
): Promise<void> {
	if (result === undefined) return;
	const { message, outcome, by } = result;
	if (message === null || outcome === null || isFailure(outcome)) return;
	result.outcome = await startWaiting({ ...job, ...by }, wait, message, outcome);
}

async function startWaiting(
	{ context, gateway }: Job,
	wait: WaitSettings,
	message: Message,
	outcome: Accepted | Quoted,
): Promise<Accepted | Quoted | Failure> {
	// The journal knows it from a run that broke off: the link in it leads to that run.
	if (outcome.details?.alreadySent === true) return NOBODY_WAITS;
	try {
		const { question, language, run, deadline, link } = wait;
		const kept = nodeContextOf({
			question,
			message: withoutLink(message.text, link),
			language,
			run,
			deadline,
			to: message.to,
			gateway: gateway.id,
			messageId: outcome.accepted ? outcome.messageId : null,
		});
		Object.assign(context.getContext('node'), kept);
		await putToWait(context, deadline);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return unclear(gateway.displayName, `The text was sent, but n8n does not wait for its answer: ${why}`);
	}
	const isTest = gateway.credential === null || message.options.testMode;
	// Nobody gets it: whoever tries the workflow finds the link here.
	return isTest ? { ...outcome, details: { ...outcome.details, text: message.text } } : outcome;
}

async function putToWait(context: IExecuteFunctions, deadline: number | null): Promise<void> {
	await context.putExecutionToWait(deadline === null ? WAIT_INDEFINITELY : new Date(deadline));
}

const NOBODY_WAITS = refuseInput(
	'duplicate',
	'Skipped: an earlier run of this execution sent this text and was then interrupted. The link in it no longer works, and nobody waits for the answer.',
	'To ask again, start a new execution.',
	'never',
);
