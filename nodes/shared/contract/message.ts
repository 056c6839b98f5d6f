import type { Attachment } from './request';
import type { BinaryMeasure, SegmentMeasure } from './segmentMeasure';

/** What every gateway's options have, because the result shows it. */
export interface BaseOptions {
	/** When the gateway is asked to send: epoch milliseconds, or null for now. */
	readonly scheduledFor: number | null;
	/** The gateway only simulates sending. */
	readonly testMode: boolean;
}

/** One text for one person. */
export interface Message<O extends BaseOptions = BaseOptions> {
	/** E.164 with the leading +. */
	readonly to: string;
	/** The same without the +, as most gateways want it. */
	readonly digits: string;
	readonly text: string;
	/** Sender name or number; empty means the account's default. */
	readonly from: string;
	readonly options: O;
	/** Equal for messages whose options are equal. */
	readonly optionsKey: string;
	readonly measure: SegmentMeasure | BinaryMeasure;
	/** False for an address book group or an email address. */
	readonly isNumber: boolean;
	readonly attachments: readonly Attachment[];
}

/** One request's worth of messages. */
export interface Batch<O extends BaseOptions = BaseOptions> {
	/** `sameText`: one text, sender and options for all. `differentTexts`: the gateway's way to send individual texts. */
	readonly style: 'sameText' | 'differentTexts';
	/** At least one. */
	readonly messages: readonly [Message<O>, ...Message<O>[]];
	/** Made by us, unique to this request (26 characters of a–z, 0–9 and -): an id for gateways that accept one. */
	readonly reference: string;
}

/** How many recipients a request may have. */
export interface BatchLimits {
	readonly sameText: number;
	/** 0 where a request carries one text only. */
	readonly differentTexts: number;
}
