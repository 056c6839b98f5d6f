/** Which texts another gateway may get, and what a text that was at several comes to. Pure. */
import type { Message } from '../contract/message';
import type { Failure, Outcome } from '../contract/outcome';
import { isFailure } from '../contract/outcome';
import type { GatewayReply, JsonRecord } from '../contract/request';
import type { Job } from './job';

/** What came of a text at one gateway. */
export interface Tried {
	readonly by: Pick<Job, 'gateway' | 'sender'>;
	/** As it was meant for this gateway. */
	readonly message: Message;
	readonly outcome: Outcome;
	/** False where no request with it left: it was held back, or this gateway cannot take it. */
	readonly wasAsked: boolean;
	readonly reply: GatewayReply | null;
	/** Epoch milliseconds. */
	readonly at: number;
}

/** This gateway certainly does not have the text, and another one could take it. */
export function mayGoOn({ outcome, wasAsked }: Tried): boolean {
	if (!isFailure(outcome) || outcome.accepted === null) return false;
	// It was held back because of other texts, or does not fit this gateway.
	if (!wasAsked) return true;
	// Nothing of this text, if the gateway would refuse every other.
	return outcome.fatal === true || isOfGateway(outcome);
}

/** It is about the gateway or the account, not about the person or the text. */
function isOfGateway({ kind }: Failure): boolean {
	switch (kind) {
		case 'authentication':
		case 'insufficient_funds':
		case 'invalid_sender':
		case 'no_route':
		case 'rate_limited':
		case 'temporary':
			return true;
		case 'invalid_recipient':
		case 'invalid_parameter':
		case 'content_rejected':
		case 'duplicate':
		case 'blocked_recipient':
		case 'unknown':
			return false;
	}
}

/**
 * The one that is reported: the last that was asked. Where that is a refusal for good, and time may cure an earlier one,
 * it is the earlier one: the text may well go out when it is sent again.
 */
export function decisive(tried: readonly [Tried, ...Tried[]]): Tried {
	const latestFirst = [...tried].reverse();
	const last = latestFirst.find(({ wasAsked }) => wasAsked) ?? tried[0];
	if (last.outcome.accepted !== false) return last;
	return mayPass(last) ? last : (latestFirst.find(mayPass) ?? last);
}

function mayPass({ outcome }: Tried): boolean {
	return isFailure(outcome) && outcome.retry === 'later';
}

/** As the result shows them, in order; empty where only one gateway had to do with it. */
export function attemptsShown(tried: readonly Tried[], redact: (code: string) => string): JsonRecord[] {
	if (tried.length < 2) return [];
	return tried.map(({ by, outcome, wasAsked, at }) => ({
		gateway: by.gateway.id,
		outcome: word(outcome, wasAsked),
		kind: isFailure(outcome) ? outcome.kind : null,
		code: isFailure(outcome) && outcome.code !== null ? redact(outcome.code) : null,
		at: new Date(at).toISOString(),
	}));
}

function word({ accepted }: Outcome, wasAsked: boolean): string {
	if (!wasAsked) return 'notAsked';
	if (accepted === null) return 'unclear';
	return accepted ? 'accepted' : 'refused';
}
