/** From n8n's items to n8n's items. Nobody is lost: every row produces a result, no matter what. */
import type { INodeExecutionData } from 'n8n-workflow';
import { isFailure } from '../contract/outcome';
import { readRows } from '../input/rows';
import { CHECKS, LAST_CHECKS } from './checks';
import { applyChecks } from './checks/apply';
import { byPrice, showCheapest } from './cheapest';
import { keepToCost } from './cost';
import { keepToCodeLimits } from './codeLimits';
import { finish, settleUnforeseen } from './end';
import { waitForAnswers } from './followUp';
import type { Job } from './job';
import { lookBack } from './lookBack';
import type { Draft } from './messages';
import { makeMessages } from './messages';
import { addressed } from './oneNumber';
import { queryPrices } from './prices';
import { keepToPreview } from './rehearsal';
import { relay } from './relay';
import type { Result } from './result';
import { shareOutcomes } from './result';
import { openJournal } from './openJournal';
import type { Run } from './start';
import { startRun } from './start';
import { asListed } from './stops';
import { waitForAnswer } from './waiting';

export function send(job: Job): Promise<INodeExecutionData[]> {
	return runJob(job, async (run, { checked, drafts, results }) => {
		const wanted = keepToPreview(run, await keepToCost(run, checked, drafts));
		const open = await keepToCodeLimits(run, wanted);
		const stopsOf = run.cheapestFirst ? await byPrice(run, open) : asListed(run);
		const journal = await openJournal(run, open, results);
		try {
			await relay(run, open, stopsOf, journal);
		} finally {
			await journal?.close();
		}
		await waitForAnswers(run, results);
		if (run.wait !== null) await waitForAnswer(run, run.wait, results);
	});
}

/** All checks of a run that sends, and nothing of what follows them. */
export function preview(job: Job): Promise<INodeExecutionData[]> {
	return runJob(job, async (run, { checked, drafts }) => {
		if (run.cheapestFirst) await showCheapest(run, checked);
		else if (run.settings.includePrice) await queryPrices(run, checked);
		const open = checked.filter(({ result: { outcome } }) => outcome === null || !isFailure(outcome));
		await keepToCost(run, open, drafts);
	});
}

interface Texts {
	/** Those that passed the checks. */
	readonly checked: readonly Draft[];
	readonly drafts: readonly Draft[];
	readonly results: readonly Result[];
}

type Work = (run: Run, texts: Texts) => Promise<void>;

async function runJob(job: Job, work: Work): Promise<INodeExecutionData[]> {
	const results: Result[] = [];
	let run: Run | null = null;
	try {
		run = await startRun(job);
		const rows = readRows(run.context, run.items, run.ownFields);
		const written = await makeMessages(run, rows, results);
		const drafts = addressed(run, applyChecks(CHECKS, run, written, results), results);
		await lookBack(run, drafts);
		const checked = applyChecks(LAST_CHECKS, run, drafts, results);
		await work(run, { checked, drafts, results });
	} catch (error) {
		settleUnforeseen(job, results, error);
	}
	shareOutcomes(results);
	return finish(job, run, results);
}
