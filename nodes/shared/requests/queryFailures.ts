/** What a request without a readable reply means for a query or a command. Nothing is sent by those, so they may be repeated. */
import type { QueryFailure } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import type { RequestFailure } from './failures';
import { failureOfFault, failureOfStatus, saying } from './failures';
import type { TransportFault } from './transportFault';

const AGAIN = 'Run this step again: it is safe to repeat.';

/** @param result a fault, or a reply that is not in the gateway's own layout */
export function queryFailureOf(
	result: GatewayReply | TransportFault,
	gatewayName: string,
	address: string,
): QueryFailure {
	const failure = 'status' in result ? failureOfStatus(result) : failureOfFault(result);
	const { isRetryable: retryable } = failure;
	return {
		code: failure.code,
		...wordsOf(failure, gatewayName, address),
		...(retryable === undefined ? {} : { retryable }),
	};
}

type Words = Pick<QueryFailure, 'kind' | 'message' | 'hint' | 'retry'> & Partial<QueryFailure>;

function wordsOf(failure: RequestFailure, gatewayName: string, address: string): Words {
	const { code } = failure;
	switch (failure.kind) {
		case 'unreachable':
			return {
				kind: 'temporary',
				message: `${gatewayName} could not be reached at ${address}: ${failure.detail}.`,
				hint: 'Check the address in the credential and the network of your n8n, then run this step again.',
				retry: 'later',
				fatal: true,
			};
		case 'lost':
			return {
				kind: 'temporary',
				message: `${gatewayName} at ${address} did not reply: ${failure.detail}.`,
				hint: AGAIN,
				retry: 'later',
			};
		case 'cancelled':
			return stopped(gatewayName);
		case 'unauthorized':
			return {
				kind: 'authentication',
				message: `${gatewayName} at ${address} refused the credential (${code}).${saying(gatewayName, failure.sentence)}`,
				hint: "Open the credential, check the key and press 'Retry'. Some accounts also restrict which IP addresses may use them.",
				retry: 'after_fix',
				fatal: true,
			};
		case 'rateLimited':
			return {
				kind: 'rate_limited',
				message: `${gatewayName} received too many requests (${code}).${saying(gatewayName, failure.sentence)}`,
				hint: 'Run this step again later.',
				retry: 'later',
			};
		case 'unavailable':
			return {
				kind: 'temporary',
				message: `${gatewayName} at ${address} is temporarily unavailable (${code}).${saying(gatewayName, failure.sentence)}`,
				hint: AGAIN,
				retry: 'later',
			};
		case 'refused':
			return refused(gatewayName, code, failure.sentence);
		case 'requestTimeout':
			return failure.sentence === null
				? unlike(gatewayName, address, code)
				: refused(gatewayName, code, failure.sentence);
		// None of these stops the run: another of the gateway's pages may be there.
		case 'moved':
		case 'redirected':
		case 'wrongAddress':
		case 'unrecognized':
			return unlike(gatewayName, address, code);
	}
}

function refused(gatewayName: string, code: string | null, sentence: string): Words {
	return {
		kind: 'invalid_parameter',
		message: `${gatewayName} refused this request (${code}): "${sentence}".`,
		hint: 'Fix what it describes, then run this step again.',
		retry: 'after_fix',
	};
}

function unlike(gatewayName: string, address: string, code: string | null): Words {
	return {
		kind: 'unknown',
		message: `${address} does not answer like ${gatewayName}${code === null ? '' : ` (${code})`}.`,
		hint: 'Check the address in the credential. If it is right, run this step again later.',
		retry: 'after_fix',
	};
}

/** The run was stopped by a person. */
export function stopped(gatewayName: string): QueryFailure {
	return {
		kind: 'temporary',
		code: null,
		message: `The run was stopped before ${gatewayName} replied.`,
		hint: AGAIN,
		retry: 'later',
	};
}
