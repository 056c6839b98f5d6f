import type { IDataObject, IExecuteFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { FailureWords } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import type { ResultRow } from '../contract/resultKeys';
import { resultInOrder } from '../contract/resultKeys';
import type { Redactor } from '../requests/redaction';

/** What a failed item says besides the words of the failure. */
export interface FailureContext {
	readonly redactor: Redactor;
	readonly gateway: { readonly id: string };
	/** The number or ID it was about, as typed; empty when there is none. */
	readonly to: string;
	readonly accepted?: false | null;
	/** What came of it at each gateway, where several were tried. */
	readonly attempts?: readonly JsonRecord[];
	readonly raw: IDataObject;
	/** Failed rows leave by an output of their own. */
	readonly hasErrorOutput: boolean;
	/** Nothing could have been sent. */
	readonly isTest: boolean;
}

export function hasErrorOutput(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().onError === 'continueErrorOutput';
}

/**
 * A failed row. For the error output `error` stays the only key: n8n 1.x and 2.x send such an item, and no other that
 * keeps its data, there, and put the input row beside it. Among good rows it has what they have first, so that a table
 * of both reads.
 * @param beside what the good rows have, as far as it is known of this one
 */
export function failureJson(
	failure: FailureWords,
	context: FailureContext,
	beside: ResultRow = {},
): IDataObject {
	const { redactor, gateway, raw: reply } = context;
	if (context.hasErrorOutput) return { error: errorOf(failure, context, reply) };
	const reason = redactor.text(failure.message);
	const hint = redactor.text(failure.hint);
	const flat = resultInOrder({
		...beside,
		reason,
		hint,
		...testKeys(context),
		gateway: gateway.id,
		...attemptKeys(context),
	}) as IDataObject;
	return { ...flat, ...reply, error: errorOf(failure, context, {}) };
}

function errorOf(failure: FailureWords, context: FailureContext, reply: IDataObject): IDataObject {
	const { redactor, gateway, to, accepted } = context;
	return {
		message: redactor.text(failure.message),
		kind: failure.kind,
		code: failure.code === null ? null : redactor.text(failure.code),
		gateway: gateway.id,
		to,
		retry: failure.retry,
		hint: redactor.text(failure.hint),
		...(accepted === undefined ? {} : { accepted }),
		...(failure.messageId === undefined ? {} : { messageId: redactor.text(failure.messageId) }),
		...testKeys(context),
		...(context.hasErrorOutput ? attemptKeys(context) : {}),
		...reply,
	} as IDataObject;
}

function attemptKeys({ attempts }: FailureContext): Pick<ResultRow, 'attempts'> {
	return attempts === undefined ? {} : { attempts };
}

function testKeys({ isTest }: FailureContext): Pick<ResultRow, 'testMode'> {
	return isTest ? { testMode: true } : {};
}

/** The error n8n shows for a failure: `isInput` when what was typed is to be changed. */
export function nodeError(
	node: ReturnType<IExecuteFunctions['getNode']>,
	failure: FailureWords,
	{ isInput, row, redactor }: { isInput: boolean; row: number; redactor: Redactor },
): NodeApiError | NodeOperationError {
	const message = redactor.text(failure.message);
	const description = redactor.text(failure.hint);
	if (isInput) return new NodeOperationError(node, message, { description, itemIndex: row });
	// From plain words, never from the gateway's reply: NodeApiError reads an `error_code: 4` there as HTTP 4xx.
	const words: JsonObject = { message, description };
	return new NodeApiError(node, words, {
		message,
		description,
		itemIndex: row,
		...(failure.code?.startsWith('HTTP ') ? { httpCode: failure.code.slice(5) } : {}),
	});
}
