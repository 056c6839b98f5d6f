/** Results to n8n items, each paired to its row. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Sender } from '../contract/sender';
import type { Message } from '../contract/message';
import type { Failure, MessageStatus, Outcome } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import { failureJson } from '../output/failure';
import type { RawReplies } from '../output/rawReply';
import { rawReplies } from '../output/rawReply';
import type { Redactor } from '../requests/redaction';
import { createRedactor } from '../requests/redaction';
import { failureOf } from './errors';
import type { Job } from './job';
import type { Result } from './result';
import type { Run } from './start';

export interface ItemContext {
	readonly gateway: Gateway;
	readonly sender: Sender;
	readonly redactor: Redactor;
	readonly raw: RawReplies;
	/** Nothing was to be sent. */
	readonly isPreview: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** @param run null when it could not be started */
export function itemContext({ gateway, sender, isPreview, now }: Job, run: Run | null): ItemContext {
	const redactor = run?.connection?.redactor ?? createRedactor([]);
	const raw = rawReplies(run?.settings.includeRaw ?? false, redactor);
	return { gateway, sender, redactor, raw, isPreview, now };
}

function statusShown(status: MessageStatus, scheduledFor: number | null, now: number): MessageStatus {
	return status === 'queued' && scheduledFor !== null && scheduledFor > now ? 'scheduled' : status;
}

function failedResultJson(failure: Failure, result: Result, context: ItemContext): IDataObject {
	const { redactor, gateway } = context;
	const { accepted } = failure;
	const raw = context.raw.ofFailure(result.reply);
	return failureJson(failure, { redactor, gateway, to: result.to, accepted, raw });
}

function resultJson(
	result: Result,
	message: Message,
	outcome: Exclude<Outcome, Failure>,
	context: ItemContext,
): IDataObject {
	const { gateway, sender, redactor, now } = context;
	const { scheduledFor, testMode } = message.options;
	return {
		...recipientJson(result, message, context),
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
		...context.raw.ofSuccess(result.reply),
	};
}

/** What an item begins with. */
export function recipientJson(
	{ correctedFrom }: Result,
	{ to, from }: Message,
	{ gateway }: ItemContext,
): IDataObject {
	return {
		gateway: gateway.id,
		to,
		...(correctedFrom === null ? {} : { toCorrectedFrom: correctedFrom }),
		from: from === '' ? null : from,
	};
}

/** One item for each result, in the order of the rows. */
export function toItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	return results.map((result) => toItem(result, context));
}

export function toItem(result: Result, context: ItemContext): INodeExecutionData {
	const { outcome, message } = result;
	const json =
		outcome !== null && message !== null && !isFailure(outcome)
			? resultJson(result, message, outcome, context)
			: failedResultJson(failureOf(result), result, context);
	return { json, pairedItem: { item: result.row } };
}
