import type { Message } from '../contract/message';
import type { Outcome, Refused } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { Issued } from './codes';
import type { Tried } from './failover';
import { decisive } from './failover';
import type { Job } from './job';

/** One recipient of one row, and what became of the message. */
export interface Result {
	/** Index of the input item. */
	readonly row: number;
	/** E.164 of the row's recipient, or what was typed where that is not a number. */
	readonly to: string;
	readonly correctedFrom: string | null;
	/** Null when it was refused before a message could be made of it. */
	message: Message | null;
	/** The gateway that has the last word, or where it is to begin, where that is not the first. */
	by?: Pick<Job, 'gateway' | 'sender'>;
	/** What came of it at each gateway, where there are several. */
	tried?: readonly Tried[];
	outcome: Outcome | null;
	/** The reply that told the outcome; kept only when it is wanted in the output. */
	reply: GatewayReply | null;
	/** The code in its text. */
	readonly issued?: Issued;
	/** There was nothing where a number should be. */
	readonly isWithoutNumber?: true;
	/** The earlier result whose outcome is this one's as well. */
	sharesWith?: Result;
	/** A request with this message has left. */
	isUnderWay?: true;
}

/** A text was taken by the gateway, or may have been. */
export function mayBeOut({ outcome }: Result): boolean {
	return outcome !== null && outcome.accepted !== false;
}

/** Nobody knows whether the text with a code went out: the person does, and may enter it. */
export function mayHaveCode({ issued, outcome }: Result): boolean {
	return issued !== undefined && outcome?.accepted === null;
}

export function refusedResult(row: number, to: string, outcome: Refused): Result {
	return { row, to, correctedFrom: null, message: null, outcome, reply: null };
}

/** Hands the outcome of the first on to those that share it. */
export function shareOutcomes(results: readonly Result[]): void {
	for (const result of results) {
		const first = result.sharesWith;
		if (first === undefined) continue;
		result.outcome ??= first.outcome;
		result.reply ??= first.reply;
	}
}

/** A request with it leaves: until there is an outcome, what an earlier gateway said of it counts no more. */
export function leaveFor(result: Result, by: Tried['by'], message: Message): void {
	result.outcome = null;
	result.reply = null;
	result.by = by;
	result.message = message;
}

/** Adds what came of it at a gateway. */
export function addTried(result: Result, last: Tried): void {
	hasTried(result, [...(result.tried ?? []), last]);
}

/** The result then says what all of it comes to. */
export function hasTried(result: Result, [first, ...others]: readonly Tried[]): void {
	if (first === undefined) return;
	result.tried = [first, ...others];
	const { by, message, outcome, reply } = decisive([first, ...others]);
	result.by = by;
	result.message = message;
	result.outcome = outcome;
	result.reply = reply;
}
