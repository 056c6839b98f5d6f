/**
 * The closed sets that people's workflows branch on, and what may become of one text for one person.
 * Nothing here knows n8n or any gateway's words.
 */
import type { ResultRow } from './resultKeys';

const CHECK_FIRST = (gatewayName: string): string =>
	`Check your ${gatewayName} account before you send this text again: it may have gone out.`;

export function unclear(gatewayName: string, message: string, code: string | null = null): Unclear {
	return {
		accepted: null,
		kind: 'unknown',
		code,
		message,
		hint: CHECK_FIRST(gatewayName),
		retry: 'check_first',
	};
}

export const MESSAGE_STATUSES = [
	'queued',
	'scheduled',
	'sending',
	'sent',
	'delivered',
	'read',
	'expired',
	'undelivered',
	'rejected',
	'cancelled',
	'unknown',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const ERROR_KINDS = [
	'authentication',
	'insufficient_funds',
	'invalid_recipient',
	'invalid_sender',
	'invalid_parameter',
	'content_rejected',
	'rate_limited',
	'duplicate',
	'blocked_recipient',
	'no_route',
	'temporary',
	'unknown',
] as const;

export type ErrorKind = (typeof ERROR_KINDS)[number];

/**
 * What the person should do about a failed text: nothing (`never`), the same again after a while (`later`), the same
 * again once something is fixed (`after_fix`), or check with the gateway first, since the text may have gone out
 * (`check_first`).
 */
export const RETRY_ADVICE = ['never', 'later', 'after_fix', 'check_first'] as const;

export type RetryAdvice = (typeof RETRY_ADVICE)[number];

/** The gateway accepted the text: it may have been charged. */
export interface Accepted {
	readonly accepted: true;
	readonly messageId: string | null;
	readonly status: MessageStatus;
	/** In the gateway's currency, for this recipient alone; null where the gateway does not say. */
	readonly cost: number | null;
	/** Where the gateway names it with the cost. */
	readonly currency?: string | null;
	/** The gateway's own count of segments for this recipient; null where it does not say. */
	readonly segments: number | null;
	/** What else the gateway said about this recipient, as keys of the result. */
	readonly details?: ResultRow;
}

/** Nothing was sent, and nothing was to be: a price was asked for, or a test run only shows what would go out. */
export interface Quoted {
	readonly accepted: false;
	readonly quoted: true;
	readonly cost: number | null;
	/** Where the gateway names it with the price. */
	readonly currency?: string | null;
	readonly segments: number | null;
	/** What else is to be said of it, as keys of the result. */
	readonly details?: ResultRow;
}

/** What a failure says, before it is known whom it affects. */
export interface FailureWords {
	readonly kind: ErrorKind;
	/** The gateway's own code, as text; null where there is none. */
	readonly code: string | null;
	/** What happened, as a sentence. */
	readonly message: string;
	/** How to get unstuck, as a sentence. */
	readonly hint: string;
	readonly retry: RetryAdvice;
	/** The id under which the gateway (or we) filed the text, where there is one. */
	readonly messageId?: string;
}

/** Nothing went out for this recipient, and nothing will. */
export interface Refused extends FailureWords {
	readonly accepted: false;
	readonly quoted?: never;
	/** `input`: refused by us before anything was sent. `gateway`: refused by, or before reaching, the gateway. */
	readonly origin: 'input' | 'gateway';
	/** The same request may be repeated at once (the gateway was busy or unreachable and accepted nothing). */
	readonly retryable?: boolean;
	/** Every further request of this run would be refused, too (wrong key, no money): stop. */
	readonly fatal?: boolean;
}

/** Nobody can know whether the text went out. It is never repeated by us. */
export interface Unclear extends FailureWords {
	readonly accepted: null;
	readonly retry: 'check_first';
}

/** A query or a command that failed; those send nothing. */
export interface QueryFailure extends FailureWords {
	/** The same query may be repeated at once. */
	readonly retryable?: boolean;
	/** Every further request of this run would fail, too. */
	readonly fatal?: boolean;
}

export type Failure = Refused | Unclear;

export type Outcome = Accepted | Quoted | Failure;

export function isFailure(outcome: Outcome): outcome is Failure {
	return outcome.accepted !== true && !('quoted' in outcome && outcome.quoted === true);
}

/** How a refusal ends when nothing has gone out; omitted where nothing would have. */
export const NOTHING_SENT = 'Nothing was sent.';

/** A refusal made by us before any request, because of what was typed. */
export function refuseInput(
	kind: ErrorKind,
	message: string,
	hint: string,
	retry: RetryAdvice = 'after_fix',
): Refused {
	return { accepted: false, origin: 'input', kind, code: null, message, hint, retry };
}
