/**
 * What a request without a readable reply means for the people whose text it carried. The rule everywhere: "not sent" is
 * said only where the gateway cannot have acted; everything else is unclear, and we never repeat it.
 */
import type { Refused, Unclear } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { LostReply, Rejection, RequestFailure } from './failures';
import { failureOfFault, failureOfStatus, saying } from './failures';
import type { TransportFault } from './transportFault';

export function outcomeOfFault(
	fault: TransportFault,
	gatewayName: string,
	address: string,
): Refused | Unclear {
	return outcomeOf(failureOfFault(fault), gatewayName, address);
}

/** @param reply one that is not in the gateway's own layout */
export function outcomeOfStatus(
	reply: GatewayReply,
	gatewayName: string,
	address: string,
): Refused | Unclear {
	return outcomeOf(failureOfStatus(reply), gatewayName, address);
}

function outcomeOf(failure: RequestFailure, gatewayName: string, address: string): Refused | Unclear {
	return failure.mayHaveActed
		? unclear(gatewayName, sentenceOfLost(failure, gatewayName, address), failure.code)
		: refusalOf(failure, gatewayName, address);
}

function refusalOf(rejection: Rejection, gatewayName: string, address: string): Refused {
	const { code, isRetryable: retryable, isFatal: fatal } = rejection;
	return {
		accepted: false,
		origin: 'gateway',
		code,
		...wordsOf(rejection, gatewayName, address),
		...(retryable === undefined ? {} : { retryable }),
		...(fatal === undefined ? {} : { fatal }),
	};
}

function wordsOf(
	rejection: Rejection,
	gatewayName: string,
	address: string,
): Pick<Refused, 'kind' | 'message' | 'hint' | 'retry'> {
	const { code } = rejection;
	switch (rejection.kind) {
		case 'unreachable':
			return {
				kind: 'temporary',
				message: `${gatewayName} could not be reached at ${address}: ${rejection.detail}. This text was not sent.`,
				hint: 'Check the address in the credential and the network of your n8n, then send this row again.',
				retry: 'later',
			};
		case 'unauthorized':
			return {
				kind: 'authentication',
				message: `${gatewayName} at ${address} refused the credential (${code}). Nothing was sent.${saying(gatewayName, rejection.sentence)}`,
				hint: "Open the credential, check the key and press 'Retry'. Some accounts also restrict which IP addresses may use them.",
				retry: 'after_fix',
			};
		case 'rateLimited':
			return {
				kind: 'rate_limited',
				message: `${gatewayName} received too many requests (${code}). This text was not sent.${saying(gatewayName, rejection.sentence)}`,
				hint: "Send this row again later, or lower 'Requests per Second' in the options.",
				retry: 'later',
			};
		case 'moved':
			return {
				kind: 'invalid_parameter',
				message: `${address} points to another address (${code}). The text was not sent there.`,
				hint: "Set the address in the credential to the gateway's own.",
				retry: 'after_fix',
			};
		case 'refused':
			return {
				kind: 'invalid_parameter',
				message: `${gatewayName} refused this text (${code}): "${rejection.sentence}". It was not sent.`,
				hint: 'Fix what it describes, then send this row again.',
				retry: 'after_fix',
			};
		case 'wrongAddress':
			return {
				kind: 'invalid_parameter',
				message: `${address} does not answer like ${gatewayName} (${code}). The text was not sent.`,
				hint: 'Check the address in the credential.',
				retry: 'after_fix',
			};
	}
}

function sentenceOfLost(lost: LostReply, gatewayName: string, address: string): string {
	switch (lost.kind) {
		case 'cancelled':
			return `The run was stopped while waiting for ${gatewayName}'s reply.`;
		case 'lost':
			return `${gatewayName} at ${address} did not reply: ${lost.detail}.`;
		case 'requestTimeout':
			return `${gatewayName} gave up waiting for the request (${lost.code}).`;
		case 'redirected':
		case 'unavailable':
			return `${gatewayName} at ${address} did not complete the request (${lost.code}).`;
		case 'unrecognized':
			return `${gatewayName} at ${address} returned an unrecognized response.`;
	}
}

/** Not sent because the run was stopped before its turn came. */
export function notStarted(): Refused {
	return {
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		message: 'The run was stopped before this text was sent.',
		hint: 'Send this row again when you are ready.',
		retry: 'later',
	};
}

/** A Retry was stopped, and nobody has looked whether an earlier run sent it. */
export function notLookedUp(gatewayName: string): Unclear {
	return {
		...unclear(gatewayName, 'The Retry was stopped before it was known whether this text was sent already.'),
		hint: "Press 'Retry' again: who has the text does not get it again.",
	};
}

/** Not sent because the gateway refused an earlier request of this run for a reason that affects them all. */
export function heldBack(first: Refused): Refused {
	const { kind, code, hint, retry } = first;
	const message = `Not sent, because an earlier text of this run failed: ${first.message}`;
	return { accepted: false, origin: 'gateway', kind, code, message, hint, retry };
}
