/** Outcomes to n8n items: pairing, the shape of a failure, and what On Error means, in one place. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Sender } from '../contract/sender';
import type { Message } from '../contract/message';
import type { Failure, MessageStatus, Outcome } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import { failureJson, nodeError } from '../output/failure';
import type { Redactor } from '../requests/redaction';

/** One recipient of one row, and what became of it. */
export interface Result {
	/** Index of the input item. */
	readonly row: number;
	/** E.164, or what was typed where that is not a number. */
	readonly to: string;
	readonly correctedFrom: string | null;
	/** Null when it was refused before a message could be made of it. */
	readonly message: Message | null;
	outcome: Outcome | null;
	/** The reply that told the outcome; kept only when it is wanted in the output. */
	reply: GatewayReply | null;
}

export interface ItemContext {
	readonly gateway: Gateway;
	readonly sender: Sender;
	readonly redactor: Redactor;
	readonly includeRaw: boolean;
	/** Nothing was to be sent. */
	readonly isPreview?: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Replies without secrets, so that the recipients of one request share one copy. */
	readonly redacted: Map<GatewayReply, IDataObject>;
}

export function raw({ reply }: Result, { includeRaw, redactor, redacted }: ItemContext): IDataObject {
	if (!includeRaw || reply === null) return {};
	const known = redacted.get(reply);
	if (known !== undefined) return { raw: known };
	const clean = redactor.data(reply.json ?? reply.text) as IDataObject;
	redacted.set(reply, clean);
	return { raw: clean };
}

function statusShown(status: MessageStatus, scheduledFor: number | null, now: number): MessageStatus {
	return status === 'queued' && scheduledFor !== null && scheduledFor > now ? 'scheduled' : status;
}

function failedResultJson(failure: Failure, result: Result, context: ItemContext): IDataObject {
	const { redactor, gateway } = context;
	const { accepted } = failure;
	return failureJson(failure, { redactor, gateway, to: result.to, accepted, raw: raw(result, context) });
}

function resultJson(result: Result, message: Message, context: ItemContext): IDataObject {
	const { gateway, sender, redactor, now } = context;
	const outcome = result.outcome;
	if (outcome === null || isFailure(outcome)) throw new TypeError('a failure has a shape of its own');
	const { scheduledFor, testMode } = message.options;
	return {
		gateway: gateway.id,
		to: message.to,
		...(result.correctedFrom === null ? {} : { toCorrectedFrom: result.correctedFrom }),
		from: message.from === '' ? null : message.from,
		messageId: outcome.accepted && outcome.messageId !== null ? redactor.text(outcome.messageId) : null,
		status: outcome.accepted ? statusShown(outcome.status, scheduledFor, now) : 'unknown',
		accepted: outcome.accepted,
		...(sender.isTextMessage(message.options)
			? { segments: outcome.segments ?? message.measure.segments, encoding: message.measure.encoding }
			: {}),
		cost: outcome.cost,
		currency: outcome.currency ?? gateway.currency,
		scheduledFor: scheduledFor === null ? null : new Date(scheduledFor).toISOString(),
		...(testMode ? { testMode: true } : {}),
		...((outcome.accepted ? outcome.details : undefined) ?? {}),
		...raw(result, context),
	};
}

/** One item for each result, in the order of the rows, each paired to its row. */
export function toItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	return results.map((result) => {
		const { outcome, message } = result;
		const json =
			outcome !== null && message !== null && !isFailure(outcome)
				? resultJson(result, message, context)
				: failedResultJson(failureOf(result), result, context);
		return { json, pairedItem: { item: result.row } };
	});
}

function failureOf(result: Result): Failure {
	if (result.outcome !== null && isFailure(result.outcome)) return result.outcome;
	// Cannot happen as long as every result is settled; said as what it would be if it did.
	return {
		accepted: null,
		kind: 'unknown',
		code: null,
		message: 'It is not known what became of this text.',
		hint: 'Look into your gateway account before you send it again.',
		retry: 'check_first',
	};
}

/**
 * With On Error = Stop Workflow, the error to throw; null when the items are to be returned. It is thrown only when no
 * text was accepted: after an accepted one, the full list is worth more than a red node that invites a second run.
 */
export function errorToThrow(
	node: ReturnType<IExecuteFunctions['getNode']>,
	results: readonly Result[],
	context: ItemContext,
): NodeApiError | NodeOperationError | null {
	const failures = results.filter(({ outcome }) => outcome === null || isFailure(outcome));
	const [first] = failures;
	// A text that was left out as a duplicate is what the person asked for.
	const real = failures.filter(
		(result) => failureOf(result).kind !== 'duplicate' || !isOwnRefusal(failureOf(result)),
	);
	if (first === undefined || failures.length < results.length || real.length === 0) return null;
	const unclearOnes = failures.filter((result) => failureOf(result).accepted === null);
	// Among several, which one may have gone out is told by the items alone.
	if (unclearOnes.length > 0 && results.length > 1) return null;

	const failure = failureOf(real[0] ?? first);
	const isInput = isOwnRefusal(failure);
	// What is wrong with the node itself is no story of a first row.
	const isOfAll = isInput && failures.every(({ outcome }) => outcome === failure);
	const none = `None of the ${results.length} texts ${context.isPreview === true ? 'passed the preview' : 'was sent'}.`;
	const message = results.length === 1 || isOfAll ? failure.message : `${none} The first: ${failure.message}`;
	return nodeError(node, { ...failure, message }, { isInput, row: (real[0] ?? first).row, ...context });
}

function isOwnRefusal(failure: Failure): boolean {
	return failure.accepted === false && failure.origin === 'input';
}
