/** What the Test Gateway does with a number: by its last two digits where it is one of the numbers made for that. */
import type { CodeMeaning, CodeTable } from '../shared/contract/codes';
import { codeShape } from '../shared/contract/codes';
import {
	blocked,
	content,
	credential,
	limit,
	money,
	noRoute,
	notNow,
	parameter,
	recipient,
	sender,
	wrongNumber,
} from '../shared/contract/codeShapes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = 'Test Gateway';

/** American numbers that belong to nobody: 555-0100 to 555-0199 are kept for films and books. */
const TEST_NUMBER = /^1202555(01\d\d)$/;

/** The last four digits of a test number; null for every other number. */
export function caseOf(digits: string): string | null {
	return TEST_NUMBER.exec(digits)?.[1] ?? null;
}

const next = 'Build what your workflow should do in this case, or use another number.';
const means = (shape: ReturnType<typeof codeShape>, what: string): CodeMeaning =>
	shape(`This test number stands for ${what}`, next);

/** Every kind of refusal, by the last four digits of the number. The first two stop the run, as a real gateway's would. */
export const TEST_REFUSALS: CodeTable = {
	'0111': means(credential, 'a key that the gateway refuses'),
	'0112': means(money, 'an account without money'),
	'0113': means(recipient, 'one that does not exist'),
	'0114': means(sender, 'a sender that is not approved'),
	'0115': means(parameter, 'an option that is refused'),
	'0116': means(content, 'a text that is not allowed'),
	'0117': means(limit, 'a daily limit that is used up'),
	'0118': means(codeShape('duplicate', 'never'), 'a text that the gateway already has'),
	'0119': means(blocked, 'a person who wants no texts'),
	'0120': means(noRoute, 'an operator that cannot be reached'),
	'0121': means(notNow, 'a gateway that is out of order'),
	'0122': means(codeShape('unknown', 'later'), 'a refusal without a reason'),
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
		reason: means(wrongNumber, 'a phone that cannot be reached'),
	},
	e: {
		steps: [
			[0, 'queued'],
			[5, 'sent'],
			[60, 'expired'],
		],
		reason: means(notNow, 'a phone that stayed off'),
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
