/** What it means for a question or a command that no readable answer came. Nothing is sent by those. */
import type { TransportFault } from './faults';
import type { GatewayReply } from './gateway';
import type { NoAnswer } from './outcome';

const AGAIN = 'Run this step again: nothing happens twice by it.';

export function noAnswerOfFault(fault: TransportFault, gatewayName: string, address: string): NoAnswer {
	switch (fault.kind) {
		case 'unreachable':
			return {
				kind: 'temporary',
				code: fault.code,
				message: `${gatewayName} could not be reached at ${address}: ${fault.detail}.`,
				hint: "Check 'Base URL' in the credential and the network of your n8n, then run this step again.",
				retry: 'later',
				again: fault.code !== 'ERR_INVALID_URL',
				stopsRun: true,
			};
		case 'cancelled':
			return stopped(gatewayName);
		case 'lost':
			return {
				kind: 'temporary',
				code: fault.code,
				message: `${gatewayName} at ${address} gave no answer: ${fault.detail}.`,
				hint: AGAIN,
				retry: 'later',
				again: true,
			};
	}
}

/** The run was stopped by a person. */
export function stopped(gatewayName: string): NoAnswer {
	return {
		kind: 'temporary',
		code: null,
		message: `The run was stopped before ${gatewayName} had answered.`,
		hint: AGAIN,
		retry: 'later',
	};
}

/** A reply that is not in the gateway's own layout: its HTTP status is all there is. */
export function noAnswerOfStatus({ status }: GatewayReply, gatewayName: string, address: string): NoAnswer {
	const code = `HTTP ${status}`;
	if (status === 401 || status === 403) {
		return {
			kind: 'authentication',
			code,
			message: `${gatewayName} at ${address} refused the credential (${code}).`,
			hint: "Open the credential, check the key and press 'Retry'. Some accounts also list the allowed IP addresses.",
			retry: 'after_fix',
			stopsRun: true,
		};
	}
	if (status === 429) {
		return {
			kind: 'rate_limited',
			code,
			message: `${gatewayName} received too many requests (${code}).`,
			hint: 'Run this step again later.',
			retry: 'later',
			again: true,
		};
	}
	if (status >= 500) {
		return {
			kind: 'temporary',
			code,
			message: `${gatewayName} at ${address} is not available at the moment (${code}).`,
			hint: AGAIN,
			retry: 'later',
			again: true,
		};
	}
	return {
		kind: 'unknown',
		code: status === 200 ? null : code,
		message: `${address} does not answer like ${gatewayName}${status === 200 ? '' : ` (${code})`}.`,
		hint: "Check 'Base URL' in the credential. If it is right, run this step again later.",
		retry: 'after_fix',
	};
}
