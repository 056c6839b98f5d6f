/** What a test run shows instead of sending. */
import type { Quoted } from '../contract/outcome';
import type { TestRunChoice } from '../contract/testRuns';
import { TEST_RUN_FIELDS, TEST_RUN_LABELS } from '../contract/testRuns';
import type { Draft } from './messages';
import type { Run } from './start';
import { runOf } from './start';

const { label } = TEST_RUN_FIELDS.choice;

/** A text that the gateway itself only simulates is not held back: nothing arrives, and nothing is charged. */
export function isHeldTo(run: Run, does: TestRunChoice, { message }: Draft): boolean {
	return run.testRun?.does === does && !message.options.testMode;
}

/** The texts that go out; with Preview Only, what would have is told instead. */
export function keepToPreview(run: Run, open: readonly Draft[]): readonly Draft[] {
	return open.filter((draft) => {
		if (!isHeldTo(run, 'preview', draft)) return true;
		draft.result.outcome = notSent(
			runOf(run, draft),
			draft,
			`Nothing was sent: this is a test run, and '${label}' is ${TEST_RUN_LABELS.preview}.`,
			`To send from the editor, set '${label}' to ${TEST_RUN_LABELS.send}. Active workflows always send.`,
		);
		return false;
	});
}

/** No failure: the text would have gone out. */
export function notSent({ sender }: Run, { message, result }: Draft, reason: string, hint: string): Quoted {
	const { options, text } = message;
	// A text with a code is only for the phone.
	const isShown = sender.isTextMessage(options) && result.issued === undefined;
	const shown = isShown ? { text } : {};
	return {
		accepted: false,
		quoted: true,
		cost: null,
		segments: null,
		details: { reason, hint, ...shown },
	};
}
