/** What the Test Gateway does with a number: by its last two digits where it is one of the numbers made for that. */
import type { CodeMeaning, CodeTable } from '../shared/contract/codes';
import { codeShape } from '../shared/contract/codes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = 'Test Gateway';

/** American numbers that belong to nobody: 555-0100 to 555-0199 are kept for films and books. */
const TEST_NUMBER = /^1202555(01\d\d)$/;

/** The last four digits of a test number; null for every other number. */
export function caseOf(digits: string): string | null {
	return TEST_NUMBER.exec(digits)?.[1] ?? null;
}

const next = 'Build what your workflow does then, or use another number.';
const row = (kind: Parameters<typeof codeShape>[0], retry: Parameters<typeof codeShape>[1], what: string) =>
	codeShape(kind, retry)(what, next);

/** Every kind of refusal, by the last four digits of the number. The first two stop the run, as a real gateway's would. */
export const TEST_REFUSALS: CodeTable = {
	'0111': codeShape('authentication', 'after_fix', { fatal: true })(
		'This test number stands for a key that the gateway refuses',
		next,
	),
	'0112': codeShape('insufficient_funds', 'after_fix', { fatal: true })(
		'This test number stands for an account without money',
		next,
	),
	'0113': row('invalid_recipient', 'after_fix', 'This test number stands for one that does not exist'),
	'0114': row('invalid_sender', 'after_fix', 'This test number stands for a sender that is not approved'),
	'0115': row('invalid_parameter', 'after_fix', 'This test number stands for an option that is refused'),
	'0116': row('content_rejected', 'after_fix', 'This test number stands for a text that is not allowed'),
	'0117': row('rate_limited', 'later', 'This test number stands for a daily limit that is used up'),
	'0118': row('duplicate', 'never', 'This test number stands for a text that the gateway has had already'),
	'0119': row('blocked_recipient', 'never', 'This test number stands for a person who wants no texts'),
	'0120': row('no_route', 'never', 'This test number stands for an operator that cannot be reached'),
	'0121': row('temporary', 'later', 'This test number stands for a gateway that is out of order'),
	'0122': row('unknown', 'later', 'This test number stands for a refusal without a reason'),
};

/** No answer comes: nobody can know whether the text went out. */
export const LOST_ANSWER = '0130';

/** How a text fares after it was accepted. */
export interface Course {
	/** What the status is from so many seconds on, in order. */
	readonly steps: ReadonlyArray<readonly [seconds: number, status: MessageStatus]>;
	/** Why it ended badly; null where it did not. */
	readonly reason: CodeMeaning | null;
}

const undelivered = codeShape('invalid_recipient', 'never');
const expired = codeShape('temporary', 'later');

/** By a letter that is in the ID, so that the status is known from the ID alone. */
export const COURSES = {
	d: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
			[20, 'delivered'],
		],
		reason: null,
	},
	l: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
			[300, 'delivered'],
		],
		reason: null,
	},
	u: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
			[20, 'undelivered'],
		],
		reason: undelivered('This test number stands for a phone that cannot be reached', next),
	},
	e: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
			[60, 'expired'],
		],
		reason: expired('This test number stands for a phone that stayed off', next),
	},
	n: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
		],
		reason: null,
	},
} as const satisfies Readonly<Record<string, Course>>;

export type CourseLetter = keyof typeof COURSES;

const COURSE_OF: Readonly<Record<string, CourseLetter>> = {
	'0101': 'l',
	'0102': 'u',
	'0103': 'e',
	'0104': 'n',
};

export function courseOf(digits: string): CourseLetter {
	return COURSE_OF[caseOf(digits) ?? ''] ?? 'd';
}
