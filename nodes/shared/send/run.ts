/** From n8n's items to n8n's items. Nobody is lost: every row gives a result, whatever happens on the way. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Batch } from '../contract/message';
import { readRows } from '../input/rows';
import { CHECKS } from './checks';
import { applyChecks } from './checks/apply';
import { deliver } from './deliver';
import { finish, settleUnforeseen } from './end';
import { waitForAnswers } from './followUp';
import type { Job } from './job';
import type { Draft } from './messages';
import { makeMessages } from './messages';
import { planBatches } from './plan';
import { askPrices } from './prices';
import { record } from './record';
import type { Result } from './result';
import { shareOutcomes } from './result';
import { openJournal } from './runJournal';
import type { Run } from './start';
import { deliverySettings, senderFor, startRun } from './start';

export function send(job: Job): Promise<INodeExecutionData[]> {
	return runJob(job, async (run, open, results) => {
		const line = run.connection?.line ?? null;
		if (line === null) return;
		const sender = senderFor(run);
		const messages = open.map(({ message }) => message);
		const batches = planBatches(sender, messages, run.settings.batchSize);
		const journal = await openJournal(run, open, results);
		journal?.expect(batches);
		const admit = journal === null ? null : (batch: Batch) => journal.admit(batch);
		try {
			await deliver({
				...deliverySettings(run, line),
				sender,
				batches,
				admit,
				...record(run, open, journal),
			});
		} finally {
			await journal?.close();
		}
		await waitForAnswers(run, results);
	});
}

/** All checks of a run that sends, and nothing of what follows them. */
export function preview(job: Job): Promise<INodeExecutionData[]> {
	return runJob(job, async (run, open) => {
		if (run.settings.includePrice) await askPrices(run, open);
	});
}

type Work = (run: Run, open: readonly Draft[], results: readonly Result[]) => Promise<void>;

async function runJob(job: Job, work: Work): Promise<INodeExecutionData[]> {
	const results: Result[] = [];
	let run: Run | null = null;
	try {
		run = await startRun(job);
		const rows = readRows(run.context, run.items, run.ownFields);
		const drafts = await makeMessages(run, rows, results);
		const open = applyChecks(CHECKS, run, drafts, results);
		await work(run, open, results);
	} catch (error) {
		settleUnforeseen(job, results, error);
	}
	shareOutcomes(results);
	return finish(job, run, results);
}
