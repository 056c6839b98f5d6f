/** Results to n8n items, each paired to its row. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Sender } from '../contract/sender';
import type { Message } from '../contract/message';
import type { Failure, MessageStatus, Outcome } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import type { ResultRow } from '../contract/resultKeys';
import { resultInOrder } from '../contract/resultKeys';
import { failureJson, hasErrorOutput } from '../output/failure';
import type { RawReplies } from '../output/rawReply';
import { rawReplies } from '../output/rawReply';
import type { Redactor } from '../requests/redaction';
import { redactorOfAll } from '../requests/redaction';
import { momentShown } from '../time/written';
import { failureOf } from './errors';
import { attemptsShown } from './failover';
import type { Job } from './job';
import type { Result } from './result';
import { mayHaveCode } from './result';
import type { Route, Run } from './start';

export interface ItemContext {
	readonly gateway: Gateway;
	readonly sender: Sender;
	/** There are backup gateways. */
	readonly isOneOfSeveral: boolean;
	readonly redactor: Redactor;
	/** For sentences, which may quote the text. */
	readonly wordsRedactor: Redactor;
	readonly raw: RawReplies;
	/** An answer is awaited. */
	readonly waits: boolean;
	/** Nothing was to be sent. */
	readonly isPreview: boolean;
	/** Failed rows leave by an output of their own. */
	readonly hasErrorOutput: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Of the workflow. */
	readonly timezone: string;
}

const branchesOf = (run: Run | null): ReadonlyArray<Run | Route> =>
	run === null ? [] : [run, ...run.branches];

/** @param run null when it could not be started */
export function redactorsOf(run: Run | null): Pick<ItemContext, 'redactor' | 'wordsRedactor'> {
	const legs = branchesOf(run).flatMap((one) => [one, ...one.later]);
	const redactor = redactorOfAll(legs.flatMap(({ connection }) => connection?.redactor ?? []));
	return { redactor, wordsRedactor: run?.codes?.redactor(redactor) ?? redactor };
}

/** @param run null when it could not be started */
export function itemContext(
	{ context, gateway, sender, wait, isPreview, now }: Job,
	run: Run | null,
): ItemContext {
	const { redactor, wordsRedactor } = redactorsOf(run);
	return {
		gateway,
		sender,
		isOneOfSeveral: branchesOf(run).some(({ later }) => later.length > 0),
		redactor,
		wordsRedactor,
		raw: rawReplies(run?.settings.includeRaw ?? false, redactor),
		waits: wait !== null,
		isPreview,
		hasErrorOutput: hasErrorOutput(context),
		now,
		timezone: context.getTimezone(),
	};
}

function statusShown(status: MessageStatus, scheduledFor: number | null, now: number): MessageStatus {
	return status === 'queued' && scheduledFor !== null && scheduledFor > now ? 'scheduled' : status;
}

function failedResultJson(failure: Failure, result: Result, context: ItemContext): IDataObject {
	const { wordsRedactor: redactor, gateway, isPreview } = context;
	const { message } = result;
	const { accepted } = failure;
	const about = {
		...attemptKeys(result, context),
		redactor,
		gateway,
		to: result.to,
		accepted,
		raw: context.raw.ofFailure(result.reply),
		hasErrorOutput: context.hasErrorOutput,
		isTest: gateway.credential === null || message?.options.testMode === true,
	};
	const isPerhapsOut = mayHaveCode(result);
	if (context.hasErrorOutput && !isPerhapsOut) return failureJson(failure, about);
	const beside: ResultRow = {
		...recipientKeys(result, message),
		...(isPreview ? {} : statusKeys(failure, context)),
		...textKeys(message, null, context),
		...(isPreview ? {} : optionKeys(message, context)),
	};
	if (isPerhapsOut) return perhapsOutJson(failure, { ...beside, ...codeKeys(result) }, context);
	return failureJson(failure, about, beside);
}

/** No `error`: there is nothing that a workflow must do but ask for the code, as for one that was accepted. */
function perhapsOutJson({ message, hint }: Failure, beside: ResultRow, context: ItemContext): IDataObject {
	const { wordsRedactor, gateway } = context;
	const words = { reason: wordsRedactor.text(message), hint: wordsRedactor.text(hint) };
	const test = gateway.credential === null ? { testMode: true } : {};
	return resultInOrder({ ...beside, ...words, ...test, gateway: gateway.id }) as IDataObject;
}

/** What Check Code asks for. */
function codeKeys({ issued }: Result): ResultRow {
	if (issued === undefined) return {};
	return { codeId: issued.token, expiresAt: new Date(issued.expiresAt).toISOString() };
}

function statusKeys({ accepted, messageId }: Failure, { gateway, redactor }: ItemContext): ResultRow {
	return {
		status: accepted === null ? 'unknown' : 'rejected',
		cost: null,
		currency: gateway.currency,
		messageId: messageId === undefined ? null : redactor.text(messageId),
		accepted,
	};
}

function resultJson(
	result: Result,
	message: Message,
	outcome: Exclude<Outcome, Failure>,
	context: ItemContext,
): IDataObject {
	const { gateway, redactor, now } = context;
	const { scheduledFor } = message.options;
	const row: ResultRow = {
		...recipientKeys(result, message),
		status: outcome.accepted ? statusShown(outcome.status, scheduledFor, now) : 'unknown',
		...textKeys(message, outcome.segments, context),
		cost: outcome.cost,
		currency: outcome.currency ?? gateway.currency,
		messageId: outcome.accepted && outcome.messageId !== null ? redactor.text(outcome.messageId) : null,
		accepted: outcome.accepted,
		...optionKeys(message, context),
		...(outcome.details ?? {}),
		...codeKeys(result),
		gateway: gatewayShown(outcome, context),
		...attemptKeys(result, context),
	};
	return { ...(resultInOrder(row) as IDataObject), ...context.raw.ofSuccess(result.reply) };
}

/** Which of several gateways took a text in an earlier run, nobody knows. */
function gatewayShown(outcome: Outcome, { gateway, isOneOfSeveral }: ItemContext): string | null {
	const isEarlier = outcome.accepted === true && outcome.details?.alreadySent === true;
	return isOneOfSeveral && isEarlier ? null : gateway.id;
}

function attemptKeys({ tried = [] }: Result, { redactor }: ItemContext): { attempts?: JsonRecord[] } {
	const attempts = attemptsShown(tried, (code) => redactor.text(code));
	return attempts.length === 0 ? {} : { attempts };
}

/** Whom a result is about, and from whom. */
export function recipientKeys({ to, correctedFrom }: Result, message: Message | null): ResultRow {
	const isRedirected = message !== null && message.to !== to;
	return {
		to: message?.to ?? to,
		...(isRedirected ? { toRedirectedFrom: to } : {}),
		...(correctedFrom === null ? {} : { toCorrectedFrom: correctedFrom }),
		from: message === null || message.from === '' ? null : message.from,
	};
}

/** What a text is charged by; an email or a call has no segments. */
function textKeys(message: Message | null, segments: number | null, { sender }: ItemContext): ResultRow {
	if (message === null) return { segments: null, encoding: null };
	if (!sender.isTextMessage(message.options)) return {};
	return { segments: segments ?? message.measure.segments, encoding: message.measure.encoding };
}

function optionKeys(message: Message | null, { now, timezone }: ItemContext): ResultRow {
	if (message === null) return { scheduledFor: null };
	const { scheduledFor, testMode } = message.options;
	return {
		...(scheduledFor === null
			? { scheduledFor: null }
			: {
					scheduledFor: new Date(scheduledFor).toISOString(),
					scheduledForLocal: momentShown(scheduledFor, now, timezone),
				}),
		...(testMode ? { testMode: true } : {}),
	};
}

/** One item for each result, in the order of the rows. */
export function toItems(results: readonly Result[], context: ItemContext): INodeExecutionData[] {
	return results.map((result) => toItem(result, context));
}

/** As it is for the gateway that has to do with it. */
export function contextOf(run: ItemContext, { by }: Result): ItemContext {
	return by === undefined ? run : { ...run, gateway: by.gateway, sender: by.sender };
}

export function toItem(result: Result, run: ItemContext): INodeExecutionData {
	const { outcome, message } = result;
	const context = contextOf(run, result);
	const json =
		outcome !== null && message !== null && !isFailure(outcome)
			? resultJson(result, message, outcome, context)
			: failedResultJson(failureOf(result), result, context);
	return { json, pairedItem: { item: result.row } };
}
