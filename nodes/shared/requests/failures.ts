/** Why a request brought no readable reply: classified once, then worded for texts and for queries. */
import type { GatewayReply } from '../contract/request';
import { isAboutTheRequest, sentenceOf } from '../contract/vendorWords';
import type { TransportFault } from './transportFault';

interface Facts {
	/** Node's code or the HTTP status; null where neither says anything. */
	readonly code: string | null;
	/** The same request may succeed if it is made again soon. */
	readonly isRetryable?: boolean;
	/** Every other request to this address would fail in the same way. */
	readonly isFatal?: boolean;
}

/** A failure whose reply may contain the gateway's reason, as a sentence. */
interface Saying<K extends string> {
	readonly kind: K;
	readonly sentence: string | null;
}

/** The gateway cannot have acted on the request. */
export type Rejection = Facts & { readonly mayHaveActed: false } & (
		| { readonly kind: 'unreachable'; readonly detail: string }
		| Saying<'unauthorized' | 'rateLimited'>
		| { readonly kind: 'refused'; readonly sentence: string }
		/** The address may be another server's: its sentence is not the gateway's. */
		| { readonly kind: 'moved' | 'wrongAddress' }
	);

/** The gateway may have acted on the request, or not. */
export type LostReply = Facts & { readonly mayHaveActed: true } & (
		| { readonly kind: 'lost'; readonly detail: string }
		| Saying<'requestTimeout' | 'unavailable'>
		| { readonly kind: 'cancelled' | 'redirected' | 'unrecognized' }
	);

export type RequestFailure = Rejection | LostReply;

/** Classifies a request without a reply. */
export function failureOfFault({ kind, code, detail }: TransportFault): RequestFailure {
	switch (kind) {
		case 'unreachable':
			return {
				kind,
				code,
				detail,
				mayHaveActed: false,
				isRetryable: code !== 'ERR_INVALID_URL',
				isFatal: true,
			};
		case 'lost':
			return { kind, code, detail, mayHaveActed: true, isRetryable: true };
		case 'cancelled':
			return { kind, code, mayHaveActed: true };
	}
}

/**
 * Classifies a reply that is not in the gateway's own layout: it has an HTTP status, and perhaps a sentence. A success
 * status with an unknown body means nothing: a proxy, a captive portal or a broken gateway all look like this.
 */
export function failureOfStatus(reply: GatewayReply): RequestFailure {
	const { status } = reply;
	const code = `HTTP ${status}`;
	const sentence = sentenceOf(reply);
	switch (status) {
		case 401:
		case 403:
			return { kind: 'unauthorized', code, sentence, mayHaveActed: false, isFatal: true };
		case 429:
			return { kind: 'rateLimited', code, sentence, mayHaveActed: false, isRetryable: true };
		case 301:
		case 307:
		case 308:
			return { kind: 'moved', code, mayHaveActed: false, isFatal: true };
		case 408:
			return { kind: 'requestTimeout', code, sentence, mayHaveActed: true };
	}
	if (status >= 500) return { kind: 'unavailable', code, sentence, mayHaveActed: true, isRetryable: true };
	if (status >= 400) {
		const isNoPage = status === 404 || status === 405;
		return sentence !== null && (!isNoPage || isAboutTheRequest(reply, sentence))
			? { kind: 'refused', code, sentence, mayHaveActed: false }
			: { kind: 'wrongAddress', code, mayHaveActed: false, isFatal: isNoPage };
	}
	// A 302 or 303 may be the answer to a request that was carried out.
	if (status >= 300) return { kind: 'redirected', code, mayHaveActed: true };
	return { kind: 'unrecognized', code: status === 200 ? null : code, mayHaveActed: true };
}

/** What the gateway says, to follow our own sentence; empty where it says nothing. */
export function saying(gatewayName: string, sentence: string | null): string {
	return sentence === null ? '' : ` ${gatewayName} says: "${sentence}"`;
}
