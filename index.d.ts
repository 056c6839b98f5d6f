/** Options for counting segments. */
export interface SegmentOptions {
	/** How parts refer to each other: 8-bit (153 and 67 units a part, the default) or 16-bit (152 and 66). */
	references?: '8-bit' | '16-bit';
	/** `UCS-2` counts as Unicode whatever the text. */
	encoding?: 'auto' | 'UCS-2';
}

/** What the network counts: septets in GSM-7 (extension characters take two), UTF-16 code units in UCS-2. */
export interface SegmentMeasure {
	encoding: 'GSM-7' | 'UCS-2';
	segments: number;
	/** Units in the whole text. */
	characters: number;
	/** Units left in the last segment. */
	remaining: number;
}

export interface SegmentCount extends SegmentMeasure {
	/** The text of each segment; joined, they are the text. */
	parts: string[];
	/** Characters outside GSM-7, each once, with their places in the text and a look-alike where there is one. */
	forcesUnicode: Array<{ character: string; positions: number[]; replacement: string | null }>;
}

export type ParsedRecipient =
	| { outcome: 'ok'; e164: string; input: string; reason: null }
	| { outcome: 'corrected'; e164: string; input: string; reason: string }
	| { outcome: 'invalid'; e164: null; input: string; reason: string };

/** Counts the segments of a text, with the parts and what forces Unicode. */
export function countSegments(text: string, options?: SegmentOptions): SegmentCount;

/** The counts alone: the fast way for many texts. */
export function measureSegments(text: string, options?: SegmentOptions): SegmentMeasure;

/**
 * Reads phone numbers as people and spreadsheets write them: one entry for each number found, and one invalid entry
 * for an empty value. Never throws.
 * @param defaultCountry ISO 3166-1 alpha-2, for numbers without a country code
 */
export function parseRecipients(value: unknown, defaultCountry?: string): ParsedRecipient[];
