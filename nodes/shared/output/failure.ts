import type { IDataObject, IExecuteFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { FailureWords } from '../contract/outcome';
import type { Redactor } from '../requests/redaction';

/** What a failed item says besides the words of the failure. */
export interface FailureContext {
	readonly redactor: Redactor;
	readonly gateway: { readonly id: string };
	/** The number or ID it was about, as typed; empty when there is none. */
	readonly to: string;
	readonly accepted?: false | null;
	readonly raw: IDataObject;
}

/**
 * A failed row. `error` stays the only key: n8n 1.x and 2.x send such an item, and no other that keeps its data, to the
 * error output, and put the input row beside it.
 */
export function failureJson(failure: FailureWords, context: FailureContext): IDataObject {
	const { redactor, gateway, to, accepted, raw: reply } = context;
	return {
		error: {
			message: redactor.text(failure.message),
			kind: failure.kind,
			code: failure.code === null ? null : redactor.text(failure.code),
			gateway: gateway.id,
			to,
			retry: failure.retry,
			hint: redactor.text(failure.hint),
			...(accepted === undefined ? {} : { accepted }),
			...(failure.messageId === undefined ? {} : { messageId: redactor.text(failure.messageId) }),
			...reply,
		},
	};
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
