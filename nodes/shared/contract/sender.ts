/**
 * How something that costs money goes out to people: texts, calls with a code, number lookups, and prices, which are
 * requested the same way. A sender is data and pure functions around one request: it never does I/O and never loops over rows.
 */
import type { FieldReader } from './fields';
import type { BaseOptions, Batch, BatchLimits, Message } from './message';
import type { CommonOption } from './options';
import type { Outcome, Refused } from './outcome';
import type { GatewayReply, GatewayRequest } from './request';
import type { ResultKey } from './resultKeys';
import type { BinaryMeasure, SegmentMeasure } from './segmentMeasure';

/** Finding out what happened to a request whose outcome nobody knows. */
export interface Reconciliation<O extends BaseOptions> {
	/** When to ask, in milliseconds after the reply failed to come; the last "not found" is believed. */
	readonly delaysMs: readonly number[];
	/** Null when this batch cannot be asked about. `outcomes`: what its own reply said about each message. */
	build(batch: Batch<O>, outcomes?: readonly Outcome[]): GatewayRequest | null;
	/** For each message of the batch, in order: its outcome, `notFound`, or null where this reply says nothing. */
	read(reply: GatewayReply, batch: Batch<O>): ReadonlyArray<Outcome | 'notFound' | null>;
}

export interface Sender<O extends BaseOptions = BaseOptions> {
	readonly commonOptions: ReadonlySet<CommonOption>;
	/** Names of the options that only this gateway has. */
	readonly ownOptions: ReadonlySet<string>;
	/** Reads and checks the options; what is wrong is noted in `fields` and refused before anything is sent. */
	readOptions(fields: FieldReader): O;
	/** What this gateway would refuse in a text, number or sender, found before it costs anything; null when fine. */
	checkMessage(message: Message<O>): Refused | null;
	/**
	 * Measures what does not go out as it is typed, such as binary data; null for a text that does, which is measured in
	 * the usual way. Where only the gateway knows what it makes of a text, the most that it can.
	 */
	measure?(text: string, options: O): SegmentMeasure | BinaryMeasure | null;
	/** Whether a text of segments goes out. Otherwise (a call, a lookup, an email) `checkMessage` decides on the text. */
	isTextMessage(options: O): boolean;
	/** Names of the input's binary fields whose files go with a message. */
	readAttachmentFields?(options: O): readonly string[];
	/** A recipient that is not a phone number (an address book group, an email address), as the gateway accepts it. */
	readOtherRecipient?(typed: string, options: O): string | null;
	/** `batchSize` is the person's wish, already within the gateway's largest; null when they have none. */
	batchLimits(options: O, batchSize: number | null): BatchLimits;
	/** Messages with equal keys may share a request of different texts; null: this text cannot be sent that way. */
	differentTextsKey(message: Message<O>): string | null;
	/** Whether a reply can tell two texts to the same number in one request from each other. */
	readonly tellsRepeatsApart: boolean;
	build(batch: Batch<O>): GatewayRequest;
	/**
	 * One outcome for each message of the batch, in order; null when the reply is not in the gateway's own layout
	 * (then its HTTP status decides). Must not throw whatever came.
	 */
	read(reply: GatewayReply, batch: Batch<O>): readonly Outcome[] | null;
	/** What the gateway may tell of an accepted text besides what every result has: the keys of `details`. */
	readonly detailKeys: readonly ResultKey[];
	/** Null where the gateway cannot be asked what became of a request. */
	readonly reconciliation: Reconciliation<O> | null;
}

type Usual = Omit<
	Sender,
	'readOptions' | 'build' | 'read' | 'measure' | 'readAttachmentFields' | 'readOtherRecipient'
>;

/** What holds for most: one text message a request, no options, nothing to check, and no way to ask afterwards. */
const USUAL: Usual = {
	commonOptions: new Set(),
	ownOptions: new Set(),
	checkMessage: () => null,
	isTextMessage: () => true,
	batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
	differentTextsKey: () => null,
	tellsRepeatsApart: false,
	detailKeys: [],
	reconciliation: null,
};

export function defineSender<O extends BaseOptions>(
	own: Omit<Sender<O>, keyof Usual> & Partial<Pick<Sender<O>, keyof Usual>>,
): Sender<O> {
	return { ...USUAL, ...own };
}
