/** Why a request brought no reply, read from what n8n's request helper throws. */

/** A request that brought no reply. */
export interface TransportFault {
	/**
	 * `unreachable`: no byte of the request can have arrived (refused, no such host, no route, no TLS).
	 * `cancelled`: the run was stopped while waiting. `lost`: anything else (reset, timeout).
	 */
	readonly kind: 'unreachable' | 'cancelled' | 'lost';
	/** Node's code where there is one: ECONNREFUSED, ENOTFOUND, ECONNABORTED … */
	readonly code: string | null;
	/** In plain words, without addresses or secrets. */
	readonly detail: string;
}

/** Faults that Node reports before there is a connection. `syscall` tells a refused connect from a later reset. */
const BEFORE_CONNECTION = new Map<string, string>([
	['ECONNREFUSED', 'nothing answers at this address'],
	['ENOTFOUND', 'the host name does not exist'],
	['EAI_AGAIN', 'the host name could not be resolved'],
	['EHOSTUNREACH', 'the host cannot be reached from here'],
	['ENETUNREACH', 'the network cannot be reached from here'],
	['ERR_INVALID_URL', 'the address is not a valid URL'],
	['EPROTO', 'no secure connection could be established (is it https?)'],
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

/** What Node said, where n8n kept only its words: `messages` of a NodeApiError, which do not run into one another. */
function keptMessages(from: object): string {
	const messages: unknown = 'messages' in from ? from.messages : undefined;
	return Array.isArray(messages) ? messages.filter((entry) => typeof entry === 'string').join('\n') : '';
}

/**
 * Reads what n8n's request helper threw. n8n 2.41: a NodeApiError around an AxiosError around Node's own error.
 * n8n 1.123: a NodeApiError alone, with Node's code as `httpCode` and its text in `messages`.
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
			return { kind: 'unreachable', code: own, detail: 'no secure connection could be established' };
		}
		// n8n 2.x with N8N_SSRF_PROTECTION_ENABLED: the request never leaves.
		if (/restricted IP address/i.test(message)) {
			return { kind: 'unreachable', code: own, detail: "n8n's SSRF protection blocks this address" };
		}
		if (own === 'ERR_CANCELED') return { kind: 'cancelled', code: own, detail: 'the run was stopped' };
	}
	const timedOut = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return { kind: 'lost', code, detail: timedOut ? 'the request timed out' : 'the connection was lost' };
}
