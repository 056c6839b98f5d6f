/** The same text to the same number twice within a run, and what may be sent once and stands in two rows. */
import { LIMIT_LABELS } from '../contract/options';
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import { textNames } from './nameOf';
import type { Once, OnceClaim } from './once';
import type { SkipDuplicates } from './onceLimits';

export interface DuplicateGuard {
	/**
	 * Null when no earlier row of this run has this text for this number; later rows with it are then refused. The same
	 * text for another time is another text: a reminder in the morning and one in the evening.
	 */
	inThisRun(row: number, message: Message): Refused | null;
}

const contentOf = ({ from, text, options }: Message, beyondText: string | null): string[] => [
	from,
	text,
	String(options.scheduledFor),
	...(beyondText === null ? [] : [beyondText]),
];

/** @param rowOf what the rows so far have; given where several guards watch one run */
export function createDuplicateGuard(
	mode: SkipDuplicates,
	once: Pick<Once, 'claimsOf'> | null,
	beyondText: (message: Message) => string | null = () => null,
	rowOf = new Map<string, number>(),
): DuplicateGuard {
	const firstWith = (key: string, row: number): number | null => {
		const first = rowOf.get(key);
		if (first === undefined) rowOf.set(key, row);
		return first ?? null;
	};

	const nameText = textNames();

	return {
		inThisRun(row, message) {
			const claims = once?.claimsOf(message, row) ?? [];
			// Two orders of one person may have the same text.
			const isNamed = claims.some(({ rule, countsInRun }) => rule === 'duplicate' && countsInRun);
			if (mode !== 'off' && !isNamed) {
				const name = nameText(message.to, contentOf(message, beyondText(message)));
				const first = firstWith(name, row);
				if (first !== null) return sameText(first, message.to);
			}
			for (const claim of claims) {
				const first = claim.countsInRun ? firstWith(claim.name, row) : null;
				if (first !== null) return sameClaim(first, claim);
			}
			return null;
		},
	};
}

function sameText(first: number, to: string): Refused {
	return refuseInput(
		'duplicate',
		`Skipped: row ${first + 1} of this run already sends this text to ${to}.`,
		`To send it twice, set '${LIMIT_LABELS.skipDuplicates}' to Off under Limits.`,
		'never',
	);
}

function sameClaim(first: number, { rule, to, what }: OnceClaim): Refused {
	if (rule === 'perNumber') {
		return refuseInput(
			'rate_limited',
			`Row ${first + 1} of this run already sends a text to ${to}. ${NOTHING_SENT}`,
			`Send this row again later, or change '${LIMIT_LABELS.onePerNumber}' under Limits.`,
			'later',
		);
	}
	return refuseInput(
		'duplicate',
		`Skipped: row ${first + 1} of this run already sends ${what} to ${to}.`,
		`To send it, change '${LIMIT_LABELS.skipDuplicates}' under Limits.`,
		'never',
	);
}
