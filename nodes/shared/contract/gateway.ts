/**
 * The contract between the shared rooms and one gateway: what it is and what it can do, as data, and how it is spoken to,
 * as pure functions. Of n8n it knows only the type of a field, since some gateways have fields of their own.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { CountryCode } from './countries';
import type { Credential } from './credential';
import type { BaseOptions } from './message';
import type { Operation, ResourceId } from './operation';
import type { JsonRecord } from './request';
import type { EventKey } from './resultKeys';
import type { Sender } from './sender';

/** Something besides texts that goes out to a number and is paid for: a call with a code, a number look-up. */
export interface BilledOperation {
	readonly resource: ResourceId;
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	readonly optionFields: readonly INodeProperties[];
	readonly sender: Sender;
	/** Asks what came of it, for gateways that answer with a receipt first; offered as "Wait Until Final". */
	readonly followUp: FollowUp | null;
}

export interface FollowUp {
	readonly operation: Operation;
	ask(messageId: string, to: string): JsonRecord;
}

export interface Gateway<O extends BaseOptions = BaseOptions, Id extends string = string> {
	/** The value of Send SMS's Gateway field, and the name of the gateway's own node. Fixed: saved workflows have it. */
	readonly id: Id;
	readonly displayName: string;
	readonly credential: Credential;
	/** ISO 4217 code of `cost`; null where the gateway does not say what it counts in. */
	readonly currency: string | null;
	/** Where the gateway is: Default Country starts with it. */
	readonly homeCountry: CountryCode;
	/** Requests that may be under way at once. */
	readonly requestsInFlight: number;
	/** Requests a second that the gateway asks for at most; null where it names no number. */
	readonly requestsPerSecond: number | null;
	/** The largest `batchSize` a person may set. */
	readonly maxBatchSize: number;
	/** Fields beside the options that this gateway has for a message; read with the options, by their names. */
	readonly messageFields: readonly INodeProperties[];
	readonly texts: Sender<O>;
	/** How texts are sent with a credential's other way to sign in (its `authentication` field); absent: the same way. */
	textsFor?(authentication: string): Sender<O>;
	/** Asks for the price of texts without sending them; its outcomes are quoted. Null where there is no such request. */
	readonly prices: Sender<O> | null;
	/** Read-only requests and small commands. */
	readonly operations: readonly Operation[];
	readonly billedOperations: readonly BilledOperation[];
	/** What its calls to a trigger may tell besides what every event has. */
	readonly eventDetails: readonly EventKey[];
}

const USUAL = {
	currency: null,
	requestsPerSecond: null,
	messageFields: [],
	prices: null,
	billedOperations: [],
	eventDetails: [],
} as const satisfies Partial<Gateway>;

export function defineGateway<O extends BaseOptions, const Id extends string>(
	own: Omit<Gateway<O, Id>, keyof typeof USUAL> & Partial<Pick<Gateway<O, Id>, keyof typeof USUAL>>,
): Gateway<O, Id> {
	return { ...USUAL, ...own };
}
