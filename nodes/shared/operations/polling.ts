/** "Wait Until Final": polls at increasing intervals for messages that are still on their way. */
import type { MessageStatus } from '../contract/outcome';
import { MESSAGE_STATUSES } from '../contract/outcome';
import { isFinal, isProgress } from '../contract/status';
import { clock } from '../time/clock';
import type { Query, QueryResult } from './queries';
import { newQuery } from './queries';
import type { QueryRun } from './requests';
import { makeRequests } from './requests';

/** SMSC allows five requests a minute about one message. The last pause repeats. */
const POLL_AFTER_MS = [5_000, 10_000, 20_000, 40_000, 60_000];

/** @param queries those that have been made once */
export async function pollUntilFinal(
	run: QueryRun,
	queries: readonly Query[],
	waitMs: number,
): Promise<void> {
	const { loop } = run;
	const deadline = clock.now() + waitMs;
	for (let round = 0; waitMs > 0 && !loop.isCancelled; round++) {
		// An unreachable gateway may come back; one that refuses all of our requests is not polled.
		if (loop.brokenBy !== null && loop.brokenBy.kind !== 'temporary') return;
		const waiting = queries.filter(isStillOnItsWay);
		const pause = POLL_AFTER_MS[Math.min(round, POLL_AFTER_MS.length - 1)] ?? 0;
		if (waiting.length === 0 || clock.now() + pause > deadline) return;
		await loop.pause(pause);
		// By now the gateway may have recovered.
		loop.reset();
		await poll(run, waiting);
	}
}

/**
 * A later answer replaces an earlier one where it is progress, or says more about the same status (why a phone cannot be
 * reached). A query without an answer replaces nothing.
 */
async function poll(run: QueryRun, waiting: readonly Query[]): Promise<void> {
	const fresh = waiting.map(({ parameters }) => newQuery(parameters));
	await makeRequests(run, fresh);
	waiting.forEach((query, index) => {
		const next = fresh[index]?.result ?? null;
		const status = statusOf(next);
		const known = statusOf(query.result);
		if (status !== null && (status === known || isProgress(known, status))) query.result = next;
	});
}

function statusOf(result: QueryResult | null): MessageStatus | null {
	const value = result !== null && 'rows' in result ? result.rows[0]?.record.status : undefined;
	return MESSAGE_STATUSES.find((status) => status === value) ?? null;
}

/** Also one whose status the gateway could not give just now. */
function isStillOnItsWay({ result }: Query): boolean {
	if (result !== null && 'failure' in result) return result.failure.retry === 'later';
	const status = statusOf(result);
	return status !== null && !isFinal(status);
}
