/**
 * The contract between the shared rooms and one gateway: what it is and what it can do, as data, and how it is spoken to,
 * as pure functions. Of n8n it knows only the type of a field, since some gateways have fields of their own.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { CountryCode, NO_COUNTRY } from './countries';
import type { Credential } from './credential';
import type { BaseOptions } from './message';
import type { Operation, ResourceId } from './operation';
import type { GatewayReply, GatewayRequest, JsonRecord } from './request';
import type { EventKey } from './resultKeys';
import type { Sender } from './sender';

/** Something other than texts that goes out to a number and is charged for: a call with a code, a number lookup. */
export interface BilledOperation {
	readonly resource: ResourceId;
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	readonly optionFields: readonly INodeProperties[];
	readonly sender: Sender;
	/** How it goes out with a credential's other way to sign in; absent: the same way. */
	senderFor?(authentication: string): Sender;
	/** Asks for the result, for gateways that reply with a receipt first; offered as "Wait Until Final". */
	readonly followUp: FollowUp | null;
}

export interface FollowUp {
	readonly operation: Operation;
	query(messageId: string, to: string): JsonRecord;
}

/** A gateway that people have an account with: its requests are signed and go over the network. */
export interface AccountGateway<O extends BaseOptions = BaseOptions, Id extends string = string>
	extends GatewayData<O, Id> {
	readonly credential: Credential;
}

/** One without an account, to try workflows with: it answers its requests here, and nothing leaves n8n. */
export interface LocalGateway<O extends BaseOptions = BaseOptions, Id extends string = string>
	extends GatewayData<O, Id> {
	readonly credential: null;
	/** `now` in epoch milliseconds. Null where an answer is lost on purpose. */
	answer(request: GatewayRequest, now: number): GatewayReply | null;
}

export type Gateway<O extends BaseOptions = BaseOptions, Id extends string = string> =
	| AccountGateway<O, Id>
	| LocalGateway<O, Id>;

interface GatewayData<O extends BaseOptions, Id extends string> {
	/** The value of Send SMS's Gateway field, and the name of the gateway's own node. Fixed: saved workflows have it. */
	readonly id: Id;
	readonly displayName: string;
	/** ISO 4217 code of `cost`; null where the gateway does not say what it counts in. */
	readonly currency: string | null;
	/** Where the gateway is: Default Country starts with it. */
	readonly homeCountry: CountryCode | typeof NO_COUNTRY;
	/** Requests that may be under way at once. */
	readonly requestsInFlight: number;
	/** The most requests per second that the gateway allows; null where it names no limit. */
	readonly requestsPerSecond: number | null;
	/** The largest `batchSize` a person may set. */
	readonly maxBatchSize: number;
	/** Fields beside the options that this gateway has for a message; read with the options, by their names. */
	readonly ownMessageFields: readonly INodeProperties[];
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
	ownMessageFields: [],
	prices: null,
	billedOperations: [],
	eventDetails: [],
} as const satisfies Partial<GatewayData<BaseOptions, string>>;

type Usual = keyof typeof USUAL;
type Own<G> = Omit<G, Usual> & Partial<Pick<G, Usual & keyof G>>;

export function defineGateway<O extends BaseOptions, const Id extends string>(
	own: Own<AccountGateway<O, Id>>,
): AccountGateway<O, Id> {
	return { ...USUAL, ...own };
}

export function defineLocalGateway<O extends BaseOptions, const Id extends string>(
	own: Own<LocalGateway<O, Id>>,
): LocalGateway<O, Id> {
	return { ...USUAL, ...own };
}
