/** After a lost or unreadable reply: the gateway is asked what became of the texts, until it tells or time is up. */
import type { BaseOptions, Batch } from '../contract/message';
import type { Outcome, Refused } from '../contract/outcome';
import type { Reconciliation } from '../contract/sender';
import type { LoopSettings, RequestLoop } from '../requests/loop';
import { isReply } from '../requests/loop';

export interface Doubt<O extends BaseOptions> {
	readonly gatewayName: string;
	readonly reconciliation: Reconciliation<O>;
	readonly batch: Batch<O>;
	/** One for each message; those with `accepted: null` are asked about. */
	readonly outcomes: readonly Outcome[];
	readonly loop: RequestLoop<Refused>;
	readonly delivery: Pick<LoopSettings, 'transport'>;
}

/** One outcome for each message: the gateway's word where it gave one, what was known before where not. Never rejects. */
export async function reconcile<O extends BaseOptions>(doubt: Doubt<O>): Promise<readonly Outcome[]> {
	const known: Outcome[] = [...doubt.outcomes];
	try {
		await queryUntilKnown(doubt, known);
	} catch {
		// Only a fault of our own gets here: what is known stays as it is.
	}
	return known;
}

async function queryUntilKnown<O extends BaseOptions>(
	{ gatewayName, reconciliation, batch, loop, delivery }: Doubt<O>,
	known: Outcome[],
): Promise<void> {
	const { delaysMs } = reconciliation;
	const request = reconciliation.build(batch, known);
	if (request === null) return;
	let waited = 0;
	for (const [round, delay] of delaysMs.entries()) {
		await loop.pause(delay - waited);
		waited = delay;
		if (loop.isCancelled) return;
		const answer = await delivery.transport(request);
		if (!isReply(answer)) continue;
		const isLast = round === delaysMs.length - 1;
		reconciliation.read(answer, batch).forEach((found, index) => {
			if (known[index]?.accepted !== null || found === null) return;
			if (found !== 'notFound') known[index] = found;
			else if (isLast) known[index] = notTaken(gatewayName);
		});
		if (known.every(({ accepted }) => accepted !== null)) return;
	}
}

function notTaken(gatewayName: string): Refused {
	return {
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		message: `${gatewayName} gave no readable reply to this text, and has no record of it. It was not sent.`,
		hint: 'Send this row again later.',
		retry: 'later',
	};
}
