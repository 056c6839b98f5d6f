/**
 * The contract between the shared machinery and one gateway. A gateway declares what it can do as data and gives pure
 * functions that build a request and read a reply; it never does I/O, never loops over rows and never sees n8n.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { JsonRecord, Operation, ResourceId } from './operations';
import type { Outcome, Refused } from './outcome';
import type { BinaryMeasure, SegmentMeasure } from './segments/segments';
import type { FieldReader } from './options';
import type { FormFields } from './wire';

export const GATEWAY_IDS = ['smsc', 'smsRu', 'alphaSms', 'advantaSms', 'voipCommunications'] as const;
export type GatewayId = (typeof GATEWAY_IDS)[number];

/** Options in common words: what the generic node offers, and what each gateway maps to its own parameter. */
export const COMMON_OPTIONS = ['flash', 'wapPushUrl', 'transliterate', 'ttl', 'sendAt', 'testMode'] as const;
export type CommonOption = (typeof COMMON_OPTIONS)[number];

/** How people see them. */
export const COMMON_OPTION_LABELS: Readonly<Record<CommonOption, string>> = {
	flash: 'Flash Message',
	wapPushUrl: 'WAP Push Link',
	transliterate: 'Transliterate',
	ttl: 'Time to Live (Minutes)',
	sendAt: 'Send At',
	testMode: 'Test Mode',
};

/** The largest Batch Size that the generic node offers: what the roomiest gateway takes. */
export const LARGEST_BATCH = 1000;

/** Options that the shared machinery itself obeys, for every gateway. */
export const RUN_OPTIONS: ReadonlySet<string> = new Set([
	'batchSize',
	'defaultCountry',
	'defaultCountryField',
	'includeRaw',
	'maxSegments',
	'requestsPerSecond',
	'skipDuplicates',
	'skipDuplicatesMinutes',
	'timeout',
]);

export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

/** A request without its credentials: those are added by the credential's `authenticate`. */
export interface GatewayRequest {
	readonly method: 'GET' | 'POST';
	/** Path below the credential's base URL, with a leading slash. */
	readonly path: string;
	readonly body:
		| { readonly kind: 'form'; readonly fields: FormFields }
		| { readonly kind: 'json'; readonly value: { readonly [key: string]: JsonValue } }
		| { readonly kind: 'multipart'; readonly fields: FormFields; readonly files: readonly Attachment[] };
}

/** A file that goes with a message. */
export interface Attachment {
	readonly fileName: string;
	/** MIME type. */
	readonly contentType: string;
	readonly data: Uint8Array;
}

/** A reply as it came, decoded (UTF-8, else windows-1251). */
export interface GatewayReply {
	/** The HTTP status: looked at only where the body says nothing. */
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** The parsed body; undefined when it is not JSON. Integers beyond 15 digits are strings. */
	readonly json: unknown;
}

/** What every gateway's options have, because the result shows it. */
export interface BaseOptions {
	/** When the gateway is asked to send: epoch milliseconds, or null for now. */
	readonly scheduledFor: number | null;
	/** The gateway only pretends to send. */
	readonly testMode: boolean;
}

/** One text for one person. */
export interface Message<O extends BaseOptions = BaseOptions> {
	/** E.164 with the leading +. */
	readonly to: string;
	/** The same without the +: how most gateways want it. */
	readonly digits: string;
	readonly text: string;
	/** Sender name or number; empty means the account's default. */
	readonly from: string;
	readonly options: O;
	/** Equal for messages whose options are equal. */
	readonly optionsKey: string;
	readonly measure: SegmentMeasure | BinaryMeasure;
	/** False for an address book group or an e-mail address. */
	readonly isNumber: boolean;
	readonly attachments: readonly Attachment[];
}

/** One request's worth of messages. */
export interface Batch<O extends BaseOptions = BaseOptions> {
	/** `sameText`: one text, sender and options for all. `differentTexts`: the gateway's way for a text each. */
	readonly style: 'sameText' | 'differentTexts';
	/** At least one. */
	readonly messages: readonly [Message<O>, ...Message<O>[]];
	/** Made up by us, unique for this request (26 characters of a–z, 0–9 and -): an id for gateways that take one. */
	readonly reference: string;
}

/** How many recipients a request may have. */
export interface BatchLimits {
	readonly sameText: number;
	/** 0 where a request carries one text only. */
	readonly differentTexts: number;
}

export interface LookUp<O extends BaseOptions> {
	/** When to ask, in milliseconds after the reply failed to come; the last "not found" is believed. */
	readonly delaysMs: readonly number[];
	/** Null when this batch cannot be asked about. */
	build(batch: Batch<O>): GatewayRequest | null;
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
