/** What SMSC's reply means for one message: refused, taken, or a price. */
import type { CodeMeaning } from '../../shared/contract/codes';
import { entryOf, outcomeOfCode, outcomeOfUnknownCode } from '../../shared/contract/codes';
import type { Message } from '../../shared/contract/message';
import type { Outcome, Refused, Unclear } from '../../shared/contract/outcome';
import { unclear } from '../../shared/contract/outcome';
import type { ResultRow } from '../../shared/contract/resultKeys';
import {
	BUSY_WORDS,
	DUPLICATE_OR_BUSY,
	DUPLICATE_WORDS,
	NAME,
	REASONS,
	REASONS_BEFORE_SENDING,
	REFUSING_STATUSES,
	REQUEST_CODES,
	TOO_MANY_PRICES,
} from '../codes';
import type { SmscOptions } from '../options';
import { isKnownStatus } from '../status';
import type { ErrorReply, NumberDetails, NumberRows, TakenReply } from './reply';

type SmscMessage = Message<SmscOptions>;

/** A request that SMSC took, or priced. */
export interface Taken {
	readonly reply: TakenReply;
	/** Null for a price. */
	readonly id: string | null;
}

/** @param duplicate what it means that an earlier, identical request was taken */
export function outcomeOfError(
	{ code, text, id }: ErrorReply,
	priceOnly: boolean,
	duplicate: CodeMeaning,
): Outcome {
	const nine = priceOnly ? TOO_MANY_PRICES : errorNine(text, duplicate);
	const known = code === '9' ? nine : entryOf(REQUEST_CODES, code);
	return known === undefined
		? outcomeOfUnknownCode(NAME, code, text)
		: outcomeOfCode(NAME, code, known, text, id);
}

/** What an error 9 means where a text, or something else that is paid for, was to go out. */
function errorNine(text: string | null, duplicate: CodeMeaning): CodeMeaning | undefined {
	if (DUPLICATE_WORDS.test(text ?? '')) return duplicate;
	return BUSY_WORDS.test(text ?? '') ? entryOf(REQUEST_CODES, '9') : DUPLICATE_OR_BUSY;
}

/** `happened` ends the sentence "SMSC accepted this request, but …". */
export function unclearOf({ id }: Pick<Taken, 'id'>, happened: string): Unclear {
	return withId(unclear(NAME, `SMSC accepted this request, but ${happened}.`), id);
}

function withId<T extends Outcome>(outcome: T, id: string | null): T {
	return id === null ? outcome : { ...outcome, messageId: id };
}

interface Account {
	readonly cost: number | null;
	readonly segments: number | null;
	readonly details?: ResultRow;
}

/** A text that SMSC took, with what is left on the account where the reply tells; its price where only that was asked for. */
export function success({ reply, id }: Taken, { cost, segments, details }: Account): Outcome {
	if (reply.kind === 'price') return { accepted: false, quoted: true, cost, segments };
	const known = { ...details, ...(reply.balance === null ? {} : { balance: reply.balance }) };
	return {
		accepted: true,
		messageId: id,
		status: 'queued',
		cost,
		segments,
		...(Object.keys(known).length === 0 ? {} : { details: known }),
	};
}

/** The vendor's own count of segments; null where it counts nothing. */
export function countOf(count: number | null): number | null {
	return count !== null && Number.isInteger(count) && count > 0 ? count : null;
}

/** The text's segments where SMSC cuts it; null where it goes out whole. */
export function cutSegments({ measure, options: { maxSms } }: SmscMessage): number | null {
	return maxSms !== null && measure.segments > maxSms ? maxSms : null;
}

/** What the details of a number refuse; null where they name no error. */
export function refusalOfNumber(
	{ status, error }: Pick<NumberDetails, 'status' | 'error'>,
	id: string | null,
): Outcome | null {
	const cause = error === '0' ? null : error;
	const refusing = status === null ? undefined : entryOf(REFUSING_STATUSES, status);
	const reason = cause === null ? undefined : entryOf(REASONS, cause);
	if (refusing !== undefined && status !== null) {
		// 20 is the operator's: with a reason that nobody knows it may not be its last word.
		if (status === '20' && cause !== null && reason === undefined)
			return withId(outcomeOfUnknownCode(NAME, cause, null), id);
		return outcomeOfCode(NAME, cause ?? status, reason ?? refusing, null, id);
	}
	if (status !== null || cause === null) return null;
	if (reason === undefined) return withId(outcomeOfUnknownCode(NAME, cause, null), id);
	const mayBeAccepted = !REASONS_BEFORE_SENDING.has(cause);
	return outcomeOfCode(NAME, cause, mayBeAccepted ? { ...reason, mayBeAccepted } : reason, null, id);
}

export function outcomeOfNumber(details: NumberDetails, message: SmscMessage, taken: Taken): Outcome {
	const { status, cost, mccmnc } = details;
	const refusal = refusalOfNumber(details, taken.id);
	if (refusal !== null) return refusal;
	if (taken.reply.kind === 'sent' && status !== null && !isKnownStatus(status)) {
		return withId(outcomeOfUnknownCode(NAME, status, null), taken.id);
	}
	const known = mccmnc === null ? {} : { mccmnc };
	return success(taken, { cost, segments: cutSegments(message), details: known });
}

/** A group is taken when anybody in it is; the details tell of its members. */
export function outcomeOfGroup(members: NumberRows, message: SmscMessage, taken: Taken): Outcome {
	const outcomes = [...members.values()].map((member) =>
		member === 'contradiction' ? null : outcomeOfNumber(member, message, taken),
	);
	const refused = outcomes.filter(
		(outcome): outcome is Refused => outcome?.accepted === false && !('quoted' in outcome),
	);
	const [refusal] = refused;
	if (refusal !== undefined && refused.length === outcomes.length) return refusal;
	const { kind, cost, count } = taken.reply;
	if (kind === 'sent' && !outcomes.some((outcome) => outcome?.accepted === true)) {
		return unclearOf(taken, 'does not say what happened to this group');
	}
	const details = { members: outcomes.length, membersRefused: refused.length };
	return success(taken, { cost, segments: countOf(count), details });
}
