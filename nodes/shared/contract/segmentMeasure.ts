/** How a text can be encoded. */
export type SegmentEncoding = 'GSM-7' | 'UCS-2';

/** Units are what the network counts: septets in GSM-7 (`^{}\[~]|€` take two), UTF-16 code units in UCS-2. */
export interface SegmentMeasure {
	readonly encoding: SegmentEncoding;
	/** At least 1: an empty text is still one message. */
	readonly segments: number;
	/** Units of the whole text. */
	readonly characters: number;
	/** Units left in the last segment. */
	readonly remaining: number;
}

/** The measure of a message of octets rather than text (EMS, WAP push, a ring tone). */
export interface BinaryMeasure extends Omit<SegmentMeasure, 'encoding'> {
	readonly encoding: 'binary';
}
