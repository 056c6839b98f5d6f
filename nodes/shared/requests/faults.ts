/**
 * What a request without a readable answer means for the people it was for. The rule everywhere: "not accepted" is said
 * only where the gateway cannot have acted; everything else is unclear and is never repeated by us.
 */
import type { Outcome, Refused, Unclear } from '../contract/outcome';
import { unclear } from '../contract/outcome';
import type { GatewayReply } from '../contract/request';
import { isAboutTheRequest, sentenceOf } from '../contract/vendorWords';

/** A request that brought no reply. */
export interface TransportFault {
	/**
	 * `unreachable`: no byte of the request can have arrived (refused, no such host, no route, TLS not agreed).
	 * `cancelled`: the run was stopped while waiting. `lost`: anything else (reset, timeout).
	 */
	readonly kind: 'unreachable' | 'cancelled' | 'lost';
	/** Node's code where there is one: ECONNREFUSED, ENOTFOUND, ECONNABORTED … */
	readonly code: string | null;
	/** In plain words, without addresses or secrets: "nothing listens there". */
	readonly detail: string;
}

/** Faults that Node reports before a connection stands. `syscall` tells a refused connect from a reset later on. */
const BEFORE_CONNECTION = new Map<string, string>([
	['ECONNREFUSED', 'nothing answers at this address'],
	['ENOTFOUND', 'this host name does not exist'],
	['EAI_AGAIN', 'the host name could not be looked up'],
	['EHOSTUNREACH', 'the host cannot be reached from here'],
	['ENETUNREACH', 'the network cannot be reached from here'],
	['ERR_INVALID_URL', 'the address is not a valid URL'],
	['EPROTO', 'no secure connection could be agreed (is it https?)'],
	['CERT_HAS_EXPIRED', 'its certificate has expired'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is self-signed'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate cannot be verified'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate cannot be verified'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate belongs to another host'],
]);

function* causes(error: unknown): Generator<object> {
	let current = error;
	for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
		yield current;
		current = 'cause' in current ? current.cause : undefined;
	}
}

function stringProperty(from: object, name: string): string | null {
	const value: unknown = name in from ? (from as Record<string, unknown>)[name] : undefined;
	return typeof value === 'string' ? value : null;
}

/** What Node said, where n8n kept only its words: `messages` of a NodeApiError. */
function keptMessages(from: object): string {
	const messages: unknown = 'messages' in from ? from.messages : undefined;
	return Array.isArray(messages) ? messages.filter((entry) => typeof entry === 'string').join(' ') : '';
}

/**
 * Reads what n8n's request helper threw. n8n 2.41: a NodeApiError around an AxiosError around Node's own error.
 * n8n 1.123: a NodeApiError alone, with Node's code as `httpCode` and its words in `messages`.
 */
export function readFault(error: unknown): TransportFault {
	let code: string | null = null;
	for (const cause of causes(error)) {
		const httpCode = stringProperty(cause, 'httpCode');
		const own = stringProperty(cause, 'code') ?? (/^[A-Z][A-Z_]+$/.test(httpCode ?? '') ? httpCode : null);
		const message = `${stringProperty(cause, 'message') ?? ''} ${keptMessages(cause)}`;
		code ??= own;
		const before = own === null ? undefined : BEFORE_CONNECTION.get(own);
		if (before !== undefined) return { kind: 'unreachable', code: own, detail: before };
		const syscall = stringProperty(cause, 'syscall');
		if (
			syscall === 'connect' ||
			syscall === 'getaddrinfo' ||
			/\b(?:connect|getaddrinfo) E[A-Z_]+/.test(message)
		) {
			return { kind: 'unreachable', code: own, detail: 'no connection could be made' };
		}
		if (/before secure TLS connection was established/.test(message)) {
			return { kind: 'unreachable', code: own, detail: 'no secure connection could be agreed' };
		}
		// n8n 2.x with N8N_SSRF_PROTECTION_ENABLED: the request never leaves.
		if (/restricted IP address/i.test(message)) {
			return { kind: 'unreachable', code: own, detail: "n8n's own protection forbids this address" };
		}
		if (own === 'ERR_CANCELED') return { kind: 'cancelled', code: own, detail: 'the run was stopped' };
	}
	const timedOut = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return { kind: 'lost', code, detail: timedOut ? 'it took too long' : 'the connection broke' };
}

export function outcomeOfFault(
	fault: TransportFault,
	gatewayName: string,
	address: string,
): Refused | Unclear {
	switch (fault.kind) {
		case 'unreachable':
			return {
				accepted: false,
				origin: 'gateway',
				kind: 'temporary',
				code: fault.code,
				message: `${gatewayName} could not be reached at ${address}: ${fault.detail}. This text was not sent.`,
				hint: "Check 'Base URL' in the credential and the network of your n8n, then send this row again.",
				retry: 'later',
				again: fault.code !== 'ERR_INVALID_URL',
				stopsRun: true,
			};
		case 'cancelled':
			return unclear(
				gatewayName,
				`The run was stopped while waiting for ${gatewayName}'s answer.`,
				fault.code,
			);
		case 'lost':
			return unclear(
				gatewayName,
				`${gatewayName} at ${address} gave no answer: ${fault.detail}.`,
				fault.code,
			);
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

/** Not sent because the gateway refused an earlier request of this run for a reason that hits them all. */
export function heldBack(first: Refused): Refused {
	const { kind, code, hint, retry } = first;
	const message = `Not sent, because an earlier text of this run met this: ${first.message}`;
	return { accepted: false, origin: 'gateway', kind, code, message, hint, retry };
}

/**
 * The outcome of a reply that is not in the gateway's own layout: there is its HTTP status, and perhaps a sentence. A
 * success status with an unknown body tells nothing: a proxy, a captive portal or a broken gateway all look like this.
 */
export function outcomeOfStatus(reply: GatewayReply, gatewayName: string, address: string): Outcome {
	const { status } = reply;
	const code = `HTTP ${status}`;
	const sentence = sentenceOf(reply);
	const says = sentence === null ? '' : ` ${gatewayName} says: "${sentence}"`;
	const refused = (
		words: Pick<Refused, 'kind' | 'message' | 'hint' | 'retry'> & Partial<Refused>,
	): Refused => ({
		accepted: false,
		origin: 'gateway',
		code,
		...words,
		// An `invalid_parameter` has the sentence in it, or it is about an address that may be another's.
		message: words.kind === 'invalid_parameter' ? words.message : `${words.message}${says}`,
	});
	switch (status) {
		case 401:
		case 403:
			return refused({
				kind: 'authentication',
				message: `${gatewayName} at ${address} refused the credential (${code}). Nothing was sent.`,
				hint: "Open the credential, check the key and press 'Retry'. Some accounts also list the allowed IP addresses.",
				retry: 'after_fix',
				stopsRun: true,
			});
		case 429:
			return refused({
				kind: 'rate_limited',
				message: `${gatewayName} received too many requests (${code}). This text was not sent.`,
				hint: "Send this row again later, or lower 'Requests per Second' in the options.",
				retry: 'later',
				again: true,
			});
		case 301:
		case 307:
		case 308:
			return refused({
				kind: 'invalid_parameter',
				message: `${address} points to another address (${code}). The text was not sent there.`,
				hint: "Set 'Base URL' in the credential to the gateway's own address.",
				retry: 'after_fix',
				stopsRun: true,
			});
		case 408:
			return unclear(gatewayName, `${gatewayName} gave up waiting for the request (${code}).`, code);
		default:
			if (status >= 400 && status < 500) {
				const isNoPage = status === 404 || status === 405;
				if (sentence !== null && (!isNoPage || isAboutTheRequest(reply, sentence))) {
					return refused({
						kind: 'invalid_parameter',
						message: `${gatewayName} refused this text (${code}): "${sentence}". It was not sent.`,
						hint: 'Change what it names, then send this row again.',
						retry: 'after_fix',
					});
				}
				return refused({
					kind: 'invalid_parameter',
					message: `${address} does not answer like ${gatewayName} (${code}). The text was not sent.`,
					hint: "Check 'Base URL' in the credential.",
					retry: 'after_fix',
					stopsRun: isNoPage,
				});
			}
			if (status >= 300) {
				return unclear(
					gatewayName,
					`${gatewayName} at ${address} did not finish the request (${code}).`,
					code,
				);
			}
			return unclear(
				gatewayName,
				`${gatewayName} at ${address} answered in a way that cannot be read as its own.`,
				status === 200 ? null : code,
			);
	}
}
