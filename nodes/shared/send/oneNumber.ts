/** Send All to One Number: in a test run, texts that have passed the checks for their own people go to another number. */
import { TEST_RUN_FIELDS } from '../contract/testRuns';
import { allowedCountries } from './checks/allowedCountries';
import { applyChecks } from './checks/apply';
import type { Check } from './checks/check';
import { doNotText } from './checks/doNotText';
import { gatewayRules } from './checks/gatewayRules';
import type { Draft } from './messages';
import { isHeldTo, notSent } from './rehearsal';
import type { Result } from './result';
import type { Run } from './start';

const { label } = TEST_RUN_FIELDS.choice;

/** A group or an email address. */
const numbersOnly: Check = {
	ofMessages: (run) => (draft) => {
		if (draft.message.isNumber || !isHeldTo(run, 'oneNumber', draft)) return null;
		const why = `Nothing was sent: "${draft.message.to}" is not a phone number, so this cannot go to yours.`;
		return notSent(run, draft, why, `To send it from the editor, choose another value in '${label}'.`);
	},
};

/** What may be wrong with the person's own number. */
const OF_THE_NUMBER: readonly Check[] = [doNotText, allowedCountries, gatewayRules];

/** The open texts, each with the number it goes to. */
export function addressed(run: Run, open: readonly Draft[], results: readonly Result[]): readonly Draft[] {
	const { testRun } = run;
	if (testRun?.does !== 'oneNumber') return open;
	const { to } = testRun;
	const drafts = applyChecks([numbersOnly], run, open, results).map((draft) => {
		if (!isHeldTo(run, 'oneNumber', draft)) return draft;
		const message = { ...draft.message, to, digits: to.replace(/^\+/, '') };
		draft.result.message = message;
		return { ...draft, message };
	});
	return applyChecks(OF_THE_NUMBER, run, drafts, results);
}
