/** Sends through the first gateway, and hands on to the next what that certainly did not take. */
import type { Batch, Message } from '../contract/message';
import { clock } from '../time/clock';
import { backupMessages } from './backupMessages';
import { deliver } from './deliver';
import { mayGoOn } from './failover';
import type { Draft } from './messages';
import { planBatches } from './plan';
import { record } from './record';
import { addTried } from './result';
import type { RunJournal } from './runJournal';
import type { BackupLeg, Leg, Run } from './start';
import { deliverySettings, senderFor } from './start';

/** The texts of a request by what is sent to this gateway. */
export type Parcels = ReadonlyMap<Message, Draft>;

export async function relay(run: Run, drafts: readonly Draft[], journal: RunJournal | null): Promise<void> {
	await deliverAt(run, new Map(drafts.map((draft) => [draft.message, draft])), journal, run);
	for (const leg of run.later) {
		const left = drafts.filter(({ result }) => {
			const last = result.tried?.at(-1);
			return last !== undefined && mayGoOn(last);
		});
		if (left.length === 0 || isStopped(run)) return;
		await deliverAt(leg, parcelsFor(leg, left, journal), journal, run);
	}
}

/** What this gateway can take of them. That it cannot take a text is noted, and the next one may. */
function parcelsFor(leg: BackupLeg, left: readonly Draft[], journal: RunJournal | null): Parcels {
	const { gateway, sender } = leg;
	const messageFor = backupMessages(leg);
	const parcels = new Map<Message, Draft>();
	for (const draft of left) {
		const there = messageFor(draft);
		if (there === null) continue;
		const { message, problem } = there;
		if (problem === null) {
			parcels.set(message, draft);
			journal?.isAlso(message, draft.message);
		} else {
			addTried(draft.result, {
				by: { gateway, sender },
				message,
				outcome: problem,
				wasAsked: false,
				reply: null,
				at: clock.now(),
			});
		}
	}
	return parcels;
}

async function deliverAt(leg: Leg, parcels: Parcels, journal: RunJournal | null, run: Run): Promise<void> {
	const line = leg.connection?.line ?? null;
	if (line === null || parcels.size === 0) return;
	const sender = senderFor(leg);
	const batches = planBatches(sender, [...parcels.keys()], leg.settings.batchSize);
	journal?.expect(batches, leg, sender);
	await deliver({
		...deliverySettings(leg, line),
		sender,
		batches,
		admit: journal === null ? null : (batch: Batch) => journal.admit(batch),
		...record(leg, parcels, journal, run.later.length > 0),
	});
}

function isStopped({ context }: Leg): boolean {
	return context.getExecutionCancelSignal()?.aborted ?? false;
}
