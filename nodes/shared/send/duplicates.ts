/** The same text to the same number twice: within a run, and within the last minutes across runs. */
import { digest } from '../contract/digest';
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import { asRecord } from '../contract/json';

export const SKIP_DUPLICATES = ['inThisRun', 'recent', 'off'] as const;
export type SkipDuplicates = (typeof SKIP_DUPLICATES)[number];

/** The node's static data as n8n saves it: fingerprint → when it may be sent again, in epoch seconds. */
type SavedTexts = Record<string, number>;

const SAVED_UNDER = 'sentTexts';
/** About 30 bytes each in n8n's database, and rewritten whole at the end of every run. */
const KEEP_SAVED = 20_000;

export interface DuplicateGuard {
	/**
	 * Null when no earlier row of this run has this text for this number; later rows with it are then refused. The same
	 * text for another time is another text: a reminder in the morning and one in the evening.
	 */
	inThisRun(row: number, message: Message): Refused | null;
	/** Null when no earlier run sent this text within the window, whatever time it was for. */
	recently(message: Message): Refused | null;
	/** Remembers a text that went out or may have gone out, for the runs to come. */
	remember(message: Message): void;
}

function fingerprint(
	{ to, from, text }: Message,
	beyondText: string | null,
	scheduledFor: number | null = null,
): string {
	const content = [to, from, text, scheduledFor, ...(beyondText === null ? [] : [beyondText])];
	return digest(...content).slice(0, 16);
}

/** What is saved and still counts, the latest texts only, put back so that additions are saved as well. */
function savedTexts(staticData: Record<string, unknown>, nowSeconds: number): SavedTexts {
	const alive = Object.entries(asRecord(staticData[SAVED_UNDER]) ?? {}).filter(
		(entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > nowSeconds,
	);
	if (alive.length > KEEP_SAVED) alive.sort(([, a], [, b]) => b - a).length = KEEP_SAVED;
	const saved: SavedTexts = Object.fromEntries(alive);
	staticData[SAVED_UNDER] = saved;
	// n8n puts the saved data behind an observer, so that a change is noticed: the one to write to is the one read back.
	return (staticData[SAVED_UNDER] ?? saved) as SavedTexts;
}

/**
 * @param staticData n8n's per-node static data; used for `recent` only. n8n saves it at the end of a production run of
 * an active workflow, and not in test runs. n8n 2.41 in queue mode gives its workers an empty one, save in sub-workflows.
 */
export function createDuplicateGuard(
	mode: SkipDuplicates,
	minutes: number,
	staticData: () => Record<string, unknown>,
	now: number,
	beyondText: (message: Message) => string | null = () => null,
): DuplicateGuard {
	const rowOf = new Map<string, number>();
	const nowSeconds = Math.floor(now / 1000);
	const saved = mode === 'recent' ? savedTexts(staticData(), nowSeconds) : null;
	// A copy: texts of this run are added to `saved` only.
	const earlier = new Map(saved === null ? [] : Object.entries(saved));

	return {
		inThisRun(row, message) {
			if (mode === 'off') return null;
			const { to } = message;
			const key = fingerprint(message, beyondText(message), message.options.scheduledFor);
			const first = rowOf.get(key);
			if (first !== undefined) {
				return refuseInput(
					'duplicate',
					`Skipped: row ${first + 1} of this run already sends this text to ${to}.`,
					"To send it twice, set 'Skip Duplicates' to Off under Limits.",
					'never',
				);
			}
			rowOf.set(key, row);
			return null;
		},
		recently(message) {
			if (earlier.size === 0) return null;
			const until = earlier.get(fingerprint(message, beyondText(message)));
			if (until === undefined || until <= nowSeconds) return null;
			return refuseInput(
				'duplicate',
				`Skipped: ${message.to} was sent this text less than ${minutes} minutes ago.`,
				"To send it anyway, change 'Skip Duplicates' under Limits.",
				'never',
			);
		},
		remember(message) {
			if (saved !== null) saved[fingerprint(message, beyondText(message))] = nowSeconds + minutes * 60;
		},
	};
}
