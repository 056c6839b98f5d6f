/**
 * The contract between the shared machinery and one gateway. A gateway declares what it can do as data and gives pure
 * functions that build a request and read a reply; it never does I/O, never loops over rows and never sees n8n.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions, Batch, BatchLimits, Message } from './message';
import type { Operation, ResourceId } from './operation';
import type { CommonOption } from './options';
import type { Outcome, Refused } from './outcome';
import type { GatewayReply, GatewayRequest, JsonRecord } from './request';
import type { BinaryMeasure, SegmentMeasure } from './segmentMeasure';
import type { FieldReader } from '../contract/fields';
import type { CountryCode } from '../panel/countries';

export const GATEWAY_IDS = ['smsc', 'smsRu', 'alphaSms', 'advantaSms', 'voipCommunications'] as const;

export type GatewayId = (typeof GATEWAY_IDS)[number];

export interface LookUp<O extends BaseOptions> {
	/** When to ask, in milliseconds after the reply failed to come; the last "not found" is believed. */
	readonly delaysMs: readonly number[];
	/** Null when this batch cannot be asked about. `outcomes`: what its own reply told of each message. */
	build(batch: Batch<O>, outcomes?: readonly Outcome[]): GatewayRequest | null;
	/** For each message of the batch, in order: its outcome, `notFound`, or null where this reply tells nothing. */
	read(reply: GatewayReply, batch: Batch<O>): ReadonlyArray<Outcome | 'notFound' | null>;
}

/** Asking for the price of texts without sending them. */
export type Pricing<O extends BaseOptions> = Pick<
	Gateway<O>,
	'batchLimits' | 'differentTextsKey' | 'buildSend'
> & {
	/** Like `Gateway.readSend`, with quoted prices as outcomes. */
	readSend: Gateway<O>['readSend'];
};

/** Something that goes out to a number and is paid for, and is no text message: a call with a code, a look-up. */
export interface OtherSending {
	readonly resource: ResourceId;
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	readonly optionFields: readonly INodeProperties[];
	readonly gateway: Gateway;
	/** Asks what came of it, for gateways that answer with a receipt first; offered as "Wait Until Final". */
	readonly followUp: FollowUp | null;
}

export interface FollowUp {
	readonly operation: Operation;
	ask(messageId: string, to: string): JsonRecord;
}

export interface Gateway<O extends BaseOptions = BaseOptions> {
	readonly id: GatewayId;
	readonly displayName: string;
	readonly credentialType: string;
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
	readonly commonOptions: ReadonlySet<CommonOption>;
	/** Names of the options that only this gateway has. */
	readonly ownOptions: ReadonlySet<string>;
	/** Whether a reply can tell two texts to the same number in one request from each other. */
	readonly tellsRepeatsApart: boolean;

	/** Reads and checks the options; what is wrong is noted in `fields` and refused before anything is sent. */
	readOptions(fields: FieldReader): O;
	/** What a message takes that is no plain text, such as binary data; null for a text, which is measured as everywhere. */
	measure?(text: string, options: O): SegmentMeasure | BinaryMeasure | null;
	/** What this gateway would refuse in a text, number or sender, found before it costs anything; null when fine. */
	checkMessage(message: Message<O>): Refused | null;
	/** `batchSize` is the person's wish, already within maxBatchSize; null when they have none. */
	batchLimits(options: O, batchSize: number | null): BatchLimits;
	/** Messages with equal keys may share a request of different texts; null: this text cannot travel that way. */
	differentTextsKey(message: Message<O>): string | null;
	buildSend(batch: Batch<O>): GatewayRequest;
	/**
	 * One outcome for each message of the batch, in order; null when the reply is not in the gateway's own layout
	 * (then its HTTP status decides). Must not throw whatever came.
	 */
	readSend(reply: GatewayReply, batch: Batch<O>): readonly Outcome[] | null;
	/** How to ask about a request whose outcome nobody knows; null where the gateway cannot be asked. */
	readonly lookUp: LookUp<O> | null;
	/** Whether a text of segments goes out. Otherwise (a call, a look-up, an e-mail) `checkMessage` decides on the text. */
	isTextMessage(options: O): boolean;
	/** Fields beside the options that this gateway has for a message; read with the options, by their names. */
	readonly messageFields: readonly INodeProperties[];
	/** Names of the input's binary fields whose files go with a message. */
	readAttachmentFields?(options: O): readonly string[];
	/** A recipient that is no phone number (an address book group, an e-mail address), as the gateway takes it. */
	readOtherRecipient?(typed: string, options: O): string | null;
	/** Null where the gateway tells no prices. */
	readonly pricing: Pricing<O> | null;
	/** The same gateway as it can be used with a credential's way to sign in (its `authentication` field). */
	forAuthentication?(authentication: string): Gateway<O>;
	readonly operations: readonly Operation[];
	readonly otherSendings: readonly OtherSending[];
}
