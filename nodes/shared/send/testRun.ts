/**
 * Tries in n8n's editor cost no money by accident: what becomes of texts there is the choice of the person who built the
 * node. An active workflow never gets here.
 */
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import type { TestRunChoice } from '../contract/testRuns';
import { TEST_RUN_CHOICES, TEST_RUN_FIELDS, reachesSomebody } from '../contract/testRuns';
import { textOf } from '../input/parameters';
import type { PhoneTools } from '../phone/tools';
import type { Job } from './job';
import { isTestRun } from './journalScope';

export type TestRun =
	| { readonly does: Exclude<TestRunChoice, 'oneNumber'> }
	| { readonly does: 'oneNumber'; readonly to: string }
	| { readonly does: 'nothing'; readonly problem: Refused };

const { choice, number } = TEST_RUN_FIELDS;

/** @param country of a test number without a country code. Null: not a test run, or nothing is sent or reaches anybody. */
export function readTestRun(job: Job, { read }: Pick<PhoneTools, 'read'>, country: string): TestRun | null {
	const { context, gateway, billed, isPreview } = job;
	if (isPreview || gateway.credential === null || !isTestRun(job)) return null;
	if (billed !== null && !reachesSomebody(billed)) return null;
	const typed = context.getNodeParameter(choice.name, 0, 'send');
	const chosen = TEST_RUN_CHOICES.find((one) => one === typed);
	if (chosen === undefined) {
		const what = `'${choice.label}' has an unknown value. ${NOTHING_SENT}`;
		return { does: 'nothing', problem: refuse(what, `Choose one in '${choice.label}'.`) };
	}
	if (chosen !== 'oneNumber') return { does: chosen };
	return readNumber(context.getNodeParameter(number.name, 0, ''), country, read);
}

export function sendsInTestRun(testRun: TestRun | null): boolean {
	return testRun !== null && testRun.does !== 'preview' && testRun.does !== 'nothing';
}

function readNumber(typed: unknown, country: string, read: PhoneTools['read']): TestRun {
	const [found, ...others] = read(typed, country);
	if (found !== undefined && found.outcome !== 'invalid' && others.length === 0)
		return { does: 'oneNumber', to: found.e164 };
	const shown = (textOf(typed) ?? '').trim();
	const what = shown === '' ? 'is empty' : `is "${shown.slice(0, 40)}", which is not one phone number`;
	const fix = found?.outcome === 'invalid' && shown !== '' ? ` ${found.fix}` : '';
	const problem = refuse(
		`'${number.label}' ${what}. ${NOTHING_SENT}`,
		`Type your own number there, with its country code.${fix}`,
	);
	return { does: 'nothing', problem };
}

function refuse(what: string, fix: string): Refused {
	return refuseInput('invalid_parameter', what, fix);
}
