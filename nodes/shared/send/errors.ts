/** What On Error = Stop Workflow throws. */
import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Failure } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import { nodeError } from '../output/failure';
import type { Redactor } from '../requests/redaction';
import type { Result } from './result';
import { mayHaveCode } from './result';

/**
 * The error to throw; null when the items are to be returned. It is thrown only when no message was accepted: after an
 * accepted one, the full list is worth more than a red node that invites a second run.
 */
export function errorToThrow(
	node: INode,
	results: readonly Result[],
	{
		redactor,
		isPreview,
		waits,
	}: { readonly redactor: Redactor; readonly isPreview: boolean; readonly waits: boolean },
): NodeApiError | NodeOperationError | null {
	if (
		results.some((result) => mayHaveCode(result) || (result.outcome !== null && !isFailure(result.outcome)))
	)
		return null;
	const failures = results.map((result) => ({ row: result.row, failure: failureOf(result) }));
	// Where nobody was asked, the workflow must not go on as if somebody had agreed.
	const first = failures.find(({ failure }) => waits || !isWantedSkip(failure));
	if (first === undefined) return null;
	// Among several, only the items tell which one may have gone out.
	if (failures.length > 1 && failures.some(({ failure }) => failure.accepted === null)) return null;

	const { failure, row } = first;
	const isInput = isOwnRefusal(failure);
	// What is wrong with the node itself is not about a first row.
	const isOfAll = isInput && failures.every((other) => other.failure === failure);
	const none = `None of the ${results.length} texts ${isPreview ? 'passed the preview' : 'was sent'}.`;
	const message = results.length === 1 || isOfAll ? failure.message : `${none} The first: ${failure.message}`;
	return nodeError(node, { ...failure, message }, { isInput, row, redactor });
}

export function failureOf({ outcome }: Result): Failure {
	if (outcome !== null && isFailure(outcome)) return outcome;
	// Cannot happen as long as every result is settled; said as what it would be if it did.
	return {
		accepted: null,
		kind: 'unknown',
		code: null,
		message: 'It is not known what happened to this text.',
		hint: 'Check your gateway account before you send it again.',
		retry: 'check_first',
	};
}

/** A text that was left out as a duplicate, or because of the stop list, is what the person asked for. */
export function isWantedSkip(failure: Failure): boolean {
	const isWanted = failure.kind === 'duplicate' || failure.kind === 'blocked_recipient';
	return isWanted && isOwnRefusal(failure);
}

function isOwnRefusal(failure: Failure): boolean {
	return failure.accepted === false && failure.origin === 'input';
}
