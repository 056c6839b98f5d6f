/** Sends each text through its first gateway, and hands on to the next what that certainly did not take. */
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { clock } from '../time/clock';
import { deliver } from './deliver';
import { Departures } from './departures';
import { mayGoOn } from './failover';
import { groupBy } from './groupBy';
import type { Draft } from './messages';
import { planBatches } from './plan';
import { record } from './record';
import { addTried } from './result';
import type { RunJournal } from './runJournal';
import type { Leg, Run } from './start';
import { deliverySettings, hasSeveral, senderFor } from './start';
import type { Itinerary, Stop } from './stops';

/** What one gateway is to send now: the texts by what is sent to it. */
interface Share {
	readonly leg: Leg;
	readonly parcels: Map<Message, Draft>;
}

export async function relay(
	run: Run,
	drafts: readonly Draft[],
	stopsOf: Itinerary,
	journal: RunJournal | null,
): Promise<void> {
	const post = new Post(run, journal);
	for (let step = 0, left = drafts; left.length > 0 && !isStopped(run); step++) {
		const parcels = left.flatMap((draft) => post.parcelFor(stopsOf(draft)[step], draft) ?? []);
		await allOf(sharesOf(parcels).map((share) => post.deliver(share)));
		left = left.filter((draft) => {
			const last = draft.result.tried?.at(-1);
			const hasNext = step + 1 < stopsOf(draft).length;
			return hasNext && last !== undefined && mayGoOn(last);
		});
	}
}

interface Parcel {
	readonly leg: Leg;
	readonly draft: Draft;
	readonly message: Message;
}

/** By gateway: the same one at several places is one account, with one pace. */
function sharesOf(parcels: readonly Parcel[]): readonly Share[] {
	return [...groupBy(parcels, ({ leg }) => leg.gateway.id).values()].map((group) => {
		const [{ leg }] = group;
		return { leg, parcels: new Map(group.map(({ message, draft }) => [message, draft])) };
	});
}

class Post {
	/** Gateways that would refuse all, or cannot be reached: not asked again. */
	private readonly broken = new Map<string, Refused>();

	constructor(
		private readonly run: Run,
		private readonly journal: RunJournal | null,
	) {}

	/** Null where this gateway cannot take it. That is noted, and the one after it may. */
	parcelFor(stop: Stop | undefined, draft: Draft): Parcel | null {
		const there = stop?.read(draft) ?? null;
		if (stop === undefined || there === null) return null;
		const { leg } = stop;
		const { message, problem } = there;
		if (problem === null) {
			this.journal?.isAlso(message, draft.message);
			return { leg, draft, message };
		}
		addTried(draft.result, {
			by: { gateway: leg.gateway, sender: leg.sender },
			message,
			outcome: problem,
			wasAsked: false,
			reply: null,
			at: clock.now(),
		});
		return null;
	}

	async deliver({ leg, parcels }: Share): Promise<void> {
		const open = leg.connection?.open ?? null;
		if (open === null) return;
		const { run, journal } = this;
		const sender = senderFor(leg);
		const batches = planBatches(sender, [...parcels.keys()], leg.settings.batchSize);
		const departures = new Departures(parcels, journal);
		const listeners = record(leg, { parcels, departures, journal }, keepsTries(run));
		const { id } = leg.gateway;
		const questions = departures.open(batches, leg, sender);
		const broken = await deliver({
			...deliverySettings(leg, open),
			sender,
			batches,
			...questions,
			...listeners,
			brokenBy: this.broken.get(id) ?? null,
		});
		// Another place may have another sender.
		if (broken !== null && broken.kind !== 'invalid_sender') this.broken.set(id, broken);
	}
}

/** Other gateways may get what one does not take, or a later try would be for another time. */
function keepsTries(run: Run): boolean {
	return hasSeveral(run) || run.settings.limits.allowedHours?.waits === true;
}

/** A slow gateway keeps no other waiting, and what one part throws waits until all have come to their end. */
async function allOf(parts: ReadonlyArray<Promise<void>>): Promise<void> {
	const faults: Array<{ readonly error: unknown }> = [];
	await Promise.all(parts.map((part) => part.catch((error: unknown) => void faults.push({ error }))));
	for (const { error } of faults) throw error;
}

function isStopped({ context }: Leg): boolean {
	return context.getExecutionCancelSignal()?.aborted ?? false;
}
