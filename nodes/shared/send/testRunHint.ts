import type { NodeExecutionHint } from 'n8n-workflow';
import { REPEAT_MINUTES, TEST_RUN_FIELDS, TEST_RUN_LABELS } from '../contract/testRuns';
import type { Job } from './job';
import type { Result } from './result';
import type { Run } from './start';

const { label } = TEST_RUN_FIELDS.choice;

/** What In Test Runs kept back, and how to have it sent. Null where all was done as an active workflow would. */
export function testRunHint(
	_job: Job,
	results: readonly Result[],
	run: Run | null,
): NodeExecutionHint | null {
	const does = run?.testRun?.does;
	const about = results.filter(({ message }) => message?.options.testMode !== true);
	if (does === 'preview') {
		if (!about.some(isNotSent)) return null;
		return warning(
			`Nothing was sent: this is a test run, and "${label}" is "${TEST_RUN_LABELS.preview}". To send from the editor, set it to "${TEST_RUN_LABELS.send}". Active workflows always send.`,
		);
	}
	const repeated = about.filter(isFromEarlier).length;
	if (repeated > 0) {
		const which = repeated === 1 ? '1 text was' : `${repeated} texts were`;
		return warning(
			`${which} not sent again: a test run sent the same less than ${REPEAT_MINUTES} minutes ago, and these are its results. To send again now, set "${label}" to "${TEST_RUN_LABELS.sendAgain}".`,
		);
	}
	if (run?.testRun?.does !== 'oneNumber') return null;
	const sent = about.filter(({ outcome }) => outcome?.accepted === true).length;
	if (sent === 0) return null;
	const what = sent === 1 ? '1 text' : `${sent} texts`;
	return warning(
		`This test run sent ${what} to ${run.testRun.to}, and none to the people in the rows: "${label}" is "${TEST_RUN_LABELS.oneNumber}". Active workflows send to them.`,
	);
}

function isNotSent({ outcome }: Result): boolean {
	return outcome !== null && 'quoted' in outcome && outcome.quoted === true;
}

function isFromEarlier({ outcome }: Result): boolean {
	return outcome?.accepted === true && outcome.details?.alreadySent === true;
}

function warning(message: string): NodeExecutionHint {
	return { message, type: 'warning', location: 'outputPane' };
}
