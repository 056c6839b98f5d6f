/** The shape of a gateway's code table, and how one of its rows becomes a refusal. */
import type { ErrorKind, MessageStatus, QueryFailure, Refused, RetryAdvice, Unclear } from './outcome';
import { unclear } from './outcome';
import { vendorQuote } from './vendorWords';

export interface CodeMeaning {
	readonly kind: ErrorKind;
	/** What happened, without the final period: the gateway's own words may follow. */
	readonly message: string;
	/** What to do next, as a sentence. */
	readonly hint: string;
	readonly retry: RetryAdvice;
	/** The gateway may have acted anyway: nobody can know. */
	readonly mayBeAccepted?: boolean;
	/** The gateway accepted nothing and wants the same request again. */
	readonly retryable?: boolean;
	/** Every further request of the run would be refused for the same reason. */
	readonly fatal?: boolean;
}

export type CodeTable = Readonly<Record<string, CodeMeaning>>;

/** What a status of the gateway's says: where the message is, and why it was not delivered. */
export type StatusMeaning = readonly [MessageStatus, CodeMeaning | null];

type CodeFlags = Pick<CodeMeaning, 'mayBeAccepted' | 'retryable' | 'fatal'>;

/**
 * Makes rows of a code table that share a kind and a piece of advice: each row says what happened and how to get
 * unstuck.
 */
export function codeShape(
	kind: ErrorKind,
	retry: RetryAdvice,
	flags: CodeFlags = {},
): (message: string, hint: string) => CodeMeaning {
	return (message, hint) => ({ kind, message, hint, retry, ...flags });
}

/** Longer codes are cut: no vendor has any, and a reply may contain anything. */
const LONGEST_CODE = 100;

/** A table's own entry: codes come over the wire, and `constructor` is not one. */
export function entryOf<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
	return Object.hasOwn(table, code) ? table[code] : undefined;
}

export function outcomeOfCode(
	gatewayName: string,
	code: string,
	known: CodeMeaning,
	vendorText: string | null,
	messageId: string | null = null,
): Refused | Unclear {
	const { kind, hint, retry, retryable, fatal } = known;
	const message = `${known.message}${vendorQuote(gatewayName, vendorText)}.`;
	const id = messageId === null ? {} : { messageId };
	if (known.mayBeAccepted === true) {
		return { accepted: null, kind, code, message, hint, retry: 'check_first', ...id };
	}
	return {
		accepted: false,
		origin: 'gateway',
		kind,
		code,
		message,
		hint,
		retry,
		...(retryable === true ? { retryable } : {}),
		...(fatal === true ? { fatal } : {}),
		...id,
	};
}

/** A code that no table knows: it may mean anything, so nothing is claimed. */
export function outcomeOfUnknownCode(gatewayName: string, code: string, vendorText: string | null): Unclear {
	return unclear(
		gatewayName,
		`${gatewayName} returned a code that its documentation does not list${vendorQuote(gatewayName, vendorText)}.`,
		code.slice(0, LONGEST_CODE),
	);
}

/** The same code in reply to a query or a command: nothing was sent, so nothing can have gone out. */
export function queryFailureOfCode(
	gatewayName: string,
	code: string,
	known: CodeMeaning | undefined,
	vendorText: string | null,
): QueryFailure {
	const words = vendorQuote(gatewayName, vendorText);
	if (known === undefined) {
		return {
			kind: 'unknown',
			code: code.slice(0, LONGEST_CODE),
			message: `${gatewayName} returned code ${code.slice(0, LONGEST_CODE)}, which its documentation does not list${words}.`,
			hint: `Ask ${gatewayName} support what this code means.`,
			retry: 'later',
		};
	}
	if (known.mayBeAccepted === true) {
		return {
			kind: known.kind,
			code,
			message: `${gatewayName} had an internal error while handling this request${words}.`,
			hint: 'Run this step again later.',
			retry: 'later',
			retryable: true,
		};
	}
	const { kind, message, hint, retry, retryable, fatal } = known;
	return {
		kind,
		code,
		message: `${message}${words}.`,
		hint,
		retry,
		...(retryable === true ? { retryable } : {}),
		...(fatal === true ? { fatal } : {}),
	};
}
