/** "Wait Until Final": asks again, less and less often, about messages that are still on their way. */
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
		// A gateway that is away may come back; one that refuses everything from here is not asked on and on.
		if (loop.brokenBy !== null && loop.brokenBy.kind !== 'temporary') return;
		const waiting = queries.filter(isStillOnItsWay);
		const pause = POLL_AFTER_MS[Math.min(round, POLL_AFTER_MS.length - 1)] ?? 0;
		if (waiting.length === 0 || clock.now() + pause > deadline) return;
		await loop.pause(pause);
		// By now the gateway may be well.
		loop.reset();
		await poll(run, waiting);
	}
}

/**
 * Later news replaces earlier one where it is progress, or tells more of the same status (why a phone is not reached); a
 * query without an answer replaces nothing.
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

/** Also one whose status the gateway could not give for the moment. */
function isStillOnItsWay({ result }: Query): boolean {
	if (result !== null && 'failure' in result) return result.failure.retry === 'later';
	const status = statusOf(result);
	return status !== null && !isFinal(status);
}
