/**
 * The words that every gateway simulator shares. A simulator is written from the vendor's own pages and knows nothing of
 * the package under test: it authenticates, validates, refuses with the vendor's codes, and remembers what it accepted.
 */

import type { Callbacks, Caller, CallbackSettings, MessageState } from './callbacks';
import type { Multipart } from './multipart';

/** A request as the vendor's software would see it, body already read and parsed by content type. */
export interface SimulatedRequest {
	readonly method: string;
	/** Path without the query string, as sent. */
	readonly path: string;
	readonly query: URLSearchParams;
	/** What followed the `?`, still percent-encoded: for gateways whose default charset is not UTF-8. */
	readonly rawQuery: string;
	/** Lower-case header names. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** The form fields, bytes still percent-decoded as UTF-8 only; null unless the content type is a form. */
	readonly form: URLSearchParams | null;
	/** The fields and files of a multipart form; null unless the content type says so and the body is whole. */
	readonly multipart: Multipart | null;
	/** The parsed JSON body; undefined unless the content type is JSON and the body is valid. */
	readonly json: unknown;
}

export interface SimulatedReply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

/** What a simulator hands over when it takes a text: one entry per recipient. */
export interface NewText {
	/** Digits only, international, as the gateway stores it. */
	readonly to: string;
	readonly from: string;
	readonly text: string;
	readonly messageId: string;
	/** Parts that the gateway would charge. */
	readonly parts: number;
	/** ISO 8601 instant, or null for "now". */
	readonly scheduledFor: string | null;
	/** Everything else that was asked for, in the vendor's own names: flash, translit, ttl … */
	readonly options: Readonly<Record<string, string>>;
}

export interface AcceptedText extends NewText {
	readonly gateway: string;
	readonly acceptedAt: string;
	/** The number of the request that brought it: see SeenRequest. 0: none did, the answer to a call back became a text. */
	readonly request: number;
}

export interface SeenRequest {
	/** Counts from 1 for each simulator. */
	readonly number: number;
	readonly at: string;
	readonly method: string;
	/** Path and query as they came. */
	readonly url: string;
	/** The same with every credential value replaced by `***`: for people. */
	readonly shownUrl: string;
	/** As they came, except that credential values (and all of `authorization` but its scheme) are `***`. */
	readonly headers: Readonly<Record<string, string>>;
	/** The body's exact bytes: for tests. Never shown on a page or in a log. */
	readonly body: Buffer;
	/** The same body as text in which every credential value is replaced by `***`: for people. */
	readonly shownBody: string;
	/** Status of the reply; null when the fault left the caller without one. */
	status: number | null;
	/** How many texts were accepted through it. */
	accepted: number;
	/** The fault that hit it, in words; null when there was none. */
	fault: string | null;
}

/**
 * How a simulator is told to misbehave.
 * `at`: 'connect' closes the socket before anything was read; 'before' reads the request and does not act on it;
 * 'after' acts on it (texts may be accepted, balance is charged) and then spoils the reply.
 * `how`: 'reset' destroys the socket without a reply; 'cut' sends half of the reply and destroys the socket;
 * 'stall' never answers (the socket stays open until the caller or close() ends it); 'drip' sends the true reply slowly;
 * 'reply' answers with `reply` in place of the true one; 'mutate' passes the true JSON reply through `mutate`;
 * 'status' sends the true body, the vendor's own sentence, under the HTTP status `status`;
 * 'truncate' sends the first half of the true body as if it were whole.
 */
export interface Fault {
	readonly at: 'connect' | 'before' | 'after';
	readonly how: 'reset' | 'cut' | 'stall' | 'drip' | 'reply' | 'mutate' | 'status' | 'truncate';
	readonly reply?: SimulatedReply;
	readonly mutate?: (json: unknown) => unknown;
	readonly status?: number;
	/** Milliseconds between the pieces of a drip (default 50). */
	readonly everyMs?: number;
	/** How many matching requests it hits; then it is spent. Default: 1. Infinity is allowed. */
	readonly times?: number;
	/** Which requests it hits. Default: those that could send a text (see GatewaySimulation.sends). */
	readonly matches?: (request: SimulatedRequest) => boolean;
}

/** What tests order a gateway to refuse. Codes are the vendor's, as strings. */
export interface Orders {
	/** Every request gets this refusal, in the layout the vendor uses for a whole request. */
	requestCode: string | null;
	/** A recipient (digits) gets this refusal, in the layout the vendor uses for one recipient. */
	readonly recipientCodes: Map<string, string>;
}

/** The gateway's memory, kept by the server and handed to every call of a simulation. */
export interface World {
	readonly orders: Orders;
	readonly texts: readonly AcceptedText[];
	/** In the gateway's money. A simulation lowers it when it accepts and refuses when it is used up. */
	balance: number;
	/** Requests that are open at this moment, this one included: for limits on simultaneous requests. */
	readonly openRequests: number;
	now(): Date;
	/** Remembers a text as accepted. */
	accept(text: NewText): void;
	/** 1, 2, 3 … for message ids. */
	nextNumber(): number;
	/** What the customer has set about calls back. */
	readonly callbacks: CallbackSettings;
	/** A place of the simulation's own (rate limits, seen requests, statuses); emptied by reset(). */
	readonly memory: Map<string, unknown>;
}

/** One vendor's behaviour: the part that differs from gateway to gateway. */
export interface GatewaySimulation {
	/** Its key in the list of index.ts. */
	readonly gateway: string;
	/** As people know it: "SMS.RU". */
	readonly displayName: string;
	/**
	 * Field values of the n8n credential that this simulation accepts, without baseUrl. Made anew for each simulation
	 * (random), never written into the repository.
	 */
	readonly credentials: Readonly<Record<string, string>>;
	/** The values among them that must never be seen anywhere. */
	readonly secrets: readonly string[];
	/** Path to append to the server's address to get the credential's baseUrl (usually empty). */
	readonly basePath: string;
	readonly startingBalance: number;
	/** Whether this request could make the gateway accept a text. */
	sends(request: SimulatedRequest): boolean;
	/** Answers a request; takes what it accepts into `world`. Must not throw, whatever comes. */
	handle(request: SimulatedRequest, world: World): SimulatedReply;
	/** Where a text is now; null when the gateway does not know it (any more). Absent: it tells nobody. */
	stateOf?(text: AcceptedText, world: World): MessageState | null;
	/** How it calls its customers back. Absent: it never does. */
	readonly caller?: Caller<World>;
}

/** A running simulator: one HTTP server on loopback, and the calls it makes to its customer. */
export interface Simulator extends Callbacks {
	readonly gateway: string;
	readonly displayName: string;
	/** http://127.0.0.1:port plus the simulation's basePath: goes into the credential's baseUrl. */
	readonly baseUrl: string;
	/** All fields of the n8n credential, baseUrl included. */
	readonly credentials: Readonly<Record<string, string>>;
	readonly secrets: readonly string[];
	readonly texts: readonly AcceptedText[];
	readonly requests: readonly SeenRequest[];
	/** Connections that a 'connect' fault broke: nothing of them was read, so they are not among `requests`. */
	readonly brokenConnections: number;
	readonly orders: Orders;
	balance: number;
	/** Adds a fault; faults are tried in the order they were added, each request is hit by one at most. */
	fault(fault: Fault): void;
	/** Where a text is now; null when the gateway does not know or does not tell. */
	stateOf(text: AcceptedText): MessageState | null;
	/**
	 * Forgets texts, requests, faults, orders, memory and calls; the balance starts anew. The addresses to call back are
	 * forgotten as well, unless `keepCallbacks` is set: a workflow that is active in n8n has registered its own.
	 */
	reset(options?: { readonly keepCallbacks?: boolean }): void;
	close(): Promise<void>;
}

export interface StartOptions {
	/** Default 0: any free port. */
	readonly port?: number;
	/** For tests of schedules and rate limits. */
	readonly now?: () => Date;
	/** How long every reply is held back after the gateway has acted, so that requests can overlap. Default: 0. */
	readonly latencyMs?: number;
}
