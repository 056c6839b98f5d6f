/** SMSC's reply to a batch: one outcome for each message. */
import type { CodeMeaning } from '../../shared/contract/codes';
import type { Batch, Message } from '../../shared/contract/message';
import type { Outcome } from '../../shared/contract/outcome';
import type { GatewayReply } from '../../shared/contract/request';
import { DUPLICATE_REQUEST } from '../codes';
import type { SmscOptions } from '../options';
import { isGroup, recipientKey } from '../recipients';
import type { Taken } from './outcomes';
import {
	countOf,
	cutSegments,
	outcomeOfError,
	outcomeOfGroup,
	outcomeOfNumber,
	success,
	unclearOf,
} from './outcomes';
import type { NumberRows } from './reply';
import { readReply } from './reply';

/** @param duplicate what it means that an earlier, identical request was taken */
export function readSmscSend(
	rawReply: GatewayReply,
	batch: Batch<SmscOptions>,
	duplicate: CodeMeaning = DUPLICATE_REQUEST,
): Outcome[] | null {
	const { messages, reference } = batch;
	const [first] = messages;
	const { options } = first;
	const reply = readReply(rawReply, options);
	if (reply === null) return null;
	if (reply.kind === 'error') {
		return messages.map(() => outcomeOfError(reply, options.priceOnly, duplicate));
	}
	const id = reply.kind === 'sent' ? wholeId(reply.id, options.messageId ?? reference) : null;
	const taken: Taken = { reply, id };
	// Without op=1, err=1 lists the numbers that were refused and no others.
	const tellsOfAll = options.parameters.op === '1';
	// Groups and addresses have a request of their own each.
	if (isGroup(first.to) && tellsOfAll && reply.numbers !== null && reply.numbers.size > 0) {
		const members = reply.numbers;
		return messages.map(() => outcomeOfGroup(members, first, taken));
	}
	const numbers = first.isNumber || hasAddress(reply.numbers) ? reply.numbers : null;
	const isListed = tellsOfAll || messages.some(({ to }) => numbers?.has(recipientKey(to)) === true);
	if (numbers === null || !isListed) return outcomesWithoutDetails(taken, batch);
	return messages.length === 1
		? [outcomeOfOnly(numbers, first, taken)]
		: messages.map((message) => outcomeOfListed(numbers, message, taken));
}

/** A plain reply may be cut off within its id, which is the one that the request gave. */
function wholeId(replied: string, given: string): string {
	return given.startsWith(replied) ? given : replied;
}

/** How the vendor names who is no number in its details is not documented: what has no address or name is no help. */
function hasAddress(numbers: NumberRows | null): boolean {
	return [...(numbers?.keys() ?? [])].some((key) => /[@#]/.test(key));
}

function outcomeOfListed(numbers: NumberRows, message: Message<SmscOptions>, taken: Taken): Outcome {
	const details = numbers.get(recipientKey(message.to));
	if (details === undefined) return unclearOf(taken, 'its reply does not mention this number');
	if (details === 'contradiction') {
		return unclearOf(taken, 'its reply contradicts itself about this number');
	}
	return outcomeOfNumber(details, message, taken);
}

/** The only number of a request: what the reply says of the whole request is said of it. */
function outcomeOfOnly(numbers: NumberRows, message: Message<SmscOptions>, taken: Taken): Outcome {
	const outcome = outcomeOfListed(numbers, message, taken);
	if (outcome.accepted === null || !('segments' in outcome)) return outcome;
	const { cost, count } = taken.reply;
	return { ...outcome, cost: outcome.cost ?? cost, segments: countOf(count) ?? outcome.segments };
}

/** Outcomes where the reply has no details of the numbers. */
function outcomesWithoutDetails(taken: Taken, { messages }: Batch<SmscOptions>): Outcome[] {
	const { kind, cost, count } = taken.reply;
	const [first, ...others] = messages;
	if (others.length === 0) {
		// Of a text at least one part is counted.
		const isCounted = kind === 'price' || count !== 0 || first.options.kind !== 'sms';
		return [
			isCounted
				? success(taken, { cost, segments: countOf(count) })
				: unclearOf(taken, 'counted no text in it'),
		];
	}
	if (kind === 'price') return messages.map(() => success(taken, { cost: null, segments: null }));
	const parts = messages.map((message) => cutSegments(message) ?? message.measure.segments);
	// Only the number of parts can show that none of several numbers was left out.
	const isCounted = count === parts.reduce((sum, part) => sum + part, 0);
	return parts.map((segments) =>
		isCounted
			? success(taken, { cost: null, segments })
			: unclearOf(taken, 'does not say which of its numbers it accepted'),
	);
}
