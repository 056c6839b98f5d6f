/** What it means for a question or a command that no readable answer came. Nothing is sent by those. */
import type { TransportFault } from './faults';
import type { GatewayReply } from '../contract/request';
import type { NoAnswer } from '../contract/outcome';
import { isAboutTheRequest, sentenceOf } from '../contract/vendorWords';

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

/** A reply that is not in the gateway's own layout: there is its HTTP status, and perhaps a sentence. */
export function noAnswerOfStatus(reply: GatewayReply, gatewayName: string, address: string): NoAnswer {
	const sentence = sentenceOf(reply);
	const answer = byStatus(reply, sentence, gatewayName, address);
	// Where the address may be another's, the sentence is not the gateway's.
	if (sentence === null || answer.kind === 'invalid_parameter' || answer.kind === 'unknown') return answer;
	return { ...answer, message: `${answer.message} ${gatewayName} says: "${sentence}"` };
}

function byStatus(
	reply: GatewayReply,
	sentence: string | null,
	gatewayName: string,
	address: string,
): NoAnswer {
	const { status } = reply;
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
	const isNoPage = status === 404 || status === 405;
	if (status >= 400 && sentence !== null && (!isNoPage || isAboutTheRequest(reply, sentence))) {
		return {
			kind: 'invalid_parameter',
			code,
			message: `${gatewayName} refused this request (${code}): "${sentence}".`,
			hint: 'Change what it names, then run this step again.',
			retry: 'after_fix',
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
