/** What may be sent once, whichever run asks, and what is said of a text that is left out because of it. */
import { LIMIT_LABELS } from '../contract/options';
import type { Message } from '../contract/message';
import type { Outcome, Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput, unclear } from '../contract/outcome';
import { readColumn, valueAt } from '../input/cells';
import { holdsExpression, perRow, textOf } from '../input/parameters';
import { HistoryFull, sizeToKeep } from '../journal/claimHistory';
import type { Claim, Conflict } from '../journal/claims';
import { MARKS_KEPT, N8nMarks } from '../journal/n8nMarks';
import { clock } from '../time/clock';
import { withoutLink } from './waitSettings';
import type { Job } from './job';
import { isTestRun } from './journalScope';
import { nameOf } from './nameOf';
import type { OncePer, TimeSpan } from './onceLimits';
import type { Settings } from './settings';

export interface OnceClaim extends Claim {
	readonly rule: 'duplicate' | 'perNumber';
	readonly to: string;
	/** What is the same: `this text`, `a text for "1001"`. */
	readonly what: string;
	/** Within a run, it counts as well. */
	readonly countsInRun: boolean;
	/** When it was, if it was: `less than 1 day ago`. */
	readonly when: string;
}

interface WithSettings {
	readonly settings: Settings;
}

export interface Once {
	readonly claimsOf: (message: Message, row: number) => readonly OnceClaim[];
	/** Why a row cannot be compared; null when it can. */
	readonly problemOf: (row: number) => Refused | null;
	/** Of one text. */
	readonly marks: number;
	/** Something stays taken for ever. */
	readonly isForEver: boolean;
}

/** Of an execution's own notes: begun, and what became of it. */
const MARKS_OF_AN_EXECUTION = 2;
const MARKS_OF_A_TIME = 5;
const MARKS_FOR_EVER = 2;

/** Null where nothing is compared across runs. */
export function readOnce(job: Job, { limits }: Settings): Once | null {
	const { skipDuplicates, oncePer, onePerNumber } = limits;
	const duplicates = skipDuplicates === 'acrossRuns' ? duplicatesRule(job, oncePer) : null;
	const perNumber = onePerNumber === null ? null : perNumberRule(job, onePerNumber);
	const rules = [perNumber, duplicates].filter((rule) => rule !== null);
	if (rules.length === 0) return null;
	return {
		claimsOf: (message, row) => rules.flatMap((rule) => rule.claimOf(message, row) ?? []),
		problemOf: (row) => duplicates?.problemOf(row) ?? null,
		marks: rules.reduce((sum, { isForEver }) => sum + (isForEver ? MARKS_FOR_EVER : MARKS_OF_A_TIME), 0),
		isForEver: rules.some(({ isForEver }) => isForEver),
	};
}

interface Rule {
	readonly claimOf: (message: Message, row: number) => OnceClaim | null;
	readonly problemOf: (row: number) => Refused | null;
	readonly isForEver: boolean;
}

/** Test runs do not count for the active workflow, nor the other way round. */
const world = (job: Job): string => (isTestRun(job) ? 'test' : '');

function duplicatesRule(job: Job, oncePer: OncePer): Rule {
	const about = { rule: 'duplicate' } as const;
	switch (oncePer.per) {
		case 'time': {
			const { ms, shown } = oncePer.time;
			const { sender, link } = job;
			const claimOf = ({ to, from, text, options, optionsKey }: Message): OnceClaim => {
				const beyondText = sender.isTextMessage(options) ? '' : optionsKey;
				const name = nameOf('time', ms, world(job), to, from, withoutLink(text, link), beyondText);
				const when = ` less than ${shown} ago`;
				return { ...about, name, to, lastsMs: ms, what: 'this text', when, countsInRun: false };
			};
			return { claimOf, problemOf: () => null, isForEver: false };
		}
		case 'campaign': {
			const { campaign } = oncePer;
			const what = `a text of the campaign "${campaign}"`;
			const claimOf = ({ to }: Message): OnceClaim => {
				const name = nameOf('campaign', world(job), campaign, to);
				return { ...about, name, to, lastsMs: null, what, when: '', countsInRun: true };
			};
			return { claimOf, problemOf: () => null, isForEver: true };
		}
		case 'value': {
			const valueOf = valueReader(job);
			const claimOf = ({ to }: Message, row: number): OnceClaim | null => {
				const value = valueOf(row);
				if (value === null) return null;
				const name = nameOf('value', world(job), value, to);
				const what = `a text for "${value.slice(0, 40)}"`;
				return { ...about, name, to, lastsMs: null, what, when: '', countsInRun: true };
			};
			return {
				claimOf,
				problemOf: (row) => (valueOf(row) === null ? withoutValue() : null),
				isForEver: true,
			};
		}
	}
}

function perNumberRule(job: Job, { ms, shown }: TimeSpan): Rule {
	const about = { rule: 'perNumber', lastsMs: ms, countsInRun: true, what: 'a text' } as const;
	const claimOf = ({ to }: Message): OnceClaim => {
		return { ...about, to, name: nameOf('number', ms, world(job), to), when: ` less than ${shown} ago` };
	};
	return { claimOf, problemOf: () => null, isForEver: false };
}

const VALUE = 'limits.skipDuplicatesScope.scope.value';

/** The value of each row; null where there is none. What is typed without an expression is the name of a column. */
function valueReader({ context, items }: Job): (row: number) => string | null {
	const typed = valueAt(context.getNode().parameters, VALUE.split('.'));
	const column = holdsExpression(typed) ? null : (textOf(typed) ?? '').trim();
	const read = column === null ? perRow(context, VALUE, '') : null;
	return (row) => {
		const value =
			read === null ? readColumn(items[row]?.json ?? {}, column ?? '') : valueOrNothing(read, row);
		return (textOf(value) ?? '').trim() || null;
	};
}

/** An expression that fails gives nothing to compare. */
function valueOrNothing(read: (row: number) => unknown, row: number): unknown {
	try {
		return read(row);
	} catch {
		return undefined;
	}
}

function withoutValue(): Refused {
	return refuseInput(
		'invalid_parameter',
		`'${LIMIT_LABELS.skipDuplicatesScope}' finds no value in this row, so nobody can tell whether it was texted before. ${NOTHING_SENT}`,
		`Drag a field that every row has into 'Value', e.g. {{ $json.order }}.`,
	);
}

/** What is said of a text that may not leave. */
export function outcomeOfConflict(
	{ gateway }: Pick<Job, 'gateway'>,
	{ claim, is }: Conflict<OnceClaim>,
): Outcome {
	const { rule, to, what, when } = claim;
	if (rule === 'perNumber') {
		return refuseInput(
			'rate_limited',
			`${to} was sent a text${when}. ${NOTHING_SENT}`,
			`Send this row again later, or change '${LIMIT_LABELS.onePerNumber}' under Limits.`,
			'later',
		);
	}
	if (is === 'inDoubt') {
		return unclear(
			gateway.displayName,
			`Another run was sending ${what} to ${to}, and its outcome is not known.`,
		);
	}
	return refuseInput(
		'duplicate',
		`Skipped: ${to} was sent ${what}${when}.`,
		`To send it anyway, change '${LIMIT_LABELS.skipDuplicates}' under Limits.`,
		'never',
	);
}

/** Nobody knows what earlier runs did, so nothing leaves. */
export function outcomeWithoutJournal({ settings }: WithSettings, error: unknown): Refused {
	const { skipDuplicates, rememberTexts } = settings.limits;
	const limit = skipDuplicates === 'acrossRuns' ? LIMIT_LABELS.skipDuplicates : LIMIT_LABELS.onePerNumber;
	if (error instanceof HistoryFull) {
		return refuseInput(
			'temporary',
			`'${limit}' cannot be enforced: this node remembers ${rememberTexts} texts, and has sent more in that time. ${NOTHING_SENT}`,
			`Raise '${LIMIT_LABELS.rememberTexts}' under Limits, or choose a shorter time.`,
			'later',
		);
	}
	const why = error instanceof Error ? error.message : String(error);
	return refuseInput(
		'temporary',
		`'${limit}' cannot be enforced: n8n's database could not be asked what earlier runs have sent. ${NOTHING_SENT}`,
		`If this workflow was never saved, save it. Then send this row again. Details: ${why}`,
		'later',
	);
}

/** How many marks the history keeps: of so many texts as asked for, and of this run. Asked once a minute. */
export function marksKept(
	{ context, settings }: Pick<Job, 'context'> & WithSettings,
	once: Once,
	texts: number,
): () => Promise<number> {
	const ofText = once.marks + MARKS_OF_AN_EXECUTION;
	const kept = Math.max(MARKS_KEPT, settings.limits.rememberTexts * ofText);
	const own = texts * ofText;
	const store = new N8nMarks(context, { texts, forgetsNothing: true, now: () => clock.now() });
	return async () => (once.isForEver ? await sizeToKeep(store, kept, own) : kept + own);
}
